import { chainFile } from '../edition/edition-files.ts';
import { EditionLines } from '../edition/edition-lines.ts';
import { parseEdition, type Edition } from '../edition/edition.ts';
import { isSameKeySet } from '../minisign/public-key.ts';
import {
  parseBareSignature,
  printBareSignature,
  SignatureError,
  type BareSignature,
} from '../minisign/signature.ts';
import {
  decodeBase64,
  decodeUtf8,
  encodeBase64,
  encodeUtf8,
  fromHex,
  toHex,
} from '../text/bytes.ts';

/**
 * The chain of editions, `CHAIN.txt`: what proves all editions before the one that it is in. For
 * each it has the hash of the manifest; for those that changed keys, and for the newest, also what
 * was signed: so keys of the first edition lead to those of the last, as in the TUF specification
 * (5.3), from one copy alone.
 */
export interface Chain {
  readonly campaign: string;
  /** Of the editions 1, 2, 3 …, without a gap. */
  readonly entries: readonly ChainEntry[];
}

export interface ChainEntry {
  /** SHA-256 of the manifest of this edition, 64 hexadecimal digits in small letters. */
  readonly list: string;
  readonly head: ChainHead | undefined;
}

/** What the holders of an edition have signed. */
export interface ChainHead {
  /** Its EDITION.txt, byte for byte, and what that says. */
  readonly bytes: Uint8Array;
  readonly edition: Edition;
  /** Of its manifest, in the order of `signers`; enough, but perhaps not all. */
  readonly signatures: readonly BareSignature[];
}

/** For an edition a week, that is 400 years. */
export const maxChainBytes = 2 ** 20;

/** Before each line of an EDITION.txt. */
const quote = '> ';

/** Whether an edition names other keys for the next one than its own. */
export const changesKeys = ({ keys, nextKeys }: Edition): boolean =>
  nextKeys === undefined || !isSameKeySet(keys, nextKeys);

/**
 * The chain of these editions. Heads that nobody needs are left out, so that the same history has
 * the same text.
 */
export const makeChain = (campaign: string, entries: readonly ChainEntry[]): Chain => ({
  campaign,
  entries: entries.map(({ list, head }, index) => ({
    list,
    head: head && (index === entries.length - 1 || changesKeys(head.edition)) ? head : undefined,
  })),
});

/** Prints a chain. Throws EditionError on what `parseChain` would refuse. */
export function printChain({ campaign, entries }: Chain): string {
  const lines = entries.flatMap(({ list, head }, index) => [
    `${index + 1}: ${encodeBase64(fromHex(list))}`,
    ...(head ? printHead(head) : []),
  ]);
  const text = ['format: 1', `campaign: ${campaign}`, ...lines, ''].join('\n');
  parseChain(encodeUtf8(text));
  return text;
}

const printHead = ({ bytes, signatures }: ChainHead): string[] => [
  ...(decodeUtf8(bytes) ?? '')
    .split('\n')
    .slice(0, -1)
    .map((line) => quote + line),
  ...signatures.map((signature) => `signature: ${printBareSignature(signature).join(' ')}`),
];

/**
 * Reads a chain that anyone may have written, in linear time; what it returns prints to the same
 * bytes. It proves nothing yet: see `checkChain`. Throws EditionError with the first fault.
 */
export function parseChain(bytes: Uint8Array): Chain {
  const lines = new EditionLines(bytes, chainFile, maxChainBytes);
  lines.readFormat();
  const campaign = lines.read('campaign', 'the id of a campaign', (value) => value);
  const entries: ChainEntry[] = [];
  do {
    const number = entries.length + 1;
    const list = lines.read(
      String(number),
      `the hash of the manifest of edition ${number}: 44 characters of base64`,
      toList,
    );
    const head = lines.startsWith(quote) ? readHead(lines, campaign, number) : undefined;
    entries.push({ list, head });
    // One history has one text.
    if (head && !changesKeys(head.edition) && !lines.isAtEnd())
      lines.fail(`what follows edition ${number}, which changes no keys: expected its hash alone`);
  } while (!lines.isAtEnd());
  if (!entries.at(-1)?.head)
    lines.fail('the end, expected EDITION.txt and signatures of the last edition');
  return { campaign, entries };
}

function readHead(lines: EditionLines, campaign: string, number: number): ChainHead {
  const start = lines.number;
  const bytes = encodeUtf8(
    lines
      .readQuoted(quote)
      .map((line) => `${line}\n`)
      .join(''),
  );
  const edition = parseEdition(bytes, `${chainFile}, EDITION.txt from line ${start} on`);
  if (edition.campaign !== campaign || edition.number !== number)
    lines.fail(
      `edition ${edition.number} of ${edition.campaign}, expected edition ${number} of ${campaign}`,
      start,
    );
  // Attack: a campaign that has stopped is taken on by somebody else.
  if (!edition.nextKeys)
    lines.fail(`edition ${number} was the last one, expected none after it`, start);
  const signatures: BareSignature[] = [];
  const rest = [...edition.signers];
  while (lines.has('signature') || signatures.length < edition.keys.threshold) {
    const signature = lines.read(
      'signature',
      `the second and the fourth line of a signature of ${rest.join(' or ') || 'nobody'}, with a space between`,
      toSignature,
    );
    const at = rest.indexOf(signature.keyId);
    // Stops one holder from counting as two.
    if (at < 0)
      lines.fail(
        `a signature of ${signature.keyId}, expected one of the keys that sign edition ${number}, in their order and each once`,
        lines.number - 1,
      );
    rest.splice(0, at + 1);
    signatures.push(signature);
  }
  return { bytes, edition, signatures };
}

function toList(value: string): string | undefined {
  const bytes = decodeBase64(value, 32);
  return bytes && toHex(bytes);
}

function toSignature(value: string): BareSignature | undefined {
  const [second = '', fourth = '', ...further] = value.split(' ');
  if (further.length > 0) return undefined;
  try {
    const signature = parseBareSignature(second, fourth);
    // Nothing signs these two letters: one of both spellings.
    return signature.algorithm === 'ED' ? signature : undefined;
  } catch (error) {
    if (!(error instanceof SignatureError)) throw error;
    return undefined;
  }
}
