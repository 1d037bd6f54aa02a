import { readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import jsQR from 'jsqr';
import type { Browser, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { parse } from 'yaml';
import { serveFolder } from '../../scripts/site/serve.ts';
import { launchBrowser } from '../helpers/browser.ts';
import { buildInto, changeGarden, makeFolder } from '../helpers/build.ts';
import { publicLines, withKeys } from '../helpers/editions.ts';
import { listLanguages } from '../helpers/site.ts';

const site = inject('defaultSite');
const leaflet = parse(readFileSync('src/content/leaflets/solidarity.yaml', 'utf8')) as { warning: Record<string, string>; code: Record<string, string> };
const mint = `title: { en: Plant mint }
warning: { en: Not at noon. }
short: { en: Mint grows anywhere. }
text: { en: [One paragraph., Another one.], ar: [فقرة واحدة., فقرة أخرى.] }
actions: [water-a-bed]
code: { en: "Mint: water at 8." }
checked: 2025-03-02
sources: [{ name: A book about gardens }]
`;

let browser: Browser;
let servers: Awaited<ReturnType<typeof serveFolder>>[] = [];
const serve = async (folder: string): Promise<string> => {
  const server = await serveFolder(folder, 0);
  servers.push(server);
  return `http://localhost:${(server.address() as AddressInfo).port}/`;
};
const open = async (address: string): Promise<Page> => {
  const page = await browser.newPage({ deviceScaleFactor: 2 });
  await page.goto(address);
  return page;
};
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  for (const server of servers) {
    server.close();
    server.closeAllConnections();
  }
});

/** What a reader of codes sees on the screen, in the order of the page. */
async function decodeAll(page: Page): Promise<string[]> {
  const texts: string[] = [];
  for (const code of await page.locator('svg.qr').all()) {
    const { data, info } = await sharp(await code.screenshot()).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
    texts.push(jsQR(new Uint8ClampedArray(data), info.width, info.height)?.data ?? 'no code');
  }
  return texts;
}

/** Widths and heights of the pages of a PDF, in millimetres. */
const pagesOf = (pdf: Buffer): number[][] =>
  [...pdf.toString('latin1').matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(([, ...sides]) => sides.map((points) => Math.round((Number(points) / 72) * 25.4)));
const [tall, wide] = [[210, 297], [297, 210]];

describe.each(listLanguages(site))('the leaflets in %s', (tag) => {
  let page: Page;
  beforeAll(async () => {
    page = await open(`${await serve(site)}${tag}/leaflet.html`);
  });
  afterAll(() => page.close());

  test('hold their text in squares that a decoder reads, on each form', async () => {
    expect(await decodeAll(page)).toEqual(Array.from({ length: 6 }, () => leaflet.code[tag]));
  });

  test('warn on each side who must not keep them, and before the first of them', async () => {
    const warning = leaflet.warning[tag] ?? '';
    const sides = await page.locator('.sheet').allTextContents();
    expect(sides).toHaveLength(4);
    for (const side of sides) expect(side).toContain(warning);
    const cards = await page.locator('.a6').allTextContents();
    expect(cards).toHaveLength(4);
    for (const card of cards) expect(card).toContain(warning);
    expect((await page.locator('main').textContent())?.indexOf(warning)).toBeLessThan((await page.locator('main').textContent())?.indexOf(sides[0] ?? '') ?? 0);
  });

  test('are four pages on paper: one upright, three across, without the frame of the site', async () => {
    expect(pagesOf(await page.pdf({ preferCSSPageSize: true }))).toEqual([tall, wide, wide, wide]);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('header').isVisible()).toBe(false);
    for (const sheet of await page.locator('.poster, .half, .a6').all()) {
      expect(await sheet.evaluate((element) => element.scrollHeight <= element.clientHeight + 1)).toBe(true); // nothing is cut off
    }
    await page.emulateMedia({ media: 'screen' });
  });
});

test.each(listLanguages(site))('the letter sheet in %s is a page of lines and one of four postcards, with no word of the campaign on paper', async (tag) => {
  const page = await open(`${await serve(site)}${tag}/letter-sheet.html`);
  expect(pagesOf(await page.pdf({ preferCSSPageSize: true }))).toEqual([tall, wide]);
  await page.emulateMedia({ media: 'print' });
  expect((await page.locator('body').innerText()).split(/\s*\n\s*/).filter((line) => line !== '')).toHaveLength(12); // stamp, to, from
  await page.close();
});

test('another campaign has sheets where it wants some, with mirrors, keys, and from right to left', async () => {
  expect(() => readFileSync(join(inject('gardenSite'), 'en/leaflet.html'))).toThrow('ENOENT');
  const folder = join(makeFolder('sheets-'), 'site');
  await buildInto(folder, { CONTENT_DIR: changeGarden({ 'leaflets/mint.yaml': mint, 'site.yaml': withKeys }) });
  const page = await open(`${await serve(folder)}ar/leaflet.html`);
  const address = 'https://shed.example/garden/';
  expect(await decodeAll(page)).toEqual(Array.from({ length: 6 }, () => [address, 'Mint: water at 8.']).flat());
  expect(await page.locator('.poster').innerText()).toContain(address);
  for (const key of publicLines) expect(await page.locator('.poster').innerText()).toContain(key);
  expect(await page.locator('.poster .title').getAttribute('lang')).toBe('en');
  expect(await page.locator('.poster').evaluate((element) => getComputedStyle(element).direction)).toBe('rtl');
  expect(pagesOf(await page.pdf({ preferCSSPageSize: true }))).toEqual([tall, wide, wide, wide]);
  await page.close();
});
