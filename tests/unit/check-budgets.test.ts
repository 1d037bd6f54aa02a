import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { makeFolder } from '../helpers/build.ts';
import { parsePage } from '../../src/integrations/post-build/built-page.ts';
import type { Dist } from '../../src/integrations/post-build/dist.ts';
import { checkBudgets } from '../../src/integrations/post-build/steps/check-budgets.ts';
import { checkImages } from '../../src/integrations/post-build/steps/check-images.ts';
import { budgets } from '../../src/lib/page-size.ts';

/** Text that does not compress well. */
const noise = (bytes: number): string =>
  Array.from({ length: Math.ceil(bytes / 32) }, (_, index) =>
    createHash('sha256').update(`${bytes} ${index}`).digest('base64'),
  ).join('');

const makePage = (path: string, { style = '', menu = '', main = '' }) =>
  parsePage(
    path,
    `\uFEFF<!DOCTYPE html><html><head><title>T</title><style>${style}</style></head><body><header><nav class="menu">${menu}</nav></header><main>${main}</main></body></html>`,
  );

function check(...pages: ReturnType<typeof makePage>[]) {
  const dist = { pages, faults: [] } as unknown as Dist;
  checkBudgets(dist);
  return dist.faults;
}

/** Pages that are small, so that one large page is not one of too many. */
const small = Array.from({ length: 40 }, (_, at) => makePage(`en/${at}.html`, {}));

describe('a page over a budget is reported once, with what it holds most of:', () => {
  test('its frame', () => {
    const faults = check(
      ...small,
      makePage('en/home.html', { style: `/*${noise(3_300)}*/`, menu: noise(300) }),
    );
    expect(faults).toHaveLength(1);
    expect(faults[0]).toMatchObject({
      file: 'en/home.html',
      found: expect.stringMatching(
        /^\d{4} bytes; the largest parts: <style> \d{4} bytes, <nav class="menu"> \d{3} bytes, /,
      ),
      expected: `at most ${budgets.frame} for everything but the words, compressed`,
    });
  });

  test('its words, compressed', () => {
    const faults = check(
      ...small,
      makePage('en/a.html', { main: `<h2>Long</h2><p>${noise(15_000)}</p>` }),
    );
    expect(faults).toMatchObject([
      {
        file: 'en/a.html',
        found: expect.stringContaining('section "Long" 1'),
        expected: `at most ${budgets.page}, compressed`,
      },
    ]);
  });

  test('its words, plain', () => {
    const faults = check(...small, makePage('en/a.html', { main: '<p>word</p>'.repeat(4_000) }));
    expect(faults).toMatchObject([
      {
        file: 'en/a.html',
        found: expect.stringMatching(/^\d{5} bytes; the largest parts: <\w/),
        expected: `at most ${budgets.plain}`,
      },
    ]);
  });
});

test('too many large pages are one fault that names the largest', () => {
  const large = (path: string, bytes: number) => makePage(path, { main: noise(bytes) });
  expect(check(...small, large('a.html', 9_000), large('b.html', 10_000))).toEqual([]);
  expect(
    check(...small, large('a.html', 9_000), large('b.html', 10_000), large('c.html', 9_500)),
  ).toMatchObject([
    {
      file: 'b.html',
      found: expect.stringMatching(
        /^3 of 43 pages over 8500 bytes, compressed: b\.html \d+, c\.html \d+, a\.html \d+$/,
      ),
    },
  ]);
});

test('pages within the budgets have no fault', () => {
  expect(check(...small)).toEqual([]);
});

describe('images over a budget are named with the text that shows them:', () => {
  /** Images of so many bytes, each in a text of its own. */
  function checkSizes(...sizes: number[]) {
    const folder = makeFolder('images-');
    mkdirSync(join(folder, 'assets'));
    const pages = sizes.map((bytes, index) => {
      const path = `assets/photo-${index}.webp`;
      writeFileSync(join(folder, path), Buffer.alloc(bytes));
      const page = makePage(`en/${index}.html`, { main: `<img src="../${path}" alt="A">` });
      page.source = `updates/en/${index}.md`;
      for (const element of page.elements)
        if (element.tagName === 'img')
          page.links.set(element, { kind: 'inside', path, fragment: '' });
      return page;
    });
    const dist = { folder, pages, faults: [] } as unknown as Dist;
    checkImages(dist);
    return dist.faults;
  }

  test('one that is too large', () => {
    expect(checkSizes(budgets.image, budgets.image + 1)).toMatchObject([
      {
        file: 'updates/en/1.md',
        found: expect.stringContaining(`assets/photo-1.webp of ${budgets.image + 1} bytes`),
      },
    ]);
  });

  test('all together, the ten largest first', () => {
    const count = Math.floor(budgets.images / budgets.image);
    const full = Array.from({ length: count }, () => budgets.image);
    expect(checkSizes(...full)).toEqual([]);
    const faults = checkSizes(...full.map((bytes) => bytes - 1), budgets.image, budgets.image - 5);
    expect(faults).toHaveLength(1);
    expect(faults[0]?.found).toMatch(
      new RegExp(
        `^\\d+ bytes in ${count + 2} images; the largest: assets/photo-${count}\\.webp ${budgets.image} \\(updates/en/${count}\\.md\\), `,
      ),
    );
    expect(faults[0]?.found.match(/\.webp/g)).toHaveLength(10);
  });
});
