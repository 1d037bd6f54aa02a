import { quoteName } from '../text/quote-name.ts';
import { isWeakPoint } from './ed25519.ts';
import { KeyError } from './errors.ts';
import { decodeBase64, toBuffer } from './text.ts';

/** Public keys of minisign: `Ed`, 8 bytes of key id, 32 bytes of Ed25519, together in base64 (https://jedisct1.github.io/minisign/, "Public key format"). */

export interface PublicKey {
  /** The key id as minisign prints it: 16 hexadecimal digits in capitals. A label and not a proof: anyone can make a key with the same. */
  readonly id: string;
  readonly ed25519: Uint8Array;
}

/** Longer files are no keys. */
export const maxKeyFileCharacters = 4096;

/**
 * Reads a public key: the one line `RW…`, or the text of a `.pub` file with its comment, with LF or CRLF.
 * Throws KeyError.
 */
export function parsePublicKey(text: string): PublicKey {
  const line = readKeyLine(text, 'public key');
  const bytes = decodeBase64(line, 42);
  if (!bytes)
    throw new KeyError(
      `${quoteName(line)} is no public key of minisign: expected 56 characters that begin with RW.`,
    );
  if (bytes.toString('latin1', 0, 2) !== 'Ed')
    throw new KeyError(
      `The public key ${quoteName(line)} is of an unknown kind: expected one that begins with RW.`,
    );
  return makePublicKey(bytes.subarray(2, 10), bytes.subarray(10));
}

/** A key of an id (8 bytes, in the order of the files) and Ed25519 (32 bytes). Throws KeyError on a key that anyone can forge with. */
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
  Buffer.from(idBytes).reverse().toString('hex').toUpperCase();

/** The 8 bytes of a key id. */
export const keyIdBytes = (id: string): Buffer => Buffer.from(id, 'hex').reverse();

/** The key as one line `RW…`, without a line end. */
export const printPublicKey = (key: PublicKey): string =>
  Buffer.concat([Buffer.from('Ed'), keyIdBytes(key.id), key.ed25519]).toString('base64');

/** The text of a `.pub` file. */
export const printPublicKeyFile = (key: PublicKey): string =>
  `untrusted comment: minisign public key ${key.id}\n${printPublicKey(key)}\n`;

/** Whether two keys are the same, id and all. */
export const isSameKey = (a: PublicKey, b: PublicKey): boolean =>
  a.id === b.id && toBuffer(a.ed25519).equals(b.ed25519);

/** The line of base64 in a key file, which may stand under a comment. Throws KeyError. */
export function readKeyLine(text: string, kind: string): string {
  if (text.length > maxKeyFileCharacters)
    throw new KeyError(
      `A ${kind} has at most ${maxKeyFileCharacters} characters, this file has ${text.length}.`,
    );
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
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
