import { comparePages } from './compare-pages.ts';
import type { PageChange } from './page-change.ts';
import { decodePage, PageError } from './page-file.ts';
import type { Image } from './page-content.ts';
import { parsePage, walkPage, type Omits, type ParsedPage } from './parse-page.ts';
import { readParsedPage } from './read-page.ts';

/** A page that one trusts. */
export interface KnownPage {
  /** From the root of its site. */
  readonly path: string;
  readonly html: string;
}

export interface Recognised<T extends KnownPage> {
  readonly page: T;
  /** From 0 to 1: how much of the words in both, that not most pages have, is in each. */
  readonly similarity: number;
  /** Nothing but the kind `host`, or nothing at all, if words, links and structure are the same. */
  readonly changes: readonly PageChange[];
  /** Of the page that was recognised, as it has them. */
  readonly images: readonly Image[];
}

/** How a page was saved, as far as it changes what can be compared. */
export interface SavedForm {
  /** Elements that are not compared, on either page. */
  readonly omits?: Omits;
  /** Addresses of images that were saved with the page. */
  readonly ownImages?: ReadonlySet<string>;
}

/** Below, two pages have no more in common than any two of one site. */
const minSimilarity = 0.25;
/** Or this much with the frame: versions of a page may differ in nothing but the changed words. */
const minWhole = 0.7;
/** Pages that are kept to be compared in full. */
const maxCandidates = 12;
/** Words of a page by which it is recognised. */
const maxWords = 60_000;

/**
 * Finds the known page that a saved or forwarded one was, whatever its name, and says what differs.
 * Of pages that are equally alike (the home page and its copy in the folder) it takes the one with
 * fewer changes, then the first.
 * @param known is gone through once; no more than a few of its pages are kept
 * @returns undefined if none is similar
 * @throws {PageError} if the page is too large to be read; known pages that are so are passed over
 */
export function recognisePage<T extends KnownPage>(
  bytes: Uint8Array,
  known: Iterable<T>,
  { omits, ownImages = new Set() }: SavedForm = {},
): Recognised<T> | undefined {
  const parsed = parsePage(decodePage(bytes), omits);
  const own = listPhrases(parsed);
  const language = languageOf(parsed);
  /** How many of the known pages have a phrase of this one. */
  const spread = new Map<number, number>();
  let candidates: Candidate<T>[] = [];
  const wholeOf = ({ shared, size }: Candidate<T>): number =>
    (2 * shared.length) / Math.max(1, size + own.size);
  let pages = 0;
  for (const page of known) {
    const tree = tryToParse(page.html, omits);
    if (!tree) continue;
    if (languageOf(tree) === language) pages += 1;
    const phrases = listPhrases(tree);
    const shared = [...own].filter((phrase) => phrases.has(phrase));
    for (const phrase of shared) spread.set(phrase, (spread.get(phrase) ?? 0) + 1);
    candidates.push({ page, tree, shared, size: phrases.size });
    if (candidates.length > maxCandidates * 2)
      candidates = rankBy(candidates, wholeOf).slice(0, maxCandidates);
  }
  // The frame is on most pages of a language: it says of which site a page is, not which one.
  const isFrame = (phrase: number): boolean => pages >= 4 && (spread.get(phrase) ?? 0) > pages / 3;
  const frame = [...own].filter(isFrame).length;
  const similarityOf = ({ shared, size }: Candidate<T>): number => {
    const frameHere = shared.filter(isFrame).length;
    const all = own.size - frame + size - frameHere;
    return all === 0
      ? Number(frame > 0 && frame === frameHere)
      : (2 * (shared.length - frameHere)) / all;
  };
  const [first, ...others] = rankBy(
    candidates,
    (candidate) => similarityOf(candidate) + wholeOf(candidate) / 1000,
  );
  if (!first || (similarityOf(first) < minSimilarity && wholeOf(first) < minWhole))
    return undefined;
  const alike = others.filter(
    (other) => similarityOf(other) === similarityOf(first) && wholeOf(other) === wholeOf(first),
  );
  const content = readParsedPage(parsed);
  const images = content.images.map(({ src, alt }) => ({
    alt,
    src: ownImages.has(src) ? nameOf(src) : src,
  }));
  const seen = { ...content, images };
  return [first, ...alike]
    .map(({ page, tree }) => ({
      page,
      similarity: similarityOf(first),
      changes: comparePages(readParsedPage(tree), seen, page.path),
      images: content.images,
    }))
    .reduce((least, other) => (other.changes.length < least.changes.length ? other : least));
}

interface Candidate<T> {
  readonly page: T;
  readonly tree: ParsedPage;
  readonly shared: readonly number[];
  /** How many phrases the page has. */
  readonly size: number;
}

/** The name of the file at an address. */
const nameOf = (src: string): string => src.replace(/[?#].*/s, '').replace(/^.*\//s, '');

const rankBy = <T>(
  candidates: readonly Candidate<T>[],
  rate: (candidate: Candidate<T>) => number,
): Candidate<T>[] => candidates.toSorted((a, b) => rate(b) - rate(a));

function tryToParse(html: string, omits: Omits | undefined): ParsedPage | undefined {
  try {
    return parsePage(html, omits);
  } catch (error) {
    if (error instanceof PageError) return undefined;
    throw error;
  }
}

function languageOf({ root }: ParsedPage): string | undefined {
  const { first } = root;
  return first?.type === 'element' ? first.attributes.get('lang') : undefined;
}

/**
 * Three words in a row each, as hashes: two that share one cost no more than a wrong guess at which
 * page to compare.
 */
function listPhrases({ root }: ParsedPage): Set<number> {
  const words: number[] = [];
  let code = 0;
  const isCode = (name: string): boolean => name === 'style' || name === 'script';
  walkPage(root, {
    start: ({ name }) => void (code += Number(isCode(name))),
    end: ({ name }) => void (code -= Number(isCode(name))),
    text(text) {
      if (code > 0 || words.length >= maxWords) return;
      for (const [word] of text.slice(0, maxWords).matchAll(/[\p{L}\p{M}\p{N}]+/gu))
        words.push(hash(word));
    },
  });
  const phrases = new Set<number>();
  if (words.length === 0) return phrases;
  for (let at = 0; at < Math.max(1, words.length - 2); at++) {
    const [first = 0, second = 0, third = 0] = words.slice(at, at + 3);
    phrases.add((Math.imul(first, 31) ^ Math.imul(second, 1_000_003) ^ third) >>> 0);
  }
  return phrases;
}

/** FNV-1a, 32 bits, over the code units. */
function hash(word: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < Math.min(word.length, 100); at++)
    value = Math.imul(value ^ word.charCodeAt(at), 0x01000193);
  return value;
}
