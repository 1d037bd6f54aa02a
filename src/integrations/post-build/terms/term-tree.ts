import { findPathFault } from '../../../kit/core/text/safe-path.ts';
import type { Term } from './make-terms.ts';

/** The words with one letter on a page, in their order. */
export interface TermGroup {
  letter: string;
  /** Its id on the page. */
  id: string;
  terms: readonly Term[];
}

/**
 * A page of the index: words of some letters, or links to the pages of one letter that has more
 * words than a page.
 */
export type TermPage = {
  /** Without ending. */
  name: string;
  /** Which words: the first and last letter, or how the first and the last word begin. */
  range: readonly string[];
} & ({ kind: 'words'; groups: readonly TermGroup[] } | { kind: 'letter'; leaves: TermPage[] });

/** A letter, and where its words are. */
export interface LetterLink {
  letter: string;
  page: string;
  /** Empty where the page has no other letter. */
  fragment: string;
}

export interface TermTree {
  letters: readonly LetterLink[];
  pages: readonly TermPage[];
}

/** Whether words fit on one page. More words than some that do not fit never do. */
type Fits = (terms: readonly Term[]) => boolean;

/** All numbers are at one place, whatever digit they begin with. */
const numbers = '0';
/** Words of one page have as few letters in common as they can, and never need more than these. */
const maxLetters = 10;

/**
 * The index as a tree of two pages at most, so that any word is three clicks away: letter, page of
 * words, place. Letters share a page as long as they fit; one that does not is cut where the
 * beginnings of its words differ.
 * @param terms in any order
 */
export function makeTree(terms: readonly Term[], language: string, fits: Fits): TermTree {
  const { compare } = new Intl.Collator([language, 'en']);
  const sorted = [...terms].sort((a, b) => compare(a.key, b.key) || (a.label < b.label ? -1 : 1));
  const groups = [...Map.groupBy(sorted, ({ key }) => letterOf(key))].map(([letter, words]) => ({
    letter: letter === numbers ? '0–9' : letter.toUpperCase(),
    id: nameOf(letter),
    terms: words,
  }));
  const pages = pack(groups, fits).flatMap((part) => makePages(part, fits));
  const letters = groups.map(({ letter, id }): LetterLink => {
    const page = pages.find((one) => holds(one, id));
    const isAlone = page?.kind !== 'words' || page.groups.length === 1;
    return { letter, page: page?.name ?? id, fragment: isAlone ? '' : id };
  });
  return { letters, pages };
}

const holds = (page: TermPage, id: string): boolean =>
  page.kind === 'words' ? page.groups.some((group) => group.id === id) : page.name === id;

const letterOf = (key: string): string =>
  /^\p{Nd}/u.test(key) ? numbers : (Array.from(key)[0] ?? '');

/** Puts neighbours together as long as they fit on one page. */
function pack<T extends { terms: readonly Term[] }>(items: readonly T[], fits: Fits): T[][] {
  const parts: T[][] = [];
  for (const item of items) {
    const last = parts.at(-1);
    if (last && fits([...last, item].flatMap(({ terms }) => terms))) last.push(item);
    else parts.push([item]);
  }
  return parts;
}

function makePages(groups: readonly TermGroup[], fits: Fits): TermPage[] {
  const [first, last] = [groups[0], groups.at(-1)];
  if (!first || !last) return [];
  const common = {
    name: first.id,
    range: first === last ? [first.letter] : [first.letter, last.letter],
  };
  if (first !== last || fits(first.terms)) return [{ ...common, kind: 'words', groups }];
  const leaves = pack(splitWords(first.terms, 2, fits), fits).map((part): TermPage => {
    const [from = '', to = from] = [part[0]?.prefix, part.at(-1)?.prefix];
    return {
      name: nameOf(from),
      range: from === to ? [from] : [from, to],
      kind: 'words',
      groups: [{ ...first, terms: part.flatMap(({ terms }) => terms) }],
    };
  });
  return [{ ...common, kind: 'letter', leaves }];
}

/** Words by their beginnings, as long as needed for each group to fit on a page. */
function splitWords(
  words: readonly Term[],
  letters: number,
  fits: Fits,
): { prefix: string; terms: readonly Term[] }[] {
  const groups = Map.groupBy(words, ({ key }) => Array.from(key).slice(0, letters).join(''));
  return [...groups].flatMap(([prefix, terms]) =>
    letters < maxLetters && !fits(terms)
      ? splitWords(terms, letters + 1, fits)
      : [{ prefix, terms }],
  );
}

/**
 * The name of a page by letters: themselves where every host and disk takes them, else their
 * numbers ("con" and "aux" are devices on Windows). It has a hyphen then, so that no other letters
 * have the same.
 */
const nameOf = (letters: string): string =>
  /^[a-z0-9]+$/.test(letters) && findPathFault(letters) === undefined
    ? letters
    : ['u', ...Array.from(letters, (letter) => letter.codePointAt(0)?.toString(16))].join('-');
