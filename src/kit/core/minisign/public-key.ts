import { UserError } from '../text/user-error.ts';
import { quoteName } from '../text/plain-characters.ts';
import {
  concatBytes,
  countUtf8,
  decodeBase64,
  encodeBase64,
  equalBytes,
  fromHex,
  fromLatin1,
  toHex,
  toLatin1,
} from '../text/bytes.ts';

/**
 * Public keys of minisign: `Ed`, 8 bytes of key id, 32 bytes of Ed25519, together in base64
 * (https://jedisct1.github.io/minisign/, "Public key format").
 */

/**
 * A key that cannot be read, written or used. The message is a sentence for people, without a stack
 * trace.
 */
export class KeyError extends UserError {
  override readonly name = 'KeyError';
}

export interface PublicKey {
  /**
   * The key id as minisign prints it: 16 hexadecimal digits in capitals. A label and not a proof:
   * anyone can make a key with the same.
   */
  readonly id: string;
  readonly ed25519: Uint8Array;
}

/** Longer files are no keys. */
export const maxKeyFileBytes = 4096;

/**
 * Reads a public key: the one line `RW…`, or the text of a `.pub` file with its comment, with LF or
 * CRLF. Throws KeyError.
 */
export function parsePublicKey(text: string): PublicKey {
  const line = readKeyLine(text, 'public key');
  const bytes = decodeBase64(line, 42);
  if (!bytes)
    throw new KeyError(
      `${quoteName(line)} is no public key of minisign: expected 56 characters that begin with RW.`,
    );
  if (toLatin1(bytes.subarray(0, 2)) !== 'Ed')
    throw new KeyError(
      `The public key ${quoteName(line)} is of an unknown kind: expected one that begins with RW. If a newer minisign has made it, get a newer checker.`,
    );
  return makePublicKey(bytes.subarray(2, 10), bytes.subarray(10));
}

/**
 * A key of an id (8 bytes, in the order of the files) and Ed25519 (32 bytes). Throws KeyError on a
 * key that anyone can forge with.
 */
export function makePublicKey(idBytes: Uint8Array, ed25519: Uint8Array): PublicKey {
  const id = printKeyId(idBytes);
  if (isWeakPoint(ed25519))
    throw new KeyError(
      `The public key ${id} is not safe: anyone can make signatures that fit it. Make a new one.`,
    );
  return { id, ed25519: Uint8Array.from(ed25519) };
}

/** The key id of its 8 bytes, as minisign prints it: a number whose little end is first. */
export const printKeyId = (idBytes: Uint8Array): string =>
  toHex(idBytes.toReversed()).toUpperCase();

/** The 8 bytes of a key id. */
export const keyIdBytes = (id: string): Uint8Array => fromHex(id).reverse();

/** The key as one line `RW…`, without a line end. */
export const printPublicKey = (key: PublicKey): string =>
  encodeBase64(concatBytes(fromLatin1('Ed'), keyIdBytes(key.id), key.ed25519));

/** The text of a `.pub` file. */
export const printPublicKeyFile = (key: PublicKey): string =>
  `untrusted comment: minisign public key ${key.id}\n${printPublicKey(key)}\n`;

/** Whether two keys are the same, id and all. */
export const isSameKey = (a: PublicKey, b: PublicKey): boolean =>
  a.id === b.id && equalBytes(a.ed25519, b.ed25519);

/** The line of base64 in a key file, which may come after a comment. Throws KeyError. */
export function readKeyLine(text: string, kind: string): string {
  const bytes = countUtf8(text);
  if (bytes > maxKeyFileBytes)
    throw new KeyError(`A ${kind} has at most ${maxKeyFileBytes} bytes, this file has ${bytes}.`);
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  const [first = ''] = lines;
  const [line, ...further] = first.startsWith('untrusted comment:') ? lines.slice(1) : lines;
  if (!line)
    throw new KeyError(
      `There is no ${kind} in this text: expected a line of base64, alone or under one that begins with “untrusted comment:”.`,
    );
  if (further.length > 0)
    throw new KeyError(
      `After the ${kind} there is more: expected nothing after the line of base64.`,
    ); // unquoted: it may be secret
  return line;
}

/** The points of order 1, 2, 4 and 8, without their sign. */
const smallOrder = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]);

/**
 * Whether a point (32 bytes) is of small order or has a second spelling. OpenSSL 3.0 accepts such
 * keys (3.5 no longer), libsodium does not. Stops a pull request with a key for which anyone can
 * forge signatures of anything, and one key that is listed as two.
 */
export function isWeakPoint(point: Uint8Array): boolean {
  const withoutSign = Uint8Array.from(point);
  withoutSign[31] = (withoutSign[31] ?? 0) & 0x7f;
  return smallOrder.has(toHex(withoutSign)) || isBeyondField(withoutSign);
}

/** Whether a number, little end first, is at least 2^255 - 19. */
const isBeyondField = (number: Uint8Array): boolean =>
  (number[0] ?? 0) >= 0xed &&
  number[31] === 0x7f &&
  number.subarray(1, 31).every((byte) => byte === 0xff);

/** Keys of which some have to have signed together. */
export interface KeySet {
  /** How many of the keys must have signed, from 1. */
  readonly threshold: number;
  readonly keys: readonly PublicKey[];
}

/** Whether two sets ask for the same: keys and threshold, in any order. */
export function isSameKeySet(a: KeySet, b: KeySet): boolean {
  const print = ({ threshold, keys }: KeySet) =>
    [threshold, ...keys.map(({ id, ed25519 }) => `${id} ${toHex(ed25519)}`).sort()].join('\n');
  return print(a) === print(b);
}

/** Whether a key is among these, whole: the id is a label that anyone can give to another key. */
export const hasKey = (keys: readonly PublicKey[], wanted: PublicKey): boolean =>
  keys.some((key) => isSameKey(key, wanted));
