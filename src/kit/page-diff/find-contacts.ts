import { findUnsafeText } from '../text/unsafe-text.ts';

/** A contact or account in a text, and where it stands. */
export interface Contact {
  readonly kind: 'account' | 'contact' | 'link';
  /** What it is, without an article. */
  readonly what: string;
  readonly start: number;
  readonly end: number;
}

const kinds: Readonly<Record<string, Pick<Contact, 'kind' | 'what'>>> = {
  'an account number (IBAN)': { kind: 'account', what: 'account' },
  'a wallet address': { kind: 'account', what: 'wallet' },
  'a card number': { kind: 'account', what: 'card number' },
  'a telephone number': { kind: 'contact', what: 'telephone number' },
  'an e-mail address': { kind: 'contact', what: 'e-mail address' },
  'a handle': { kind: 'contact', what: 'handle' },
  'an outside address': { kind: 'link', what: 'address in the text' },
};

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
        const kind = kinds[what];
        if (!kind) continue;
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
