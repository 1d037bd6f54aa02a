import {
  brotliCompressSync,
  deflateRawSync,
  deflateSync,
  gzipSync,
  zstdCompressSync,
} from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { habitHosts } from '../../scripts/lab/hosts/habits/serve-habit.ts';
import { openWebCopy } from '../../src/kit/node/source/web-copy.ts';
import { joinPieces } from '../../src/kit/node/source/http/visit.ts';
import { hashBytes } from '../../src/kit/node/platform.ts';
import { makeFolder } from '../helpers/build.ts';
import { plant, soundSite } from '../helpers/plant.ts';
import { always, inTurn, pour, reply, type RawAnswer } from '../helpers/raw-host.ts';
import { describeRefusal, cut, packed, page, visitHost } from '../helpers/visit-host.ts';

describe('a file that is not there', () => {
  test.each(['404 Not Found', '410 Gone', '403 Forbidden'])(
    'is undefined where the host answers %s',
    (status) =>
      visitHost(always(reply('<h1>no</h1>', '', status)), async (copy) => {
        expect([
          await copy.read('en/a.html', 10),
          await copy.hash('en/a.html'),
          await copy.open('en/a.html'),
        ]).toEqual([undefined, undefined, undefined]);
      }),
  );

  test('is what the host gives instead, with 200: it will not fit its hash', () =>
    visitHost(always(reply('<h1>Start</h1>')), async (copy) =>
      expect(await copy.hash('en/a.html')).toBe(hashBytes('<h1>Start</h1>')),
    ));
});

describe('a path', () => {
  test.each([
    ['../secret', 'a path with "..", expected a path inside the site'],
    ['en/../../secret', 'a path with "..", expected a path inside the site'],
    ['/etc/passwd', 'an absolute path, expected a path inside the site'],
    ['en//a.html', 'a path with an empty name or ".", expected one way to write each path'],
    ['a\\b', 'a backslash in the path, expected only / between names'],
    ['a\nb', 'a control character in the path, expected a name of plain, visible signs'],
    ['\ud800', 'half a sign in the path, expected well-formed Unicode'],
  ])('%j is not asked for', (path, what) =>
    visitHost(always(reply(page)), async (copy, host) => {
      const sentence = new RegExp(
        `^unreadable: .* of "HOST": ${what.replace(/[.\\/]/g, '\\$&')}\\.$`,
      );
      expect(await describeRefusal(copy.hash(path), host)).toMatch(sentence);
      expect(await describeRefusal(copy.readAddress(path), host)).toMatch(sentence);
      expect(host.heads).toEqual([]);
    }),
  );

  test('with signs that mean something in an address is asked for as what it is', () =>
    visitHost(always(reply(page)), async (copy, host) => {
      await copy.hash('en/a#b%41 ü&;=.html');
      expect(host.heads[0]).toMatch(/^GET \/en\/a%23b%2541%20%C3%BC%26%3B%3D\.html HTTP\/1\.1\r\n/);
    }));
});

describe('the bytes of a file', () => {
  test.each<[string, RawAnswer]>([
    ['plain', always(reply(page))],
    [
      'with a header that a browser would not mind',
      always(reply(page, 'Upgrade: h2,h2c\r\nConnection: Upgrade, Keep-Alive\r\n')),
    ],
    [
      'with headers that JavaScript knows',
      always(reply(page, 'constructor: x\r\n__proto__: x\r\ntoString: x\r\n')),
    ],
    ['as “identity”', always(packed('identity', Buffer.from(page)))],
    ['packed by gzip', always(packed('gzip', gzipSync(page)))],
    ['packed by gzip under its old name', always(packed('X-GZIP', gzipSync(page)))],
    ['packed by deflate', always(packed('deflate', deflateSync(page)))],
    ['packed by bare deflate', always(packed('deflate', deflateRawSync(page)))],
    ['packed by Brotli', always(packed('br', brotliCompressSync(page)))],
    ['packed by zstd', always(packed('zstd', zstdCompressSync(page)))],
    [
      'in chunks',
      always(
        `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n<p>\r\n${(page.length - 3).toString(16)}\r\n${page.slice(3)}\r\n0\r\n\r\n`,
      ),
    ],
    [
      'by HTTP/1.0, up to the end of the connection',
      (socket) => socket.end(`HTTP/1.0 200 OK\r\n\r\n${page}`),
    ],
    [
      'after early hints',
      always(
        Buffer.concat([
          Buffer.from('HTTP/1.1 103 Early Hints\r\nconstructor: x\r\n__proto__: x\r\n\r\n'),
          reply(page),
        ]),
      ),
    ],
    ['with more behind them than the host had said', always(`${reply(page).toString()}<script>`)],
    ['after two connections that were dropped', inTurn(undefined, undefined, reply(page))],
    [
      'after “come again in a day”',
      inTurn(reply('', 'Retry-After: 86400\r\n', '429 Too Many Requests'), reply(page)),
    ],
    [
      'after 503',
      inTurn(
        reply('', '', '503 Busy'),
        reply('', 'Retry-After: Fri, 31 Dec 1999 23:59:59 GMT\r\n', '503 Busy'),
        reply(page),
      ),
    ],
    [
      'after an answer cut off in the middle, and another',
      inTurn(cut(page.slice(0, 8)), cut(page.slice(0, 3)), cut(page.slice(0, 12)), reply(page)),
    ],
    [
      'after an answer that ended just before its last byte',
      inTurn(cut(page.slice(0, -1)), reply(page)),
    ],
  ])('arrive whole and once: %s', (_, answer) =>
    visitHost(answer, async (copy) => {
      const pieces: Uint8Array[] = [];
      for await (const piece of (await copy.open('en/a.html')) ?? []) pieces.push(piece);
      expect(Buffer.concat(pieces).toString()).toBe(page);
    }),
  );

  test('that break off before anybody reads them are asked for again', () =>
    visitHost(inTurn(cut(page.slice(0, 8)), reply(page)), async (copy) => {
      const pieces = await copy.open('en/a.html');
      await new Promise((done) => setTimeout(done, 100));
      expect(pieces && String(await joinPieces(pieces))).toBe(page);
    }));

  test('are waited for only while nobody works on those before', () =>
    visitHost(
      always(reply('x'.repeat(400_000))),
      async (copy) => {
        let length = 0;
        for await (const piece of (await copy.open('large.txt')) ?? []) {
          if (length === 0) await new Promise((done) => setTimeout(done, 400));
          length += piece.length;
        }
        expect([length, copy.spent.requests]).toEqual([400_000, 1]);
      },
      { bytesOfAFile: 1e6, stallSeconds: 0.2 },
    ));

  test('are the same by read and hash', () =>
    visitHost(inTurn(cut(page.slice(0, 8)), reply(page)), async (copy) => {
      expect(await copy.hash('en/a.html')).toBe(hashBytes(page));
      expect(String(await copy.read('en/a.html', page.length))).toBe(page);
    }));

  test('may be none, even where the host calls them packed', () =>
    visitHost(always(packed('gzip', Buffer.alloc(0))), async (copy) =>
      expect(await copy.hash('empty.txt')).toBe(hashBytes('')),
    ));

  test('are not read where there are more than allowed', () =>
    visitHost(always(reply(page)), async (copy, host) => {
      expect(await describeRefusal(copy.read('en/a.html', page.length - 1), host)).toBe(
        'too long: "en/a.html" of "HOST": more than 25 bytes, expected at most that.',
      );
    }));

  test('are not all read where the reader has enough', () =>
    visitHost(
      (socket) => pour(socket, 'HTTP/1.1 200 OK\r\n\r\n', 'x'.repeat(1000)),
      async (copy) => {
        for await (const piece of (await copy.open('en/a.html')) ?? []) if (piece.length > 0) break;
        expect(copy.spent.bytes).toBeLessThan(1_000_000);
      },
      { bytesOfAFile: 1e9 },
    ));

  test('in an unknown packing are not waited for: the connection ends', () => {
    let isClosed = false;
    const answer: RawAnswer = (socket) => {
      socket.on('close', () => (isClosed = true));
      pour(socket, 'HTTP/1.1 200 OK\r\nContent-Encoding: exi\r\n\r\n', 'x'.repeat(1000));
    };
    return visitHost(answer, async (copy, host) => {
      expect(await describeRefusal(copy.hash('en/a.html'), host)).toMatch(/^unreadable: /);
      await expect.poll(() => isClosed).toBe(true);
    });
  });

  test('of many connections that the host closes between two files are asked for again at once', async () => {
    const answer: RawAnswer = (socket, count) =>
      count % 2 === 0 ? socket.write(reply(page)) : socket.destroy();
    await visitHost(
      answer,
      async (copy, host) => {
        expect(await copy.hash('en/a.html')).toBe(hashBytes(page));
        expect(await copy.hash('en/b.html')).toBe(hashBytes(page));
        expect([host.heads.length, copy.spent.requests]).toEqual([3, 3]);
      },
      { pauseSeconds: 100, maxPauseSeconds: 100 },
    ); // it would take too long
  });
});

describe('pieces', () => {
  test('of any size join to the same bytes, in room of their size', async () => {
    const bytes = Buffer.from(Array.from({ length: 100_000 }, (_, index) => index % 251));
    async function* cutUp(size: number) {
      for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
    }
    for (const size of [1, 7, 16 * 1024, 100_000]) {
      const joined = await joinPieces(cutUp(size));
      expect(joined.equals(bytes)).toBe(true);
      expect(joined.buffer.byteLength).toBeLessThanOrEqual(2 * bytes.length);
    }
  });
});

describe('the hosts of the lab', () => {
  const site = plant({ 'en/Large.txt': 'mint\n'.repeat(5000) });

  test.each(habitHosts.map((host) => [host.name, host] as const))(
    '%s gives each file, or another one where it alters them',
    async (_, host) => {
      const { address, stop } = await host.start(site.folder, makeFolder('host-'));
      const copy = openWebCopy(address);
      const wrong: string[] = [];
      for (const [path, bytes] of site.files)
        if ((await copy.hash(path)) !== hashBytes(bytes)) wrong.push(path);
      const front = await copy.readAddress('');
      await copy.close();
      await stop();
      expect(wrong).toEqual(host.limits?.altered ? Object.keys(soundSite).sort() : []);
      expect(site.files.get('index.html')?.equals(front.bytes)).toBe(!host.limits?.altered);
      const seen =
        {
          'ours: strips .html': ['redirect'],
          'ours: folder without slash': ['redirect'],
          'ours: stricter policy': ['policy'],
          'ours: latin-1 header': ['unused encoding'],
        }[host.name] ?? [];
      expect(copy.observations.map(({ kind }) => kind)).toEqual(seen);
    },
  );
});
