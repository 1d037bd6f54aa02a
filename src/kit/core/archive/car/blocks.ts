import type { Platform } from '../../platform.ts';
import { equalBytes, fromLatin1, toLatin1 } from '../../text/bytes.ts';
import {
  archiveLimits,
  type ArchiveLimits,
  type ArchiveReader,
  CutOffError,
  type Fail,
  inBytes,
  ReadAhead,
} from '../archive.ts';

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

/** The key of a block's CID. @param hash its SHA-256, one character a byte */
export const keyOfHash = (codec: Cid['codec'], hash: string): string =>
  `${String.fromCharCode(1, codec, sha256, sha256Bytes)}${hash}`;

/**
 * Whether a block is what its address says. Attack: a block whose bytes were changed under the
 * address of the true ones.
 */
async function isBlockOf(cid: Cid, block: Uint8Array, platform: Platform): Promise<boolean> {
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

export interface CarLimits extends ArchiveLimits {
  /** Blocks in the file, repeated ones too. */
  blocks: number;
  /** Bytes of one block, without its CID. */
  bytesOfABlock: number;
  /**
   * Links that are followed from the root to the last piece of the last file; a block that is
   * linked twice counts twice.
   */
  links: number;
  /** Nodes above each other in one file: 1,024 links each, so that two hold a gigabyte. */
  depthOfAFile: number;
}

/** IPFS passes on blocks of up to 2 MiB; the profile `unixfs-v1-2025` makes pieces of 1 MiB. */
export const carLimits: CarLimits = {
  ...archiveLimits,
  blocks: 200_000,
  bytesOfABlock: 2 * 2 ** 20 + 1024,
  links: 200_000,
  depthOfAFile: 8,
};

/** Where the bytes of a block lie in the file. */
export interface BlockPlace {
  /** Of its CID. */
  key: string;
  offset: number;
  length: number;
  /** Whether the site needs it, as far as the walk from the root has come. */
  isLinked: boolean;
}

export interface BlockIndex {
  root: Cid;
  /** By the key of the CID, in the order of the file. */
  blocks: Map<string, BlockPlace>;
  /** How many blocks are in the file again; their bytes are the same. */
  repeated: number;
}

const maxBytesOfAHeader = 1024;
const maxBytesOfAVarint = 8;

/**
 * Reads a CARv1 from the first byte to the last, one block at a time, and checks each block against
 * its address.
 * @throws ArchiveError if a block is not what its address says, or the file is not exactly a header
 *   and blocks
 */
export async function indexBlocks(
  file: ArchiveReader,
  platform: Platform,
  limits: CarLimits,
): Promise<BlockIndex> {
  const reader = new ReadAhead(file, 256 * 1024);
  const fail: Fail = (found, expected) => file.fail(found, expected);
  const header = await readLength(file, reader, 0);
  if (header.value > maxBytesOfAHeader)
    fail(
      `a header of ${inBytes(header.value)}`,
      `at most ${maxBytesOfAHeader}, as a CARv1 with one root has`,
    );
  const root = readHeader(await reader.read(header.next, header.value), fail);

  const index: BlockIndex = { root, blocks: new Map(), repeated: 0 };
  for (let at = header.next + header.value; at < file.size;) {
    at = await readSection(file, reader, at, index, platform, limits);
    if (index.blocks.size + index.repeated > limits.blocks)
      fail('it has too many blocks', `at most ${limits.blocks}`);
  }
  return index;
}

/** Gives the place behind the section (CARv1: length, CID, block). */
async function readSection(
  file: ArchiveReader,
  reader: ReadAhead,
  at: number,
  index: BlockIndex,
  platform: Platform,
  limits: CarLimits,
): Promise<number> {
  const fail: Fail = (found, expected) => file.fail(`${found} at byte ${at}`, expected);
  const section = await readLength(file, reader, at);
  const length = section.value - cidBytes;
  // Attack: a length of gigabytes, for which room would be made; zeros at the end, in which
  // anything can hide.
  if (length > limits.bytesOfABlock)
    fail(`a block of ${inBytes(length)}`, `at most ${limits.bytesOfABlock}`);
  if (section.value === 0) fail('an empty section', 'blocks only');
  // The file is not cut off: no further byte of it would make this a block.
  if (length < 0 && section.next + section.value > file.size)
    fail(`a section of ${inBytes(section.value)}`, `an address of ${cidBytes}, and a block`);

  const cid = readCid(await reader.read(section.next, Math.min(section.value, cidBytes)), fail);
  const offset = section.next + cidBytes;
  const block = await reader.read(offset, length);
  if (!(await isBlockOf(cid, block, platform)))
    fail(`other bytes than those of block ${writeCid(cid)}`, 'the bytes that the address names');
  if (index.blocks.has(cid.key)) index.repeated += 1;
  else index.blocks.set(cid.key, { key: cid.key, offset, length, isLinked: false });
  return offset + length;
}

async function readLength(
  file: ArchiveReader,
  reader: ReadAhead,
  at: number,
): Promise<{ value: number; next: number }> {
  const bytes = await reader.read(at, Math.min(maxBytesOfAVarint, file.size - at));
  if (bytes.length < maxBytesOfAVarint && bytes.every((byte) => byte >= 0x80))
    throw new CutOffError(file.path, `a number that is cut off at byte ${at}`, 'its last byte');
  const { value, next } = readVarint(bytes, 0, (found, expected) =>
    file.fail(`${found} at byte ${at}`, expected),
  );
  return { value, next: at + next };
}

/**
 * DAG-CBOR has one way to write each value, so the header around its only root is always these
 * bytes.
 */
const beforeRoots = fromLatin1('\xa2\x65roots'); // a map of two: "roots",
// a list of one, tag 42, 37 bytes, the first of which is 0
const oneRoot = Uint8Array.of(0x81, 0xd8, 0x2a, 0x58, cidBytes + 1, 0x00);
const afterRoots = fromLatin1('\x67version\x01'); // "version": 1
/** How a CARv2 begins: `{ "version": 2 }`. */
const version2 = fromLatin1('\xa1\x67version\x02');

/**
 * Reads the header of a CARv1 (the DAG-CBOR behind the length), and gives its root.
 * Attack: a second root is a second site in the same file, and tools differ in which they open.
 * @throws through `fail` if it is not exactly `{ roots: [one CIDv1], version: 1 }`
 */
function readHeader(header: Uint8Array, fail: Fail): Cid {
  if (equalBytes(header, version2)) fail('this is a CARv2', 'a CARv1');
  if (!startsWith(header, 0, beforeRoots))
    fail('this does not begin like a CAR file', 'a CARv1 with one root');
  const list = header[beforeRoots.length];
  if (list === 0x80) fail('it has no root', 'one root');
  if (list !== undefined && list > 0x81 && list < 0xa0) fail('it has several roots', 'one root');

  const root = header.subarray(beforeRoots.length + oneRoot.length);
  const tagged = header.subarray(beforeRoots.length, beforeRoots.length + oneRoot.length);
  if (tagged.length === oneRoot.length && tagged[4] === 35)
    fail('an address of version 0 (CIDv0) as root', 'a CIDv1');
  if (!equalBytes(tagged, oneRoot)) fail('something else than an address as root', 'a CIDv1');
  const cid = readCid(root.subarray(0, cidBytes), fail);
  if (!equalBytes(root.subarray(cidBytes), afterRoots))
    fail('its header does not end with version 1', 'a CARv1');
  return cid;
}

const startsWith = (bytes: Uint8Array, at: number, part: Uint8Array): boolean =>
  equalBytes(bytes.subarray(at, at + part.length), part);
