import { accountPatterns, type AccountKind } from './account-patterns.ts';
import { toPlainSigns } from './plain-characters.ts';

type DisguiseKind =
  | 'a direction-control character'
  | 'an invisible character'
  | 'a word of letters of two scripts'
  | 'a word of letters in another style';

/**
 * What must not be in running text (invariant 5): contacts and accounts come from records alone,
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

/** A contact or account in a text, and where it is. */
export interface Contact {
  readonly kind: 'account' | 'contact' | 'link';
  /** What it is, without an article. */
  readonly what: string;
  readonly start: number;
  readonly end: number;
}

const kinds: Readonly<Record<AccountKind, Pick<Contact, 'kind' | 'what'>>> = {
  'an account number (IBAN)': { kind: 'account', what: 'account' },
  'a wallet address': { kind: 'account', what: 'wallet' },
  'a public key': { kind: 'account', what: 'public key' },
  'a card number': { kind: 'account', what: 'card number' },
  'a telephone number': { kind: 'contact', what: 'telephone number' },
  'an e-mail address': { kind: 'contact', what: 'e-mail address' },
  'a handle': { kind: 'contact', what: 'handle' },
  'an outside address': { kind: 'link', what: 'address in the text' },
  'an e-mail address in disguise': { kind: 'contact', what: 'e-mail address in disguise' },
  'a host name': { kind: 'link', what: 'host name in the text' },
  'a host name in disguise': { kind: 'link', what: 'host name in disguise' },
  'a command that runs what it downloads': { kind: 'link', what: 'command' },
};
const isAccount = (what: UnsafeText['what']): what is AccountKind => what in kinds;

/**
 * The patterns take time that grows with the square of a text: they are given pieces, and no more
 * than a budget. All in characters; the budget is twice what our pages have.
 */
const [pieceLength, overlap, budget] = [2000, 100, 100_000];

/** Finds contacts and accounts in the words of one comparison, in bounded time. */
export class ContactSearch {
  #left = budget;

  find(text: string): Contact[] {
    const found: Contact[] = [];
    for (let from = 0; from < text.length && this.#left > 0; from += pieceLength - overlap) {
      const piece = text.slice(from, from + pieceLength);
      this.#left -= piece.length;
      const after = new Map<string, number>();
      for (const { what, match } of findUnsafeText(piece)) {
        if (!isAccount(what)) continue;
        const at = piece.indexOf(match, after.get(match) ?? 0);
        if (at < 0) continue;
        after.set(match, at + match.length);
        const [start, end] = [from + at, from + at + match.length];
        if (!found.some((other) => start < other.end && other.start < end))
          found.push({ ...kinds[what], start, end });
      }
    }
    return found.sort((a, b) => a.start - b.start);
  }
}

const namedScripts = ['Latin', 'Cyrillic', 'Greek', 'Armenian'] as const;

/** Characters of a text that are looked at: where it is longer, a reader sees the change itself. */
const maxLength = 500;

/**
 * What the eye misses in changed words: invisible characters, words with letters of two scripts, a
 * letter of another script in the place of a known one.
 * Attack: an address or a name of the same look, which leads to someone else.
 * @returns parts of a sentence, fit for a terminal
 */
export function describeConfusables(
  before: string | undefined,
  after: string | undefined,
): string[] {
  const [known, seen] = [(before ?? '').slice(0, maxLength), (after ?? '').slice(0, maxLength)];
  const notes = findUnsafeText(seen)
    .filter(({ what, match }) => /character|two scripts/.test(what) && !known.includes(match))
    .map(({ what, match }) => {
      const mixed = /character/.test(what) ? '' : ` has ${listScripts(match)}`;
      return `${what}: ${escapeInvisible(match)}${mixed}`;
    });
  const [knownCharacters, seenCharacters] = [[...known], [...seen]];
  const at = knownCharacters.findIndex((character, index) => character !== seenCharacters[index]);
  const [was, is] = [knownCharacters[at] ?? '', seenCharacters[at] ?? ''];
  const [scriptBefore, scriptAfter] = [scriptOf(was), scriptOf(is)];
  if (scriptBefore !== undefined && scriptAfter !== undefined && scriptBefore !== scriptAfter)
    notes.push(
      `the first other letter is ${scriptAfter} (${toCode(is)}), ` +
        `known ${scriptBefore} (${toCode(was)})`,
    );
  return [...new Set(notes)].slice(0, 5);
}

const scriptOf = (character: string): string | undefined =>
  namedScripts.find((name) => new RegExp(`^\\p{Script=${name}}$`, 'u').test(character));
const listScripts = (word: string): string =>
  namedScripts.filter((name) => new RegExp(`\\p{Script=${name}}`, 'u').test(word)).join(' and ');
const toCode = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
