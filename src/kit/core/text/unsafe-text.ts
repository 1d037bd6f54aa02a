import { accountPatterns, type AccountKind } from './account-patterns.ts';
import { toPlainSigns } from './plain-characters.ts';

type DisguiseKind =
  | 'a direction-control character'
  | 'an invisible character'
  | 'a word of letters of two scripts'
  | 'a word of letters in another style';

/**
 * What must not stand in running text (invariant 5): contacts and accounts come from records alone,
 * since a changed digit in a copied sentence sends a letter or money to a stranger; and signs that
 * make a text read differently from what it is.
 */
export interface UnsafeText {
  what: AccountKind | DisguiseKind;
  match: string;
  why: string;
}

const hidden =
  'such signs change the order or the look of a text, so that it reads as something that it is not';

/**
 * Unicode TR9: marks, embeddings, overrides and isolates; "Trojan Source" (Boucher and Anderson,
 * 2021) shows what they do.
 */
const directing = /\p{Bidi_Control}/u;
/**
 * Not those that only change the look of their neighbours: the joiners of Persian, Hindi and emoji,
 * and the variants of emoji.
 */
const invisible =
  /[[\p{Default_Ignorable_Code_Point}\p{Cc}\uFFF9-\uFFFF]--[\t\n\r\u200C\u200D\uFE00-\uFE0F]]/gv;

/** Scripts with letters that are taken for those of another (UTS 39, confusables.txt). */
const scripts = [
  /\p{Script=Latin}/u,
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Georgian}/u,
  /\p{Script=Coptic}/u,
  /\p{Script=Cherokee}/u,
  /\p{Script=Lisu}/u,
  /\p{Script=Canadian_Aboriginal}/u,
  /\p{Script=Tifinagh}/u,
  /\p{Script=Deseret}/u,
  /\p{Script=Osage}/u,
  /\p{Script=Vai}/u,
  /\p{Script=Runic}/u,
  /\p{Script=Gothic}/u,
  /\p{Script=Old_Italic}/u,
];
/** Small capitals, which no language is written in: they are Latin by their script. */
const smallCapitals =
  /[\u0262\u026A\u0274\u0280\u028F\u0299\u029C\u029F\u1D00-\u1D2B\uA730\uA731\uA776\u{10784}]/u;
/** Units are Greek and Latin at once, but only after a number. */
const unit = /(?<=\d\s?)(?:[kMG]?Ω|μ[A-Za-z]{1,2})(?![\p{L}\p{M}])/gu;

/** All that is unsafe in a text; empty for a good one. */
export function findUnsafeText(text: string): UnsafeText[] {
  return [...findHiddenCharacters(text), ...findAccounts(text), ...findDisguisedWords(text)];
}

/** Characters without a look of their own, and those that change the order of others. */
export function findHiddenCharacters(text: string): UnsafeText[] {
  return [...text.matchAll(invisible)].map(([sign]) => ({
    what: directing.test(sign) ? 'a direction-control character' : 'an invisible character',
    match: sign.trim() || escapeInvisible(sign),
    why: hidden,
  }));
}

function findAccounts(text: string): UnsafeText[] {
  // what each pattern needs
  if (!/[@＠﹫/／|(（[{<\p{N}]|\p{L}\p{M}*[.．。｡]\p{L}/u.test(text)) return [];
  const { plain, places } = toPlainSigns(text);
  const found: (UnsafeText & { start: number; end: number })[] = [];
  for (const { what, pattern, why, select = (match: string) => match } of accountPatterns) {
    for (const { 0: whole, 1: ahead = whole, index: start } of plain.matchAll(pattern)) {
      const selected = select(ahead);
      if (selected === undefined) continue;
      const end = start + selected.length;
      // the digits of a wallet are no telephone number
      if (found.some((other) => start < other.end && other.start < end)) continue;
      found.push({ what, match: text.slice(places[start], places[end]).trim(), why, start, end });
    }
  }
  return found.map(({ what, match, why }) => ({ what, match, why }));
}

const lookalike = 'letters that look alike make a false name look like the true one';

/**
 * Words that look like others: "paypal" with a Cyrillic а, in small capitals or in mathematical
 * letters.
 */
function findDisguisedWords(text: string): UnsafeText[] {
  // Joiners part no word for the reader. A pictogram of a letter (🅰) is no letter, but is read as
  // one.
  const words = text
    .replace(unit, ' ')
    .matchAll(
      /[\p{L}\u{1F130}-\u{1F189}\u24B6-\u24E9][\p{L}\p{M}\u200C\u200D\u{1F130}-\u{1F189}\u24B6-\u24E9]*/gu,
    );
  return [...words].flatMap(([word]): UnsafeText[] => {
    if (scripts.filter((script) => script.test(word)).length >= 2)
      return [{ what: 'a word of letters of two scripts', match: word, why: lookalike }];
    if (smallCapitals.test(word) || [...word].some(isStyled))
      return [{ what: 'a word of letters in another style', match: word, why: lookalike }];
    return [];
  });
}

/**
 * Whether a character is a letter of Latin, Greek or Cyrillic in a style of its own: 𝐕, Ｖ, ⓥ, ﬁ.
 * Not ordinals, the micro sign and the digraphs of alphabets, which come before U+0250, nor ℓ.
 */
function isStyled(character: string): boolean {
  const plain = character.normalize('NFKC');
  return (
    character >= '\u0250' &&
    character !== 'ℓ' &&
    plain !== character.normalize('NFC') &&
    /^[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]+$/u.test(plain)
  );
}

/** Invisible characters as their code points, so that a message can show them. */
export const escapeInvisible = (text: string): string =>
  text.replace(
    /[\p{Default_Ignorable_Code_Point}\p{Cc}\uFFF9-\uFFFF]/gu,
    (sign) => `U+${sign.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`,
  );
