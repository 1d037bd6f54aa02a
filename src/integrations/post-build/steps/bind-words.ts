import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import type { Language } from '../../../campaign/schema/site.ts';
import { escapePattern } from '../../../campaign/text/escape-pattern.ts';
import { findTypeTable, type Languages } from '../../../campaign/read/read-languages.ts';
import { isInside, type BuiltPage } from '../built-page.ts';
import type { Dist } from '../dist.ts';
import { isReference } from '../page-text.ts';

/** Elements whose text is no words of a sentence. */
const apart: readonly string[] = ['script', 'style', 'title', 'pre', 'code'];

/** Where everybody sees a word of one letter at the end of a line. */
const isTitle = (element: Tree.Element): boolean => /^h[1-3]$/.test(element.tagName);

/**
 * Sets a no-break space where a line must not break and writers put a space: before the number of a
 * source, before the dot between two facts, inside a date, and in titles behind a word of one
 * letter, where the language of the page asks for it.
 */
export function bindWords({ pages, site }: Dist, languages: Languages): void {
  const months = nameMonths(site.languages);
  const [inTexts, inTitles] = [makePattern(months), makeTitlePattern(months)];
  const bound = new Map(
    site.languages.flatMap(({ tag }) => {
      const letters = findTypeTable(languages, tag)?.bound;
      return letters === undefined ? [] : [[tag, behindLetter(letters)] as const];
    }),
  );
  for (const page of pages) {
    const short = bound.get(page.path.split('/', 1)[0] ?? '');
    for (const element of page.elements) {
      const start = element.sourceCodeLocation?.startOffset ?? 0;
      if (page.html[start - 1] === ' ' && isReference(element)) bindAt(page, start - 1);
      if (apart.includes(element.tagName)) continue;
      const inTitle = isInside(element, isTitle);
      for (const node of element.childNodes) {
        if (node.nodeName !== '#text') continue;
        bindInside(page, node as Tree.TextNode, inTitle ? inTitles : inTexts);
        if (inTitle && short) bindInside(page, node as Tree.TextNode, short);
      }
    }
  }
}

/** A word of one of these letters, and the space behind it; a date begins with none of them. */
const behindLetter = (letters: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])[${letters}] (?=[\\p{L}\\p{N}«„“(])`, 'giu');

function bindInside(page: BuiltPage, node: Tree.TextNode, pattern: RegExp): void {
  const { startOffset = 0, endOffset = 0 } = node.sourceCodeLocation ?? {};
  for (const { 0: found, index } of page.html.slice(startOffset, endOffset).matchAll(pattern))
    for (const space of found.matchAll(/ /g)) bindAt(page, startOffset + index + space.index);
}

const bindAt = ({ edits }: BuiltPage, start: number): void => {
  edits.push({ start, end: start + 1, text: '\u00a0' });
};

/** The names of the months in all languages of a campaign, in a date and alone, as alternatives. */
function nameMonths(languages: readonly Pick<Language, 'tag' | 'locale'>[]): string {
  const names = languages.flatMap(({ tag, locale = tag }) =>
    ([{ month: 'long' }, { day: 'numeric', month: 'long' }] as const).flatMap((form) => {
      const formatter = new Intl.DateTimeFormat(locale, { ...form, timeZone: 'UTC' });
      return Array.from({ length: 12 }, (_, month) =>
        formatter.formatToParts(Date.UTC(2001, month, 15)).find(({ type }) => type === 'month'),
      ).flatMap((part) => part?.value ?? []);
    }),
  );
  return [...new Set(names)].sort().map(escapePattern).join('|');
}

const gap = '[ \u00a0]';
const dayAndMonth = (months: string): string =>
  `(?<!\\p{Nd})\\p{Nd}{1,2}(?:er|\\.)?${gap}(?:${months})`;
/** Behind a date comes no letter of a longer word. */
const whole = '(?![\\p{L}\\p{Nd}])';

/**
 * What holds spaces at which no line may break: before the dot between two facts, and in a date:
 * "4 May 2026", "1er mars", "April 4, 2026", "сакавік 2026".
 */
function makePattern(months: string): RegExp {
  const year = `\\p{Nd}{4}(?:${gap}г\\.)?`; // "2026 г.", as Intl writes it in Belarusian
  const dayFirst = `${dayAndMonth(months)}(?:,?${gap}${year})?`;
  const monthFirst = `(?<!\\p{L})(?:${months})${gap}(?:\\p{Nd}{1,2},${gap})?${year}`;
  return new RegExp(` ·|(?:${dayFirst}|${monthFirst})${whole}`, 'gu');
}

/**
 * The same for the large letters of titles, in which a line may break before a year: a small phone
 * would divide "14 лістапада 2021 года" within a word.
 */
function makeTitlePattern(months: string): RegExp {
  const monthFirst = `(?<!\\p{L})(?:${months})${gap}\\p{Nd}{1,2},`;
  return new RegExp(` ·|${dayAndMonth(months)}${whole}|${monthFirst}|\\p{Nd}{4}${gap}г\\.`, 'gu');
}
