import type { Browser, Page } from 'playwright-core';
import { CheckFindings, type CheckResult } from '../report.ts';
import type { ServedSite } from '../served-site.ts';
import { encodePath } from '../site.ts';
import { showDifference, squeeze } from './text-difference.ts';

/** How a page looks and reads in a browser, as far as it must be the same everywhere. */
export interface Look {
  title: string;
  text: string;
  /** Fonts, colours and sizes of what every page has. */
  style: string;
  images: string;
}

export interface Opened {
  look: Look;
  /** All addresses that it asked for, in order. */
  requests: string[];
  /** What the browser reported. */
  messages: string[];
}

/**
 * Opens one page in a browser and notes how it looks, what it asks for, and what the browser
 * reports.
 */
async function openPage(page: Page, address: string): Promise<Opened> {
  const [requests, messages]: [string[], string[]] = [[], []];
  page.on('request', (request) => requests.push(request.url()));
  page.on(
    'console',
    (message) =>
      message.type() !== 'log' && messages.push(`${message.text()} (${message.location().url})`),
  );
  page.on('pageerror', (error) => messages.push(error.message));
  await page.goto(address);
  const look = await page.evaluate(readLook);
  page.removeAllListeners();
  return { look, requests, messages };
}

/** Runs in the page. */
function readLook(): Look {
  const of = (selector: string) => {
    const element = document.querySelector(selector);
    if (!element) return '';
    const { fontFamily, fontSize, color, backgroundColor, display } = getComputedStyle(element);
    const { x, width } = element.getBoundingClientRect();
    return `${selector}: ${fontFamily} ${fontSize} ${color} on ${backgroundColor} ${display} at ${Math.round(x)}, ${Math.round(width)} wide`;
  };
  const style =
    ['body', 'h1', 'main', 'nav', 'a'].map(of).join('; ') +
    `; ${document.documentElement.scrollHeight} high`;
  // Where a host takes the style away, menus are folded and have labels: a tap opens them.
  for (const fold of document.querySelectorAll('details')) fold.open = true;
  for (const label of document.querySelectorAll<HTMLElement>('header summary'))
    label.style.setProperty('display', 'none', 'important');
  return {
    title: document.title,
    text: document.body.innerText.replace(/\s+/g, ' ').trim(),
    style,
    images: [...document.images]
      .map(
        ({ complete, naturalWidth, naturalHeight }) =>
          `${complete ? 'whole' : 'not loaded'} ${naturalWidth} × ${naturalHeight}`,
      )
      .join(', '),
  };
}

/** How each page should look: read once from a host that does nothing of its own. */
export type Looks = Map<string, Look>;

/** @param base where the site is on a host that does nothing of its own */
export async function readLooks(
  browser: Browser,
  base: string,
  paths: readonly string[],
): Promise<Looks> {
  const looks: Looks = new Map();
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  for (const path of paths) looks.set(path, (await openPage(page, base + encodePath(path))).look);
  await context.close();
  return looks;
}

/**
 * Reads pages in a browser with scripts off: they look as they should, ask for nothing outside of
 * the site, and the browser has nothing to say.
 * @param expected the look of each page, by path
 */
export async function checkReading(
  place: ServedSite,
  browser: Browser,
  expected: Looks,
): Promise<CheckResult> {
  const findings = new CheckFindings();
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  for (const [path, look] of expected) {
    const { look: seen, requests, messages } = await openPage(page, place.base + encodePath(path));
    compareLooks(findings, place, path, seen, look);
    const isOwn = (request: string) =>
      request.startsWith(place.base) ||
      request === place.base.slice(0, -1) ||
      request.startsWith('data:');
    for (const request of requests)
      if (!isOwn(request) && place.limits.altered === undefined)
        findings.fail(`${path} asks for ${request}, outside of the site`);
    if (place.limits.style === undefined && place.limits.altered === undefined)
      for (const message of messages) findings.fail(`${path}: the browser says: ${message}`);
  }
  findings.figure = `${expected.size} pages`;
  await context.close();
  return findings.result();
}

function compareLooks(
  findings: CheckFindings,
  { limits }: ServedSite,
  path: string,
  seen: Look,
  expected: Look,
): void {
  if (seen.title !== expected.title)
    findings.fail(`${path} has the title "${seen.title}", expected "${expected.title}"`);
  if (limits.style !== undefined) {
    findings.note(limits.style);
    if (squeeze(seen.text) !== squeeze(expected.text))
      findings.fail(
        `${path} without styles reads otherwise: ` +
          `${showDifference(squeeze(seen.text), squeeze(expected.text))}`,
      );
    return;
  }
  if (seen.text !== expected.text)
    findings.fail(`${path} reads otherwise: ${showDifference(seen.text, expected.text)}`);
  if (seen.style !== expected.style)
    findings.fail(`${path} looks otherwise: ${showDifference(seen.style, expected.style)}`);
  if (seen.images !== expected.images)
    findings.fail(
      `${path} shows its images otherwise: "${seen.images}", expected "${expected.images}"`,
    );
}
