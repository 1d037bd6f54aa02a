import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashBytes } from '../../../kit/manifest/hash-bytes.ts';
import { compareBytes } from '../../../kit/manifest/manifest.ts';
import { listFiles } from '../../../campaign/read/folder.ts';
import { listPage, paginate } from '../../../lib/paths.ts';
import { makeRelative } from '../../../lib/resolve-link.ts';
import { formatNumber } from '../../../lib/words.ts';
import { applyEdits, attributeOf, parsePage, type BuiltPage } from '../built-page.ts';
import type { Dist } from '../dist.ts';
import { markEncoding } from './mark-encoding.ts';

/** A row is about 49 bytes of gzip: with these a page stays well below what paints at once. */
const rowsPerPage = 80;
const template = listPage('files', 1);

/**
 * Writes the list of all files: fills the rows of `files.html`, which is a template until now, and makes its further pages. Comes
 * after everything that writes a file which the list has to hold; what comes later stands in the template by name.
 */
export function writeFileList(dist: Dist): void {
  const { folder, site } = dist;
  const html = new TextDecoder().decode(readFileSync(join(folder, template))); // without its mark of encoding, which no parser expects
  const { locale = site.main } = site.languages.find(({ tag }) => tag === site.main) ?? {};
  const paths = listFiles(folder)
    .filter((path) => path !== template)
    .sort(compareBytes);
  const cut = paginate(paths, rowsPerPage);
  const names = cut.map((_, index) => listPage('files', index + 1));
  const pages = cut.map((rows, index) =>
    fillPage(
      html,
      names,
      index,
      rows.map((path) => printRow(folder, path, locale)),
      index === 0 ? paths.filter(isIndex) : [],
    ),
  );
  markEncoding({ ...dist, pages });
  for (const page of pages) writeFileSync(join(folder, page.path), applyEdits(page));
  dist.pages = [...dist.pages.filter(({ path }) => path !== template), ...pages];
}

const isIndex = (path: string) => /(?:^|\/)index\.html$/.test(path);

/**
 * Some hosts take `index.html` out of an address, and the slash with it, so that the links of the page are dead: no reader is sent
 * there. A program that fetches the site finds it by the <link> in the head (RFC 6573).
 */
function printRow(folder: string, path: string, locale: string): string {
  const bytes = readFileSync(join(folder, path));
  const name = isIndex(path) ? escape(path) : `<a href="${addressOf(path)}">${escape(path)}</a>`;
  return `<li>${name} ${formatNumber(bytes.length, locale)}<br><code>${hashBytes(bytes)}</code></li>`;
}

const addressOf = (path: string) => escape(makeRelative(template, { path, fragment: '' }));
const escape = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');

/** One page of the list. The first one has what stands apart, and names the others. */
function fillPage(
  html: string,
  names: readonly string[],
  index: number,
  rows: readonly string[],
  items: readonly string[],
): BuiltPage {
  const page = parsePage(names[index] ?? '', html);
  const numbers = names.map(
    (name, other) =>
      `<li><a href="${name}"${other === index ? ' aria-current="page"' : ''}>${other + 1}</a></li>`,
  );
  replaceInside(page, '_files', rows.join(''));
  if (index === 0)
    replaceInside(
      page,
      '_pages',
      names.map((name) => `<li><a href="${name}">${name}</a></li>`).join(''),
    );
  else removeElement(page, '_apart');
  if (names.length > 1) replaceInside(page, '_pager', `<ol>${numbers.join('')}</ol>`);
  else removeElement(page, '_pager');
  const head = page.elements.find(({ tagName }) => tagName === 'head')?.sourceCodeLocation?.endTag
    ?.startOffset;
  if (head === undefined) throw new Error(`${template} has no end of its head`);
  page.edits.push({
    start: head,
    end: head,
    text: items.map((path) => `<link rel="item" href="${addressOf(path)}">`).join(''),
  });
  return page;
}

function placeOf(page: BuiltPage, id: string) {
  const location = page.elements.find(
    (element) => attributeOf(element, 'id') === id,
  )?.sourceCodeLocation;
  if (!location?.startTag || !location.endTag) throw new Error(`${template} has no place "${id}"`);
  return {
    start: location.startOffset,
    end: location.endOffset,
    inner: { start: location.startTag.endOffset, end: location.endTag.startOffset },
  };
}

const replaceInside = (page: BuiltPage, id: string, text: string) =>
  page.edits.push({ ...placeOf(page, id).inner, text });

function removeElement(page: BuiltPage, id: string): void {
  const { start, end } = placeOf(page, id);
  page.edits.push({ start, end, text: '' });
}
