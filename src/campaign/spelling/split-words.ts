/** A word of a text, and where it stands, in code units. */
export interface Word {
  word: string;
  place: number;
}

const token = /[\p{L}\p{N}_][\p{L}\p{M}\p{N}_]*(?:['’ʼ\-‑][\p{L}\p{N}_][\p{L}\p{M}\p{N}_]*)*/gu;

/**
 * The words of a text, with apostrophes and hyphens inside. Left out: what holds a digit (SHA256SUMS, 21st), single letters, and
 * what stands in braces, which the engine fills.
 */
export function splitWords(text: string): Word[] {
  const plain = text.replace(/\{\w+\}/g, (brace) => ' '.repeat(brace.length));
  return [...plain.matchAll(token)]
    .map(({ 0: word, index: place }) => ({ word, place }))
    .filter(({ word }) => !/[\p{N}_]/u.test(word) && word.length > 1);
}
