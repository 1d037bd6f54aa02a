import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { hashBytes } from '../../../kit/node/platform.ts';
import { compareBytes } from '../../../kit/core/text/bytes.ts';
import { listCampaignFiles } from '../../../campaign/read/folder.ts';
import { escapeHtml } from '../../../lib/escape-html.ts';
import { choosePages, cutFromStart, listPage } from '../../../lib/paths.ts';
import { formatNumber } from '../../../lib/words.ts';
import { applyEdits, type BuiltPage } from '../built-page.ts';
import type { Dist } from '../dist.ts';
import { addressOf, copyTemplate, removeSlot, replaceInside } from '../template.ts';

/** A row is about 49 bytes of gzip: with these a page stays well below what paints at once. */
const rowsPerPage = 80;
const listName = 'files';
const firstName = listPage(listName, 1);
/** So many names of the list's own pages are on its first one, and numbers on each, at each end. */
const [maxNames, maxNumbers] = [50, 2];

/**
 * Writes the list of all files: fills the rows of `files.html`, which is a template until now, and
 * makes its further pages. Comes after everything that writes a file which the list has to hold;
 * what comes later is in the template by name.
 */
export function writeFileList(dist: Dist): void {
  const { folder, site } = dist;
  const template = dist.pages.find(({ path }) => path === firstName);
  if (!template) throw new Error(`${firstName} was not built`);
  const main = site.languages.find(({ tag }) => tag === site.main);
  const { locale = site.main } = main ?? {};
  // A path reads from left to right in any text (UAX 9).
  const mark = main?.direction === 'rtl' ? ' dir="ltr"' : '';
  const paths = listCampaignFiles(folder)
    .filter((path) => path !== firstName)
    .sort(compareBytes);
  const cut = cutFromStart(listName, paths, rowsPerPage);
  const names = cut.map((page) => page.path);
  const pages = cut.map(({ path, items: rows }, index) => {
    const page = copyTemplate(template, path);
    fillPage(page, names, index, locale, mark);
    replaceInside(
      page,
      'files',
      rows.map((row) => printRow(page, folder, row, locale, mark)).join(''),
    );
    if (index === 0) addItems(page, paths.filter(isIndex));
    return page;
  });
  for (const page of pages) {
    const file = join(folder, page.path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, applyEdits(page));
  }
  dist.pages = [...dist.pages.filter((page) => page !== template), ...pages];
}

const isIndex = (path: string) => /(?:^|\/)index\.html$/.test(path);

/**
 * Some hosts take `index.html` out of an address, and the slash with it, so that the links of the
 * page are dead: no reader is sent there. A program that fetches the site finds it by the <link> in
 * the head (RFC 6573).
 */
function printRow(
  page: BuiltPage,
  folder: string,
  path: string,
  locale: string,
  mark: string,
): string {
  const bytes = readFileSync(join(folder, path));
  const text = escapeHtml(path);
  const plain = mark === '' ? text : `<span${mark}>${text}</span>`;
  const name = isIndex(path) ? plain : `<a href="${addressOf(page, path)}"${mark}>${text}</a>`;
  const size = formatNumber(bytes.length, locale);
  return `<li>${name} ${size}<br><code>${hashBytes(bytes)}</code></li>`;
}

/** Names the other pages of the list; the first one has what is said once. */
function fillPage(
  page: BuiltPage,
  names: readonly string[],
  index: number,
  locale: string,
  mark: string,
): void {
  const list = (most: number, print: (name: string, other: number) => string): string =>
    choosePages(names.length, index, most)
      .map((other, at, shown) => {
        const isAfterGap = at > 0 && shown[at - 1] !== other - 1;
        return `<li>${isAfterGap ? '… ' : ''}${print(names[other] ?? '', other)}</li>`;
      })
      .join('');
  if (index > 0) removeSlot(page, 'first');
  else
    replaceInside(
      page,
      'pages',
      list(maxNames, (name) => `<a href="${addressOf(page, name)}"${mark}>${name}</a>`),
    );
  if (names.length === 1) return removeSlot(page, 'pager');
  const numbers = list(maxNumbers, (name, other) => {
    const current = other === index ? ' aria-current="page"' : '';
    return `<a href="${addressOf(page, name)}"${current}>${formatNumber(other + 1, locale)}</a>`;
  });
  replaceInside(page, 'pager', `<ol>${numbers}</ol>`);
}

/** Names index documents in the head, for programs. */
function addItems(page: BuiltPage, paths: readonly string[]): void {
  const head = page.elements.find(({ tagName }) => tagName === 'head')?.sourceCodeLocation?.endTag
    ?.startOffset;
  if (head === undefined) throw new Error(`${firstName} has no end of its head`);
  const text = paths.map((path) => `<link rel="item" href="${addressOf(page, path)}">`).join('');
  page.edits.push({ start: head, end: head, text });
}
