import type { AccountKind } from '../text/account-patterns.ts';
import { escapeInvisible, findUnsafeText, type UnsafeText } from '../text/unsafe-text.ts';

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

const scripts = ['Latin', 'Cyrillic', 'Greek', 'Armenian'] as const;

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
  scripts.find((name) => new RegExp(`^\\p{Script=${name}}$`, 'u').test(character));
const listScripts = (word: string): string =>
  scripts.filter((name) => new RegExp(`\\p{Script=${name}}`, 'u').test(word)).join(' and ');
const toCode = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
