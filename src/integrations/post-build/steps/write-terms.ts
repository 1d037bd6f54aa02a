import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Records } from '../../../campaign/read-campaign.ts';
import { escapeHtml } from '../../../lib/escape-html.ts';
import { applyEdits, type BuiltPage } from '../built-page.ts';
import type { Dist } from '../dist.ts';
import { copyTemplate, removeSlot, replaceInside } from '../template.ts';
import { knownNames } from '../terms/known-names.ts';
import { chooseTerms, makeTerms, type Term } from '../terms/make-terms.ts';
import {
  makeRowPrinter,
  makeWordPrinter,
  printContents,
  printLetters,
  printRange,
  termPage,
  type PrintWord,
} from '../terms/print-terms.ts';
import { listSections, type Section } from '../terms/sections.ts';
import { openStemmer } from '../terms/stems.ts';
import { makeTree, type TermPage, type TermTree } from '../terms/term-tree.ts';

/** The index of words of one language, before its pages are written. */
export interface TermIndex {
  language: string;
  tree: TermTree;
  printRow: (term: Term) => string;
  printWord: PrintWord;
}

/** The pages on which the letters of a language are: the search, and the index itself. */
const [searchName, firstName] = ['search.html', 'terms.html'];
/** Where the other pages are, from those two. */
const folder = 'terms/';

/**
 * An index has at most this share of the bytes of its texts: it is in the archives as well, and in
 * the copy that somebody fetches over a slow line.
 */
const shareOfTexts = 0.5;

/** So many bytes of rows leave room for the frame, in whatever script (`budgets.plain`). */
const maxRows = 28_000;

/**
 * Makes the index of each language from the pages that belong into the search, and puts its letters
 * on the pages that lead to it. Comes before the policies: what it adds is in the template already.
 */
export async function makeTermIndexes(dist: Dist, records: Records): Promise<TermIndex[]> {
  const indexes: TermIndex[] = [];
  for (const { tag } of dist.site.languages) {
    const own = dist.pages.filter(({ path }) => path.startsWith(`${tag}/`));
    const sections = own.flatMap(listSections);
    const stemmer = await openStemmer(tag, records.languages);
    try {
      const terms = makeTerms(sections, stemmer, knownNames(records, tag));
      const printWord = makeWordPrinter(tag, dist.site);
      const printRow = makeRowPrinter(tag, sections, printWord);
      const sizes = new Map(terms.map((term) => [term, Buffer.byteLength(printRow(term))]));
      const sizeOf = (term: Term) => sizes.get(term) ?? 0;
      const fits = (some: readonly Term[]) =>
        some.reduce((sum, term) => sum + sizeOf(term), 0) <= maxRows;
      const chosen = chooseTerms(terms, sizeOf, measureTexts(sections) * shareOfTexts);
      indexes.push({ language: tag, tree: makeTree(chosen, tag, fits), printRow, printWord });
    } finally {
      stemmer.close();
    }
  }
  for (const { language, tree, printWord } of indexes)
    for (const page of dist.pages)
      if (page.path === `${language}/${searchName}`)
        replaceInside(page, 'letters', printLetters(tree.letters, folder, printWord));
  return indexes;
}

const measureTexts = (sections: readonly Section[]): number =>
  sections
    .flatMap(({ heading, texts }) => [heading.text, ...texts])
    .reduce((sum, text) => sum + Buffer.byteLength(text), 0);

/**
 * Writes the pages of the indexes from their template. Comes when all else is written but the list
 * of files.
 */
export function writeTerms(dist: Dist, indexes: readonly TermIndex[]): void {
  const pages = indexes.flatMap((index) => {
    const template = dist.pages.find(({ path }) => path === `${index.language}/${firstName}`);
    if (!template) throw new Error(`${index.language}/${firstName} was not built`);
    return makePages(template, index);
  });
  for (const page of pages) {
    const file = join(dist.folder, page.path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, applyEdits(page));
  }
  const written = new Set(pages.map(({ path }) => path));
  dist.pages = [...dist.pages.filter(({ path }) => !written.has(path)), ...pages];
}

function makePages(
  template: BuiltPage,
  { language, tree, printRow, printWord }: TermIndex,
): BuiltPage[] {
  const first = copyTemplate(template, template.path);
  replaceInside(first, 'letters', printLetters(tree.letters, folder, printWord));
  removeSlot(first, 'range');
  removeSlot(first, 'terms');
  const make = (leaf: TermPage): BuiltPage => {
    const page = copyTemplate(template, termPage(language, leaf.name));
    removeSlot(page, 'first');
    replaceInside(page, 'range', printRange(leaf, printWord));
    nameInTitle(page, leaf.range.join(' – '));
    replaceInside(page, 'letters', printLetters(tree.letters, '', printWord, leaf.name));
    replaceInside(page, 'terms', printContents(leaf, printRow, printWord));
    return page;
  };
  return [
    first,
    ...tree.pages.flatMap((page) =>
      page.kind === 'letter' ? [page, ...page.leaves].map(make) : [make(page)],
    ),
  ];
}

/** Tabs and bookmarks show how a title begins. */
function nameInTitle(page: BuiltPage, range: string): void {
  const title = page.elements.find(({ tagName }) => tagName === 'title');
  const start = title?.sourceCodeLocation?.startTag?.endOffset;
  if (start === undefined) throw new Error(`${page.path} has no title`);
  page.edits.push({ start, end: start, text: `${escapeHtml(range)} – ` });
}
