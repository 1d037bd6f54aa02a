import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { budgets } from '../../../lib/page-size.ts';
import { carriedFiles, pathOf, type CarriedFile } from '../../../lib/paths.ts';
import { interpolate } from '../../../lib/words.ts';
import { parsePage } from '../built-page.ts';
import { isCurrent, listChapters, selectChapters, type Chapter } from '../carry/chapters.ts';
import { printWithin, type Selection } from '../carry/fit-chapters.ts';
import { printBook } from '../carry/print-book.ts';
import { printPage } from '../carry/print-page.ts';
import { printTexts } from '../carry/print-texts.ts';
import type { Dist } from '../dist.ts';
import type { LanguageContext } from '../feed-source.ts';
import { replaceInside } from '../template.ts';
import { checkMarkup } from './check-markup.ts';

/** Paths of the files of a language that hold many pages. */
export const carriedPaths = (language: string): string[] =>
  carriedFiles.map((file) => pathOf(language, file).slice(1));

/** How each of them is made, and which pages belong into it. */
interface Printer {
  print: (context: LanguageContext, path: string, selection: Selection) => string | Buffer;
  wanted?: (chapter: Chapter) => boolean;
  /** The most bytes of words of pages that one byte may stand for: not all of them are copied. */
  packing: number;
}
const printers: Record<CarriedFile, Printer> = {
  'all.html': { print: printPage, packing: 2 },
  'book.epub': { print: printBook, packing: 4 },
  'text.txt': { print: printTexts, wanted: isCurrent, packing: 2 },
};

/**
 * Writes the files of each language that hold many pages, and their sizes on the page that offers
 * them. Comes when links are judged, and before pages are written.
 * @param contexts of all languages
 */
export function writeCarried(dist: Dist, contexts: readonly LanguageContext[]): void {
  for (const context of contexts) {
    const { tag } = context.language;
    const pages = listChapters(dist, tag);
    for (const file of carriedFiles) {
      const path = `${tag}/${file}`;
      const { print, wanted, packing } = printers[file];
      const parts = wanted ? selectChapters(pages, wanted) : pages;
      const bytes = printWithin(parts, { maxBytes: budgets.carried, packing }, (selection) => {
        const made = print(context, path, selection);
        // Hosts name another encoding, or none: that counts more than what a text says of itself.
        return typeof made === 'string' ? Buffer.from(`\uFEFF${made}`) : made;
      });
      checkCarried(dist, path, bytes);
      writeFileSync(join(dist.folder, path), bytes);
      const size = interpolate(context.strings.carry.size, {
        size: context.number(Math.ceil(bytes.length / 1000)),
      });
      const page = dist.pages.find((each) => each.path === `${tag}/mirrors.html`);
      if (page) replaceInside(page, file, `(${size})`);
    }
  }
}

function checkCarried(dist: Dist, path: string, bytes: Buffer): void {
  if (bytes.length > budgets.carried)
    dist.faults.push({
      file: path,
      found: `${bytes.length} bytes without any news`,
      expected: `at most ${budgets.carried}: it is for old phones and for mail`,
      fix: 'shorten the texts, or make the pictures in them fewer',
    });
  // A fault of a page is one of its copy, too: it is said once, where it can be fixed.
  if (path.endsWith('.html') && dist.faults.length === 0)
    checkMarkup({ ...dist, pages: [parsePage(path, bytes.toString().replace(/^\uFEFF/, ''))] });
}
