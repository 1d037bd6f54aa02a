/**
 * Contacts and accounts in plain characters (`plain-characters.ts`): ASCII digits, one kind of space,
 * one kind of hyphen.
 */

export type AccountKind =
  | 'an e-mail address'
  | 'an e-mail address in disguise'
  | 'a command that runs what it downloads'
  | 'an outside address'
  | 'a host name in disguise'
  | 'a handle'
  | 'an account number (IBAN)'
  | 'a wallet address'
  | 'a public key'
  | 'a card number'
  | 'a telephone number'
  | 'a host name';

export interface AccountPattern {
  what: AccountKind;
  /**
   * Its first group, if it has one, is the match: a group inside a lookahead does not use up the
   * text, so that a decoy before a number hides none.
   */
  pattern: RegExp;
  why: string;
  /** The part of a match that is truly one, where the pattern takes more. */
  select?: (match: string) => string | undefined;
}

const contact =
  'contacts come from records only: a number in a text goes stale, or is altered in a copy';
const money =
  'accounts come from records only: in a copy an altered one steals the gift and betrays the giver';

const place = 'addresses come from the register only: an altered one leads to a trap';
const command =
  'a reader who copies it gives the machine to whoever owns that host, or has altered this copy';

const word = String.raw`\p{L}\p{M}\p{N}`;
const base58 = '[1-9A-HJ-NP-Za-km-z]';
/**
 * The alphabet of Bech32 (BIP 173): Bitcoin, Lightning, Cardano, Nostr and others write with it.
 */
const bech32 = '[02-9ac-hj-np-z]';
/** What people write between the groups of a number. */
const gap = '[ ()./-]{0,3}';
/** Endings of files, which are no top-level domains here: `site.yaml` is no host. */
const fileEnding = new RegExp(
  '[.](?:asc|astro|bin|bz2|car|cjs|conf|css|csv|docx?|epub|exe|gif|gz|html?|ics|ini|jpe?g|jsx?|json|key|lock|log|md|mdx|' +
    'mhtml?|minisig|mjs|mp[34]|odt|ogg|pdf|png|pub|sha256|sig|svg|tar|tgz|toml|tsx?|ttf|txt|wasm|webp|xht|xhtml|xml|' +
    'xz|ya?ml|zip|zst)$',
  'i',
);

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
  {
    what: 'an e-mail address in disguise',
    pattern: new RegExp(
      String.raw`(?<![${word}])[${word}._%+-]{2,64} ?[([{<] ?(?:[aA][tT]|arroba|arobase|собака|сабака|@) ?[)\]}>] ?[${word}-]{2,}`,
      'gu',
    ),
    why: contact,
  },
  // A pipe into a shell, and what other shells have for it.
  {
    what: 'a command that runs what it downloads',
    pattern:
      /(?<!\w)(?:(?:curl|wget|fetch|iwr|irm|Invoke-(?:WebRequest|RestMethod))(?!\w)[^|\n]{0,300}\| ?(?:sudo |env )*(?:[a-z/]{0,20}sh|python\d?|perl|ruby|node|iex|Invoke-Expression)|(?:[a-z]{0,4}sh|source|eval|iex|python\d?|perl)(?: -[a-z]+)? ?["']?[$<]?\( ?(?:curl|wget|fetch|iwr|irm))(?!\w)/gi,
    why: command,
  },
  // As plain text, too: programs make links of them, and people copy them. Not Tor's entrance on
  // the reader's own machine, which leads to no host.
  {
    what: 'an outside address',
    pattern:
      /(?<![\p{L}\p{N}@])(?!socks5h?:\/\/127\.0\.0\.1:\d{1,5}[).,;]?(?:\s|$))(?:[a-z][a-z\d+.-]*:\/\/|www\.)\S+|(?<![\p{L}\p{N}@.-])(?:[\p{L}\d-]+\.)+(?!(?:js|ts|tsx|mdx?|ya?ml|html?|json|css|py|sh|txt|svg|png|jpg)\/)\p{L}{2,}(?::\d+)?\/[^\s)\]]+/giu,
    why: place,
  },
  {
    what: 'a host name in disguise',
    pattern: new RegExp(
      String.raw`(?<![${word}])[${word}-]{2,63} ?[([{] ?(?:[dD][oO][tT]|point|punto|точка|кропка|\.) ?[)\]}] ?\p{L}{2,}`,
      'gu',
    ),
    why: place,
  },
  { what: 'a handle', pattern: /(?<![\p{L}\p{N}])@[\p{L}_][\p{L}\p{N}_]{2,}/gu, why: contact },
  {
    what: 'an account number (IBAN)',
    pattern: /(?<![\p{L}\p{N}])(?=([A-Z]{2}\d{2}(?:[ ./-]?[A-Z\d]){11,30}(?![\p{L}\p{N}])))/giu,
    why: money,
    select: findIban,
  },
  {
    what: 'a public key',
    pattern: /(?<![A-Za-z\d+/])RW[A-Za-z\d+/]{54}(?![A-Za-z\d+/=])/g,
    why: 'keys come from site.yaml only: with an altered one a false copy is authentic',
  },
  // Whole, or in groups: whoever reads them joins them again.
  {
    what: 'a wallet address',
    pattern: new RegExp(
      String.raw`(?<!\w)[a-z]{1,12}(?:\d+[munp]?)?1${bech32}{4,}(?: ${bech32}{4,}){0,20}(?!\w)`,
      'gi',
    ),
    why: money,
    select: findBech32,
  },
  {
    what: 'a wallet address',
    pattern: new RegExp(
      String.raw`\b(?:0x[\da-fA-F]{40}|T${base58}{33}|[13]${base58}{25,34}|[48]${base58}{94}|[EU]Q[\w+/-]{46})(?![\w-])`,
      'g',
    ),
    why: money,
  },
  // Solana and whatever comes next; also one half of an address that a text has cut in two.
  {
    what: 'a wallet address',
    pattern: new RegExp(String.raw`(?<![A-Za-z\d])${base58}{25,128}(?![A-Za-z\d])`, 'g'),
    why: money,
    select: findRandom,
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
  // Last, so that the host of an address is not named again. Names of wallets (.eth) have this
  // form, too.
  {
    what: 'a host name',
    pattern: new RegExp(
      String.raw`(?<![${word}@./\\_-])(?:[\p{L}\p{N}](?:[${word}-]*[\p{L}\p{N}])?\.)+(?:xn--[a-z\d-]+|\p{L}[\p{L}\p{M}]+)(?![${word}/(]|-[${word}]|\.[${word}])`,
      'gu',
    ),
    why: place,
    select: findHost,
  },
];

/** Neither a file, nor letters of an abbreviation with their full stops. */
function findHost(match: string): string | undefined {
  const labels = match.split('.');
  return fileEnding.test(match) || labels.at(-2)?.length === 1 ? undefined : match;
}

/** Bech32 has one case only, and its data is long; a word before it is not part of it. */
function findBech32(match: string): string | undefined {
  const data = match.slice(match.lastIndexOf('1', match.search(/[ ]|$/)) + 1).replaceAll(' ', '');
  const isOneCase = match === match.toLowerCase() || match === match.toUpperCase();
  return isOneCase && data.length >= 20 && /\d/.test(data) ? match : undefined;
}

/**
 * Whether characters follow one another as in no word: small letters, capitals and digits in turn.
 */
function findRandom(match: string): string | undefined {
  const kinds = match.replace(/[a-z]/g, 'a').replace(/[A-Z]/g, 'A').replace(/\d/g, '0');
  const changes = [...kinds].filter((kind, index) => index > 0 && kind !== kinds[index - 1]).length;
  return /\d/.test(match) && changes * 4 > match.length ? match : undefined;
}

/**
 * The IBAN at the beginning of a match, which may have run on into the words after it. By ISO 13616
 * its remainder by 97 is 1, so that the fingerprint of a key is none, and an altered one is no
 * account.
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
/**
 * Numbers that may follow each other in a sentence: days, years, thousands in groups of one kind,
 * decimals.
 */
const harmless = [
  new RegExp(
    String.raw`(?<!\d)(?:${year}([./-])${dayOrMonth}\1${dayOrMonth}|${dayOrMonth}([./-])${dayOrMonth}\2${year})(?!\d)`,
    'g',
  ),
  new RegExp(String.raw`(?<!\d)${year}(?!\d)`, 'g'),
  /(?<!\d)[1-9]\d{0,2}([ .])\d{3}(?:\1\d{3})*(?!\1?\d)(?!-\d\d-\d\d)/g,
  /(?<![\d.])(?:0|[1-9]\d*)\.\d+(?!\.?\d)/g,
];

/**
 * The match, unless so little is left without its days, years and amounts that no line or account
 * can be reached by it.
 */
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
