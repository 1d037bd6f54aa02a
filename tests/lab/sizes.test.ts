import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { bounds, checkSize, countBytes, makeSizeTable } from '../../scripts/lab/checks/size.ts';
import type { Site } from '../../scripts/lab/site.ts';
import {
  makeBudget,
  printSizeTable,
  readSizeTable,
  SizeTableError,
} from '../../scripts/lab/size-table.ts';
import { measurePages } from '../../scripts/lab/weigh.ts';
import { findLargestParts } from '../../src/lib/page-parts.ts';
import { page, plant, soundSite, type Files } from '../helpers/plant.ts';

const one = new Map(Object.keys(soundSite).map((path) => [path, 1]));
const measure = (site: Site, requests = one) => measurePages(site, requests);
/** Text that does not compress well. */
const noise = (bytes: number) =>
  Array.from({ length: Math.ceil(bytes / 64) }, (_, index) =>
    createHash('sha256').update(`${bytes} ${index}`).digest('hex'),
  ).join('');
const sound = plant({});
const table = makeSizeTable(sound, measure(sound));
const check = (changes: Files, requests = one) => {
  const site = plant(changes);
  return checkSize(site, measure(site, requests), table).failures.join('\n');
};

describe('the check of sizes', () => {
  test('names the three largest parts of a page that has grown past its budget', () => {
    const grown = page(
      'Sage',
      `<p>Sage.</p><h2>Long</h2><p>${noise(2000)}</p><h2>Short</h2><p>${noise(300)}</p><p>${noise(800)}</p><h2>Tiny</h2><a href="mint.html">Mint</a>`,
    );
    const failure = check({ 'beds/sage.html': grown });
    expect(failure).toMatch(
      /^beds\/sage\.html has grown past its budget: \d{4} bytes compressed, expected at most 512; its largest parts: section "Long" \d+ bytes, section "Short" \d+ bytes, <style> \d+ bytes$/,
    );
    const [long = 0, short = 0] = [...failure.matchAll(/" (\d+) bytes/g)].map(([, bytes]) =>
      Number(bytes),
    );
    expect(long).toBeGreaterThan(900);
    expect(short).toBeGreaterThan(450);
  });

  test.each<[string, Files, Map<string, number>, string]>([
    [
      'a page over the bound of all',
      { 'beds/sage.html': page('Sage', noise(40_000)) },
      one,
      `bytes compressed, expected at most ${bounds.page}`,
    ],
    [
      'a page over the plain bound',
      { 'beds/sage.html': page('Sage', 'sage '.repeat(10_000)) },
      one,
      `bytes, expected at most ${bounds.plain}`,
    ],
    [
      'a page that the table does not know',
      { 'beds/thyme.html': page('Thyme', '') },
      one,
      'beds/thyme.html is not in the table of sizes',
    ],
    [
      'a page with more requests than before',
      {},
      new Map([...one, ['index.html', 2]]),
      'index.html causes 2 requests, expected 1',
    ],
    [
      'too many large pages',
      { 'beds/sage.html': page('Sage', noise(18_000)) },
      one,
      `and so 1 of 4 pages are over ${bounds.ordinary}, expected 95 % below`,
    ],
    [
      'a site with too many bytes',
      { 'a.bin': Buffer.alloc(bounds.siteBytes) },
      one,
      'expected at most 20000000',
    ],
    [
      'a site with too many files',
      Object.fromEntries(
        Array.from({ length: bounds.siteFiles }, (_, index) => [`f/${index}.txt`, '']),
      ),
      one,
      'the site has 2004 files, expected at most 2000',
    ],
  ])('finds %s', (_name, changes, requests, expected) => {
    expect(check(changes, requests)).toContain(expected);
  });

  test('finds a page of the table that has gone', () => {
    const pages = [
      ...table.pages,
      { path: 'beds/gone.html', gzip: 1, plain: 1, requests: 1, budget: 256 },
    ];
    expect(checkSize(sound, measure(sound), { ...table, pages }).failures).toEqual([
      'the table of sizes has beds/gone.html, which the site has no more; write the table anew with --write-sizes',
    ]);
  });

  test('finds nothing in a site that is as its table says, or a little longer', () => {
    expect(check({})).toBe('');
    expect(
      check({
        'beds/sage.html': page(
          'Sage',
          '<p>Sage grows here, and bees like it. <a href="mint.html">Mint</a></p>',
        ),
      }),
    ).toBe('');
  });
});

describe('the table of sizes', () => {
  test('comes back as it was written', () => {
    const sorted = { ...table, pages: [...table.pages].sort((a, b) => (a.path < b.path ? -1 : 1)) };
    expect(readSizeTable(printSizeTable(table), 'sizes.md')).toEqual(sorted);
    expect(table).toMatchObject({ files: 4, bytes: countBytes(sound) });
  });

  test.each([
    ['without its total', 'no table', 'sizes.md: found no line "Whole site: … files, … bytes."'],
    [
      'with a broken line',
      printSizeTable(table).replace('| 1 |', '| one |'),
      'sizes.md: found the line "| 404.html',
    ],
  ])('is refused %s', (_name, text, expected) => {
    expect(() => readSizeTable(text, 'sizes.md')).toThrow(SizeTableError);
    expect(() => readSizeTable(text, 'sizes.md')).toThrow(expected);
  });

  test('keeps a budget that still fits, and gives a new one to what has shrunk or grown', () => {
    const before = {
      ...table,
      pages: table.pages.map((line, index) => ({
        ...line,
        budget: [line.gzip + 700, line.gzip - 1, line.gzip + 5000, line.budget][index] ?? 0,
      })),
    };
    const [kept, grown, shrunk] = makeSizeTable(sound, measure(sound), before).pages;
    expect(kept?.budget).toBe((kept?.gzip ?? 0) + 700);
    expect(grown?.budget).toBe(makeBudget(grown?.gzip ?? 0));
    expect(shrunk?.budget).toBe(makeBudget(shrunk?.gzip ?? 0));
  });

  test.each([
    [1, 256],
    [128, 256],
    [129, 512],
    [5080, 5376],
  ])('gives a page of %i bytes a budget of %i', (gzip, budget) => {
    expect(makeBudget(gzip)).toBe(budget);
  });
});

test('the parts of a page are what a writer or designer would name', () => {
  const html =
    '<!DOCTYPE html><html><head><title>T</title><style>body{color:red}</style></head><body><header><nav class="menu"><a href="a.html">A</a></nav></header><main><p>One.</p><h2>Two</h2><p>Three.</p></main><footer id="end"><p>Four.</p></footer></body></html>';
  expect(
    findLargestParts(html, 9)
      .map(({ name }) => name)
      .sort(),
  ).toEqual([
    '<footer id="end">',
    '<nav class="menu">',
    '<p>',
    '<style>',
    '<title>',
    'section "Two"',
  ]);
});
