import {
  brotliCompressSync,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { decodeBody } from '../../src/kit/node/source/http/decode-body.ts';
import { WebFault } from '../../src/kit/node/source/http/address.ts';

const page = Buffer.from('<p>The garden is open.</p>'.repeat(3000));

async function* cutUp(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** The bytes as a text; or the fault, with what is in brackets of its message. */
async function decode(coding: string, bytes: Buffer, size = bytes.length): Promise<string> {
  const pieces: Buffer[] = [];
  try {
    for await (const piece of decodeBody(cutUp(bytes, size), coding)) pieces.push(piece);
  } catch (error) {
    if (!(error instanceof WebFault)) throw error;
    return `${error.fault}: ${/\((.*)\)/.exec(error.message)?.[1] ?? error.message}`;
  }
  return Buffer.concat(pieces).toString();
}

const packers: [coding: string, pack: (bytes: Buffer) => Buffer][] = [
  ['gzip', gzipSync],
  ['x-gzip', gzipSync],
  ['deflate', (bytes) => deflateSync(bytes)],
  ['deflate', (bytes) => deflateRawSync(bytes)],
  ['br', (bytes) => brotliCompressSync(bytes)],
  ['zstd', (bytes) => zstdCompressSync(bytes)],
];
const sizes = [1, 7, 1000, 1_000_000];

describe.each(packers)('what is packed as %s', (coding, pack) => {
  test.each(sizes)('has nothing behind its end, in pieces of %i bytes', async (size) => {
    const behind = /^damaged: behind the end of what is packed as \w+ there are further bytes/;
    for (const more of ['words', '\0', '\0'.repeat(70_000), '\n'])
      expect(await decode(coding, Buffer.concat([pack(page), Buffer.from(more)]), size)).toMatch(
        behind,
      );
  });

  test.each(sizes)('is not cut off, in pieces of %i bytes', async (size) => {
    expect(await decode(coding, pack(page).subarray(0, -1), size)).toBe(
      'unreadable: unexpected end of file',
    );
  });

  test.each(sizes)('is given back, in pieces of %i bytes', async (size) => {
    expect(await decode(coding, pack(page), size)).toBe(String(page));
    expect(await decode(coding, pack(Buffer.alloc(0)), size)).toBe('');
  });

  test('may be nothing at all', async () => expect(await decode(coding, Buffer.alloc(0))).toBe(''));

  test('ends when nobody wants more of it', async () => {
    let isClosed = false;
    async function* watch(): AsyncGenerator<Buffer> {
      try {
        yield* cutUp(pack(page), 10);
      } finally {
        isClosed = true;
      }
    }
    const body = decodeBody(watch(), coding);
    await body.next();
    await body.return(undefined);
    expect(isClosed).toBe(true);
  });
});

describe('gzip', () => {
  const halves = [page.subarray(0, 100), page.subarray(100)];

  // Browsers show the first member alone (RFC 1952, 2.2, allows several).
  test('of two members is refused', async () =>
    expect(await decode('gzip', Buffer.concat(halves.map((half) => gzipSync(half))))).toMatch(
      /^damaged: behind the end/,
    ));

  test('of an empty member and the page is refused', async () =>
    expect(await decode('gzip', Buffer.concat([gzipSync(''), gzipSync(page)]))).toMatch(
      /^damaged: behind the end/,
    ));

  const head = (flags: number, fields: Buffer | string): Buffer =>
    Buffer.concat([
      Buffer.from([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 3]),
      Buffer.from(fields),
      gzipSync(page).subarray(10),
    ]);
  test.each<[string, Buffer]>([
    ['a name', head(0x08, 'page.html\0')],
    ['a name and a comment', head(0x18, 'page.html\0words\0')],
    ['an extra field', head(0x04, '\x02\0xx')],
    ['a sum of the head', head(0x02, 'xx')],
    ['all of them', head(0x1f, '\x02\0xxpage.html\0words\0xx')],
  ])('with %s in its head is given back', async (_, bytes) => {
    for (const size of sizes) expect(await decode('gzip', bytes, size)).toBe(String(page));
  });

  test.each<[string, Buffer, string]>([
    ['that is none', page, 'unreadable: incorrect header check'],
    ['with reserved flags', head(0x20, ''), 'unreadable: unknown header flags set'],
    [
      'with a head of no end',
      head(0x08, 'x'.repeat(100_000)),
      'unreadable: its head has more than 70000 bytes',
    ],
  ])('%s is refused', async (_, bytes, fault) => {
    for (const size of [1, 1000]) expect(await decode('gzip', bytes, size)).toBe(fault);
  });
});

test.each(['gzip, gzip', 'gzip,', 'identity, gzip', 'x-garden', 'constructor', 'gzip;q=1'])(
  'a coding that browsers do not ask for is refused: %s',
  (coding) => expect(() => decodeBody(cutUp(page, 1000), coding)).toThrow(/is packed as/),
);
