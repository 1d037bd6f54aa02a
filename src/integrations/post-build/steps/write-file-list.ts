import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import { hashBytes } from '../../../kit/node/platform.ts';
import { compareBytes } from '../../../kit/core/text/bytes.ts';
import { listCampaignFiles } from '../../../campaign/read/folder.ts';
import { escapeHtml } from '../../../lib/escape-html.ts';
import { listPage, paginate } from '../../../lib/paths.ts';
import { makeRelative } from '../../../lib/resolve-link.ts';
import { formatNumber } from '../../../lib/words.ts';
import { applyEdits, type BuiltPage, type Edit } from '../built-page.ts';
import type { Dist } from '../dist.ts';
import { markOf } from '../marks.ts';

/** A row is about 49 bytes of gzip: with these a page stays well below what paints at once. */
const rowsPerPage = 80;
const firstName = listPage('files', 1);

/** The places of the template, by the value of `data-slot`. */
type Slot = 'first' | 'pages' | 'files' | 'pager';

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
  const cut = paginate(paths, rowsPerPage);
  const names = cut.map((_, index) => listPage('files', index + 1));
  const pages = cut.map((rows, index) =>
    fillPage(
      template,
      names,
      index,
      rows.map((path) => printRow(folder, path, locale, mark)),
      index === 0 ? paths.filter(isIndex) : [],
      locale,
      mark,
    ),
  );
  for (const page of pages) writeFileSync(join(folder, page.path), applyEdits(page));
  dist.pages = [...dist.pages.filter((page) => page !== template), ...pages];
}

const isIndex = (path: string) => /(?:^|\/)index\.html$/.test(path);

/**
 * Some hosts take `index.html` out of an address, and the slash with it, so that the links of the
 * page are dead: no reader is sent there. A program that fetches the site finds it by the <link> in
 * the head (RFC 6573).
 */
function printRow(folder: string, path: string, locale: string, mark: string): string {
  const bytes = readFileSync(join(folder, path));
  const text = escapeHtml(path);
  const plain = mark === '' ? text : `<span${mark}>${text}</span>`;
  const name = isIndex(path) ? plain : `<a href="${addressOf(path)}"${mark}>${text}</a>`;
  const size = formatNumber(bytes.length, locale);
  return `<li>${name} ${size}<br><code>${hashBytes(bytes)}</code></li>`;
}

const addressOf = (path: string) => escapeHtml(makeRelative(firstName, { path, fragment: '' }));

/** One page of the list. The first one has what is said once, and names the others. */
function fillPage(
  template: BuiltPage,
  names: readonly string[],
  index: number,
  rows: readonly string[],
  items: readonly string[],
  locale: string,
  mark: string,
): BuiltPage {
  const page = { ...template, path: names[index] ?? '', edits: [...template.edits] };
  const numbers = names.map(
    (name, other) =>
      `<li><a href="${name}"${other === index ? ' aria-current="page"' : ''}>${formatNumber(other + 1, locale)}</a></li>`,
  );
  const links = names.map((name) => `<li><a href="${name}"${mark}>${name}</a></li>`);
  replaceInside(page, 'files', rows.join(''));
  if (index === 0) replaceInside(page, 'pages', links.join(''));
  else removeSlot(page, 'first');
  if (names.length > 1) replaceInside(page, 'pager', `<ol>${numbers.join('')}</ol>`);
  else removeSlot(page, 'pager');
  const head = page.elements.find(({ tagName }) => tagName === 'head')?.sourceCodeLocation?.endTag
    ?.startOffset;
  if (head === undefined) throw new Error(`${firstName} has no end of its head`);
  const text = items.map((path) => `<link rel="item" href="${addressOf(path)}">`).join('');
  page.edits.push({ start: head, end: head, text });
  return page;
}

const replaceInside = (page: BuiltPage, slot: Slot, text: string) => {
  const { startTag, endTag } = placeOf(page, slot);
  replace(page, { start: startTag.endOffset, end: endTag.startOffset, text });
};

const removeSlot = (page: BuiltPage, slot: Slot) => {
  const { startTag, endTag } = placeOf(page, slot);
  replace(page, { start: startTag.startOffset, end: endTag.endOffset, text: '' });
};

/** Replaces a part of the page, with the edits that earlier steps have made in it. */
function replace(page: BuiltPage, edit: Edit): void {
  const isWithin = ({ start, end }: Edit) => start >= edit.start && end <= edit.end;
  page.edits = [...page.edits.filter((other) => !isWithin(other)), edit];
}

function placeOf(page: BuiltPage, slot: Slot) {
  const isSlot = (element: Tree.Element) => markOf(element, 'data-slot') === slot;
  const { startTag, endTag } = page.elements.find(isSlot)?.sourceCodeLocation ?? {};
  if (!startTag || !endTag) throw new Error(`${firstName} has no place "${slot}"`);
  return { startTag, endTag };
}
