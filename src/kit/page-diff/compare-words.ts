import { listGaps, matchSequences } from './diff-sequences.ts';

/** A part of a text that another one has in its place; either can be empty. */
export interface WordChange {
  readonly before: Span;
  readonly after: Span;
}
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Longer texts are not compared word by word. */
const longest = 20_000;

/**
 * Compares two texts word by word.
 * @returns undefined if one is too long for that
 */
export function compareWords(before: string, after: string): WordComparison | undefined {
  return before.length > longest || after.length > longest
    ? undefined
    : new WordComparison(before, after);
}

/** Two texts, and which words of the one stand for which of the other. */
export class WordComparison {
  readonly changes: readonly WordChange[];
  readonly #before: readonly Word[];
  readonly #after: readonly Word[];
  readonly #matches: readonly (readonly [number, number])[];

  constructor(before: string, after: string) {
    this.#before = listWords(before);
    this.#after = listWords(after);
    const [a, b] = [this.#before, this.#after];
    this.#matches = matchSequences(
      a.map(({ text }) => text),
      b.map(({ text }) => text),
    );
    this.changes = listGaps(this.#matches, a.length, b.length).map(
      ({ aStart, aEnd, bStart, bEnd }) => ({
        before: toSpan(a, aStart, aEnd),
        after: toSpan(b, bStart, bEnd),
      }),
    );
  }

  /** What the text after has in the place of a part of the one before. */
  follow(span: Span): Span {
    return translate(span, this.#before, this.#after, this.#matches);
  }

  /** What the text before has in the place of a part of the one after. */
  trace(span: Span): Span {
    return translate(
      span,
      this.#after,
      this.#before,
      this.#matches.map(([x, y]) => [y, x] as const),
    );
  }
}

interface Word extends Span {
  readonly text: string;
}

/** A word, a number with its points, or any other sign. Spaces are none. */
const listWords = (text: string): Word[] =>
  [...text.matchAll(/[\p{L}\p{M}\p{N}\p{Cf}]+(?:[.,]\p{N}+)*|\S/gu)].map(({ 0: word, index }) => ({
    text: word,
    start: index,
    end: index + word.length,
  }));

/** An empty part stands after the word before it. */
function toSpan(words: readonly Word[], from: number, to: number): Span {
  const start = from < to ? (words[from]?.start ?? 0) : (words[from - 1]?.end ?? 0);
  return { start, end: from < to ? (words[to - 1]?.end ?? start) : start };
}

function translate(
  span: Span,
  from: readonly Word[],
  to: readonly Word[],
  matches: readonly (readonly [number, number])[],
): Span {
  const first = from.findIndex(({ end }) => end > span.start);
  const last = from.findLastIndex(({ start }) => start < span.end);
  const start =
    matches.find(([x]) => x === first)?.[1] ??
    (matches.findLast(([x]) => x < first)?.[1] ?? -1) + 1;
  const end =
    (matches.find(([x]) => x === last)?.[1] ??
      (matches.find(([x]) => x > last)?.[1] ?? to.length) - 1) + 1;
  return toSpan(to, start, Math.max(start, end));
}

/** Whether two parts share a place. An empty one counts as being inside, not at the border. */
export const touches = (a: Span, b: Span): boolean =>
  a.start === a.end ? a.start > b.start && a.start < b.end : a.start < b.end && b.start < a.end;
