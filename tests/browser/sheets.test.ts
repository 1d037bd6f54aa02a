import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import jsQR from 'jsqr';
import type { Browser, Page } from 'playwright-core';
import sharp, { type Region } from 'sharp';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { parse } from 'yaml';
import { findProgram } from '../../scripts/lab/programs.ts';
import { launchBrowser } from '../helpers/browser.ts';
import { buildInto, changeGarden, makeFolder } from '../helpers/build.ts';
import { isLong } from '../helpers/depth.ts';
import { publicLines, withKeys } from '../helpers/editions.ts';
import { makeHosts } from '../helpers/serve-sites.ts';
import { listLanguages } from '../helpers/site.ts';

const site = inject('defaultSite');
const leaflet = parse(readFileSync('src/content/leaflets/solidarity.yaml', 'utf8')) as {
  warning: Record<string, string>;
  code: Record<string, string>;
};
const sheetWords = (tag: string) =>
  (
    parse(readFileSync(`src/content/interface/${tag}.yaml`, 'utf8')) as {
      sheets: Record<string, string>;
    }
  ).sheets;
/** As long as a leaflet may be. */
const mint = `title: { en: Plant mint }
warning: { en: Not at noon. }
short: { en: "${'Mint grows anywhere. '.repeat(11).trim()}" }
text: { en: ["${'One paragraph on mint. '.repeat(17).trim()}", "${'And another on rain. '.repeat(18).trim()}"], ar: [فقرة واحدة., فقرة أخرى.] }
actions: [water-a-bed]
code: { en: "Mint: water at 8." }
checked: 2025-03-02
sources: [{ name: A book about gardens }]
`;
const onion = `address: http://${'mint'.repeat(14)}.onion/garden/
kind: onion
since: 2025-03-01
until: 2025-09-01
`;

let browser: Browser;
const { serve, stop } = makeHosts();
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
  await stop();
});

/** What a reader of codes sees in a picture, or in a part of it. */
async function decode(picture: Buffer, part?: Region): Promise<string> {
  const whole = sharp(picture);
  const { data, info } = await (part ? whole.extract(part) : whole)
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return jsQR(new Uint8ClampedArray(data), info.width, info.height)?.data ?? 'no code';
}

/** What it sees at the size of the paper, in the order of the page. */
async function decodeAll(page: Page): Promise<string[]> {
  await page.emulateMedia({ media: 'print' });
  const texts: string[] = [];
  for (const code of await page.locator('svg.qr').all())
    texts.push(await decode(await code.screenshot()));
  await page.emulateMedia({ media: null });
  return texts;
}

/** What it sees on paper: on the sheet, on the cover of the fold, and on each card. */
async function decodePaper(pdf: Buffer): Promise<string[]> {
  const folder = makeFolder('paper-');
  writeFileSync(join(folder, 'sheets.pdf'), pdf);
  execFileSync('pdftoppm', ['-r', '150', '-png', join(folder, 'sheets.pdf'), join(folder, 'page')]);
  const [sheet, cover, , cards] = [1, 2, 3, 4].map((number) =>
    readFileSync(join(folder, `page-${number}.png`)),
  ) as [Buffer, Buffer, Buffer, Buffer];
  const { width: all, height: tallness } = await sharp(cards).metadata();
  const [width, height] = [Math.floor(all / 2), Math.floor(tallness / 2)];
  const corners = [0, height].flatMap((top) =>
    [0, width].map((left) => decode(cards, { left, top, width, height })),
  );
  return Promise.all([decode(sheet), decode(cover), ...corners]);
}

/** Nothing is cut off, nor is in the margin, where printers do not print. */
async function expectRoom(page: Page): Promise<void> {
  for (const sheet of await page.locator('.sheet, .sheet > div').all()) {
    const room = await sheet.evaluate((element) => {
      const lowest = Math.max(
        ...[...element.querySelectorAll('p, li, figcaption, svg')].map(
          (part) => part.getBoundingClientRect().bottom,
        ),
      );
      // what is too tall grows over the end of its sheet, which cuts it off
      const ends = [element, element.closest('.sheet')].map(
        (part) => part?.getBoundingClientRect().bottom ?? Infinity,
      );
      return Math.min(...ends) - parseFloat(getComputedStyle(element).paddingBottom) - lowest;
    });
    const words = (await sheet.innerText()).slice(0, 80);
    expect(
      await sheet.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth),
      words,
    ).toBeLessThanOrEqual(1);
    expect(room, words).toBeGreaterThan(-8); // the light rim of a code may reach into it
  }
}

/** Widths and heights of the pages of a PDF, in millimetres. */
const pagesOf = (pdf: Buffer): number[][] =>
  [...pdf.toString('latin1').matchAll(/\/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]/g)].map(
    ([, ...sides]) => sides.map((points) => Math.round((Number(points) / 72) * 25.4)),
  );
const [tall, wide] = [
  [210, 297],
  [297, 210],
];

/** A4 in pixels of the screen. */
const a4 = { width: 794, height: 1123 };

describe.each(listLanguages(site))('the leaflets in %s', (tag) => {
  let page: Page;
  beforeAll(async () => {
    page = await open(`${await serve(site)}${tag}/leaflet.html`);
  });
  afterAll(() => page.close());

  test('hold their text in squares that a decoder reads, on each form', async () => {
    expect(await decodeAll(page)).toEqual(Array.from({ length: 6 }, () => leaflet.code[tag]));
  });

  test.runIf(isLong && findProgram('pdftoppm'))(
    'hold it on paper, too, even at 150 dots an inch',
    async () => {
      expect(await decodePaper(await page.pdf({ preferCSSPageSize: true }))).toEqual(
        Array.from({ length: 6 }, () => leaflet.code[tag]),
      );
    },
  );

  test('warn on each side who must not keep them, and before the first of them', async () => {
    const warning = leaflet.warning[tag] ?? '';
    const sides = await page.locator('.sheet').allTextContents();
    expect(sides).toHaveLength(4);
    for (const side of sides) expect(side).toContain(warning);
    const cards = await page.locator('.a6').allTextContents();
    expect(cards).toHaveLength(4);
    for (const card of cards) expect(card).toContain(warning);
    expect((await page.locator('main').textContent())?.indexOf(warning)).toBeLessThan(
      (await page.locator('main').textContent())?.indexOf(sides[0] ?? '') ?? 0,
    );
  });

  test('lead with a number and its day, then three ways with where to go; the warning is smaller', async () => {
    await page.emulateMedia({ media: 'print' });
    const sizeOf = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((element) => parseFloat(getComputedStyle(element).fontSize));
    const [number, sentence, way, warning] = await Promise.all(
      ['.poster .n', '.poster .short', '.poster li p', '.poster .stop'].map(sizeOf),
    );
    expect([number, sentence, way, warning]).toEqual(
      [number, sentence, way, warning].sort((a = 0, b = 0) => b - a),
    );
    expect(warning).toBeLessThan(way ?? 0);
    expect(await page.locator('.poster .cause').innerText()).toMatch(/1.140[^]*2026/);
    const ways = await page.locator('.poster li').allInnerTexts();
    expect(ways).toHaveLength(3);
    for (const text of ways) expect(text).toMatch(/libereco\.org|#WeStandBYyou/);
    await page.emulateMedia({ media: null });
  });

  test('are four pages on paper: one upright, three across, without the frame of the site', async () => {
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pagesOf(pdf)).toEqual([tall, wide, wide, wide]);
    // squares that are lines stay sharp on any printer
    expect(pdf.toString('latin1')).not.toMatch(/\/PatternType|\/Subtype \/Image/);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('header').isVisible()).toBe(false);
    await expectRoom(page);
    await page.emulateMedia({ media: 'screen' });
  });
});

/** The smallest letters on paper, of all and of a warning, in points, with what they say. */
const smallestOf = (page: Page): Promise<[all: [number, string], warning: [number, string]]> =>
  page.locator('.sheet').evaluateAll((sheets) => {
    const found = sheets.flatMap((sheet) => {
      const walker = document.createTreeWalker(sheet, NodeFilter.SHOW_TEXT);
      const texts: { size: number; words: string; warns: boolean }[] = [];
      while (walker.nextNode()) {
        const { parentElement: around, textContent } = walker.currentNode;
        if (!around?.checkVisibility() || textContent?.trim() === '') continue;
        texts.push({
          size: parseFloat(getComputedStyle(around).fontSize) * 0.75,
          words: textContent?.trim().slice(0, 40) ?? '',
          warns: around.closest('.stop') !== null,
        });
      }
      return texts;
    });
    const smallest = (of: typeof found): [number, string] => {
      const [first] = of.sort((a, b) => a.size - b.size);
      return [first?.size ?? Infinity, first?.words ?? ''];
    };
    return [smallest(found), smallest(found.filter(({ warns }) => warns))];
  });

test.each(
  listLanguages(site).flatMap((tag) =>
    ['leaflet', 'letter-sheet', 'poster'].map((name) => `${tag}/${name}.html`),
  ),
)('%s has no letters below 7 points on A4, and no warning below 8', async (path) => {
  const page = await open((await serve(site)) + path);
  await page.setViewportSize(a4);
  await page.emulateMedia({ media: 'print' });
  const [all, warning] = await smallestOf(page);
  expect(all[0], all[1]).toBeGreaterThanOrEqual(7);
  expect(warning[0], warning[1]).toBeGreaterThanOrEqual(8);
  await page.close();
});

test.each(listLanguages(site))(
  'no code on the leaflets in %s reaches into a band or into words',
  async (tag) => {
    const page = await open(`${await serve(site)}${tag}/leaflet.html`);
    await page.setViewportSize(a4);
    await page.emulateMedia({ media: 'print' });
    const clashes = await page.locator('.poster, .half, .a6').evaluateAll((sheets) =>
      sheets.flatMap((sheet) => {
        const graphics = [...sheet.querySelectorAll('svg')];
        const parts = [...graphics, ...sheet.querySelectorAll('p, b, figcaption')];
        return graphics.flatMap((graphic) => {
          const a = boxOf(graphic);
          return parts
            .filter((part) => part !== graphic)
            .filter((part) => {
              const b = boxOf(part);
              const [width, height] = [
                Math.min(a.right, b.right) - Math.max(a.left, b.left),
                Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top),
              ];
              return width > 1 && height > 1;
            })
            .map((part) => `${graphic.getAttribute('class')} and ${part.outerHTML.slice(0, 80)}`);
        });

        /** Words are as wide as they are, not as their paragraph is. */
        function boxOf(part: Element): Record<'left' | 'right' | 'top' | 'bottom', number> {
          const { left, right, top, bottom } = part.getBoundingClientRect();
          if (part instanceof SVGElement) return { left, right, top, bottom };
          const range = document.createRange();
          range.selectNodeContents(part);
          const words = range.getBoundingClientRect();
          return { left: words.left, right: words.right, top, bottom };
        }
      }),
    );
    expect(clashes).toEqual([]);
    await page.close();
  },
);

test.each(listLanguages(site))(
  'the poster in %s is one sheet of A3, of A4 on smaller paper, black and white, with a date and a line to write on',
  async (tag) => {
    const page = await open(`${await serve(site)}${tag}/poster.html`);
    expect(pagesOf(await page.pdf({ preferCSSPageSize: true }))).toEqual([[297, 420]]);
    expect(pagesOf(await page.pdf({ format: 'A4' }))).toEqual([tall]);
    await page.setViewportSize({ width: 1123, height: 1587 }); // A3 in pixels of the screen
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('header, .band, footer').filter({ visible: true }).count()).toBe(0);
    await expectRoom(page);
    const colours = await page.locator('.sheet, .sheet *').evaluateAll((elements) =>
      elements.flatMap((element) => {
        const { color, stroke, fill, borderBottomColor, backgroundColor } =
          getComputedStyle(element);
        return [color, stroke, fill, borderBottomColor, backgroundColor];
      }),
    );
    expect([...new Set(colours)].sort()).toEqual(
      ['none', 'rgb(0, 0, 0)', 'rgb(255, 255, 255)', 'rgba(0, 0, 0, 0)'].sort(),
    );
    expect(await page.locator('.date').innerText()).toMatch(/^4\s/);
    expect(await page.locator('.sheet').innerText()).toContain(leaflet.warning[tag]);
    await page.close();
  },
);

test.each(listLanguages(site))(
  'the letter sheet in %s is a page of lines, and both sides of four postcards, with no word of ' +
    'the campaign on paper but the country',
  async (tag) => {
    const page = await open(`${await serve(site)}${tag}/letter-sheet.html`);
    expect(pagesOf(await page.pdf({ preferCSSPageSize: true }))).toEqual([tall, wide, wide]);
    await page.setViewportSize(a4);
    await page.emulateMedia({ media: 'print' });
    await expectRoom(page);
    const words = (await page.locator('body').innerText())
      .split(/\s*\n\s*/)
      .filter((line) => line !== '');
    expect(words).toHaveLength(19); // stamp, to, country, from: on an envelope and four postcards
    // the sender at the foot of the message, the addressee under the stamp
    const [message, address] = await page.locator('.back').first().locator('> div').allInnerTexts();
    expect([message, ...(address?.split(/\n+/) ?? [])]).toEqual([
      ...['from', 'stamp', 'to'].map((name) => sheetWords(tag)[name]),
      'BELARUS / БЕЛАРУСЬ',
    ]);
    await page.close();
  },
);

test('another campaign has sheets where it wants some, with mirrors, keys, and from right to left', async () => {
  expect(() => readFileSync(join(inject('gardenSite'), 'en/leaflet.html'))).toThrow('ENOENT');
  const folder = join(makeFolder('sheets-'), 'site');
  await buildInto(folder, {
    CONTENT_DIR: changeGarden({
      'leaflets/mint.yaml': mint,
      'mirrors/tower.yaml': onion,
      'site.yaml': withKeys,
    }),
  });
  const page = await open(`${await serve(folder)}ar/leaflet.html`);
  const address = 'https://shed.example/garden/';
  const [first, second, text] = [
    address,
    (parse(onion) as { address: string }).address,
    'Mint: water at 8.',
  ];
  const card = [first, text];
  expect(await decodeAll(page)).toEqual([
    first,
    second,
    text,
    first,
    second,
    text,
    ...card,
    ...card,
    ...card,
    ...card,
  ]);
  for (const part of [first, second, '2025'])
    expect(await page.locator('.poster .addresses').innerText()).toContain(part);
  expect(
    await page
      .locator('.poster .addresses code')
      .first()
      .evaluate((element) => getComputedStyle(element).direction),
  ).toBe('ltr'); // or its last slash comes first
  for (const key of publicLines) expect(await page.locator('.poster').innerText()).toContain(key);
  expect(await page.locator('.poster .title').getAttribute('lang')).toBe('en');
  expect(
    await page.locator('.poster').evaluate((element) => getComputedStyle(element).direction),
  ).toBe('rtl');
  expect(pagesOf(await page.pdf({ preferCSSPageSize: true }))).toEqual([tall, wide, wide, wide]);
  await page.goto(page.url().replace('/ar/', '/en/'));
  await page.emulateMedia({ media: 'print' });
  await expectRoom(page);
  await page.close();
});
