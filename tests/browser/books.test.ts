import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { runAxe } from '../helpers/axe.ts';
import { readBookFiles } from '../helpers/book-files.ts';
import { launchBrowser } from '../helpers/browser.ts';
import { makeFolder } from '../helpers/build.ts';
import { isLong } from '../helpers/depth.ts';
import { listSite } from '../helpers/site.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

/** Unpacks a book, for a browser to open its chapters. */
async function unpack(book: string): Promise<{ folder: string; chapters: string[] }> {
  const folder = makeFolder('chapters-');
  const files = await readBookFiles(book);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return { folder, chapters: [...files.keys()].filter((path) => path.endsWith('.xhtml')) };
}

/** One chapter of each kind, by what its name begins with; all of them in the long run. */
const chooseChapters = (chapters: readonly string[]): string[] => [
  ...new Map(
    chapters.map((path) => [isLong ? path : path.replace(/(?<=\/[a-z]+)_.*/, ''), path]),
  ).values(),
];

const books = [inject('defaultSite'), inject('gardenSite')].flatMap((folder) =>
  listSite(folder)
    .filter((path) => path.endsWith('/book.epub'))
    .slice(0, isLong ? undefined : 1)
    .map((path) => join(folder, path)),
);

describe('axe, in light and dark colours', () => {
  test.each(books)('finds nothing in the chapters of %s', async (book) => {
    const { folder, chapters } = await unpack(book);
    const chosen = chooseChapters(chapters);
    expect(chosen.length).toBeGreaterThan(5);
    expect(await runAxe(browser, folder, chosen)).toEqual([]);
  });

  test('finds a picture without words in a chapter', async () => {
    const { folder, chapters } = await unpack(books[0]!);
    const [path = ''] = chapters;
    const faulty =
      '<html xmlns="http://www.w3.org/1999/xhtml" lang="en"><head><title>A</title></head><body><main><h1>A</h1><img src="a.png"/></main></body></html>';
    writeFileSync(join(folder, path), faulty);
    expect(await runAxe(browser, folder, [path])).toEqual([
      expect.stringContaining(`${path}: image-alt`),
    ]);
  });
});

describe('the page that holds all of a language', () => {
  const pages = [inject('defaultSite'), inject('gardenSite')].flatMap((folder) =>
    listSite(folder)
      .filter((path) => path.endsWith('/all.html'))
      .map((path) => join(folder, path)),
  );
  test('is as wide as a small phone, with its tables and charts', async () => {
    const context = await browser.newContext({ viewport: { width: 320, height: 700 } });
    const tab = await context.newPage();
    const widths = new Map<string, number>();
    for (const page of pages) {
      await tab.goto(pathToFileURL(page).href);
      widths.set(page, await tab.evaluate(() => document.documentElement.scrollWidth));
    }
    await context.close();
    expect(widths.size).toBe(6);
    expect([...widths].filter(([, width]) => width > 320)).toEqual([]);
  });
});
