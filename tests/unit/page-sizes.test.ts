import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import {
  budgetPages,
  findGrownPages,
  makeBudget,
  measurePages,
  PageSizesError,
  printPageSizes,
  readPageSizes,
} from '../../scripts/build/page-sizes.ts';
import { findLargestParts } from '../../src/lib/page-parts.ts';

const style = '<style>body{max-width:30rem;margin:auto;font-family:sans-serif}</style>';
const page = (body: string) =>
  Buffer.from(`<!DOCTYPE html><html lang="en"><head><title>T</title>${style}</head><body><main>
<h1>T</h1>${body}</main></body></html>`);
/** Text that does not compress well. */
const noise = (bytes: number) =>
  Array.from({ length: Math.ceil(bytes / 64) }, (_, index) =>
    createHash('sha256').update(`${bytes} ${index}`).digest('hex'),
  ).join('');

const pages = new Map([
  ['404.html', page('<p>Nothing grows here.</p>')],
  ['beds/mint.html', page('<p>Mint grows here.</p>')],
  ['beds/sage.html', page('<p>Sage grows here.</p>')],
]);
const table = budgetPages(measurePages(pages));

describe('a page is held to the budget of its line', () => {
  test('and one that has grown past it is named with its three largest parts', () => {
    const grown = page(
      `<h2>Long</h2><p>${noise(2000)}</p><h2>Short</h2><p>${noise(300)}</p><p>${noise(800)}</p><h2>Tiny</h2>`,
    );
    const [sentence = '', ...others] = findGrownPages(
      new Map([...pages, ['beds/sage.html', grown]]),
      table,
    );
    expect(others).toEqual([]);
    expect(sentence).toMatch(
      /^beds\/sage\.html has grown past its budget: its words take \d{4} bytes, compressed, expected at most 256\. Its largest parts: section "Long" \d+ bytes, section "Short" \d+ bytes, <style> \d+ bytes\. /,
    );
    const [long = 0, short = 0] = [...sentence.matchAll(/" (\d+) bytes/g)].map(([, bytes]) =>
      Number(bytes),
    );
    expect(long).toBeGreaterThan(900);
    expect(short).toBeGreaterThan(450);
  });

  test.each<[string, [string, Buffer]]>([
    ['a page of a new language', ['de/beds/salbei.html', page(noise(9000))]],
    [
      'a menu with one language more',
      [
        'beds/sage.html',
        Buffer.from(
          String(page('<p>Sage grows here.</p>')).replace(
            '<main>',
            `<nav>${noise(2000)}</nav><main>`,
          ),
        ),
      ],
    ],
    ['a list of more files', ['files/2.html', page(noise(9000))]],
    ['a corrected sentence', ['beds/sage.html', page('<p>Sage grows here, and bees like it.</p>')]],
  ])('but %s is no fault', (_name, change) => {
    expect(findGrownPages(new Map([...pages, change]), table)).toEqual([]);
  });

  test('but a page that has gone is no fault', () => {
    expect(findGrownPages(new Map(), table)).toEqual([]);
  });
});

describe('the table of sizes', () => {
  test('comes back as it was written', () => {
    expect(readPageSizes(printPageSizes(table), 'sizes.md')).toEqual(table);
    expect(table.map(({ path }) => path)).toEqual([...pages.keys()]);
  });

  test('is refused with a broken line', () => {
    const broken = printPageSizes(table).replace('| 256 |', '| some |');
    expect(() => readPageSizes(broken, 'sizes.md')).toThrow(PageSizesError);
    expect(() => readPageSizes(broken, 'sizes.md')).toThrow('sizes.md: found the line "| 404.html');
  });

  test('keeps a budget that still fits, and gives a new one to what has shrunk or grown', () => {
    const before = table.map((line, index) => ({
      ...line,
      budget: [line.text + 700, line.text - 1, line.text + 5000][index] ?? 0,
    }));
    const [kept, grown, shrunk] = budgetPages(measurePages(pages), before);
    expect(kept?.budget).toBe((kept?.text ?? 0) + 700);
    expect(grown?.budget).toBe(makeBudget(grown?.text ?? 0));
    expect(shrunk?.budget).toBe(makeBudget(shrunk?.text ?? 0));
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
