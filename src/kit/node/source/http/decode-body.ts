import { pipeline, Readable, type Transform } from 'node:stream';
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib';
import { quoteName } from '../../../core/text/quote-name.ts';
import { WebFault } from './web-fault.ts';

const chunkSize = 64 * 1024;
/** RFC 9659: what a browser takes. More costs this machine memory: Node's own limit is 128 MiB for each answer. */
const zstdWindow = 23;

const decoders = new Map<string, (firstByte: number) => Transform>([
  ['gzip', () => createGunzip({ chunkSize })],
  ['x-gzip', () => createGunzip({ chunkSize })],
  // RFC 9110, 8.4.1.2 means the zlib format; some hosts send bare deflate data, and browsers take both.
  [
    'deflate',
    (firstByte) =>
      (firstByte & 0x0f) === 8 ? createInflate({ chunkSize }) : createInflateRaw({ chunkSize }),
  ],
  ['br', () => createBrotliDecompress({ chunkSize })],
  [
    'zstd',
    () =>
      createZstdDecompress({ chunkSize, params: { [constants.ZSTD_d_windowLogMax]: zstdWindow } }),
  ],
]);

/**
 * Undoes a Content-Encoding (RFC 9110, 8.4), piece by piece: no more is unpacked than is asked for, so a bomb ends at the reader's limit.
 * @param encoding the header; undefined or `identity`: as it is
 * @throws WebFault if it is none that browsers ask for, or the data is not of its kind; what `raw` throws
 */
export function decodeBody(
  raw: AsyncGenerator<Buffer>,
  encoding: string | undefined,
): AsyncGenerator<Buffer> {
  const name = (encoding ?? '').trim().toLowerCase();
  if (name === '' || name === 'identity') return raw;
  const makeDecoder = decoders.get(name);
  if (makeDecoder) return unpack(raw, name, makeDecoder);
  throw new WebFault(
    'unreadable',
    `the answer is packed as ${quoteName(name)}, expected gzip, deflate, br, zstd or nothing`,
  );
}

async function* unpack(
  raw: AsyncGenerator<Buffer>,
  name: string,
  makeDecoder: (firstByte: number) => Transform,
): AsyncGenerator<Buffer> {
  const first = await raw.next();
  if (first.done) return; // an empty answer, which some hosts call packed
  const decoder = makeDecoder(first.value[0] ?? 0);
  pipeline(
    Readable.from(prepend(first.value, raw), { objectMode: false }),
    decoder,
    () => undefined,
  ); // its errors come out of the decoder
  try {
    yield* decoder as AsyncIterable<Buffer>;
  } catch (error) {
    if (error instanceof WebFault || !(error instanceof Error)) throw error;
    throw new WebFault(
      'unreadable',
      `the answer is said to be packed as ${name}, and cannot be unpacked (${error.message})`,
      { cause: error },
    );
  }
}

async function* prepend(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield first;
    yield* rest;
  } finally {
    await rest.return(undefined); // also where nobody has come as far as the rest
  }
}
