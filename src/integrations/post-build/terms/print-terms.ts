import { escapeHtml } from '../../../lib/escape-html.ts';
import { makeRelative } from '../../../lib/resolve-link.ts';
import type { Site } from '../../../campaign/schema/site.ts';
import type { Term } from './make-terms.ts';
import type { Label, Section } from './sections.ts';
import type { LetterLink, TermPage } from './term-tree.ts';

/** The pages of the index of a language, but its first one, are in one folder. */
export const termPage = (language: string, name: string): string =>
  `${language}/terms/${name}.html`;

/**
 * A word with its places, as a row of a page of the index: a section by its title, and by that of
 * its page where others are called the same; a place with a state that warns says the first of its
 * warnings.
 */
export function makeRowPrinter(
  language: string,
  sections: readonly Section[],
  printWord: PrintWord,
): (term: Term) => string {
  const from = termPage(language, 'any');
  const counts = new Map<string, number>();
  for (const { heading } of sections) counts.set(heading.text, (counts.get(heading.text) ?? 0) + 1);
  const printPlace = (section: Section): string => {
    const { path, fragment, page, heading, badges } = section;
    const address = makeRelative(from, { path, fragment: fragment === '' ? '' : `#${fragment}` });
    const isKnown = fragment === '' || counts.get(heading.text) === 1;
    const link = `<a href="${escapeHtml(address)}"${printLanguage(heading)}>${escapeHtml(heading.text)}</a>`;
    const around = isKnown ? [] : [printLabel(page)];
    const further = [...around, ...badges.slice(0, 1).map(escapeHtml)];
    return further.length === 0 ? link : `${link} (${further.join('; ')})`;
  };
  return ({ label, places }) =>
    `<li><b${printWord.languageOf(label)}>${escapeHtml(label)}</b> ${places.map(printPlace).join(' ·\u00a0')}</li>`;
}

/** How words of an index are printed that may be in the letters of another language. */
export interface PrintWord {
  /** The attributes of an element that holds nothing but this word; empty for the page's own. */
  languageOf: (word: string) => string;
}

/**
 * A voice cannot read the letters of another script in its own language, and a sentence around them
 * has another direction: such a word is in the first language of the campaign that is written so.
 * Latin names are in every language.
 */
export function makeWordPrinter(language: string, site: Site): PrintWord {
  const scriptOf = (tag: string) => new Intl.Locale(tag).maximize().script ?? 'Latn';
  const own = site.languages.find(({ tag }) => tag === language);
  const known = site.languages
    .filter(({ tag }) => !['Latn', scriptOf(language)].includes(scriptOf(tag)))
    .map(({ tag, direction = 'ltr' }) => {
      const turn = direction === (own?.direction ?? 'ltr') ? '' : ` dir="${direction}"`;
      return {
        letters: new RegExp(`^\\p{Script=${scriptOf(tag)}}`, 'u'),
        attributes: ` lang="${tag}"${turn}`,
      };
    });
  return {
    languageOf: (word) => known.find(({ letters }) => letters.test(word))?.attributes ?? '',
  };
}

const printLanguage = ({ language, direction }: Label): string =>
  (language === undefined ? '' : ` lang="${language}"`) +
  (direction === undefined ? '' : ` dir="${direction}"`);

const printLabel = (label: Label): string => {
  const attributes = printLanguage(label);
  const text = escapeHtml(label.text);
  return attributes === '' ? text : `<span${attributes}>${text}</span>`;
};

/** What a page of the index holds: its words by letter, or links to the pages of its letter. */
export function printContents(
  page: TermPage,
  printRow: (term: Term) => string,
  printWord: PrintWord,
): string {
  if (page.kind === 'letter') {
    const links = page.leaves.map((leaf) => printLeaf(leaf, printWord));
    return `<ul class="terms">${links.join('')}</ul>`;
  }
  return page.groups
    .map(({ letter, id, terms }) => {
      const heading =
        page.groups.length === 1
          ? ''
          : `<h2 id="${id}"${printWord.languageOf(letter)}>${escapeHtml(letter)}</h2>`;
      return `${heading}<ul class="terms">${terms.map(printRow).join('')}</ul>`;
    })
    .join('');
}

/** A link to one of the pages of a letter, by the first and the last of its words. */
function printLeaf(page: TermPage, printWord: PrintWord): string {
  const words = page.kind === 'words' ? page.groups.flatMap(({ terms }) => terms) : [];
  const [first = '', last = ''] = [words[0]?.label, words.at(-1)?.label];
  const ends = [first, last].map(escapeHtml).join(' – ');
  return `<li><a href="${page.name}.html"${printWord.languageOf(first)}>${ends}</a></li>`;
}

/** Which words a page of the index has: its letters, or the beginnings of the first and the last. */
export const printRange = ({ range }: TermPage, printWord: PrintWord): string =>
  range
    .map((end) => {
      const attributes = printWord.languageOf(end);
      return attributes === '' ? escapeHtml(end) : `<span${attributes}>${escapeHtml(end)}</span>`;
    })
    .join(' – ');

/**
 * The letters of an index, for a page of the same language.
 * @param folder what leads from that page to those of the index: empty on one of them
 * @param current the name of the page, if it is one of them
 */
export const printLetters = (
  letters: readonly LetterLink[],
  folder: string,
  printWord: PrintWord,
  current?: string,
): string =>
  letters
    .map(({ letter, page, fragment }, index) => {
      const mark = fragment === '' && page === current ? ' aria-current="page"' : '';
      const place = fragment === '' ? '' : `#${fragment}`;
      const address = page === current && place !== '' ? place : `${folder}${page}.html${place}`;
      const before = letters[index - 1]?.letter;
      // Latin and Cyrillic letters look the same: each script begins a line of its own.
      const turn = before !== undefined && changesScript(before, letter) ? '<br>' : '';
      return `${turn}<a href="${address}"${mark}${printWord.languageOf(letter)}>${escapeHtml(letter)}</a>`;
    })
    .join(' ');

const isLatin = (letter: string): boolean => /^\p{Script=Latin}/u.test(letter);
const changesScript = (before: string, letter: string): boolean =>
  /^\p{L}/u.test(before) && isLatin(before) !== isLatin(letter);
