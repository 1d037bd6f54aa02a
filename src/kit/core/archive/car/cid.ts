import { fromLatin1, toLatin1 } from '../../text/bytes.ts';
import type { Platform } from '../../platform.ts';
import type { Fail } from '../archive.ts';

/**
 * Bytes of the only kind of CID that is read: version, codec, hash function, length of the hash,
 * hash.
 */
export const cidBytes = 36;
export const raw = 0x55;
export const dagPb = 0x70;
const sha256 = 0x12;
const sha256Bytes = 32;

/** The address of a block: what its bytes hash to, and how they are to be read. */
export interface Cid {
  /** The 36 bytes, one character each: equal addresses have equal keys. */
  readonly key: string;
  readonly codec: typeof raw | typeof dagPb;
}

/**
 * Reads the CID at the beginning of `bytes`. Attack: a hash function that proves nothing (identity,
 * MD5), or one that this checker does not know and would have to believe.
 * @throws through `fail` if it is not a CIDv1 of raw or dag-pb with SHA-256, as the profile
 *   `unixfs-v1-2025` has them
 */
export function readCid(bytes: Uint8Array, fail: Fail): Cid {
  const expected = 'CIDv1, raw or dag-pb, with SHA-256 (profile unixfs-v1-2025)';
  if (bytes[0] === sha256 && bytes[1] === sha256Bytes)
    fail('an address of version 0 (CIDv0)', expected);
  const [version, codec, hash, length] = bytes;
  if (version !== 1) fail('an address that is no CIDv1', expected);
  if (codec !== raw && codec !== dagPb)
    return fail(`a block of another kind (codec ${toHex(codec)})`, expected);
  if (hash !== sha256 || length !== sha256Bytes)
    fail(`another hash function (${toHex(hash)})`, expected);
  if (bytes.length < cidBytes) fail('an address that is cut off', `${cidBytes} bytes`);
  return { key: toLatin1(bytes.subarray(0, cidBytes)), codec };
}

/**
 * Whether a block is what its address says. Attack: a block whose bytes were changed under the
 * address of the true ones.
 */
export async function isBlockOf(cid: Cid, block: Uint8Array, platform: Platform): Promise<boolean> {
  const hash = platform.sha256();
  hash.update(block);
  return toLatin1(await hash.digest()) === cid.key.slice(cidBytes - sha256Bytes);
}

/** As people and programs write it: `b` and base32 (RFC 4648, lower case, without padding). */
export function writeCid({ key }: Pick<Cid, 'key'>): string {
  let text = 'b';
  let bits = 0;
  let held = 0;
  for (const byte of fromLatin1(key)) {
    held = ((held & 0x1f) << 8) | byte;
    for (bits += 8; bits >= 5; bits -= 5) text += alphabet[(held >>> (bits - 5)) & 0x1f];
  }
  return bits > 0 ? text + alphabet[(held << (5 - bits)) & 0x1f] : text;
}

const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
const toHex = (code: number | undefined): string =>
  code === undefined ? 'none' : `0x${code.toString(16)}`;

export interface Varint {
  value: number;
  /** The first byte behind it. */
  next: number;
}

/** Seven bits a byte: eight bytes reach beyond every number that is exact. */
const maxBytes = 8;

/**
 * Reads an unsigned LEB128 number, as CAR, CIDs and protocol buffers have them. Attack: a number
 * that never ends, or a length beyond what numbers hold exactly; a number in a longer form than it
 * needs, which gives the same thing two spellings.
 * @throws through `fail` if it is cut off, not in its shortest form or above 2⁵³ − 1
 */
export function readVarint(bytes: Uint8Array, offset: number, fail: Fail): Varint {
  let value = 0;
  for (let index = 0; index < maxBytes; index += 1) {
    const byte = bytes[offset + index];
    if (byte === undefined) return fail('a number that is cut off', 'its last byte');
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte >= 0x80) continue;
    if (byte === 0 && index > 0)
      fail('a number that is longer than it needs to be', 'its shortest form');
    if (!Number.isSafeInteger(value)) fail('a number without measure', 'at most 2^53 - 1');
    return { value, next: offset + index + 1 };
  }
  return fail('a number that does not end', `at most ${maxBytes} bytes`);
}
