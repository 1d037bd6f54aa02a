import { foldWord } from '../lib/search/fold.ts';
import { keyOf } from '../lib/search/keys.ts';
import type { WordRules } from '../lib/search/word-rules.ts';

/** A link of the index of words: its text, and where it leads. */
export interface IndexLink {
  text: string;
  address: string;
}

/** A page of the index of words: its words, or links to the pages of one letter. */
export interface IndexPage {
  words: readonly string[];
  parts: readonly IndexLink[];
}

/** The index of words, as the search page leads to it. */
export interface WordIndex {
  /** Words that are at hand: those of the list on the search page. The index has no common ones. */
  words: readonly string[];
  letters: readonly IndexLink[];
  open: (address: string) => Promise<IndexPage>;
}

/** The letter under which the index has a word. */
export function findLetter(word: string, letters: readonly IndexLink[]): IndexLink | undefined {
  const folded = foldWord(word);
  return letters.find(({ text }) =>
    text.startsWith('0') ? /^\p{Nd}/u.test(folded) : folded.startsWith(foldWord(text)),
  );
}

/**
 * The word of the site that is most like one that was mistyped, if one is like it: a slip in four
 * letters, and two at most. Slips in the first letter stay unknown.
 */
export async function findNearWord(
  word: string,
  rules: WordRules,
  index: WordIndex,
): Promise<string | undefined> {
  const key = keyOf(word, rules);
  const all = [...index.words, ...(await listIndexed(word, rules.language, index))];
  const ranked = all
    .map((other) => ({ other, own: keyOf(other, rules) }))
    .map(({ other, own }) => ({
      other,
      slips: countSlips(key, own),
      letters: Math.max(key.length, own.length),
    }))
    .filter(({ slips, letters }) => slips <= Math.min(2, letters / lettersASlip))
    .sort((a, b) => a.slips - b.slips);
  return ranked[0]?.other;
}

/** The words of the index on the page that would have a word. */
async function listIndexed(
  word: string,
  language: string,
  { letters, open }: WordIndex,
): Promise<readonly string[]> {
  const letter = findLetter(word, letters);
  if (!letter) return [];
  const { words, parts } = await open(letter.address);
  const part = choosePart(word, language, parts);
  return part ? (await open(part.address)).words : words;
}

const lettersASlip = 4;

/**
 * The page of a letter that a word is on: each link has the beginnings of its first and last word.
 */
const choosePart = (word: string, language: string, parts: readonly IndexLink[]) => {
  const { compare } = new Intl.Collator([language, 'en']);
  return parts.findLast(
    ({ text }) => compare(foldWord(text.split(' – ')[0] ?? ''), foldWord(word)) <= 0,
  );
};

/**
 * How many slips are between two words: a letter too many, one too few, a wrong one, two exchanged
 * (optimal string alignment).
 */
export function countSlips(one: string, other: string): number {
  const [a, b] = [Array.from(one), Array.from(other)];
  let [before, last]: [number[], number[]] = [[], Array.from(b, (_, column) => column)];
  last.push(b.length);
  for (let row = 1; row <= a.length; row++) {
    const next = [row];
    for (let column = 1; column <= b.length; column++) {
      const isSame = a[row - 1] === b[column - 1];
      const isExchanged =
        row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      next.push(
        Math.min(
          (next[column - 1] ?? 0) + 1,
          (last[column] ?? 0) + 1,
          (last[column - 1] ?? 0) + (isSame ? 0 : 1),
          isExchanged ? (before[column - 2] ?? 0) + 1 : Infinity,
        ),
      );
    }
    [before, last] = [last, next];
  }
  return last[b.length] ?? 0;
}
