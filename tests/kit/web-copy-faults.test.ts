import { brotliCompressSync, constants, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { drip, pour, reply, type RawAnswer } from '../helpers/raw-host.ts';
import { describeRefusal, visitHost } from '../helpers/visit-host.ts';

const page = '<p>The garden is open.</p>';
const packed = (encoding: string, body: Buffer) => reply(body, `Content-Encoding: ${encoding}\r\n`);
const say =
  (bytes: string | Buffer): RawAnswer =>
  (socket) =>
    socket.write(bytes);
const hangUp =
  (bytes: string | Buffer): RawAnswer =>
  (socket) =>
    socket.end(bytes);
const begin = 'HTTP/1.1 200 OK\r\n\r\n';
const chunked = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';
const file = '"en/a.html" of "HOST"';
const zeros = Buffer.alloc(300_000);
/**
 * Blocks of deflate data that hold nothing (RFC 1951, 3.2.4), and no last one: all goes in, nothing
 * comes out.
 */
const nothings = Buffer.concat(Array<Buffer>(2000).fill(Buffer.from('000000ffff', 'hex')));

/** A frame of three bytes whose window is 128 MiB (RFC 8878, 3.1.1.1.2). */
const wideZstd = Buffer.from('28b52ffd0088190000616263', 'hex');

type Row = [attack: string, wish: string, answer: RawAnswer, describeRefusal: string];

const silences: Row[] = [
  [
    'no answer',
    'to hold the checker',
    () => undefined,
    `unreachable: ${file}: no answer for 0.25 seconds, also after 3 further tries.`,
  ],
  [
    'half of a head',
    'the same',
    say('HTTP/1.1 200 OK\r\nContent-Le'),
    `unreachable: ${file}: no answer for 0.25 seconds, also after 3 further tries.`,
  ],
  [
    'hints without end ahead of the answer',
    'the same',
    (socket) => drip(socket, '', 'HTTP/1.1 103 Early Hints\r\n\r\n', 20),
    `unreachable: ${file}: no answer for 0.25 seconds, also after 3 further tries.`,
  ],
  [
    'a body that stops',
    'the same',
    say(`${begin}<p>`),
    `unreachable: ${file}: the answer stopped for 0.25 seconds, also after 3 further tries.`,
  ],
  [
    'ten bytes from time to time',
    'the same',
    (socket) => drip(socket, begin, '.'.repeat(10), 50),
    `unreachable: ${file}: it takes more than 3 seconds.`,
  ],
  [
    'a chunk from time to time',
    'the same',
    (socket) => drip(socket, chunked, `a\r\n${'.'.repeat(10)}\r\n`, 50),
    `unreachable: ${file}: it takes more than 3 seconds.`,
  ],
  [
    'hanging up',
    'to pass for a broken host',
    (socket) => socket.destroy(),
    `unreachable: ${file}: the host hung up (ECONNRESET), also after 3 further tries.`,
  ],
  [
    '“come again in a day”',
    'to hold the checker',
    say(reply('', 'Retry-After: 86400\r\n', '429 Too Many Requests')),
    `unreachable: ${file}: the host answers 429, also after 3 further tries.`,
  ],
  [
    '500 again and again',
    'to pass for a broken host',
    say(reply('sorry', '', '500 Oops')),
    `unreachable: ${file}: the host answers 500, also after 3 further tries.`,
  ],
];

const cuts: Row[] = [
  [
    'a body cut off',
    'part of a page to pass for all',
    hangUp('HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\n<p>The'),
    `unreachable: ${file}: the answer was cut off, also after 3 further tries.`,
  ],
  [
    'chunks without an end',
    'the same',
    hangUp(`${chunked}3\r\n<p>\r\n`),
    `unreachable: ${file}: the answer was cut off, also after 3 further tries.`,
  ],
  [
    'packed data that ends too soon',
    'the same',
    say(packed('gzip', gzipSync(page).subarray(0, -9))),
    `unreadable: ${file}: the answer is said to be packed as gzip, and cannot be unpacked (unexpected end of file).`,
  ],
  [
    'cut off, and then another file',
    'true bytes to go on as false ones',
    (socket, count) =>
      socket.end(
        count === 0 ? `HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\n<p>True` : reply('<p>False'),
      ),
    `unreadable: ${file}: the answer broke off, and the next one began with other bytes, expected the same file.`,
  ],
  [
    'cut off, and then less',
    'the same',
    (socket, count) =>
      socket.end(
        count === 0 ? `HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\n<p>True` : reply('<p>'),
      ),
    `unreadable: ${file}: the answer broke off, and the next one began with other bytes, expected the same file.`,
  ],
  [
    'cut off, and then no such file',
    'the same',
    (socket, count) =>
      socket.end(
        count === 0
          ? `HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\n<p>True`
          : reply('', '', '404 Gone'),
      ),
    `unreadable: ${file}: the answer broke off, and then there was no such file, expected the rest of it.`,
  ],
];

const floods: Row[] = [
  [
    'a body without end',
    'all memory',
    (socket) => pour(socket, begin, zeros),
    `too long: ${file}: more than 100000 bytes, expected at most that.`,
  ],
  [
    'a chunk of no end',
    'the same',
    (socket) => pour(socket, `${chunked}fffffffff\r\n`, zeros),
    `too long: ${file}: more than 100000 bytes, expected at most that.`,
  ],
  [
    'a long file',
    'the same',
    say(reply(zeros)),
    `too long: ${file}: more than 100000 bytes, expected at most that.`,
  ],
  [
    'a gzip bomb',
    'the same',
    say(packed('gzip', gzipSync(Buffer.alloc(50_000_000)))),
    `too long: ${file}: more than 100000 bytes, expected at most that.`,
  ],
  [
    'a deflate bomb',
    'the same',
    say(packed('deflate', deflateSync(Buffer.alloc(50_000_000)))),
    `too long: ${file}: more than 100000 bytes, expected at most that.`,
  ],
  [
    'a Brotli bomb',
    'the same',
    say(
      packed(
        'br',
        brotliCompressSync(Buffer.alloc(50_000_000), {
          params: { [constants.BROTLI_PARAM_QUALITY]: 3 },
        }),
      ),
    ),
    `too long: ${file}: more than 100000 bytes, expected at most that.`,
  ],
  [
    'a zstd bomb',
    'the same',
    say(packed('zstd', zstdCompressSync(Buffer.alloc(50_000_000)))),
    `too long: ${file}: more than 100000 bytes, expected at most that.`,
  ],
  [
    'zstd that wants 128 MiB of memory to unpack',
    'the same',
    say(packed('zstd', wideZstd)),
    `unreadable: ${file}: the answer is said to be packed as zstd, and cannot be unpacked (Frame requires too much memory for decoding).`,
  ],
  [
    'packed data that unpacks to nothing, without end',
    'hours',
    (socket) => pour(socket, 'HTTP/1.1 200 OK\r\nContent-Encoding: deflate\r\n\r\n', nothings),
    `too long: ${file}: more than 166536 bytes, expected at most that.`,
  ],
  [
    'a long header',
    'all memory',
    say(reply(page, `X: ${'x'.repeat(40_000)}\r\n`)),
    `unreadable: ${file}: the head of the answer is too long, expected at most 32 KiB.`,
  ],
  [
    'headers without end',
    'the same',
    (socket) => pour(socket, 'HTTP/1.1 200 OK\r\n', 'X: x\r\n'.repeat(1000)),
    `unreadable: ${file}: the head of the answer is too long, expected at most 32 KiB.`,
  ],
];

const nonsense: Row[] = [
  [
    'bytes that are no HTTP',
    'to crash the checker',
    say('SSH-2.0-OpenSSH\r\n\r\n'),
    `unreadable: ${file}: the answer is no proper HTTP (HPE_INVALID_CONSTANT).`,
  ],
  [
    'two lengths',
    'tools to differ',
    say(`HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n<p>The`),
    `unreadable: ${file}: the answer is no proper HTTP (HPE_UNEXPECTED_CONTENT_LENGTH).`,
  ],
  [
    'a length that is none',
    'the same',
    say(`HTTP/1.1 200 OK\r\nContent-Length: -5\r\n\r\n<p>The`),
    `unreadable: ${file}: the answer is no proper HTTP (HPE_INVALID_CONTENT_LENGTH).`,
  ],
  [
    'a chunk that is none',
    'the same',
    say(`${chunked}3\r\n<p>\r\nxyz\r\n`),
    `unreadable: ${file}: the answer is no proper HTTP (HPE_INVALID_CHUNK_SIZE).`,
  ],
  [
    'an unknown packing',
    'the same',
    say(packed('exi', Buffer.from(page))),
    `unreadable: ${file}: the answer is packed as "exi", expected gzip, deflate, br, zstd or nothing.`,
  ],
  [
    'a packing that JavaScript knows',
    'to crash the checker',
    say(packed('constructor', Buffer.from(page))),
    `unreadable: ${file}: the answer is packed as "constructor", expected gzip, deflate, br, zstd or nothing.`,
  ],
  [
    'packed twice',
    'bombs in bombs',
    say(packed('gzip, gzip', gzipSync(gzipSync(page)))),
    `unreadable: ${file}: the answer is packed as "gzip, gzip", expected gzip, deflate, br, zstd or nothing.`,
  ],
  [
    'gzip that is none',
    'to crash the checker',
    say(packed('gzip', Buffer.from(page))),
    `unreadable: ${file}: the answer is said to be packed as gzip, and cannot be unpacked (incorrect header check).`,
  ],
  [
    'deflate that is none',
    'the same',
    say(packed('deflate', Buffer.from([0xff, 0xff]))),
    `unreadable: ${file}: the answer is said to be packed as deflate, and cannot be unpacked (invalid block type).`,
  ],
  [
    'Brotli that is none',
    'the same',
    say(packed('br', Buffer.from(page))),
    `unreadable: ${file}: the answer is said to be packed as br, and cannot be unpacked (Decompression failed).`,
  ],
  [
    'zstd that is none',
    'the same',
    say(packed('zstd', Buffer.from(page))),
    `unreadable: ${file}: the answer is said to be packed as zstd, and cannot be unpacked (Unknown frame descriptor).`,
  ],
  [
    '“not modified”, unasked',
    'an old copy to pass',
    say('HTTP/1.1 304 Not Modified\r\n\r\n'),
    `unreadable: ${file}: the host answers 304, expected 200 and the file.`,
  ],
  [
    'part of a file, unasked',
    'part of a page to pass for all',
    say(reply('<p>', 'Content-Range: bytes 0-2/26\r\n', '206 Partial Content')),
    `unreadable: ${file}: the host answers 206, expected 200 and the file.`,
  ],
  [
    'no content',
    'the same',
    say('HTTP/1.1 204 No Content\r\n\r\n'),
    `unreadable: ${file}: the host answers 204, expected 200 and the file.`,
  ],
  [
    'a password',
    'to know who comes',
    say(reply('', 'WWW-Authenticate: Basic\r\n', '401 Unauthorized')),
    `unreadable: ${file}: the host answers 401, expected 200 and the file.`,
  ],
  [
    'another protocol',
    'to crash the checker',
    say('HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n'),
    `unreadable: ${file}: the host answers 101 and wants to speak another protocol, expected the file.`,
  ],
];

const leadTo = (address: string, status = '302 Found'): RawAnswer =>
  say(reply('', `Location: ${address}\r\n`, status));
const redirects: Row[] = [
  [
    'a circle of redirects',
    'to hold the checker',
    leadTo('/en/a.html'),
    `unreadable: ${file}: more than 5 redirects, expected the file.`,
  ],
  [
    'a redirect to a true mirror',
    'its files to pass for one’s own',
    leadTo('https://mirror.example/en/a.html', '301 Moved'),
    `elsewhere: ${file}: the host leads on to "https://mirror.example/en/a.html", which is another host; to check that place, name it.`,
  ],
  [
    'one without a scheme',
    'the same',
    leadTo('//mirror.example/en/a.html', '307 Temporary'),
    `elsewhere: ${file}: the host leads on to "http://mirror.example/en/a.html", which is another host; to check that place, name it.`,
  ],
  [
    'a redirect into the checker’s network',
    'to ask there',
    leadTo('http://127.0.0.1:1/'),
    `elsewhere: ${file}: the host leads on to "http://127.0.0.1:1/", which is another port; to check that place, name it.`,
  ],
  [
    'a redirect to a file of the checker',
    'to read it',
    leadTo('file:///etc/passwd'),
    `elsewhere: ${file}: the host leads on to "file:///etc/passwd", which is no address on the web; to check that place, name it.`,
  ],
  [
    'a redirect that steers a terminal',
    'to repaint it',
    leadTo('https://mirror.example/\x1b[2J'),
    `unreadable: ${file}: the answer is no proper HTTP (HPE_INVALID_HEADER_TOKEN).`,
  ],
  [
    'a redirect without an address',
    'to crash the checker',
    say(reply('', '', '302 Found')),
    `unreadable: ${file}: a redirect without an address, expected the file.`,
  ],
  [
    'a redirect to no address',
    'the same',
    leadTo('http://[/'),
    `unreadable: ${file}: a redirect to "http://[/", which is no address; expected the file.`,
  ],
];

const meet = (answer: RawAnswer, sentence: string) =>
  visitHost(answer, async (copy, host) =>
    expect(await describeRefusal(copy.read('en/a.html', 100_000), host)).toBe(sentence),
  );

describe.each([
  ['what is cut off', cuts],
  ['floods', floods],
  ['nonsense', nonsense],
  ['redirects', redirects],
])('a copy over HTTP stands %s', (_, rows) => {
  test.each(rows)('%s, from a host that wants %s', (_attack, _wish, answer, sentence) =>
    meet(answer, sentence),
  );
});

describe('a copy over HTTP stands silence', () => {
  test.concurrent.each(silences)(
    '%s, from a host that wants %s',
    (_attack, _wish, answer, sentence) => meet(answer, sentence),
  );
});
