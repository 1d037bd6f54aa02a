// As one, since Node before 22.15 has no Zstandard, and an import of what is not there fails whole.
import zlib, {
  constants,
  createBrotliDecompress,
  createInflate,
  createInflateRaw,
  type BrotliDecompress,
  type Inflate,
  type InflateRaw,
  type ZstdDecompress,
} from 'node:zlib';
import { quoteName } from '../../../core/text/plain-characters.ts';
import { WebFault } from './address.ts';

type Body = AsyncGenerator<Buffer>;
type Decoder = Inflate | InflateRaw | BrotliDecompress | ZstdDecompress;

const chunkSize = 64 * 1024;
/**
 * RFC 9659: what a browser takes. More costs this machine memory: Node allows 128 MiB an answer.
 */
const zstdWindow = 23;

/** Undefined in a Node that cannot unpack Zstandard. */
const createZstdDecompress = zlib.createZstdDecompress as
  typeof zlib.createZstdDecompress | undefined;

/** The codings that browsers ask for over TLS, as far as this Node can unpack them. */
export const knownCodings = `gzip, deflate, br${createZstdDecompress ? ', zstd' : ''}`;

const decoders: Readonly<Record<string, (raw: Body, firstByte: number) => Body>> = {
  gzip: gunzip,
  'x-gzip': gunzip, // RFC 9110, 8.4.1.3: the same
  deflate: inflate,
  br: (raw) => unpack(raw, createBrotliDecompress({ chunkSize }), 'br'),
  ...(createZstdDecompress && {
    zstd: (raw: Body) =>
      unpack(
        raw,
        createZstdDecompress({
          chunkSize,
          params: { [constants.ZSTD_d_windowLogMax]: zstdWindow },
        }),
        'zstd',
      ),
  }),
};

/**
 * Undoes a Content-Encoding (RFC 9110, 8.4), piece by piece: no more is unpacked than is asked for,
 * so a bomb ends at the reader's limit.
 * Attack: bytes behind the end of the packed data. Tools go on with a second gzip member, browsers
 * stop after the first: the checker reads a whole page, and readers see the beginning of it.
 * @param encoding the header, all values joined by commas; undefined or `identity`: as it is
 * @throws WebFault if it is not one of those that browsers ask for, if the data is not of its kind,
 *   or if anything is behind it; what `raw` throws
 */
export function decodeBody(raw: Body, encoding: string | undefined): Body {
  const name = (encoding ?? '').trim().toLowerCase();
  if (name === '' || name === 'identity') return raw;
  const decode = Object.hasOwn(decoders, name) ? decoders[name] : undefined;
  if (decode) return decodeFilled(raw, decode);
  throw new WebFault(
    'unreadable',
    `the answer is packed as ${quoteName(name)}, expected ${knownCodings} or nothing`,
  );
}

/** An empty answer, which some hosts call packed, is empty. */
async function* decodeFilled(raw: Body, decode: (raw: Body, firstByte: number) => Body): Body {
  const first = await raw.next();
  if (!first.done) yield* decode(prepend(first.value, raw), first.value[0] ?? 0);
}

/**
 * RFC 9110, 8.4.1.2 means the zlib format; some hosts send bare deflate data: browsers take both.
 */
function inflate(raw: Body, firstByte: number): Body {
  const isZlib = (firstByte & 0x0f) === 8;
  const decoder = isZlib ? createInflate({ chunkSize }) : createInflateRaw({ chunkSize });
  return unpack(raw, decoder, 'deflate');
}

/** CRC-32 and size (RFC 1952, 2.3.1). Browsers ignore them, and files have better sums. */
const gzipTrailer = 8;

async function* gunzip(raw: Body): Body {
  const rest = await passGzipHead(raw);
  yield* unpack(prepend(rest, raw), createInflateRaw({ chunkSize }), 'gzip', gzipTrailer);
}

/** Names and comments in the head of a gzip member are shown to nobody; no true one is so long. */
const maxGzipHead = 70_000;

/**
 * Reads the head of a gzip member (RFC 1952, 2.3).
 * @returns what of the data has come along with it
 */
async function passGzipHead(raw: Body): Promise<Buffer> {
  let bytes = Buffer.alloc(0);
  for (let next = await raw.next(); !next.done; next = await raw.next()) {
    bytes = Buffer.concat([bytes, next.value]);
    const end = findGzipHeadEnd(bytes);
    if (end !== undefined) return bytes.subarray(end);
    if (bytes.length > maxGzipHead)
      throw cannotUnpack('gzip', `its head has more than ${maxGzipHead} bytes`);
  }
  throw cannotUnpack('gzip', 'unexpected end of file');
}

/** @returns undefined if there is not all of it yet */
function findGzipHeadEnd(bytes: Buffer): number | undefined {
  const start = [0x1f, 0x8b, 8];
  if (start.some((byte, at) => at < bytes.length && bytes[at] !== byte))
    throw cannotUnpack('gzip', 'incorrect header check');
  if (bytes.length < 10) return undefined;
  const flags = bytes[3] ?? 0;
  if (flags & 0xe0) throw cannotUnpack('gzip', 'unknown header flags set');
  let at = 10;
  if (flags & 0x04) {
    if (bytes.length < at + 2) return undefined;
    at += 2 + bytes.readUInt16LE(at);
  }
  for (const flag of [0x08, 0x10]) {
    if (!(flags & flag)) continue;
    const end = at > bytes.length ? -1 : bytes.indexOf(0, at);
    if (end === -1) return undefined;
    at = end + 1;
  }
  if (flags & 0x02) at += 2;
  return at <= bytes.length ? at : undefined;
}

/**
 * @param trailer how many bytes belong to the data behind what the decoder takes
 * @throws WebFault
 */
async function* unpack(raw: Body, decoder: Decoder, name: string, trailer = 0): Body {
  let given = 0;
  let rawError: Error | undefined;
  const feed = async (): Promise<void> => {
    try {
      for await (const piece of raw) {
        given += piece.length;
        if (decoder.readableEnded || decoder.destroyed) {
          if (given - decoder.bytesWritten > trailer) return; // enough to know
        } else await new Promise<void>((done) => decoder.write(piece, () => done()));
      }
      decoder.end();
    } catch (error) {
      rawError = error instanceof Error ? error : new Error(String(error));
      decoder.destroy();
    }
  };
  const feeding = feed();
  try {
    yield* decoder as AsyncIterable<Buffer>;
    await feeding;
  } catch (error) {
    if (rawError) throw rawError;
    if (!(error instanceof Error)) throw error;
    throw cannotUnpack(name, error.message, error);
  } finally {
    decoder.destroy();
    await raw.return(undefined);
  }
  if (rawError) throw rawError;
  const behind = given - decoder.bytesWritten - trailer;
  if (behind < 0) throw cannotUnpack(name, 'unexpected end of file');
  if (behind > 0)
    throw new WebFault(
      'damaged',
      `behind the end of what is packed as ${name} there are further bytes, which browsers and tools read differently; expected nothing`,
    );
}

async function* prepend(first: Buffer, rest: Body): Body {
  try {
    yield first;
    yield* rest;
  } finally {
    await rest.return(undefined); // also where nobody has come as far as the rest
  }
}

const cannotUnpack = (name: string, why: string, cause?: Error): WebFault =>
  new WebFault(
    'unreadable',
    `the answer is said to be packed as ${name}, and cannot be unpacked (${why})`,
    { cause },
  );
