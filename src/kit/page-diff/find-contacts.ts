import type { AccountKind } from '../core/text/account-patterns.ts';
import { findUnsafeText, type UnsafeText } from '../core/text/unsafe-text.ts';

/** A contact or account in a text, and where it stands. */
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

/** The patterns take time that grows with the square of a text: they are given pieces, and not without end. */
const [pieceLength, overlap, budget] = [2000, 100, 100_000];

/** Finds contacts and accounts in the words of one comparison, in bounded time: in 100,000 signs, twice what our pages may have. */
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
        const kind = kinds[what];
        const at = piece.indexOf(match, after.get(match) ?? 0);
        if (at < 0) continue;
        after.set(match, at + match.length);
        const [start, end] = [from + at, from + at + match.length];
        if (!found.some((other) => start < other.end && other.start < end))
          found.push({ ...kind, start, end });
      }
    }
    return found.sort((a, b) => a.start - b.start);
  }
}
