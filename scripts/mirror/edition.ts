import { isCalendarDate } from '../../src/lib/dates.ts';
import { KeyError } from './minisign/errors.ts';
import { parsePublicKey, printPublicKey, type PublicKey } from './minisign/public-key.ts';
import { decodeUtf8, findBrokenLine, hiddenSign, toBuffer } from './minisign/text.ts';
import { quoteName } from './quote-name.ts';

/** What an edition says of itself, `EDITION.txt`: lines `key: value` in one order, so that the same edition has the same bytes. */
export interface Edition {
  /** The campaign's id: a-z, 0-9 and single hyphens. */
  readonly campaign: string;
  /** From 1. */
  readonly number: number;
  /** YYYY-MM-DD. */
  readonly date: string;
  /** YYYY-MM-DD, after `date`: until then nobody need worry that there is no newer one. */
  readonly lookForNewerAfter: string;
  /** SHA-256 of the previous edition's list; undefined in edition 1 and only there. */
  readonly previousList: string | undefined;
  readonly keys: KeySet;
  /** Which signatures the next edition will need. */
  readonly nextKeys: KeySet;
  /** One line that goes above all else: a stop, a revoked key. */
  readonly notice: string | undefined;
}

export interface KeySet {
  /** How many of the keys must have signed, from 1. */
  readonly threshold: number;
  readonly keys: readonly PublicKey[];
}

export const editionLimits = { maxBytes: 16_384, maxNumber: 999_999, maxKeys: 16, maxCampaignCharacters: 60, maxNoticeBytes: 1000 } as const;

/** An EDITION.txt that is not what it should be; `line` counts from 1, undefined if the fault has no line. */
export class EditionError extends Error {
  override readonly name = 'EditionError';
  readonly line: number | undefined;

  constructor(line: number | undefined, message: string, options?: ErrorOptions) {
    super(`EDITION.txt${line === undefined ? '' : `, line ${line}`}: ${message}.`, options);
    this.line = line;
  }
}

/** Prints an edition. Throws EditionError on what `parseEdition` would refuse. */
export function printEdition(edition: Edition): string {
  const keysOf = (prefix: string, { threshold, keys }: KeySet) => [`${prefix}threshold: ${threshold}`, ...keys.map((key) => `${prefix}key: ${printPublicKey(key)}`)];
  const lines = [
    'format: 1',
    `campaign: ${edition.campaign}`,
    `edition: ${edition.number}`,
    `date: ${edition.date}`,
    `look-for-newer-after: ${edition.lookForNewerAfter}`,
    ...(edition.previousList === undefined ? [] : [`previous-list: ${edition.previousList}`]),
    ...keysOf('', edition.keys),
    ...keysOf('next-', edition.nextKeys),
    ...(edition.notice === undefined ? [] : [`notice: ${edition.notice}`]),
  ];
  const broken = lines.find((line) => line.includes('\n') || !line.isWellFormed()); // would be read as something else than it is
  if (broken !== undefined) throw new EditionError(undefined, `${quoteName(broken)}, expected one line of well-formed Unicode`);
  const text = lines.map((line) => `${line}\n`).join('');
  parseEdition(Buffer.from(text));
  return text;
}

/** Reads an EDITION.txt that anyone may have written; what it returns prints to the same bytes. Throws EditionError with the first fault. */
export function parseEdition(bytes: Uint8Array): Edition {
  const lines = new Lines(bytes);
  // A later format may mean something else by the same words.
  lines.read('format', '1, which is all that this program knows; get a newer one', (value) => (value === '1' ? value : undefined));
  const campaign = lines.read('campaign', `at most ${editionLimits.maxCampaignCharacters} of a-z, 0-9 and single hyphens`, toCampaign);
  const number = lines.read('edition', `a number from 1 to ${editionLimits.maxNumber}, without zeros in front`, (value) => toNumber(value, editionLimits.maxNumber));
  const date = lines.read('date', 'a day as YYYY-MM-DD', toDay);
  const lookForNewerAfter = lines.read('look-for-newer-after', `a day as YYYY-MM-DD, after ${date}`, (value) => (value > date ? toDay(value) : undefined));
  // Stops an edition out of nowhere: each names the one before.
  const previousList = number === 1 ? undefined : lines.read('previous-list', 'the hash of the previous list: 64 hexadecimal digits in small letters', toHash);
  const keys = readKeys(lines, '');
  const nextKeys = readKeys(lines, 'next-');
  const notice = lines.has('notice') ? lines.read('notice', `at most ${editionLimits.maxNoticeBytes} bytes`, toNotice) : undefined;
  lines.end();
  return { campaign, number, date, lookForNewerAfter, previousList, keys, nextKeys, notice };
}

function readKeys(lines: Lines, prefix: '' | 'next-'): KeySet {
  const threshold = lines.read(`${prefix}threshold`, `a number from 1 to ${editionLimits.maxKeys}`, (value) => toNumber(value, editionLimits.maxKeys));
  const thresholdLine = lines.number - 1;
  const keys: PublicKey[] = [];
  do {
    if (keys.length === editionLimits.maxKeys) lines.fail(`one more key, expected at most ${editionLimits.maxKeys}`);
    keys.push(lines.read(`${prefix}key`, 'a public key that no line before has, neither its id nor the rest', (value) => toKey(value, keys)));
  } while (lines.has(`${prefix}key`));
  if (threshold > keys.length) throw new EditionError(thresholdLine, `${threshold} signatures of ${keys.length} keys, expected a number from 1 to ${keys.length}`);
  return { threshold, keys };
}

/** Stops one holder from counting as two: the id is a label, so the same key under another id is the same key. */
function toKey(value: string, others: readonly PublicKey[]): PublicKey | undefined {
  const key = parsePublicKey(value);
  return others.some((other) => other.id === key.id || toBuffer(other.ed25519).equals(key.ed25519)) ? undefined : key;
}

const toCampaign = (value: string): string | undefined =>
  value.length <= editionLimits.maxCampaignCharacters && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(value) ? value : undefined;
const toNumber = (value: string, max: number): number | undefined => (/^[1-9][0-9]{0,8}$/.test(value) && Number(value) <= max ? Number(value) : undefined);
const toDay = (value: string): string | undefined => (value.length === 10 && isCalendarDate(value) ? value : undefined);
const toHash = (value: string): string | undefined => (/^[0-9a-f]{64}$/.test(value) ? value : undefined);
const toNotice = (value: string): string | undefined => (Buffer.byteLength(value) <= editionLimits.maxNoticeBytes ? value : undefined);

/** The lines of the file, read one after the other. */
class Lines {
  /** Of the next line, from 1. */
  number = 1;
  readonly #lines: readonly string[];

  constructor(bytes: Uint8Array) {
    if (bytes.length > editionLimits.maxBytes) throw new EditionError(undefined, `it has ${bytes.length} bytes, expected at most ${editionLimits.maxBytes}`);
    const text = decodeUtf8(bytes);
    if (text === undefined) throw new EditionError(findBrokenLine(bytes), 'bytes that are no UTF-8, expected text in UTF-8');
    const lines = text.split('\n');
    if (lines.at(-1) !== '') throw new EditionError(lines.length, `${quoteName(lines.at(-1) ?? '')} without a line end, expected LF after each line`);
    this.#lines = lines.slice(0, -1);
  }

  has(key: string): boolean {
    return this.#lines[this.number - 1]?.startsWith(`${key}: `) === true;
  }

  /** The value of the next line, which must have this key; `convert` gives undefined for what is not expected. */
  read<T>(key: string, expected: string, convert: (value: string) => T | undefined): T {
    const line = this.#lines[this.number - 1] ?? this.fail(`nothing, expected “${key}: ” and ${expected}`);
    if (line.endsWith('\r')) this.fail('it ends with CR LF, expected LF alone');
    if (!this.has(key)) this.fail(`${quoteName(line)}, expected “${key}: ” and ${expected}`);
    const value = line.slice(key.length + 2);
    const isPlain = value !== '' && value === value.trim() && value === value.normalize('NFC') && !hiddenSign.test(value);
    const converted = isPlain ? this.#convert(key, value, convert) : undefined;
    if (converted === undefined) return this.fail(`“${key}” is ${quoteName(value)}, expected ${isPlain ? expected : 'visible characters in NFC without spaces around them'}`);
    this.number += 1;
    return converted;
  }

  /** Stops a line that this program passes over and another one reads. */
  end(): void {
    const line = this.#lines[this.number - 1];
    if (line !== undefined) this.fail(`${quoteName(line)}, expected the end of the file`);
  }

  fail(what: string): never {
    throw new EditionError(this.number, what);
  }

  #convert<T>(key: string, value: string, convert: (value: string) => T | undefined): T | undefined {
    try {
      return convert(value);
    } catch (cause) {
      if (!(cause instanceof KeyError)) throw cause;
      throw new EditionError(this.number, `“${key}” is ${quoteName(value)}, expected a public key of minisign`, { cause });
    }
  }
}
