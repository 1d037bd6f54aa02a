import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { measureFiles, printFileSizes } from '../../scripts/build/file-sizes.ts';
import { budgetPages, printPageSizes, readPageSizes } from '../../scripts/build/page-sizes.ts';
import { makeFolder } from '../helpers/build.ts';

const folder = makeFolder('sizes-');
const paths = ['all.html', 'book.epub', 'text.txt', 'calendar.ics', 'feed.xml', 'feed.json'].concat(
  [
    'feed.atom.xml',
    'feed/1.atom.xml',
    'feed/1.json',
    'home.html',
    'feed.html',
    'guide/text.txt.html',
  ],
);
for (const path of paths) {
  mkdirSync(dirname(join(folder, 'en', path)), { recursive: true });
  writeFileSync(join(folder, 'en', path), 'Mint grows here. '.repeat(100));
}
const files = measureFiles(folder);

it('measures what people take along or subscribe to, and no page', () => {
  expect(files.map(({ path }) => path)).toEqual([
    'en/all.html',
    'en/book.epub',
    'en/calendar.ics',
    'en/feed.atom.xml',
    'en/feed.json',
    'en/feed.xml',
    'en/feed/1.atom.xml',
    'en/feed/1.json',
    'en/text.txt',
  ]);
});

it('names the budget of each that the build holds to one', () => {
  const budgets = files.filter(({ budget }) => budget !== undefined).map(({ path }) => path);
  expect(budgets).toEqual(['en/all.html', 'en/book.epub', 'en/text.txt']);
  expect(printFileSizes(files)).toMatch(/\| en\/all\.html \| 1700 \| \d\d \| 1000000 \|/);
  expect(printFileSizes(files)).toMatch(/\| en\/calendar\.ics \| 1700 \| \d\d \| – \|/);
});

it('leaves the table of pages before it as it is', () => {
  const pages = budgetPages([{ path: '404.html', gzip: 9, plain: 9, text: 9 }]);
  const text = `${printPageSizes(pages)}\n${printFileSizes(files)}`;
  expect(readPageSizes(text, 'sizes.md')).toEqual(pages);
});
