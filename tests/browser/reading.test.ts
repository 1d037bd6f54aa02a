import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import sharp from 'sharp';
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
  'en/update/2021/11-14-nam-digest.html',
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
/** The page of a whole language has a style of its own, and is looked at with the books. */
const looked = isLong ? pages.filter((path) => !path.endsWith('/all.html')) : layouts;
/** Long words, dates and tables are of each language; a layout that holds one need not hold all. */
const narrow = listLanguages(site).flatMap((tag) =>
  ['home', 'day', 'timeline', 'actions', 'updates', 'initiatives', 'search', 'guide/support'].map(
    (page) => `${tag}/${page}.html`,
  ),
);

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
        const accents = await page.evaluate(() =>
          [...document.querySelectorAll('.band')].map((band) => getComputedStyle(band).color),
        );
        // what readers inside see has none; on home, cover and the day it is on a dark ground
        const isPlain = path.endsWith('/actions-inside.html');
        const isOnPanel = /(?:^index|\/(?:home|index|day))\.html$/.test(path);
        const accent = isOnPanel ? 'rgb(255, 139, 132)' : 'rgb(179, 18, 31)';
        expect(accents, path).toEqual(isPlain ? [] : [accent]);
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
      expect(entries.length).toBe(6);
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

test('from home a letter is two taps away from its list, and the address outside is under a warning', async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const { page } = await open(context, `${await serve(site, '')}en/home.html`);
  await page.locator('.ways a').first().click();
  await page.locator('.text a', { hasText: 'our page about Viasna' }).first().click();
  const outside = page.locator('.notice.warning a[href^="https:"]');
  expect(await outside.allTextContents()).toContain('prisoners.spring96.org');
  expect(await page.locator('.notice.warning p').first().textContent()).toContain('Tor Browser');
  await context.close();
});

test.each([320, 390, 768, 1440])('bands show whole motifs only, %i pixels wide', async (width) => {
  const context = await browser.newContext({ viewport: { width, height: 900 } });
  const page = await context.newPage();
  for (const path of ['index.html', 'en/home.html', 'en/day.html', 'en/guide/support.html']) {
    await page.goto(`${pathToFileURL(site).href}/${path}`);
    const bands = await page.locator('.band').evaluateAll((all) =>
      all.map((band) => {
        const ornament = band.querySelector('pattern')!.viewBox.baseVal;
        const scale = Number(band.getAttribute('height')) / ornament.height;
        return band.getBoundingClientRect().width / (ornament.width * scale);
      }),
    );
    expect(bands.length, path).toBeGreaterThan(0);
    for (const motifs of bands) expect(motifs, path).toBe(Math.round(motifs));
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

/**
 * Words of the title that are on more than one line: no rule divides a title, so they were torn
 * where the line ended.
 */
function findTornWords(): string[] {
  const walker = document.createTreeWalker(document.querySelector('h1')!, NodeFilter.SHOW_TEXT);
  const torn: string[] = [];
  for (let text = walker.nextNode() as Text | null; text; text = walker.nextNode() as Text | null)
    for (const { 0: word, index } of text.data.matchAll(/\p{L}+/gu)) {
      const range = document.createRange();
      range.setStart(text, index);
      range.setEnd(text, index + word.length);
      if (new Set([...range.getClientRects()].map(({ top }) => top)).size > 1) torn.push(word);
    }
  return torn;
}

describe('nothing runs out of the page, and no title is torn within a word,', () => {
  const wider: [name: string, folder: string, paths: string[], width: number, fontSize: string][] =
    [
      ['at 320 pixels', site, [...new Set([...looked, ...narrow])], 320, '100%'],
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

test('a black drawing without a ground of its own is seen in dark colours', async () => {
  const square = await sharp({ create: { width: 10, height: 10, channels: 4, background: '#000' } })
    .extend({ top: 10, bottom: 10, left: 10, right: 10, background: '#0000' })
    .png()
    .toBuffer();
  const context = await browser.newContext({ colorScheme: 'dark', javaScriptEnabled: false });
  const page = await context.newPage();
  await page.setContent(
    `<!DOCTYPE html><style>${readFileSync('src/styles/site.css', 'utf8')}</style>` +
      `<p>Words</p><main><img src="data:image/png;base64,${square.toString('base64')}" alt="A square"></main>`,
  );
  const brightness = async (selector: string, x: number): Promise<number> => {
    const shot = await page.locator(selector).screenshot();
    const pixel = { left: x, top: x, width: 1, height: 1 };
    const [red = 0] = await sharp(shot).extract(pixel).raw().toBuffer();
    return red;
  };
  expect(await brightness('p', 1)).toBeLessThan(60); // the page is dark
  expect(await brightness('img', 2)).toBe(255);
  expect(await brightness('img', 15)).toBe(0);
  await context.close();
});
