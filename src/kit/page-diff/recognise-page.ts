import { comparePages } from './compare-pages.ts';
import { decodePage } from './decode-page.ts';
import type { PageChange } from './page-change.ts';
import type { PageContent } from './page-content.ts';
import { PageError } from './page-error.ts';
import { readPage } from './read-page.ts';

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
  /** Nothing but the kind `host`, or nothing at all, if the page is a true copy in words, links and structure. */
  readonly changes: readonly PageChange[];
}

/** Below, two pages have no more in common than any two of one site. */
const leastSimilarity = 0.25;
/** Or this much with the frame: versions of one page have nothing but the changed words for themselves. */
const leastWhole = 0.7;
/** Pages that are kept to be compared in full. */
const maxCandidates = 12;
/** Words of a page that its likeness is told by. */
const maxWords = 60_000;

/**
 * Finds the known page that a saved or forwarded one was, whatever its name, and says what differs. Of pages that are equally alike
 * (the home page and its copy in the folder) it takes the one with fewer changes, then the first.
 * @param known is gone through once; no more than a few of its pages are kept
 * @returns undefined if none is similar
 * Throws PageError if the page is too large to be read. Known pages that are so are passed over.
 */
export function recognisePage<T extends KnownPage>(
  bytes: Uint8Array,
  known: Iterable<T>,
): Recognised<T> | undefined {
  const seen = readPage(decodePage(bytes));
  const own = listPhrases(seen);
  /** How many of the known pages have a phrase of this one. */
  const spread = new Map<number, number>();
  let candidates: Candidate<T>[] = [];
  const wholeOf = ({ shared, size }: Candidate<T>): number =>
    (2 * shared.length) / Math.max(1, size + own.size);
  let pages = 0;
  for (const page of known) {
    const content = tryToRead(page.html);
    if (!content) continue;
    if (content.language === seen.language) pages += 1;
    const phrases = listPhrases(content);
    const shared = [...own].filter((phrase) => phrases.has(phrase));
    for (const phrase of shared) spread.set(phrase, (spread.get(phrase) ?? 0) + 1);
    candidates.push({ page, content, shared, size: phrases.size });
    if (candidates.length > maxCandidates * 2)
      candidates = best(candidates, wholeOf).slice(0, maxCandidates);
  }
  // The frame is on most pages of a language: it says of which site a page is, and not which page it is.
  const isFrame = (phrase: number): boolean => pages >= 4 && (spread.get(phrase) ?? 0) > pages / 3;
  const frame = [...own].filter(isFrame).length;
  const similarityOf = ({ shared, size }: Candidate<T>): number => {
    const frameHere = shared.filter(isFrame).length;
    const all = own.size - frame + size - frameHere;
    return all === 0
      ? Number(frame > 0 && frame === frameHere)
      : (2 * (shared.length - frameHere)) / all;
  };
  const [first, ...others] = best(
    candidates,
    (candidate) => similarityOf(candidate) + wholeOf(candidate) / 1000,
  );
  if (!first || (similarityOf(first) < leastSimilarity && wholeOf(first) < leastWhole))
    return undefined;
  return [
    first,
    ...others.filter(
      (other) => similarityOf(other) === similarityOf(first) && wholeOf(other) === wholeOf(first),
    ),
  ]
    .map(({ page, content }) => ({
      page,
      similarity: similarityOf(first),
      changes: comparePages(content, seen, page.path),
    }))
    .reduce((least, other) => (other.changes.length < least.changes.length ? other : least));
}

interface Candidate<T> {
  readonly page: T;
  readonly content: PageContent;
  readonly shared: readonly number[];
  /** How many phrases the page has. */
  readonly size: number;
}

const best = <T>(
  candidates: readonly Candidate<T>[],
  rate: (candidate: Candidate<T>) => number,
): Candidate<T>[] => candidates.toSorted((a, b) => rate(b) - rate(a));

function tryToRead(html: string): PageContent | undefined {
  try {
    return readPage(html);
  } catch (error) {
    if (error instanceof PageError) return undefined;
    throw error;
  }
}

/** Three words in a row each, as hashes: two that share one cost no more than a wrong guess at which page to compare. */
function listPhrases({ blocks }: PageContent): Set<number> {
  const phrases = new Set<number>();
  let words = 0;
  for (const { text } of blocks) {
    const hashes = text
      .slice(0, maxWords)
      .split(/[^\p{L}\p{M}\p{N}]+/u)
      .filter((word) => word !== '')
      .map(hash);
    for (let at = 0; at < Math.max(1, hashes.length - 2); at++) {
      phrases.add(
        (Math.imul(hashes[at] ?? 0, 31) ^
          Math.imul(hashes[at + 1] ?? 0, 1_000_003) ^
          (hashes[at + 2] ?? 0)) >>>
          0,
      );
    }
    words += hashes.length;
    if (words > maxWords) break;
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
