import { parsePublicKey } from '../../src/kit/core/minisign/public-key.ts';
import { blake2b } from '../../src/kit/core/minisign/blake2b.ts';
import { InflateError, type Platform, type RunningHash } from '../../src/kit/core/platform.ts';
import { readZip } from '../../src/kit/core/archive/zip/read-zip.ts';
import { makeZipCopy } from '../../src/kit/core/source/archive-copy.ts';
import { concatBytes } from '../../src/kit/core/text/bytes.ts';
import { verifyCopy } from '../../src/kit/core/verify/verify-copy.ts';

/*
 * The core as a browser runs it: bundled whole by a test, with what browsers have of themselves.
 * Nothing of Node may be in it.
 */

/** Copies, since what WebCrypto takes must not be shared memory. */
const collect = (digest: (bytes: Uint8Array<ArrayBuffer>) => ReturnType<RunningHash['digest']>) => {
  const pieces: Uint8Array[] = [];
  return (): RunningHash => ({
    update: (bytes) => void pieces.push(Uint8Array.from(bytes)),
    digest: () => digest(Uint8Array.from(concatBytes(...pieces.splice(0)))),
  });
};

const platform: Platform = {
  sha256: () =>
    collect(async (bytes) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)))(),
  blake2b512: () => collect((bytes) => blake2b(bytes, 64))(),
  verifyEd25519: async (key, message, signature) =>
    crypto.subtle.verify(
      'Ed25519',
      await crypto.subtle.importKey('raw', Uint8Array.from(key), 'Ed25519', false, ['verify']),
      Uint8Array.from(signature),
      Uint8Array.from(message),
    ),
  inflateRaw,
  randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
};

async function* inflateRaw(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of packed) pieces.push(Uint8Array.from(piece));
  const reader = new Blob(pieces)
    .stream()
    .pipeThrough(new DecompressionStream('deflate-raw'))
    .getReader();
  try {
    for (let step = await reader.read(); !step.done; step = await reader.read()) yield step.value;
  } catch (cause) {
    throw new InflateError('data that cannot be unpacked', { cause });
  }
}

/** The verdict of the core on a zip. */
async function check(zip: Uint8Array, key: string): Promise<{ verdict: string; files: number }> {
  const source = {
    path: 'site.zip',
    size: zip.length,
    read: async (offset: number, length: number) => zip.subarray(offset, offset + length),
    close: async () => {},
  };
  const trust = {
    origin: 'the keys that you gave',
    campaign: undefined,
    editions: new Map<number, never>(),
    given: { threshold: 1, keys: [parsePublicKey(key)] },
  };
  const archive = await readZip(source, platform);
  const { verdict, files } = await verifyCopy(makeZipCopy('site.zip', archive, platform), trust, {
    today: '2026-06-01',
    seen: () => [],
    progress: () => {},
    platform,
  });
  return { verdict, files };
}

Object.assign(globalThis, { check });
