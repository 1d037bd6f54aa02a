import { accountPatterns } from './account-patterns.ts';
import { toPlainSigns } from './plain-signs.ts';

/**
 * What must not stand in running text (invariant 5): contacts and accounts come from records alone, since a changed digit in a
 * copied sentence sends a letter or money to a stranger; and signs that make a text read differently from what it is.
 */
export interface UnsafeText {
  what: string;
  match: string;
  why: string;
}

const hidden =
  'such signs change the order or the look of a text, so that it reads as something that it is not';

/** Unicode TR9: marks, embeddings, overrides and isolates; "Trojan Source" (Boucher and Anderson, 2021) shows what they do. */
const directing = /\p{Bidi_Control}/u;
/** Not those that only change the look of their neighbours: the joiners of Persian, Hindi and emoji, and the variants of emoji. */
const invisible =
  /[[\p{Default_Ignorable_Code_Point}\p{Cc}\uFFF9-\uFFFF]--[\t\n\r\u200C\u200D\uFE00-\uFE0F]]/gv;

/** Scripts whose letters are taken for one another. */
const scripts = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
];
/** Units are Greek and Latin at once, but only after a number. */
const unit = /(?<=\d\s?)(?:[kMG]?Ω|μ[A-Za-z]{1,2})(?![\p{L}\p{M}])/gu;

/** All that is unsafe in a text; empty for a good one. */
export function findUnsafeText(text: string): UnsafeText[] {
  return [...findHiddenSigns(text), ...findAccounts(text), ...findMixedWords(text)];
}

function findHiddenSigns(text: string): UnsafeText[] {
  return [...text.matchAll(invisible)].map(([sign]) => ({
    what: directing.test(sign) ? 'a direction-control character' : 'an invisible character',
    match: sign.trim() || escapeInvisible(sign),
    why: hidden,
  }));
}

function findAccounts(text: string): UnsafeText[] {
  if (!/[@＠﹫/／\p{N}]/u.test(text)) return []; // what each pattern needs
  const { plain, places } = toPlainSigns(text);
  const found: (UnsafeText & { start: number; end: number })[] = [];
  for (const { what, pattern, why, select = (match: string) => match } of accountPatterns) {
    for (const { 0: whole, 1: ahead = whole, index: start } of plain.matchAll(pattern)) {
      const selected = select(ahead);
      if (selected === undefined) continue;
      const end = start + selected.length;
      if (found.some((other) => start < other.end && other.start < end)) continue; // the digits of a wallet are no telephone number
      found.push({ what, match: text.slice(places[start], places[end]).trim(), why, start, end });
    }
  }
  return found.map(({ what, match, why }) => ({ what, match, why }));
}

function findMixedWords(text: string): UnsafeText[] {
  const words = text.replace(unit, ' ').matchAll(/\p{L}[\p{L}\p{M}\u200C\u200D]*/gu); // joiners part no word for the reader
  return [...words].flatMap(([word]) => {
    if (scripts.filter((script) => script.test(word)).length < 2) return [];
    return [
      {
        what: 'a word of letters of two scripts',
        match: word,
        why: 'letters that look alike make a false name look like the true one',
      },
    ];
  });
}

/** Invisible characters as their code points, so that a message can show them. */
export const escapeInvisible = (text: string): string =>
  text.replace(
    /[\p{Default_Ignorable_Code_Point}\p{Cc}\uFFF9-\uFFFF]/gu,
    (sign) => `U+${sign.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`,
  );
