import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { createIndex, close } from 'pagefind';
import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import { listElements } from '../built-page.ts';
import type { Dist } from '../dist.ts';
import { hasMark, markOf } from '../marks.ts';
import { collectTexts, isReference } from '../page-text.ts';

/**
 * Parts of Pagefind that this site does not use; nothing loads them, and they are half of its
 * weight.
 */
const unused = [
  'pagefind-ui.css',
  'pagefind-ui.js',
  'pagefind-modular-ui.css',
  'pagefind-modular-ui.js',
  'pagefind-component-ui.css',
  'pagefind-component-ui.js',
  'pagefind-highlight.js',
];

/**
 * Writes the search index, one a language, from the texts of the pages that say that they belong in
 * it.
 */
export async function indexSearch(dist: Dist): Promise<void> {
  const { index, errors } = await createIndex({ writePlayground: false });
  if (!index) throw new Error(`Pagefind does not start: ${errors.join('; ')}`);
  try {
    for (const page of dist.pages) {
      const main = page.elements.find((element) => hasMark(element, 'data-listed'));
      if (!main) continue;
      const [title = '', ...texts] = collectTexts(main, isUnsearched);
      const result = await index.addCustomRecord({
        url: page.path,
        language: page.language,
        content: unify([title, ...texts].join('. ')),
        meta: { title, warning: findSearchWarning(main, page.language) },
      });
      if (result.errors.length > 0)
        throw new Error(`Pagefind does not take ${page.path}: ${result.errors.join('; ')}`);
    }
    const outputPath = join(dist.folder, 'pagefind');
    const written = await index.writeFiles({ outputPath });
    if (written.errors.length > 0)
      throw new Error(`Pagefind cannot write: ${written.errors.join('; ')}`);
    for (const name of unused) rmSync(join(outputPath, name), { force: true });
  } finally {
    await close();
  }
}

/**
 * What no page is found by: menus, what is on every page, addresses and keys, numbers of sources.
 */
const isUnsearched = (element: Tree.Element): boolean =>
  element.tagName === 'nav' ||
  hasMark(element, 'data-unlisted') ||
  hasMark(element, 'data-record') ||
  isReference(element);

/**
 * One form for the letters that keyboards write differently; the search page does the same with
 * what is typed.
 */
const unify = (text: string) => text.replace(/['\u2019\u02BC`]/g, '\u2019');

/** How long the first sentence of a warning may be in a result. */
const maxSentence = 160;

/**
 * What a search result says before any words of a page, so that no excerpt is shown without its
 * warning: the badges under the title that are no all-clear (archived, dangerous, banned), and the
 * first sentence of the first warning. An excerpt is some twenty words, and those of a dangerous
 * action read like advice.
 * @returns an empty text where there is nothing to warn of
 */
export function findSearchWarning(main: Tree.Element, locale: string): string {
  const elements = listElements(main);
  const facts = elements.find((element) => hasMark(element, 'data-facts'));
  const badges = (facts ? listElements(facts) : [])
    .filter((element) => (markOf(element, 'data-state') ?? 'live') !== 'live')
    .map((element) => collectTexts(element).join(' '));
  const warning = elements.find((element) => markOf(element, 'data-notice') === 'warning');
  const sentence = warning && cutSentence(collectTexts(warning).join(' '), locale);
  return [...badges, ...(sentence === undefined ? [] : [sentence])].join(' · ');
}

function cutSentence(text: string, locale: string): string {
  const [first] = new Intl.Segmenter([locale, 'en'], { granularity: 'sentence' }).segment(text);
  const sentence = first?.segment.trim() ?? '';
  return sentence.length <= maxSentence
    ? sentence
    : `${sentence.slice(0, sentence.lastIndexOf(' ', maxSentence))} …`;
}
