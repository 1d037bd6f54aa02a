import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { readRss } from '../helpers/feeds.ts';
import { launchBrowser } from '../helpers/browser.ts';
import { isLong } from '../helpers/depth.ts';
import { makeHosts } from '../helpers/serve-sites.ts';
import { listLanguages, readSite } from '../helpers/site.ts';

const site = inject('defaultSite');
const garden = inject('gardenSite');
const pages = readSite(site).map(({ path }) => path);
/**
 * One page of each layout and kind of content: what `npm test` looks at; the lab opens all pages.
 */
const layouts = [
  'index.html',
  '404.html',
  'en/home.html',
  'en/guide/support.html',
  'en/update/2021-11-14-nam-digest.html',
  'en/actions.html',
  'en/actions-archive.html',
  'en/initiatives.html',
  'en/initiative/viasna.html',
  'en/day.html',
  'en/updates.html',
  'en/search.html',
  'fr/guide/staying-safe.html',
  'fr/mirrors.html',
];
const looked = isLong ? pages : layouts;

let browser: Browser;
const { serve, stop } = makeHosts();
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await stop();
});

interface Tab {
  page: Page;
  requests: string[];
  messages: string[];
}

/** A tab that keeps what its pages ask for and what the browser reports. */
async function openTab(context: BrowserContext): Promise<Tab> {
  const page = await context.newPage();
  const [requests, messages]: [string[], string[]] = [[], []];
  page.on('request', (request) => requests.push(request.url()));
  page.on('console', (message) => message.type() !== 'log' && messages.push(message.text()));
  page.on('pageerror', (error) => messages.push(error.message));
  return { page, requests, messages };
}

async function open(context: BrowserContext, address: string): Promise<Tab> {
  const tab = await openTab(context);
  await tab.page.goto(address);
  return tab;
}

const places: [name: string, base: () => Promise<string>][] = [
  ['the root of a host', () => serve(site, '')],
  ['a path below a host', () => serve(site, '/a/b/c')],
  ['a folder on disk', () => Promise.resolve(`${pathToFileURL(site).href}/`)],
];

describe('with scripts off, from', () => {
  test.each(places)(
    `%s ${isLong ? 'every page' : 'a page of each layout'} opens with its style, in one request, ` +
      `without an error`,
    async (_name, getBase) => {
      const base = await getBase();
      const context = await browser.newContext({ javaScriptEnabled: false });
      // one for all: opening tabs takes longer than the pages
      const { page, requests, messages } = await openTab(context);
      for (const path of looked) {
        await page.goto(base + path);
        expect(requests.splice(0), path).toEqual([base + path]);
        expect(messages, path).toEqual([]);
        const accent = await page.evaluate(
          () => getComputedStyle(document.querySelector('.band')!).color,
        );
        expect(accent, path).toBe('rgb(179, 18, 31)');
        expect(await page.locator('h1').count(), path).toBe(1);
      }
      expect(await context.cookies()).toEqual([]);
      await context.close();
    },
  );

  test.each(places)(
    '%s every entry of the menu leads to a page that says where it is',
    async (_name, getBase) => {
      const base = await getBase();
      const context = await browser.newContext({ javaScriptEnabled: false });
      const { page } = await open(context, `${base}en/home.html`);
      const entries = await page.locator('.menu a').allTextContents();
      expect(entries.length).toBe(9);
      for (const entry of entries) {
        await page.locator('.menu a', { hasText: entry }).first().click();
        expect(await page.locator('.menu [aria-current=page]').textContent()).toBe(entry);
        await page.locator('.brand').click();
        expect(page.url()).toBe(`${base}en/home.html`);
      }
      await context.close();
    },
  );
});

test('a first useful action is three taps from home, and its address outside is under a warning', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const { page } = await open(context, `${await serve(site, '')}en/home.html`);
  await page.locator('.ways a').first().click();
  await page.locator('.card a', { hasText: 'politzek.me' }).first().click();
  const outside = page.locator('.notice.warning a[href^="https:"]');
  expect(await outside.getAttribute('href')).toBe('https://politzek.me/');
  expect(await page.locator('.notice.warning p').first().textContent()).toContain('Tor Browser');
  await context.close();
});

test('search finds words in each language under a sub path, and leads to their page', async () => {
  const base = await serve(site, '/a/b/c');
  const context = await browser.newContext();
  for (const [tag, query, title, warning] of [
    ['en', 'parcels', 'Letters and postcards', 'This page is for people outside Belarus.'],
    [
      'fr',
      'colis',
      'Lettres et cartes postales',
      'Cette page s’adresse aux personnes hors du Bélarus.',
    ],
  ] as const) {
    const { page, requests, messages } = await open(context, `${base}${tag}/search.html`);
    await page.locator('#query').fill(query);
    const hit = page.locator('#search li', { hasText: title });
    expect(await hit.locator('b').textContent()).toContain(warning);
    await hit.locator('a').click();
    expect(await page.locator('h1').textContent()).toBe(title);
    expect(page.url().startsWith(`${base}${tag}/guide/`)).toBe(true);
    expect(messages).toEqual([]);
    expect(requests.filter((address) => !address.startsWith(base))).toEqual([]);
    await page.close();
  }
  await context.close();
});

test.each(listLanguages(site))(
  'the feed in %s is well-formed XML, and each of its texts is whole HTML',
  async (tag) => {
    const context = await browser.newContext();
    const page = await context.newPage();
    const result = await page.evaluate(
      (xml) => {
        const feed = new DOMParser().parseFromString(xml, 'application/xml');
        const texts = [...feed.querySelectorAll('item')].map(
          (item) => item.getElementsByTagName('content:encoded')[0]?.textContent ?? '',
        );
        return {
          broken: feed.querySelector('parsererror')?.textContent ?? '',
          items: texts.length,
          odd: texts.filter(
            (text) =>
              !/^<p[ >]/.test(text) ||
              /<(script|style|nav|svg|iframe|form)|class=|style=/.test(text),
          ),
        };
      },
      readFileSync(`${site}/${tag}/feed.xml`, 'utf8'),
    );
    expect(result).toEqual({
      broken: '',
      items: readRss(site, tag).item.length,
      odd: [],
    });
    await context.close();
  },
);

test('search says in words that it cannot start from a folder on disk, and the list stays', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${pathToFileURL(site).href}/en/search.html`);
  await page.locator('#search', { hasText: 'could not start' }).waitFor();
  expect(await page.locator('.pages a').count()).toBeGreaterThan(20);
  await context.close();
});

/**
 * Words of the title that are on more than one line: no rule divides a title, so they were torn
 * where the line ended.
 */
function findTornWords(): string[] {
  const text = document.querySelector('h1')!.firstChild as Text;
  return [...text.data.matchAll(/\p{L}+/gu)].flatMap(({ 0: word, index }) => {
    const range = document.createRange();
    range.setStart(text, index);
    range.setEnd(text, index + word.length);
    return new Set([...range.getClientRects()].map(({ top }) => top)).size > 1 ? [word] : [];
  });
}

describe('nothing runs out of the page, and no title is torn within a word,', () => {
  const wider: [name: string, folder: string, paths: string[], width: number, fontSize: string][] =
    [
      ['at 320 pixels', site, looked, 320, '100%'],
      ['at 640 pixels with text at 200 %', site, layouts, 640, '200%'],
      [
        'at 320 pixels from right to left',
        garden,
        readSite(garden)
          .map(({ path }) => path)
          .filter((path) => path.startsWith('ar/')),
        320,
        '100%',
      ],
    ];
  test.each(wider)('%s', async (_name, folder, paths, width, fontSize) => {
    const base = await serve(folder, '');
    const context = await browser.newContext({ viewport: { width, height: 700 } });
    const { page } = await openTab(context);
    for (const path of paths) {
      await page.goto(base + path);
      const excess = await page.evaluate((size) => {
        document.documentElement.style.fontSize = size;
        return document.documentElement.scrollWidth - window.innerWidth;
      }, fontSize);
      expect(excess, path).toBeLessThanOrEqual(0);
      expect(await page.evaluate(findTornWords), path).toEqual([]);
    }
    await context.close();
  });
});

test('long words are divided on narrow screens alone, by the rules of their language, and never in code', async () => {
  const base = await serve(site, '');
  const hyphens = async (width: number) => {
    const context = await browser.newContext({ viewport: { width, height: 700 } });
    const { page } = await open(context, `${base}fr/guide/check-a-copy.html`);
    const found = await page.evaluate(() =>
      ['.text p', '.text code', 'header a'].map(
        (selector) => getComputedStyle(document.querySelector(selector)!).hyphens,
      ),
    );
    await context.close();
    return found;
  };
  expect(await hyphens(320)).toEqual(['auto', 'manual', 'manual']);
  expect(await hyphens(900)).toEqual(['manual', 'manual', 'manual']);
});
