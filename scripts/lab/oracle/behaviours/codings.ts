import {
  brotliCompressSync,
  constants,
  crc32,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib';
import { answerWith, onRealPage, respond, type Behaviour, rarely } from '../behaviour.ts';
import { foreignPage } from '../signed-site.ts';

const html = 'Content-Type: text/html';

const pack = (name: string, coding: string, body: (page: Buffer) => Buffer): Behaviour =>
  answerWith(`Content-Encoding: ${name}`, ({ page }) =>
    respond([html, `Content-Encoding: ${coding}`], body(page)),
  );

/** The two halves of a page, of which a browser may show the first alone. */
const halves = (page: Buffer): [Buffer, Buffer] => {
  const middle = page.indexOf('<p>') + 20;
  return [page.subarray(0, middle), page.subarray(middle)];
};
const inTwo = (page: Buffer, compress: (bytes: Buffer) => Buffer): Buffer =>
  Buffer.concat(halves(page).map(compress));
const behind = (bytes: Buffer, more: Buffer | string): Buffer =>
  Buffer.concat([bytes, Buffer.from(more)]);

/** A gzip member with fields of RFC 1952, 2.3. */
function gzipWith(flags: number, fields: Buffer, page: Buffer, change?: 'crc' | 'size'): Buffer {
  const end = Buffer.alloc(8);
  end.writeUInt32LE((crc32(page) ^ (change === 'crc' ? 1 : 0)) >>> 0, 0);
  end.writeUInt32LE(page.length + (change === 'size' ? 1 : 0), 4);
  return Buffer.concat([
    Buffer.from([0x1f, 0x8b, 8, flags, 0, 0, 0, 0, 0, 3]),
    fields,
    deflateRawSync(page),
    end,
  ]);
}

/**
 * Raw deflate data in stored blocks, the first byte chosen: bits 3 to 7 of it mean nothing (RFC
 * 1951, 3.2.4).
 */
function storedDeflate(firstByte: number, page: Buffer): Buffer {
  const header = Buffer.alloc(5);
  header[0] = firstByte;
  header.writeUInt16LE(page.length, 1);
  header.writeUInt16LE(page.length ^ 0xffff, 3);
  return Buffer.concat([header, page, Buffer.from([1, 0, 0, 0xff, 0xff])]);
}

/** A frame that decoders pass over (RFC 8878, 3.1.2). */
function skippable(content: Buffer | string): Buffer {
  const header = Buffer.alloc(8);
  header.writeUInt32LE(0x184d2a50, 0);
  header.writeUInt32LE(Buffer.byteLength(content), 4);
  return Buffer.concat([header, Buffer.from(content)]);
}

/**
 * Content codings (RFC 9110, 8.4): what lies behind the first member or frame, damaged ends,
 * several codings, names.
 */
export const codings: readonly Behaviour[] = [
  pack('gzip of two members', 'gzip', (page) => inTwo(page, gzipSync)),
  onRealPage(pack('gzip of two members', 'gzip', (page) => inTwo(page, gzipSync))),
  pack('gzip of an empty member, then the page', 'gzip', (page) =>
    Buffer.concat([gzipSync(''), gzipSync(page)]),
  ),
  pack('gzip, then other bytes', 'gzip', (page) => behind(gzipSync(page), foreignPage)),
  pack('gzip, then zeros', 'gzip', (page) => behind(gzipSync(page), Buffer.alloc(512))),
  pack('gzip cut in the middle', 'gzip', (page) => gzipSync(page).subarray(0, -60)),
  pack('gzip with a wrong sum', 'gzip', (page) => gzipWith(0, Buffer.alloc(0), page, 'crc')),
  pack('gzip with a name and a comment', 'gzip', (page) =>
    gzipWith(0x18, Buffer.from('garden.exe\0<h1>MALLORY</h1>\0'), page),
  ),
  pack('x-gzip', 'x-gzip', (page) => gzipSync(page)),
  pack('gzip twice', 'gzip, gzip', (page) => gzipSync(gzipSync(page))),
  pack('identity and gzip', 'identity, gzip', (page) => gzipSync(page)),
  pack('unknown, with the page as it is', 'x-garden', (page) => page),
  pack('deflate', 'deflate', (page) => deflateSync(page)),
  pack('deflate, then other bytes', 'deflate', (page) => behind(deflateSync(page), foreignPage)),
  pack('deflate without zlib, then other bytes', 'deflate', (page) =>
    behind(deflateRawSync(page), foreignPage),
  ),
  pack('deflate of two streams', 'deflate', (page) => inTwo(page, (part) => deflateSync(part))),
  pack('br', 'br', (page) => brotliCompressSync(page)),
  pack('br, then other bytes', 'br', (page) => behind(brotliCompressSync(page), foreignPage)),
  pack('zstd', 'zstd', (page) => zstdCompressSync(page)),
  pack('zstd of two frames', 'zstd', (page) => inTwo(page, (part) => zstdCompressSync(part))),
  pack('zstd, then a frame with another page', 'zstd', (page) =>
    behind(zstdCompressSync(page), zstdCompressSync(foreignPage)),
  ),
  pack('zstd, then other bytes', 'zstd', (page) => behind(zstdCompressSync(page), foreignPage)),
  answerWith('Transfer-Encoding: gzip, chunked', ({ page }) => {
    const body = gzipSync(page);
    return Buffer.concat([
      Buffer.from(
        `HTTP/1.1 200 OK\r\n${html}\r\nTransfer-Encoding: gzip, chunked\r\n\r\n${body.length.toString(16)}\r\n`,
      ),
      body,
      Buffer.from('\r\n0\r\n\r\n'),
    ]);
  }),
  ...rarely([
    pack('gzip, then an empty member', 'gzip', (page) => behind(gzipSync(page), gzipSync(''))),
    pack('gzip, then a member with another page', 'gzip', (page) =>
      behind(gzipSync(page), gzipSync(foreignPage)),
    ),
    pack('gzip without its end', 'gzip', (page) => gzipSync(page).subarray(0, -8)),
    pack('gzip with half of its end', 'gzip', (page) => gzipSync(page).subarray(0, -4)),
    pack('gzip with a wrong size', 'gzip', (page) => gzipWith(0, Buffer.alloc(0), page, 'size')),
    pack('gzip with an extra field', 'gzip', (page) =>
      gzipWith(0x04, Buffer.concat([Buffer.from([4, 0]), Buffer.from('<p>x')]), page),
    ),
    pack('gzip with a wrong sum of its head', 'gzip', (page) =>
      gzipWith(0x02, Buffer.from([1, 2]), page),
    ),
    pack('gzip with flags that are reserved', 'gzip', (page) =>
      gzipWith(0xe0, Buffer.alloc(0), page),
    ),
    pack('gzip that is not', 'gzip', (page) => page),
    pack('gzip that is zlib', 'gzip', (page) => deflateSync(page)),
    pack('gzip in capitals', 'GZIP', (page) => gzipSync(page)),
    pack('gzip said twice, done once', 'gzip, gzip', (page) => gzipSync(page)),
    pack('gzip after deflate', 'deflate, gzip', (page) => gzipSync(deflateSync(page))),
    pack('gzip and an empty coding', 'gzip,', (page) => gzipSync(page)),
    pack('gzip with a parameter', 'gzip;q=1', (page) => gzipSync(page)),
    answerWith('Content-Encoding: gzip in two headers', ({ page }) =>
      respond([html, 'Content-Encoding: gzip', 'Content-Encoding: gzip'], gzipSync(gzipSync(page))),
    ),
    answerWith('Content-Encoding: unknown and gzip', ({ page }) =>
      respond([html, 'Content-Encoding: x-garden, gzip'], gzipSync(page)),
    ),
    pack('gzip of the page, said to be nothing', 'identity', (page) => gzipSync(page)),
    pack('identity', 'identity', (page) => page),
    pack('compress, with the page as it is', 'compress', (page) => page),
    pack('empty', '', (page) => page),
    pack('deflate without zlib', 'deflate', (page) => deflateRawSync(page)),
    pack('deflate without zlib that begins as zlib does', 'deflate', (page) =>
      storedDeflate(0x78, page),
    ),
    pack('deflate without its sum', 'deflate', (page) => deflateSync(page).subarray(0, -4)),
    pack('deflate with a dictionary', 'deflate', (page) =>
      deflateSync(page, { dictionary: Buffer.from('<!DOCTYPE html><html') }),
    ),
    pack('deflate that is gzip', 'deflate', (page) => gzipSync(page)),
    pack('br of two streams', 'br', (page) => inTwo(page, (part) => brotliCompressSync(part))),
    pack('br cut at its end', 'br', (page) => brotliCompressSync(page).subarray(0, -1)),
    pack('br with a metadata block', 'br', (page) =>
      brotliCompressSync(page, {
        params: { [constants.BROTLI_PARAM_LARGE_WINDOW]: 1, [constants.BROTLI_PARAM_LGWIN]: 28 },
      }),
    ),
    pack('zstd, then a frame that is skipped', 'zstd', (page) =>
      behind(zstdCompressSync(page), skippable(foreignPage)),
    ),
    pack('zstd behind a frame that is skipped', 'zstd', (page) =>
      Buffer.concat([skippable(foreignPage), zstdCompressSync(page)]),
    ),
    pack('zstd cut at its end', 'zstd', (page) => zstdCompressSync(page).subarray(0, -3)),
    pack('a shared dictionary (dcb)', 'dcb', (page) => page),
  ]),
];
