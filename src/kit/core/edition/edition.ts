import { isCalendarDate } from '../text/dates.ts';
import {
  extensionLimits,
  readExtensions,
  type Extension,
  EditionError,
  EditionLines,
  maxEditionBytes,
} from './edition-lines.ts';
import {
  parsePublicKey,
  printPublicKey,
  type KeySet,
  type PublicKey,
} from '../minisign/public-key.ts';
import { countUtf8, encodeUtf8, equalBytes } from '../text/bytes.ts';
import { quoteName } from '../text/plain-characters.ts';

/**
 * What an edition says of itself, `EDITION.txt`: lines `key: value` in one order, so that the same
 * edition has the same bytes.
 */
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
  /**
   * SHA-256 of `printHistory` of all editions before, so that whoever signs this one stands by each
   * of their lists; undefined in edition 1 and only there.
   */
  readonly history: string | undefined;
  readonly keys: KeySet;
  /**
   * Which signatures the next edition will need; undefined in a last one: no later edition can be
   * true.
   */
  readonly nextKeys: KeySet | undefined;
  /**
   * Ids of the keys that sign this edition, in the order of `keys`: pages can link their signatures
   * before these are made.
   */
  readonly signers: readonly string[];
  /** One line that goes above all else: a stop, a revoked key. */
  readonly notice: string | undefined;
  /**
   * Lines for later programs, which this one keeps and gives no meaning, in byte order of their
   * names: what a later version adds that this one can do without.
   */
  readonly extensions: readonly Extension[];
}

/**
 * A build that is no edition: nobody stands by it. Its EDITION.txt has the line `draft-of` in place
 * of all that follows.
 */
export interface Draft {
  readonly campaign: string;
  /** The number of the edition that may come of it. */
  readonly of: number;
}

/** In place of the number of keys of the next edition, where none will come. */
const noneLater = 0;

export const editionLimits = {
  maxBytes: maxEditionBytes,
  maxNumber: 999_999,
  maxKeys: 16,
  maxCampaignCharacters: 60,
  maxNoticeBytes: 1000,
  ...extensionLimits,
} as const;

/**
 * The lists of editions from 1 on, as `sha256sum` would name them one a line: `history` is its
 * hash.
 */
export const printHistory = (lists: readonly string[]): string =>
  lists.map((list) => `${list}\n`).join('');

/** Prints an edition. Throws EditionError on what `parseEdition` would refuse. */
export function printEdition(edition: Edition): string {
  const keysOf = (prefix: string, { threshold, keys }: KeySet) => [
    `${prefix}threshold: ${threshold}`,
    ...keys.map((key) => `${prefix}key: ${printPublicKey(key)}`),
  ];
  const lines = [
    'format: 1',
    `campaign: ${edition.campaign}`,
    `edition: ${edition.number}`,
    `date: ${edition.date}`,
    `look-for-newer-after: ${edition.lookForNewerAfter}`,
    ...(edition.previousList === undefined ? [] : [`previous-list: ${edition.previousList}`]),
    ...(edition.history === undefined ? [] : [`history: ${edition.history}`]),
    ...keysOf('', edition.keys),
    ...(edition.nextKeys ? keysOf('next-', edition.nextKeys) : [`next-threshold: ${noneLater}`]),
    ...edition.signers.map((id) => `signed-by: ${id}`),
    ...(edition.notice === undefined ? [] : [`notice: ${edition.notice}`]),
    ...edition.extensions.map(({ name, value }) => `x-${name}: ${value}`),
  ];
  const text = joinLines(lines);
  parseEdition(encodeUtf8(text));
  return text;
}

/**
 * Prints what a build says of itself that is no edition. Throws EditionError on what `parseDraft`
 * would refuse.
 */
export function printDraft({ campaign, of }: Draft): string {
  const text = joinLines(['format: 1', `campaign: ${campaign}`, `draft-of: ${of}`]);
  parseDraft(encodeUtf8(text));
  return text;
}

function joinLines(lines: readonly string[]): string {
  // would be read as something else than it is
  const broken = lines.find((line) => line.includes('\n') || !line.isWellFormed());
  if (broken !== undefined)
    throw new EditionError(
      undefined,
      `${quoteName(broken)}, expected one line of well-formed Unicode`,
    );
  return lines.map((line) => `${line}\n`).join('');
}

/**
 * Reads an EDITION.txt that anyone may have written; what it returns prints to the same bytes.
 * Throws EditionError with the first fault.
 * @param file as messages name it, where there are several
 */
export function parseEdition(bytes: Uint8Array, file?: string): Edition {
  const lines = new EditionLines(bytes, file);
  const campaign = readCampaign(lines);
  const number = lines.read(
    'edition',
    `a number from 1 to ${editionLimits.maxNumber}, without zeros in front`,
    (value) => toNumber(value, editionLimits.maxNumber),
  );
  const date = lines.read('date', 'a day as YYYY-MM-DD', toDay);
  const lookForNewerAfter = lines.read(
    'look-for-newer-after',
    `a day as YYYY-MM-DD, after ${date}`,
    (value) => (value > date ? toDay(value) : undefined),
  );
  // Stops an edition out of nowhere: each names the one before.
  const previousList =
    number === 1
      ? undefined
      : lines.read(
          'previous-list',
          'the hash of the previous list: 64 hexadecimal digits in small letters',
          toHash,
        );
  // Attack: with stolen keys of today, an edition long past is exchanged for another.
  const history =
    number === 1
      ? undefined
      : lines.read(
          'history',
          'the hash of the hashes of all lists before: 64 hexadecimal digits in small letters',
          toHash,
        );
  const keys = readKeys(lines, '');
  const nextKeys = lines.isNext(`next-threshold: ${noneLater}`)
    ? undefined
    : readKeys(lines, 'next-');
  const signers = readSigners(lines, keys);
  const notice = lines.has('notice')
    ? lines.read('notice', `at most ${editionLimits.maxNoticeBytes} bytes`, toNotice)
    : undefined;
  const extensions = readExtensions(lines);
  lines.end();
  return {
    campaign,
    number,
    date,
    lookForNewerAfter,
    previousList,
    history,
    keys,
    nextKeys,
    signers,
    notice,
    extensions,
  };
}

/** Reads the EDITION.txt of a draft. Throws EditionError with the first fault. */
export function parseDraft(bytes: Uint8Array): Draft {
  const lines = new EditionLines(bytes);
  const campaign = readCampaign(lines);
  const of = lines.read(
    'draft-of',
    `a number from 1 to ${editionLimits.maxNumber}, without zeros in front`,
    (value) => toNumber(value, editionLimits.maxNumber),
  );
  lines.end();
  return { campaign, of };
}

function readCampaign(lines: EditionLines): string {
  lines.readFormat();
  return lines.read(
    'campaign',
    `at most ${editionLimits.maxCampaignCharacters} of a-z, 0-9 and single hyphens`,
    toCampaign,
  );
}

/**
 * Stops an edition that says it is signed by fewer than it needs, or by a key that is not its own.
 */
function readSigners(lines: EditionLines, { threshold, keys }: KeySet): string[] {
  const signers: string[] = [];
  const rest = keys.map(({ id }) => id);
  do {
    const id = lines.read(
      'signed-by',
      'the id of a key above, in the same order and each once',
      (value) => (rest.includes(value) ? value : undefined),
    );
    rest.splice(0, rest.indexOf(id) + 1);
    signers.push(id);
  } while (lines.has('signed-by'));
  if (signers.length < threshold)
    lines.fail(
      `${signers.length} keys that sign, expected at least ${threshold}`,
      lines.number - 1,
    );
  return signers;
}

function readKeys(lines: EditionLines, prefix: '' | 'next-'): KeySet {
  const threshold = lines.read(
    `${prefix}threshold`,
    `a number from 1 to ${editionLimits.maxKeys}`,
    (value) => toNumber(value, editionLimits.maxKeys),
  );
  const thresholdLine = lines.number - 1;
  const keys: PublicKey[] = [];
  do {
    if (keys.length === editionLimits.maxKeys)
      lines.fail(`one more key, expected at most ${editionLimits.maxKeys}`);
    keys.push(
      lines.read(
        `${prefix}key`,
        'a public key that no line before has, neither its id nor the rest',
        (value) => toKey(value, keys),
      ),
    );
  } while (lines.has(`${prefix}key`));
  if (threshold > keys.length)
    lines.fail(
      `${threshold} signatures of ${keys.length} keys, expected a number from 1 to ${keys.length}`,
      thresholdLine,
    );
  return { threshold, keys };
}

/**
 * Stops one holder from counting as two: the id is a label, so the same key under another id is the
 * same key.
 */
function toKey(value: string, others: readonly PublicKey[]): PublicKey | undefined {
  const key = parsePublicKey(value);
  return others.some((other) => other.id === key.id || equalBytes(other.ed25519, key.ed25519))
    ? undefined
    : key;
}

const toCampaign = (value: string): string | undefined =>
  value.length <= editionLimits.maxCampaignCharacters && /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(value)
    ? value
    : undefined;
const toNumber = (value: string, max: number): number | undefined =>
  /^[1-9][0-9]{0,8}$/.test(value) && Number(value) <= max ? Number(value) : undefined;
const toDay = (value: string): string | undefined =>
  value.length === 10 && isCalendarDate(value) ? value : undefined;
const toHash = (value: string): string | undefined =>
  /^[0-9a-f]{64}$/.test(value) ? value : undefined;
const toNotice = (value: string): string | undefined =>
  countUtf8(value) <= editionLimits.maxNoticeBytes ? value : undefined;
