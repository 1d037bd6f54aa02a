import { createHash, createPublicKey, randomBytes, verify } from 'node:crypto';
import { pipeline, Readable } from 'node:stream';
import zlib, { createInflateRaw } from 'node:zlib';
import { crc32, InflateError, type Platform, type RunningHash } from '../core/platform.ts';
import { inBytes } from '../core/archive/archive.ts';

/** What Node brings for checking. */
export const nodePlatform: Platform = {
  sha256: () => startHash('sha256'),
  blake2b512: () => startHash('blake2b512'),
  verifyEd25519: (publicKey, message, signature) =>
    verify(null, message, toPublicKey(publicKey), signature),
  inflateRaw,
  crc32: 'crc32' in zlib ? zlib.crc32 : crc32, // before Node 20.15 it has none
  randomBytes: (length) => randomBytes(length),
};

function startHash(algorithm: string): RunningHash {
  const hash = createHash(algorithm);
  return { update: (bytes) => void hash.update(bytes), digest: () => hash.digest() };
}

/** Node takes keys in DER only (RFC 8410), which for this curve is a fixed prefix. */
export const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex');

const toPublicKey = (bytes: Uint8Array) =>
  createPublicKey({ key: Buffer.concat([publicPrefix, bytes]), format: 'der', type: 'spki' });

async function* inflateRaw(
  packed: AsyncIterable<Uint8Array>,
  packedBytes: number,
): AsyncGenerator<Uint8Array> {
  const source = Readable.from(packed, { objectMode: false });
  const inflater = createInflateRaw({ chunkSize: 64 * 1024 });
  pipeline(source, inflater, () => {}); // an error of the source becomes one of the inflater
  try {
    for await (const bytes of inflater) yield bytes as Buffer;
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_'))
      throw new InflateError(`data that cannot be unpacked (${error.message})`, { cause: error });
    throw error;
  } finally {
    source.destroy();
    inflater.destroy();
  }
  const behind = packedBytes - inflater.bytesWritten;
  if (behind !== 0)
    throw new InflateError(
      `${inBytes(behind)} behind the end of its data: something else is hidden there`,
    );
}

/**
 * The SHA-256 of bytes as manifests have it: 64 hexadecimal digits in lower case. A text is hashed
 * as UTF-8.
 */
export const hashBytes = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');
