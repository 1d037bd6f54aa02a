import { wordPattern } from './fold.ts';

/**
 * Pagefind takes any space for the end of a word: those that may not break a line are kept by
 * these.
 */
const kept: readonly (readonly [string, string])[] = [
  ['\u00A0', '\uE000'],
  ['\u202F', '\uE001'],
];

export const keepSpaces = (text: string): string =>
  kept.reduce((all, [space, sign]) => all.replaceAll(space, sign), text);

export const showSpaces = (text: string): string =>
  kept.reduce((all, [space, sign]) => all.replaceAll(sign, space), text);

/** A piece of an excerpt. */
export interface Piece {
  text: string;
  /** Whether it is a word that was looked for. */
  isFound: boolean;
}

/**
 * An excerpt in pieces: the words with a key that begins with one that was asked for, and the rest.
 */
export function markFound(
  excerpt: string,
  asked: readonly string[],
  keyOfWord: (word: string) => string,
): Piece[] {
  const pieces: Piece[] = [];
  let end = 0;
  for (const { 0: word, index } of excerpt.matchAll(wordPattern)) {
    const key = keyOfWord(word);
    if (!asked.some((one) => key.startsWith(one))) continue;
    if (index > end) pieces.push({ text: excerpt.slice(end, index), isFound: false });
    pieces.push({ text: word, isFound: true });
    end = index + word.length;
  }
  if (end < excerpt.length) pieces.push({ text: excerpt.slice(end), isFound: false });
  return pieces;
}
