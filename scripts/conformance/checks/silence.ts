import { join } from 'node:path';
import type { BrowserContext, Page as Tab } from 'playwright-core';
import { launchChromium } from '../clients/chromium.ts';
import { readHosts } from '../net-log.ts';
import { Findings, type Verdict } from '../report.ts';
import { attributeOf, encodePath, type Page, type Site } from '../site.ts';

/** What asks a browser to look up, connect to or fetch something ahead of a click. Not every browser does, so the log may not show it. */
const hints = /^(?:dns-prefetch|preconnect|prefetch|prerender|preload|modulepreload|pingback)$/i;

export interface Silence {
  verdict: Verdict;
  /** How many requests each page causes when it is opened with scripts on, itself included. */
  requests: Map<string, number>;
}

/**
 * Visits every page with scripts on and with the browser's own log of all addresses. Whoever runs another host that a page asks,
 * looks up or connects to learns who reads it and when; what a page stores stays on the reader's device as a proof of the visit.
 * @param base where the site stands, with a slash at the end
 */
export async function checkSilence(site: Site, base: string, scratch: string): Promise<Silence> {
  const findings = new Findings();
  const log = join(scratch, 'net-log.json');
  const browser = await launchChromium([`--log-net-log=${log}`, '--net-log-capture-mode=Everything']);
  const requests = new Map<string, number>();
  try {
    const context = await browser.newContext();
    for (const page of site.pages) findHints(findings, page);
    const tab = await context.newPage();
    for (const page of site.pages) requests.set(page.path, await visit(findings, tab, page, base));
    await findStored(findings, context, base);
  } finally {
    await browser.close(); // which ends the log, too
  }
  const own = new URL(base);
  for (const host of readHosts(log)) {
    if (host === own.host || host === own.hostname) continue;
    findings.fail(`the browser had to do with ${host}: it would learn who reads the site, and when; expected no other host than the site's own`);
  }
  findings.figure = `${site.pages.length} pages`;
  return { verdict: findings.verdict(), requests };
}

function findHints(findings: Findings, { path, elements }: Page): void {
  for (const element of elements) {
    const hint = element.tagName === 'link' && attributeOf(element, 'rel')?.split(/\s+/).find((word) => hints.test(word));
    if (hint) findings.fail(`${path} asks browsers to ${hint} ${attributeOf(element, 'href')}, which tells its host who reads the page, and when`);
    if (attributeOf(element, 'ping') !== undefined) findings.fail(`${path} has a link that reports each click to ${attributeOf(element, 'ping')}`);
    if (element.tagName === 'script' && attributeOf(element, 'type') === 'speculationrules') findings.fail(`${path} has rules by which browsers fetch pages that nobody has asked for`);
  }
}

async function visit(findings: Findings, tab: Tab, { path, scripted }: Page, base: string): Promise<number> {
  const asked: string[] = [];
  tab.on('request', (request) => request.url().startsWith('data:') || asked.push(request.url()));
  await tab.goto(base + encodePath(path), { waitUntil: scripted ? 'networkidle' : 'load' });
  await tab.goto('about:blank'); // so that what the page does when it is left counts as its own
  tab.removeAllListeners();
  for (const address of asked) if (!address.startsWith(base)) findings.fail(`${path} asks for ${address}, which tells ${new URL(address).host} who reads it, and when`);
  if (!scripted && asked.length > 1) findings.fail(`${path} causes ${asked.length} requests (${asked.slice(1, 4).join(', ')}), expected one: a page that is saved or forwarded has to be whole, and each request is one more trace`);
  return asked.length;
}

/** What is left in the browser after all pages: each of these would show on a device that is searched. */
async function findStored(findings: Findings, context: BrowserContext, base: string): Promise<void> {
  const [cookies, page] = [await context.cookies(), await context.newPage()];
  for (const { name } of cookies) findings.fail(`the site set the cookie "${name}", which tells a host that the same reader came again`);
  await page.goto(base);
  const stored = await page.evaluate(async () => ({
    'local storage': Object.keys(localStorage),
    'session storage': Object.keys(sessionStorage),
    'a database': (await indexedDB.databases()).map(({ name }) => name ?? ''),
    'a cache': await caches.keys(),
    'a service worker': (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope),
  }));
  for (const [kind, names] of Object.entries(stored)) if (names.length > 0) findings.fail(`the site keeps ${kind} (${names.join(', ')}) on the reader's device, a proof of the visit`);
  await page.close();
}
