import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { runAxe } from '../helpers/axe.ts';
import { launchBrowser } from '../helpers/browser.ts';
import { makeFolder } from '../helpers/build.ts';
import { chooseLayouts } from '../../scripts/lab/layouts.ts';
import { readSite } from '../../scripts/lab/site.ts';
import { chooseRows, isLong } from '../helpers/depth.ts';

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser.close());

const write = (style: string, body: string, lang = ' lang="en"') =>
  `<!doctype html><html${lang}><head><meta charset="utf-8"><title>A ` +
  `page</title><style>:root{color-scheme:light dark}${style}</style></head><body><main><h1>A ` +
  `page</h1>${body}</main></body></html>`;

const faults: [name: string, html: string, expected: string][] = [
  [
    'pale words',
    write('p{color:#bbb;background:#fff}', '<p>Pale</p>'),
    'a.html: color-contrast: <p>Pale</p>',
  ],
  [
    'dark words in dark colours alone',
    write('@media (prefers-color-scheme:dark){body{background:#111}p{color:#333}}', '<p>Dark</p>'),
    'a.html in dark colours: color-contrast: <p>Dark</p>',
  ],
  ['a page without its language', write('', '<p>Words</p>', ''), 'a.html: html-has-lang'],
  ['a phrase in no language', write('', '<p lang="zz-none">Words</p>'), 'a.html: valid-lang'],
  [
    'an image without words',
    write('', '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'),
    'a.html: image-alt',
  ],
  ['a link without words', write('', '<a href="#x"></a>'), 'a.html: link-name'],
  ['a heading that skips a level', write('', '<h4>Late</h4>'), 'a.html: heading-order'],
];

test.each(chooseRows(faults))('axe finds %s', async (_name, html, expected) => {
  const folder = makeFolder('axe-');
  writeFileSync(join(folder, 'a.html'), html);
  const lines = await runAxe(browser, folder, ['a.html']);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain(expected);
});

describe(`axe finds nothing, in light and dark colours, on ${isLong ? 'any page' : 'a page of each layout'}`, () => {
  test.each([
    ['default', inject('defaultSite')],
    ['second', inject('gardenSite')],
  ])('of the %s campaign', async (_name, folder) => {
    const site = readSite(folder);
    const paths = isLong ? site.pages.map(({ path }) => path) : chooseLayouts(site);
    expect(paths.length).toBeGreaterThan(15);
    expect(await runAxe(browser, folder, paths)).toEqual([]);
  });
});
