/**
 * One form for what readers and texts write differently, so that either finds the other. The build
 * and the search page share it, so that nothing of it may need a dictionary.
 */

/** Letters that no decomposition (Unicode, NFKD) takes apart, and those that keyboards exchange. */
const exchanged: Readonly<Record<string, string>> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ı: 'i',
  // Arabic keyboards write Persian words with these
  ي: 'ی',
  ى: 'ی',
  ك: 'ک',
  ة: 'ه',
};
const exchangedLetters = new RegExp(`[${Object.keys(exchanged).join('')}]`, 'g');

/** What is inside of a word and is no letter: apostrophes, joiners, soft hyphens, kashida. */
const silent = /['’‘ʼ`´\u00AD\u200B-\u200F\u2060\u0640]/g;

/** The short I is a letter of its own, which its decomposition takes apart: not so the short U. */
const keptMarks = /(?<!и)\u0306|(?!\u0306)\p{M}/gu;

/**
 * A word without case, accents and apostrophes: «Сям’я» and «сямя», «élève» and “eleve”, «ўлётка»
 * and «улетка», «كتاب» and «کتاب», «۱۲» and “12” are the same.
 */
export const foldWord = (word: string): string =>
  word
    .normalize('NFKC')
    .toLowerCase()
    .replace(silent, '')
    .normalize('NFKD')
    .replace(keptMarks, '')
    .replace(/\p{Nd}/gu, digitValue)
    .normalize('NFC')
    .replace(exchangedLetters, (letter) => exchanged[letter] ?? letter);

/** Digits of a script follow each other in ten places from zero (Unicode, 4.6: Numeric_Type). */
function digitValue(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  let zero = code;
  while (zero > code - 9 && /\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return String(code - zero);
}

/** A thousands separator between digits: spaces of all widths, and the marks of languages. */
const grouped = /(?<=(?<!\p{Nd})\p{Nd}{1,3}(?:[\s٬,’]\p{Nd}{3})*)[\s٬,’](?=\p{Nd}{3}(?!\p{Nd}))/gu;
/** Letters with what may be inside of a word, or numbers with the points of articles of a law. */
export const wordPattern =
  /\p{Nd}+(?:[.-]\p{Nd}+)*|[\p{L}\p{M}]+(?:['’‘ʼ`\u200C\u00AD][\p{L}\p{M}]+)*/gu;

/**
 * The words of a text as they are written, numbers without their spaces. What is joined by a
 * zero-width non-joiner is one word, and each of its parts: people write a space there, or nothing.
 */
export const splitWords = (text: string): string[] =>
  (text.replace(grouped, '').match(wordPattern) ?? []).flatMap((word) =>
    word.includes(nonJoiner) ? [word, ...word.split(nonJoiner)] : [word],
  );

const nonJoiner = '\u200C';
