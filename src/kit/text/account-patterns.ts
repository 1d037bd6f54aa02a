/** Contacts and accounts as they stand in plain signs (`plain-signs.ts`): ASCII digits, one kind of space, one kind of hyphen. */

export interface AccountPattern {
  what: string;
  /** Its first group, if it has one, is the match: a group inside a lookahead does not use up the text, so that a decoy before a number hides none. */
  pattern: RegExp;
  why: string;
  /** The part of a match that is truly one, where the pattern takes more. */
  select?: (match: string) => string | undefined;
}

const contact =
  'contacts come from records only: a number in a text goes stale, or is altered in a copy';
const money =
  'accounts come from records only: in a copy an altered one steals the gift and betrays the giver';

const word = String.raw`\p{L}\p{M}\p{N}`;
const base58 = '[1-9A-HJ-NP-Za-km-z]';
/** What people write between the groups of a number. */
const gap = '[ ()./-]{0,3}';

/** In this order: what one pattern has named is not named again by a later one. */
export const accountPatterns: readonly AccountPattern[] = [
  // A letter in the last label, so that "Online @ 18.30" is a time.
  {
    what: 'an e-mail address',
    pattern: new RegExp(
      String.raw`[${word}._%+-]+ ?@ ?(?:[${word}-]+\.)+[\p{N}-]*\p{L}[${word}-]*`,
      'gu',
    ),
    why: contact,
  },
  // As plain text, too: programs make links of them, and people copy them. Not Tor's entrance on the reader's own machine, which leads to no host.
  {
    what: 'an outside address',
    pattern:
      /(?<![\p{L}\p{N}@])(?!socks5h?:\/\/127\.0\.0\.1:\d{1,5}[).,;]?(?:\s|$))(?:[a-z][a-z\d+.-]*:\/\/|www\.)\S+|(?<![\p{L}\p{N}@.-])(?:[\p{L}\d-]+\.)+(?!(?:js|ts|tsx|mdx?|ya?ml|html?|json|css|py|sh|txt|svg|png|jpg)\/)\p{L}{2,}(?::\d+)?\/[^\s)\]]+/giu,
    why: 'addresses come from the register only: an altered one leads to a trap',
  },
  { what: 'a handle', pattern: /(?<![\p{L}\p{N}])@[\p{L}_][\p{L}\p{N}_]{2,}/gu, why: contact },
  {
    what: 'an account number (IBAN)',
    pattern: /(?<![\p{L}\p{N}])(?=([A-Z]{2}\d{2}(?:[ ./-]?[A-Z\d]){11,30}(?![\p{L}\p{N}])))/giu,
    why: money,
    select: findIban,
  },
  {
    what: 'a wallet address',
    pattern: new RegExp(
      String.raw`\b(?:bc1[a-z\d]{20,}|BC1[A-Z\d]{20,}|0x[\da-fA-F]{40}|T${base58}{33}|[13]${base58}{25,34}|[48]${base58}{94}|[EU]Q[\w+/-]{46})(?![\w-])`,
      'g',
    ),
    why: money,
  },
  {
    what: 'a card number',
    pattern: new RegExp(String.raw`(?<!\d)\d{4}(?:${gap}\d{4}){3}(?!\d)`, 'g'),
    why: money,
    select: findNumber,
  },
  { what: 'a telephone number', pattern: /\+\d(?:[^\p{L}\p{N}]{0,3}\d){7,}/gu, why: contact },
  {
    what: 'a telephone number',
    pattern: new RegExp(String.raw`(?<!\d[.,]?)\d(?:${gap}\d){9,}`, 'g'),
    why: contact,
    select: findNumber,
  },
];

/**
 * The IBAN at the beginning of a match, which may have run on into the words after it. By ISO 13616 its remainder by 97 is 1,
 * so that the fingerprint of a key is none, and an altered one is no account.
 */
function findIban(match: string): string | undefined {
  const ends = [...match.matchAll(/[ ./-]|$/g)].map(({ index }) => index).reverse();
  return ends
    .map((end) => match.slice(0, end))
    .find((text) => {
      const signs = text.replace(/[ ./-]/g, '').toUpperCase();
      const digits = (signs.slice(4) + signs.slice(0, 4)).replace(/[A-Z]/g, (sign) =>
        String(sign.charCodeAt(0) - 55),
      );
      return (
        signs.length >= 15 && signs.replace(/\D/g, '').length >= 8 && BigInt(digits) % 97n === 1n
      );
    });
}

const [dayOrMonth, year] = ['(?:0?[1-9]|[12]\\d|3[01])', '(?:19|20)\\d\\d'];
/** Numbers that may stand side by side in a sentence: days, years, thousands in groups of one kind, decimals. */
const harmless = [
  new RegExp(
    String.raw`(?<!\d)(?:${year}([./-])${dayOrMonth}\1${dayOrMonth}|${dayOrMonth}([./-])${dayOrMonth}\2${year})(?!\d)`,
    'g',
  ),
  new RegExp(String.raw`(?<!\d)${year}(?!\d)`, 'g'),
  /(?<!\d)[1-9]\d{0,2}([ .])\d{3}(?:\1\d{3})*(?!\1?\d)(?!-\d\d-\d\d)/g,
  /(?<![\d.])(?:0|[1-9]\d*)\.\d+(?!\.?\d)/g,
];

/** The match, unless so little is left without its days, years and amounts that no line or account can be reached by it. */
function findNumber(match: string): string | undefined {
  const digits = match.replace(/\D/g, '');
  if (/^97[89]\d{10}$/.test(digits) && isEan(digits)) return undefined; // a book
  const rest = harmless.reduce((text, pattern) => text.replace(pattern, ' '), match);
  return rest.replace(/\D/g, '').length < 7 ? undefined : match;
}

/** Whether 13 digits end with the check digit of an EAN, which the ISBN of a book is (ISO 2108). */
function isEan(digits: string): boolean {
  const sum = [...digits].reduce(
    (total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3),
    0,
  );
  return sum % 10 === 0;
}
