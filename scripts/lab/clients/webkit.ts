import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Builder, By, Capabilities, until, type WebDriver } from 'selenium-webdriver';
import { answers, findFreePort, ProgramError, startProgram } from '../process.ts';
import { findProgram, type Program } from '../programs.ts';
import type { Client, Reader, Sight } from './client.ts';
import { awaitResults, explain, findLink, hasStyle, listResults, look, noLink } from './in-page.ts';
import { startDisplay, xvfb } from './xvfb.ts';

const binary = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';

/**
 * Starts WebKitGTK in an empty folder, with a display of its own and without a way to any other
 * machine.
 */
export async function startWebkit(
  scratch: string,
  scripts: boolean,
): Promise<{ driver: WebDriver; stop: () => Promise<void> }> {
  const home = join(scratch, 'home');
  mkdirSync(home);
  const display = await startDisplay(scratch);
  const folders = { HOME: home, XDG_RUNTIME_DIR: home, TMPDIR: home };
  const env: NodeJS.ProcessEnv = {
    PATH: process.env['PATH'],
    ...folders,
    LANG: 'C.UTF-8',
    DISPLAY: display.name,
    NO_AT_BRIDGE: '1',
  };
  // WebKit's sandbox needs user namespaces, which root in a container often lacks. Pages of
  // strangers are better checked in a container (README).
  if (process.getuid?.() === 0) env['WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS'] = '1';
  try {
    const port = await findFreePort();
    const server = `http://127.0.0.1:${port}`;
    const program = findProgram('WebKitWebDriver') ?? 'WebKitWebDriver';
    const running = await startProgram(
      program,
      [`--port=${port}`],
      () => answers(`${server}/status`),
      { env },
    );
    try {
      const offline = [
        '--proxy=http://127.0.0.1:9',
        '--ignore-host=localhost',
        '--ignore-host=127.0.0.1',
      ]; // no other host: the proxy is not there
      const browser = {
        browserName: 'MiniBrowser',
        'webkitgtk:browserOptions': {
          binary,
          args: ['--automation', `--enable-javascript=${scripts}`, ...offline],
        },
      };
      const driver = await new Builder()
        .usingServer(server)
        .withCapabilities(new Capabilities(browser))
        .build();
      await driver.manage().setTimeouts({ pageLoad: 30_000, script: 10_000 });
      return { driver, stop: () => driver.quit().finally(running.stop).finally(display.stop) };
    } catch (error) {
      await running.stop();
      throw new ProgramError(
        `WebKitGTK did not start: ${error instanceof Error ? error.message : String(error)}`,
        { cause: error },
      );
    }
  } catch (error) {
    await display.stop();
    throw error;
  }
}

export const webkitNeeds: readonly Program[] = [
  { command: 'WebKitWebDriver', debian: 'webkit2gtk-driver' },
  { command: binary, debian: 'webkit2gtk-driver' },
  xvfb,
];

const makeClient = (name: string, scripts: boolean): Client => ({
  name,
  needs: webkitNeeds,
  scripts,
  ...(scripts ? {} : { limits: { search: 'The search box needs scripts.' } }),
  async start(scratch): Promise<Reader> {
    const { driver, stop } = await startWebkit(scratch, scripts);
    // the driver's own questions run without scripts of the page, too
    const see = () => driver.executeScript<Sight>(look);
    const visit = async <T>(address: string, use: () => Promise<T>): Promise<T> => {
      try {
        // or an address that differs in its fragment alone would load nothing
        await driver.get('about:blank');
        await driver.get(address);
        // of a page that cannot be had, the driver says nothing
        const { address: shown, text } = await see();
        if (shown === 'about:blank')
          throw new ProgramError(`WebKitGTK could not open ${address}: ${text?.trim()}`);
        return await use();
      } catch (error) {
        return explain(name, address)(error);
      }
    };
    return {
      version: `WebKitGTK ${(await driver.getCapabilities()).getBrowserVersion()}`,
      read: (address) => visit(address, see),
      follow: (address, link) =>
        visit(address, async () => {
          const place = await driver.executeScript<ReturnType<typeof findLink>>(findLink, link);
          if (!place) throw noLink(link, address);
          const start = await driver.getCurrentUrl();
          await driver
            .actions()
            .move({ x: Math.round(place.x), y: Math.round(place.y) })
            .click()
            .perform();
          await driver.wait(
            async () => (await driver.getCurrentUrl()) !== start,
            10_000,
            'the click leads to no other page',
          );
          await driver.wait(
            async () => (await driver.executeScript('return document.readyState')) === 'complete',
            10_000,
            'the page does not end',
          );
          return see();
        }),
      ...(scripts && {
        search: (address: string, word: string) =>
          visit(address, async () => {
            const box = await driver.wait(
              until.elementLocated(By.css('input[type=search]')),
              10_000,
            );
            await box.sendKeys(word);
            return awaitResults(() => driver.executeScript<string[]>(listResults));
          }),
      }),
      isStyled: (address) => visit(address, () => driver.executeScript<boolean>(hasStyle)),
      stop,
    };
  },
});

const webkitWithScripts = makeClient('WebKitGTK, scripts on', true);
const webkitWithoutScripts = makeClient('WebKitGTK, scripts off', false);

export const webkitClients: readonly Client[] = [webkitWithScripts, webkitWithoutScripts];
