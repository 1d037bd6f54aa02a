import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { launch, type Browser, type Page } from 'puppeteer-core';
import { findProgram, type Program } from '../programs.ts';
import { ProgramError } from '../process.ts';
import type { Client } from './client.ts';
import { awaitResults, explain, findLink, hasStyle, listResults, look, noLink } from './in-page.ts';

/*
 * What the browser would fetch for itself stays off, on top of what the driver switches off already
 * (updates, Safe Browsing, Normandy, speculative connections). What it sends to the pages' own
 * server is left as people have it.
 */
const off = `app.normandy.enabled app.shield.optoutstudies.enabled app.update.auto browser.aboutwelcome.enabled browser.discovery.enabled
  browser.newtabpage.activity-stream.feeds.section.topstories browser.newtabpage.activity-stream.feeds.topsites
  browser.newtabpage.activity-stream.telemetry browser.region.update.enabled browser.search.suggest.enabled
  browser.topsites.contile.enabled datareporting.usage.uploadEnabled dom.push.connection.enabled extensions.blocklist.enabled
  extensions.systemAddon.update.enabled geo.enabled network.captive-portal-service.enabled network.connectivity-service.enabled
  network.prefetch-next nimbus.rollouts.enabled security.remote_settings.crlite_filters.enabled
  security.remote_settings.intermediates.enabled toolkit.telemetry.enabled toolkit.telemetry.unified`;
const nowhere = `browser.region.network.url browser.safebrowsing.provider.google4.updateURL browser.safebrowsing.provider.google5.updateURL
  browser.safebrowsing.provider.mozilla.updateURL extensions.getAddons.discovery.api_url extensions.systemAddon.update.url
  media.gmp-manager.url toolkit.telemetry.server`;
const set = (names: string, value: boolean | string) =>
  Object.fromEntries(names.split(/\s+/).map((name) => [name, value]));
const settings = {
  ...set(off, false),
  ...set(nowhere, ''),
  'network.dns.disablePrefetch': true,
  // every address but those of this machine goes to a proxy that is not there: a stranger's page
  // under test reaches nobody
  'network.proxy.type': 1,
  'network.proxy.http': '127.0.0.1',
  'network.proxy.http_port': 9,
  'network.proxy.ssl': '127.0.0.1',
  'network.proxy.ssl_port': 9,
  'network.proxy.no_proxies_on': 'localhost, 127.0.0.1',
  'media.peerconnection.enabled': false,
  'network.trr.mode': 5, // names are asked of the machine, never of a service
  'security.OCSP.enabled': 0,
  // the driver switches this rule for local files off, people have it on
  'security.fileuri.strict_origin_policy': true,
};

/**
 * The driver tells of a new page before it has a body; its own way to wait needs scripts in the
 * page.
 */
async function waitForPage(page: Page): Promise<void> {
  for (const deadline = performance.now() + 10_000; performance.now() < deadline; await wait(50)) {
    if ((await page.evaluate(() => document.readyState)) === 'complete') return;
  }
}

/**
 * Starts Firefox in an empty folder, quiet in itself and without a way to any other machine.
 * @param more settings beyond those
 * @throws ProgramError if it does not start
 */
export async function launchFirefox(
  scratch: string,
  more: Record<string, boolean | number | string> = {},
): Promise<Browser> {
  const [home, userDataDir] = [join(scratch, 'home'), join(scratch, 'profile')];
  mkdirSync(home);
  mkdirSync(userDataDir);
  return launch({
    browser: 'firefox',
    executablePath: findProgram('firefox-esr') ?? 'firefox-esr',
    headless: true,
    userDataDir,
    timeout: 60_000,
    protocolTimeout: 60_000,
    // released versions heed the driver's setting against Mozilla's settings server under the last
    // of these alone
    env: {
      PATH: process.env['PATH'],
      HOME: home,
      TMPDIR: home,
      LANG: 'C.UTF-8',
      MOZ_CRASHREPORTER_DISABLE: '1',
      MOZ_REMOTE_SETTINGS_DEVTOOLS: '1',
    },
    extraPrefsFirefox: { ...settings, ...more },
  }).catch((error: unknown) => {
    throw new ProgramError(
      `Firefox did not start: ${error instanceof Error ? error.message : String(error)}`,
      { cause: error },
    );
  });
}

export const firefoxNeeds: readonly Program[] = [{ command: 'firefox-esr', debian: 'firefox-esr' }];

const makeClient = (name: string, scripts: boolean): Client => ({
  name,
  needs: firefoxNeeds,
  scripts,
  ...(scripts ? {} : { limits: { search: 'The search box needs scripts.' } }),
  async start(scratch) {
    const browser = await launchFirefox(scratch, { 'javascript.enabled': scripts });
    const visit = async <T>(address: string, use: (page: Page) => Promise<T>): Promise<T> => {
      const page = await browser.newPage();
      page.setDefaultTimeout(10_000);
      try {
        await page.goto(address, { timeout: 30_000 });
        return await use(page);
      } catch (error) {
        return explain(name, address)(error);
      } finally {
        await page.close();
      }
    };
    return {
      version: (await browser.version()).replace('firefox/', 'Firefox '),
      // the driver's own questions run in a sandbox of the page, which the setting against scripts
      // leaves alone
      read: (address) => visit(address, (page) => page.evaluate(look)),
      follow: (address, link) =>
        visit(address, async (page) => {
          const place = await page.evaluate(findLink, link);
          if (!place) throw noLink(link, address);
          // both at once, for a page of this machine comes soon; by the mouse, as the driver's
          // click on an element needs scripts
          await Promise.all([
            page.waitForNavigation({ waitUntil: 'load' }),
            page.mouse.click(place.x, place.y),
          ]);
          await waitForPage(page);
          return page.evaluate(look);
        }),
      ...(scripts && {
        search: (address: string, word: string) =>
          visit(address, async (page) => {
            const box = await page.waitForSelector('input[type=search]');
            await box?.type(word);
            return awaitResults(() => page.evaluate(listResults));
          }),
      }),
      isStyled: (address) => visit(address, (page) => page.evaluate(hasStyle)),
      stop: () => browser.close(),
    };
  },
});

const firefoxWithScripts = makeClient('Firefox, scripts on', true);
const firefoxWithoutScripts = makeClient('Firefox, scripts off', false);

export const firefoxClients: readonly Client[] = [firefoxWithScripts, firefoxWithoutScripts];
