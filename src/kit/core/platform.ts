import { toHex } from './text/bytes.ts';

/**
 * What checking needs of the machine that it runs on, and Node and browsers have each in another
 * form. It is handed in, never looked up, so that an auditor sees where each primitive comes from:
 * `node/platform.ts` is the one of Node.
 */
export interface Platform {
  /** A new SHA-256 (FIPS 180-4), 32 bytes. */
  readonly sha256: () => RunningHash;
  /** A new BLAKE2b-512 without a key (RFC 7693), 64 bytes. */
  readonly blake2b512: () => RunningHash;
  /**
   * Whether an Ed25519 signature (64 bytes, RFC 8032) of a message was made with a public key (32
   * bytes). Keys and points of small order never come this far: `minisign/signature.ts` refuses
   * them.
   */
  readonly verifyEd25519: (
    publicKey: Uint8Array,
    message: Uint8Array,
    signature: Uint8Array,
  ) => boolean | Promise<boolean>;
  /**
   * Unpacks bare deflate data (RFC 1951) as it comes, in bounded memory.
   * @param packedBytes how many bytes `packed` has in all
   * @throws InflateError while it is read, if it is no deflate data, is cut off, or has bytes
   *   behind its end
   */
  readonly inflateRaw: (
    packed: AsyncIterable<Uint8Array>,
    packedBytes: number,
  ) => AsyncIterable<Uint8Array>;
  /** The CRC-32 (APPNOTE 4.4.7) of bytes that follow those of an earlier one, or of 0. */
  readonly crc32: (bytes: Uint8Array, before: number) => number;
  /** Bytes that nobody can foresee. */
  readonly randomBytes: (length: number) => Uint8Array;
}

/** A hash of bytes that come in pieces. */
export interface RunningHash {
  readonly update: (bytes: Uint8Array) => void;
  /** Ends it: neither function may be called again. */
  readonly digest: () => Uint8Array | Promise<Uint8Array>;
}

/**
 * Deflate data that cannot be unpacked; the message is half a sentence: "data that cannot be
 * unpacked (…)".
 */
export class InflateError extends Error {
  override readonly name = 'InflateError';
}

/** The SHA-256 of bytes as manifests have it: 64 hexadecimal digits in lower case. */
export async function hashWith({ sha256 }: Platform, bytes: Uint8Array): Promise<string> {
  const hash = sha256();
  hash.update(bytes);
  return toHex(await hash.digest());
}

/** What each value of a byte does to the sum (APPNOTE 4.4.7). */
const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

/**
 * The CRC-32 of bytes that follow those of an earlier one, or of 0: for machines that bring none
 * (`Platform.crc32`).
 */
export function crc32(bytes: Uint8Array, before: number): number {
  let sum = ~before;
  for (const byte of bytes) sum = (sum >>> 8) ^ (crcTable[(sum ^ byte) & 0xff] ?? 0);
  return ~sum >>> 0;
}
