import { crc32, InflateError, type Platform, type RunningHash } from '../core/platform.ts';
import { blake2b } from '../core/minisign/blake2b.ts';
import { concatBytes, fromLatin1, toHex } from '../core/text/bytes.ts';
import { startLongSha256 } from './sha256.ts';

/** What a browser brings for checking: WebCrypto and the Compression Streams API. */
export const browserPlatform: Platform = {
  sha256: startSha256,
  blake2b512: () => {
    const pieces: Uint8Array[] = [];
    return {
      update: (bytes) => void pieces.push(Uint8Array.from(bytes)),
      digest: () => blake2b(concatBytes(...pieces), 64),
    };
  },
  verifyEd25519: async (key, message, signature) =>
    crypto.subtle.verify(
      'Ed25519',
      await crypto.subtle.importKey('raw', Uint8Array.from(key), 'Ed25519', false, ['verify']),
      Uint8Array.from(signature),
      Uint8Array.from(message),
    ),
  inflateRaw,
  crc32,
  randomBytes: (length) => crypto.getRandomValues(new Uint8Array(length)),
};

/** Up to so many bytes are kept for WebCrypto, which hashes all at once: nearly all files. */
const bytesAtOnce = 8 * 2 ** 20;

function startSha256(): RunningHash {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  let long: RunningHash | undefined;
  return {
    update: (piece) => {
      bytes += piece.length;
      if (bytes > bytesAtOnce && !long) {
        long = startLongSha256();
        for (const earlier of pieces.splice(0)) long.update(earlier);
      }
      if (long) long.update(piece);
      else pieces.push(Uint8Array.from(piece));
    },
    digest: async () =>
      long
        ? long.digest()
        : new Uint8Array(
            await crypto.subtle.digest('SHA-256', Uint8Array.from(concatBytes(...pieces))),
          ),
  };
}

async function* inflateRaw(packed: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const pieces = packed[Symbol.asyncIterator]();
  /** What the source threw: it is no fault of the packed data. */
  let failed: { readonly error: unknown } | undefined;
  const source = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull: async (control) => {
      try {
        const next = await pieces.next();
        if (next.done) control.close();
        else control.enqueue(Uint8Array.from(next.value));
      } catch (error) {
        failed = { error };
        control.error(error);
      }
    },
    cancel: async () => void (await pieces.return?.()),
  });
  const reader = source.pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  let isWhole = false;
  try {
    for (let step = await read(reader, () => failed); !step.done;) {
      yield step.value;
      step = await read(reader, () => failed);
    }
    isWhole = true;
  } finally {
    // a stream that has failed rejects this, too, and has said why
    if (!isWhole) await reader.cancel().catch(() => undefined);
  }
}

async function read(
  reader: ReadableStreamDefaultReader<Uint8Array>,
  findFailure: () => { readonly error: unknown } | undefined,
): Promise<ReadableStreamReadResult<Uint8Array>> {
  try {
    return await reader.read();
  } catch (cause) {
    const failed = findFailure();
    if (failed) throw failed.error;
    throw new InflateError('data that cannot be unpacked', { cause });
  }
}

/** RFC 8032, 7.1, test 1: a key, and its signature of no bytes. */
const knownKey = 'd75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a';
const knownSignature =
  'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555' +
  'fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b';

/**
 * Tries on known answers whether this browser can check anything: Ed25519 and SHA-256 of WebCrypto,
 * which exist in secure contexts only, and deflate data that ends where its file says. Attack: a
 * check that cannot be made passes.
 * @returns what it lacks, by its name for people; undefined if nothing
 */
export async function findLack(platform: Platform = browserPlatform): Promise<string | undefined> {
  const tests: readonly [name: string, run: () => Promise<boolean>][] = [
    ['SHA-256 (WebCrypto)', () => hashesEmpty(platform)],
    ['Ed25519 (WebCrypto)', () => verifiesKnown(platform)],
    ['Compression Streams', () => inflatesKnown(platform)],
  ];
  for (const [name, run] of tests) if (!(await run().catch(() => false))) return name;
  return undefined;
}

async function hashesEmpty({ sha256 }: Platform): Promise<boolean> {
  const digest = toHex(await sha256().digest());
  return digest === 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
}

async function verifiesKnown({ verifyEd25519 }: Platform): Promise<boolean> {
  const [key, signature] = [knownKey, knownSignature].map((hex) =>
    Uint8Array.from(hex.match(/../g) ?? [], (digits) => parseInt(digits, 16)),
  );
  if (!key || !signature) return false;
  const fits = await verifyEd25519(key, new Uint8Array(), signature);
  return fits && !(await verifyEd25519(key, fromLatin1('x'), signature));
}

/** The letter "a" packed, and the same with a byte behind it, which has to be refused. */
async function inflatesKnown({ inflateRaw }: Platform): Promise<boolean> {
  const unpack = async (...bytes: number[]): Promise<string> => {
    let text = '';
    for await (const part of inflateRaw(onePiece(bytes), bytes.length))
      text += String.fromCharCode(...part);
    return text;
  };
  if ((await unpack(0x4b, 0x04, 0x00)) !== 'a') return false;
  return unpack(0x4b, 0x04, 0x00, 0x61).then(
    () => false,
    (error) => error instanceof InflateError,
  );
}

async function* onePiece(bytes: readonly number[]): AsyncGenerator<Uint8Array> {
  yield Uint8Array.from(bytes);
}
