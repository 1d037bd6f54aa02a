/**
 * What must not stand in running text (invariant 5): contacts and accounts come from records alone, since a changed digit in a
 * copied sentence sends a letter or money to a stranger; and signs that make a text read differently from what it is.
 */
export interface UnsafeText {
  what: string;
  match: string;
  why: string;
}

const contact = 'contacts come from records only: a number in a text goes stale, or is altered in a copy';
const money = 'accounts come from records only: in a copy an altered one steals the gift and betrays the giver';
const hidden = 'such signs change the order or the look of a text, so that it reads as something that it is not';

const patterns: { what: string; pattern: RegExp; why: string }[] = [
  // Unicode TR9: marks, embeddings, overrides and isolates; "Trojan Source" (Boucher and Anderson, 2021) shows what they do.
  { what: 'a direction-control character', pattern: /[\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069]/, why: hidden },
  { what: 'an invisible character', pattern: /[\u200B\u2060-\u2064\uFEFF\u180E\u{E0000}-\u{E007F}]/u, why: hidden },
  { what: 'an e-mail address', pattern: /[\p{L}\p{N}._%+-]+\s?@\s?[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/u, why: contact },
  { what: 'a handle', pattern: /(?<![\p{L}\p{N}/.])@[A-Za-z]\w{2,}/u, why: contact },
  { what: 'a card number', pattern: /(?<!\d)(?:\d{4}[ -]){3}\d{4}(?!\d)/, why: money },
  { what: 'an account number (IBAN)', pattern: /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,3})?\b/, why: money },
  { what: 'a wallet address', pattern: /\b(?:bc1[a-z0-9]{20,}|0x[0-9a-fA-F]{40}|T[1-9A-HJ-NP-Za-km-z]{33}|[13][1-9A-HJ-NP-Za-km-z]{25,34}|[48][1-9A-HJ-NP-Za-km-z]{94})\b/, why: money },
  { what: 'a telephone number', pattern: /\+\d(?:[\s().–-]?\d){7,}|(?<![\d.,])(?:\d[ \u00A0()-]{0,2}){10,}(?!\d)/, why: contact },
];

/** Scripts whose letters are taken for one another. */
const scripts = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /\p{Script=Armenian}/u];

/** All that is unsafe in a text; empty for a good one. */
export function findUnsafeText(text: string): UnsafeText[] {
  const found: UnsafeText[] = [];
  for (const { what, pattern, why } of patterns) {
    const match = pattern.exec(text)?.[0];
    if (match === undefined) continue;
    const shown = match.trim() || escapeInvisible(match);
    if (!found.some((other) => other.match.includes(shown))) found.push({ what, match: shown, why }); // the digits of a wallet are no telephone number
  }
  for (const [word] of text.matchAll(/\p{L}[\p{L}\p{M}]*/gu)) {
    if (scripts.filter((script) => script.test(word)).length > 1) {
      found.push({ what: 'a word of letters of two scripts', match: word, why: 'letters that look alike make a false name look like the true one' });
    }
  }
  return found;
}

/** Invisible characters as their code points, so that a message can show them. */
export const escapeInvisible = (text: string): string =>
  text.replace(/[\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]/g, (character) => `U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, '0')}`);
