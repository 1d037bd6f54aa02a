import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { BrowserContext, Page as Tab } from 'playwright-core';
import { launchChromium, offline } from '../clients/chromium.ts';
import { readHosts } from './net-log.ts';
import { CheckFindings, type CheckResult } from '../report.ts';
import { encodePath, type SitePage, type StaticSite } from '../site.ts';
import { findLoads } from './loads.ts';

/**
 * How long a page with scripts is listened to, in milliseconds: counters like to wait until a page
 * has come to rest.
 */
const patience = 2500;

/**
 * Visits every page with scripts on and with the browser's own log of all addresses. Whoever runs
 * another host that a page asks, looks up or connects to learns who reads it and when; what a page
 * stores stays on the reader's device as a proof of the visit.
 * @param base where the site is, with a slash at the end
 */
export async function checkSilence(
  site: StaticSite,
  base: string,
  scratch: string,
): Promise<CheckResult> {
  const findings = new CheckFindings();
  const log = join(scratch, 'net-log.json');
  const browser = await launchChromium([
    ...offline,
    `--log-net-log=${log}`,
    '--net-log-capture-mode=Everything',
  ]);
  try {
    const context = await browser.newContext();
    for (const sentence of findLoads(site)) findings.fail(sentence);
    const tab = await context.newPage();
    for (const page of site.pages) await visit(findings, tab, page, base);
    await findStored(findings, context, tab, base);
  } finally {
    await browser.close(); // which ends the log, too
  }
  const own = new URL(base);
  for (const host of readHosts(log)) {
    if (host === own.host || host === own.hostname) continue;
    findings.fail(
      `the browser had to do with ${host}: it would learn who reads the site, and when; expected ` +
        `no other host than the site's own`,
    );
  }
  findings.figure = `${site.pages.length} pages`;
  return findings.result();
}

async function visit(
  findings: CheckFindings,
  tab: Tab,
  { path, scripted }: SitePage,
  base: string,
): Promise<void> {
  const asked: string[] = [];
  tab.on('request', (request) => request.url().startsWith('data:') || asked.push(request.url()));
  try {
    const response = await tab.goto(base + encodePath(path));
    if (response?.status() !== 200)
      findings.fail(`${path} is answered with ${response?.status()}, so it was not listened to`);
    const atOnce = asked.length;
    if (atOnce > (scripted ? 2 : 1))
      findings.fail(
        `${path} causes ${atOnce} requests (${asked.slice(1, 4).join(', ')}), expected ` +
          `${scripted ? 'two, itself and its script' : 'one'}: a page that is saved or forwarded ` +
          `has to be whole, and each request is one more trace`,
      );
    // pictures far below load then
    await tab.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
    if (scripted) await wait(patience);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    findings.fail(`${path} could not be followed to the end: ${error.message.split('\n')[0]}`);
  }
  await tab.goto('about:blank'); // so that what the page does when it is left counts as its own
  tab.removeAllListeners();
  for (const address of asked)
    if (!address.startsWith(base))
      findings.fail(
        `${path} asks for ${address}, which tells ${new URL(address).host} who reads it, and when`,
      );
}

/**
 * What is left in the browser after all pages: each of these would show on a device that is
 * searched.
 */
async function findStored(
  findings: CheckFindings,
  context: BrowserContext,
  page: Tab,
  base: string,
): Promise<void> {
  for (const { name } of await context.cookies())
    findings.fail(
      `the site set the cookie "${name}", which tells a host that the same reader came again`,
    );
  await page.goto(base); // in the tab of the visits, which alone has their session storage
  const stored = await page.evaluate(async () => ({
    'local storage': Object.keys(localStorage),
    'session storage': Object.keys(sessionStorage),
    'a database': (await indexedDB.databases()).map(({ name }) => name ?? ''),
    'a cache': await caches.keys(),
    'a service worker': (await navigator.serviceWorker.getRegistrations()).map(
      ({ scope }) => scope,
    ),
  }));
  for (const [kind, names] of Object.entries(stored))
    if (names.length > 0)
      findings.fail(
        `the site keeps ${kind} (${names.join(', ')}) on the reader's device, a proof of the visit`,
      );
}
