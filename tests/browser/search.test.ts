import { gzipSync } from 'node:zlib';
import { pathToFileURL } from 'node:url';
import type { Browser, BrowserContext, Page, Response } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { auditPage, loadAxe } from '../helpers/axe.ts';
import { launchBrowser } from '../helpers/browser.ts';
import { makeHosts } from '../helpers/serve-sites.ts';

const site = inject('defaultSite');

let browser: Browser;
let context: BrowserContext;
let base: string;
const { serve, stop } = makeHosts();
beforeAll(async () => {
  browser = await launchBrowser();
  context = await browser.newContext({ viewport: { width: 390, height: 800 } });
  base = await serve(site, '/a/b/c');
});
afterAll(async () => {
  await browser.close();
  await stop();
});

interface Opened {
  page: Page;
  /** What was loaded, in order. */
  responses: Response[];
  /** What the browser reports. */
  messages: string[];
}

async function openSearch(tag: string): Promise<Opened> {
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const [responses, messages]: [Response[], string[]] = [[], []];
  page.on('response', (response) => responses.push(response));
  page.on('console', (message) => message.type() !== 'log' && messages.push(message.text()));
  page.on('pageerror', (error) => messages.push(error.message));
  await page.goto(`${base}${tag}/search.html`);
  await page.locator('#query').waitFor();
  return { page, responses, messages };
}

/** Types a query, and waits for what is said of it. */
async function type(page: Page, query: string, said: RegExp): Promise<void> {
  await page.locator('#query').fill(query);
  await page.locator('#search [role=status]', { hasText: said }).waitFor();
}

const links = (page: Page) => page.locator('#search li a');
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent);

describe('before anybody types', () => {
  test('the search page is one request, and its box as large as a thumb', async () => {
    const { page, responses, messages } = await openSearch('en');
    await page.locator('#query').focus();
    await page.waitForLoadState('networkidle');
    expect(responses.map((response) => response.url())).toEqual([`${base}en/search.html`]);
    const box = await page.locator('#query').boundingBox();
    expect(Math.round(box?.height ?? 0)).toBeGreaterThanOrEqual(44);
    expect(box?.width).toBeGreaterThan(300);
    expect(messages).toEqual([]);
    await page.close();
  });

  test('a folder on disk says that it cannot search, and the list stays', async () => {
    const page = await context.newPage();
    await page.goto(`${pathToFileURL(site).href}/en/search.html`);
    await page.locator('#search', { hasText: 'could not start' }).waitFor();
    expect(await page.locator('.pages a').count()).toBeGreaterThan(20);
    await page.close();
  });
});

describe('a query', () => {
  test.each([
    ['en', 'parcels', /^\d+ places found\.$/, 'parcels-and-money', /^parcels?$/i],
    ['be', 'пасылка', /^Знойдзена \d+ месц/, 'пасылкі-і-грошы', /^пасыл/i],
    ['ru', 'посылка', /^Найдено \d+ мест/, 'посылки-и-деньги', /^посыл/i],
    ['fr', 'colis', /^\d+ passages trouvés\.$/, 'colis-et-argent', /^colis$/i],
  ])(
    'in %s is answered with parts of pages at their address, and their words marked',
    async (tag, query, said, fragment, word) => {
      const { page, responses, messages } = await openSearch(tag);
      await type(page, query, said);
      for (const mark of await page.locator('#search mark').allTextContents())
        expect(mark).toMatch(word);
      const link = page.locator(`a[href$="letters.html#${fragment}"]`);
      const item = page.locator('#search li', { has: link });
      expect(await item.count()).toBe(1);
      // title, the warning of its page, and words of its text, each in a line of its own
      expect(await item.locator('b').textContent()).not.toBe('');
      expect(await item.locator('br').count()).toBe(2);
      await item.locator('a').click();
      await page.waitForURL(/guide\/letters\.html#/);
      const shown = page.locator(`[id="${fragment}"]`);
      expect((await shown.boundingBox())?.y).toBeLessThan(800);
      expect(responses.filter((response) => !response.url().startsWith(base))).toEqual([]);
      expect(messages).toEqual([]);
      await page.close();
    },
  );

  test('takes at most 125 kB as sent for its first answer, with the page', async () => {
    const { page, responses } = await openSearch('be');
    await type(page, 'ліст палітвязню', /^Знойдзена/);
    await page.waitForLoadState('networkidle');
    const sizes = await Promise.all(
      responses.map(async (response) => {
        const body = await response.body();
        const isPacked = /\.(?:pagefind|pf_\w+)$/.test(response.url());
        return isPacked ? body.length : gzipSync(body).length;
      }),
    );
    expect(responses.length).toBeGreaterThan(5);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(125_000);
    await page.close();
  });

  test('is followed by keys alone: results, more of them, and back to the box', async () => {
    const { page } = await openSearch('en');
    await page.keyboard.press('Tab');
    await page.locator('#query').focus();
    await page.keyboard.type('prisoner');
    await page.keyboard.press('Enter'); // without waiting
    await links(page).nth(9).waitFor();
    expect(await links(page).count()).toBe(10);
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toBe(await links(page).nth(0).textContent());
    await page.keyboard.press('ArrowDown');
    expect(await focused(page)).toBe(await links(page).nth(1).textContent());
    await page.keyboard.press('Escape');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('query');
    await page.locator('#search button').last().focus();
    await page.keyboard.press('Enter');
    await links(page).nth(10).waitFor();
    expect(await focused(page)).toBe(await links(page).nth(10).textContent());
    await page.close();
  });

  test('has no violation for axe, with results, with none, and with what is like it', async () => {
    const { page } = await openSearch('fr');
    await loadAxe(page);
    for (const [query, said] of [
      ['lettre', /trouvés\.$/],
      ['Nuremburg', /Voici ce que donne/],
      ['zzyzx', /^Aucun résultat/],
    ] as const) {
      await type(page, query, said);
      expect(await auditPage(page), query).toEqual([]);
    }
    await page.close();
  });
});

describe('a query that finds nothing', () => {
  test('is asked again for the word most like it, and says so', async () => {
    const { page } = await openSearch('be');
    await type(page, 'Нюрнберх', /«Нюрнберх» нічога не знойдзена\..*«Нюрнберг/);
    expect(await page.locator('#search mark').first().textContent()).toMatch(/^Нюрнберг/);
    await page.close();
  });

  test('of words that no place has together is asked again for each of them', async () => {
    const { page } = await openSearch('en');
    await type(page, 'Nuremberg umbrella parcel', /This is found for “Nuremberg, parcel”/);
    await page.close();
  });

  test('leads to the index of words, at its letter', async () => {
    const { page } = await openSearch('ru');
    await type(page, 'мммммм', /^По запросу «мммммм» ничего не найдено\. Попробуйте/);
    expect(await links(page).allTextContents()).toEqual(['Указатель слов: М']);
    await links(page).click();
    await page.waitForURL(/\/ru\/terms\//);
    await page.close();
  });

  test('because its files are not there says that it cannot search', async () => {
    const { page } = await openSearch('en');
    await page.route('**/pagefind/**', (route) => route.abort());
    await type(page, 'letter', /could not start/);
    await page.close();
  });
});
