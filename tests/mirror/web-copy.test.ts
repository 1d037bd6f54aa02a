import { createHash } from 'node:crypto';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { serveOnLoopback } from '../../scripts/conformance/hosts/loopback.ts';
import { misbehavingHosts } from '../../scripts/conformance/hosts/misbehaving.ts';
import { openWebCopy } from '../../scripts/mirror/copy/web-copy.ts';
import { browserHeaders } from '../../scripts/mirror/copy/web/browser-headers.ts';
import { joinPieces } from '../../scripts/mirror/copy/web/join-pieces.ts';
import type { WebOptions } from '../../scripts/mirror/copy/web/web-options.ts';
import { makeFolder } from '../helpers/build.ts';
import { plant, soundSite } from '../helpers/plant.ts';
import { drip, pour, reply, type RawAnswer } from '../helpers/raw-host.ts';
import { complaint, quick, visitHost } from '../helpers/visit-host.ts';

const sha256 = (bytes: string | Buffer): string => createHash('sha256').update(bytes).digest('hex');
const page = '<p>The garden is open.</p>';
const packed = (encoding: string, body: Buffer) => reply(body, `Content-Encoding: ${encoding}\r\n`);
const always = (bytes: string | Buffer): RawAnswer => (socket) => socket.write(bytes);
/** One answer after the other, each on a connection of its own. */
const inTurn = (...answers: (string | Buffer | undefined)[]): RawAnswer => (socket, count) => {
  const bytes = answers[Math.min(count, answers.length - 1)];
  if (bytes === undefined) socket.destroy();
  else socket.end(bytes);
};
const cut = (body: string) => `HTTP/1.1 200 OK\r\nContent-Length: ${page.length}\r\n\r\n${body}`;

describe('a file that is not there', () => {
  test.each(['404 Not Found', '410 Gone', '403 Forbidden'])('is undefined where the host answers %s', (status) =>
    visitHost(always(reply('<h1>no</h1>', '', status)), async (copy) => {
      expect([await copy.read('en/a.html', 10), await copy.hash('en/a.html'), await copy.open('en/a.html')]).toEqual([undefined, undefined, undefined]);
    }));

  test('is what the host gives instead, with 200: it will not fit its hash', () =>
    visitHost(always(reply('<h1>Start</h1>')), async (copy) => expect(await copy.hash('en/a.html')).toBe(sha256('<h1>Start</h1>'))));
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
      const sentence = new RegExp(`^unreadable: .* of "HOST": ${what.replace(/[.\\/]/g, '\\$&')}\\.$`);
      expect(await complaint(copy.hash(path), host)).toMatch(sentence);
      expect(await complaint(copy.readAddress(path), host)).toMatch(sentence);
      expect(host.heads).toEqual([]);
    }));

  test('with signs that mean something in an address is asked for as what it is', () =>
    visitHost(always(reply(page)), async (copy, host) => {
      await copy.hash('en/a#b%41 ü&;=.html');
      expect(host.heads[0]).toMatch(/^GET \/en\/a%23b%2541%20%C3%BC%26%3B%3D\.html HTTP\/1\.1\r\n/);
    }));
});

describe('the bytes of a file', () => {
  test.each<[string, RawAnswer]>([
    ['plain', always(reply(page))],
    ['with a header that a browser would not mind', always(reply(page, 'Upgrade: h2,h2c\r\nConnection: Upgrade, Keep-Alive\r\n'))],
    ['with headers that JavaScript knows', always(reply(page, 'constructor: x\r\n__proto__: x\r\ntoString: x\r\n'))],
    ['as “identity”', always(packed('identity', Buffer.from(page)))],
    ['packed by gzip', always(packed('gzip', gzipSync(page)))],
    ['packed by gzip under its old name', always(packed('X-GZIP', gzipSync(page)))],
    ['packed by deflate', always(packed('deflate', deflateSync(page)))],
    ['packed by bare deflate', always(packed('deflate', deflateRawSync(page)))],
    ['packed by Brotli', always(packed('br', brotliCompressSync(page)))],
    ['packed by zstd', always(packed('zstd', zstdCompressSync(page)))],
    ['in chunks', always(`HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\n<p>\r\n${(page.length - 3).toString(16)}\r\n${page.slice(3)}\r\n0\r\n\r\n`)],
    ['by HTTP/1.0, up to the end of the connection', (socket) => socket.end(`HTTP/1.0 200 OK\r\n\r\n${page}`)],
    ['after early hints', always(Buffer.concat([Buffer.from('HTTP/1.1 103 Early Hints\r\nconstructor: x\r\n__proto__: x\r\n\r\n'), reply(page)]))],
    ['with more behind them than the host had said', always(`${reply(page).toString()}<script>`)],
    ['after two connections that were dropped', inTurn(undefined, undefined, reply(page))],
    ['after “come again in a day”', inTurn(reply('', 'Retry-After: 86400\r\n', '429 Too Many Requests'), reply(page))],
    ['after 503', inTurn(reply('', '', '503 Busy'), reply('', 'Retry-After: Fri, 31 Dec 1999 23:59:59 GMT\r\n', '503 Busy'), reply(page))],
    ['after an answer cut off in the middle, and another', inTurn(cut(page.slice(0, 8)), cut(page.slice(0, 3)), cut(page.slice(0, 12)), reply(page))],
    ['after an answer that ended just before its last byte', inTurn(cut(page.slice(0, -1)), reply(page))],
  ])('arrive whole and once: %s', (_, answer) =>
    visitHost(answer, async (copy) => {
      const pieces: Uint8Array[] = [];
      for await (const piece of (await copy.open('en/a.html')) ?? []) pieces.push(piece);
      expect(Buffer.concat(pieces).toString()).toBe(page);
    }));

  test('that break off before anybody reads them are asked for again', () =>
    visitHost(inTurn(cut(page.slice(0, 8)), reply(page)), async (copy) => {
      const pieces = await copy.open('en/a.html');
      await new Promise((done) => setTimeout(done, 100));
      expect(pieces && String(await joinPieces(pieces))).toBe(page);
    }));

  test('are waited for only while nobody works on those before', () =>
    visitHost(always(reply('x'.repeat(400_000))), async (copy) => {
      let length = 0;
      for await (const piece of (await copy.open('large.txt')) ?? []) {
        if (length === 0) await new Promise((done) => setTimeout(done, 400));
        length += piece.length;
      }
      expect([length, copy.spent.requests]).toEqual([400_000, 1]);
    }, { bytesOfAFile: 1e6, stallSeconds: 0.2 }));

  test('are the same by read and hash', () =>
    visitHost(inTurn(cut(page.slice(0, 8)), reply(page)), async (copy) => {
      expect(await copy.hash('en/a.html')).toBe(sha256(page));
      expect(String(await copy.read('en/a.html', page.length))).toBe(page);
    }));

  test('may be none, even where the host calls them packed', () =>
    visitHost(always(packed('gzip', Buffer.alloc(0))), async (copy) => expect(await copy.hash('empty.txt')).toBe(sha256(''))));

  test('are not read where there are more than allowed', () =>
    visitHost(always(reply(page)), async (copy, host) => {
      expect(await complaint(copy.read('en/a.html', page.length - 1), host)).toBe('too long: "en/a.html" of "HOST": more than 25 bytes, expected at most that.');
    }));

  test('are not all read where the reader has enough', () =>
    visitHost((socket) => pour(socket, 'HTTP/1.1 200 OK\r\n\r\n', 'x'.repeat(1000)), async (copy) => {
      for await (const piece of (await copy.open('en/a.html')) ?? []) if (piece.length > 0) break;
      expect(copy.spent.bytes).toBeLessThan(1_000_000);
    }, { bytesOfAFile: 1e9 }));

  test('in an unknown packing are not waited for: the connection ends', () => {
    let isClosed = false;
    const answer: RawAnswer = (socket) => {
      socket.on('close', () => (isClosed = true));
      pour(socket, 'HTTP/1.1 200 OK\r\nContent-Encoding: exi\r\n\r\n', 'x'.repeat(1000));
    };
    return visitHost(answer, async (copy, host) => {
      expect(await complaint(copy.hash('en/a.html'), host)).toMatch(/^unreadable: /);
      await expect.poll(() => isClosed).toBe(true);
    });
  });

  test('of many connections that the host closes between two files are asked for again at once', async () => {
    const answer: RawAnswer = (socket, count) => (count % 2 === 0 ? socket.write(reply(page)) : socket.destroy());
    await visitHost(answer, async (copy, host) => {
      expect(await copy.hash('en/a.html')).toBe(sha256(page));
      expect(await copy.hash('en/b.html')).toBe(sha256(page));
      expect([host.heads.length, copy.spent.requests]).toEqual([3, 3]);
    }, { pauseSeconds: 100, longestPauseSeconds: 100 }); // it would take too long
  });
});

describe('pauses', () => {
  const timesOf = async (answer: Buffer, options: Partial<WebOptions>): Promise<number[]> => {
    const times: number[] = [];
    const note: RawAnswer = (socket) => {
      times.push(performance.now());
      socket.write(answer);
    };
    await visitHost(note, async (copy, host) => expect(await complaint(copy.hash('en/a.html'), host)).toMatch(/, also after \d further tries\.$/), options);
    return times.slice(1).map((time, index) => Math.round(time - (times[index] ?? 0)));
  };

  test('grow', async () => {
    const [first = 0, second = 0, third = 0, ...more] = await timesOf(reply('', '', '503 Busy'), { pauseSeconds: 0.04, longestPauseSeconds: 0.3 });
    expect(more).toEqual([]);
    expect([first >= 39, second >= 119, third >= 299]).toEqual([true, true, true]);
  });

  test('are as long as the host asks, up to a bound', async () => {
    const [first = 0] = await timesOf(reply('', 'Retry-After: 1\r\n', '429 Too Many Requests'), { longestPauseSeconds: 0.3, retries: 1 });
    expect(first).toBeGreaterThanOrEqual(299);
    expect(first).toBeLessThan(900);
  });
});

describe('a run', () => {
  test('ends at its time', () =>
    visitHost((socket) => drip(socket, 'HTTP/1.1 200 OK\r\n\r\n', '.', 20), async (copy, host) => {
      const began = performance.now();
      expect(await complaint(copy.hash('en/a.html'), host)).toBe('unreachable: "en/a.html" of "HOST": all files together take more than 0.5 seconds.');
      expect(await complaint(copy.hash('en/b.html'), host)).toBe('unreachable: "en/b.html" of "HOST": all files together take more than 0.5 seconds.');
      expect(performance.now() - began).toBeLessThan(2000);
    }, { runSeconds: 0.5 }));

  test.each([['as received', packed('gzip', Buffer.concat(Array<Buffer>(200).fill(gzipSync(''))))], ['unpacked', packed('gzip', gzipSync(Buffer.alloc(4000)))]])('ends at its bytes, %s', (_, bytes) =>
    visitHost(always(bytes), async (copy, host) => {
      await copy.hash('en/a.html');
      await copy.hash('en/b.html');
      expect(await complaint(copy.hash('en/c.html'), host)).toBe('too long: "en/c.html" of "HOST": with it, all answers together have more than 10000 bytes, expected at most that.');
    }, { bytes: 10_000 }));

  test('counts what it costs', () =>
    visitHost(always(packed('gzip', gzipSync(page))), async (copy) => {
      await copy.hash('en/a.html');
      await copy.readAddress('');
      expect(copy.spent).toEqual({ requests: 2, bytes: 2 * gzipSync(page).length });
    }));

  test('ends when it is closed, in the middle of an answer and of a pause', () =>
    visitHost((socket, count) => (count === 0 ? drip(socket, 'HTTP/1.1 200 OK\r\n\r\n', '.', 20) : socket.write(reply('', '', '503 Busy'))), async (copy, host) => {
      const began = performance.now();
      const first = complaint(copy.hash('en/a.html'), host);
      await new Promise((done) => setTimeout(done, 100));
      const second = complaint(copy.hash('en/b.html'), host);
      await new Promise((done) => setTimeout(done, 100));
      await copy.close();
      expect(await first).toMatch(/^unreachable: "en\/a\.html" of "HOST": the answer was cut off|hung up/);
      expect(await second).toBe('unreachable: "en/b.html" of "HOST": the host answers 503.');
      expect(await complaint(copy.hash('en/c.html'), host)).toBe('unreadable: "en/c.html" of "HOST": the copy has been closed.');
      expect(performance.now() - began).toBeLessThan(1500);
    }, { pauseSeconds: 60, longestPauseSeconds: 60, fileSeconds: 100, runSeconds: 100 }));

  test('keeps little in memory, however large the files are', () =>
    visitHost((socket) => pour(socket, `HTTP/1.1 200 OK\r\nContent-Length: ${200 * 2 ** 20}\r\n\r\n`, Buffer.alloc(2 ** 20)), async (copy) => {
      let most = 0;
      const before = process.memoryUsage().rss;
      const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
      expect(await copy.hash('large.bin')).toBe(sha256(Buffer.alloc(200 * 2 ** 20)));
      clearInterval(watch);
      expect(most).toBeGreaterThan(0);
      expect(most - before).toBeLessThan(100 * 2 ** 20);
    }, { bytesOfAFile: 2 ** 30, fileSeconds: 30, runSeconds: 30, stallSeconds: 5 }));
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

describe('what is asked', () => {
  const navigation = (url: string) => Object.entries(browserHeaders(new URL(url))).map(([name, value]) => `${name}: ${value}`);
  const userAgent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:153.0) Gecko/20100101 Firefox/153.0';

  test('is what a browser says, to the byte', () =>
    visitHost(always(reply(page)), async (copy, { heads, origin }) => {
      await copy.hash('en/a.html');
      expect(heads).toEqual([[
        'GET /en/a.html HTTP/1.1',
        `Host: ${new URL(origin).host}`,
        `User-Agent: ${userAgent}`,
        'Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8',
        'Accept-Language: en-US,en;q=0.9',
        'Accept-Encoding: gzip, deflate, br, zstd',
        'Connection: keep-alive',
        'Upgrade-Insecure-Requests: 1',
        'Sec-Fetch-Dest: document',
        'Sec-Fetch-Mode: navigate',
        'Sec-Fetch-Site: none',
        'Sec-Fetch-User: ?1',
        'Priority: u=0, i',
      ].join('\r\n')]);
    }));

  test('says less where others can listen, as browsers do', () => {
    expect(navigation('https://mirror.example/')).toEqual(navigation('http://mirror.onion/').map((line) => line.replace('onion', 'example')));
    const plain = navigation('http://mirror.example/');
    expect(plain).toContain('Accept-Encoding: gzip, deflate');
    expect(plain.filter((line) => /^Sec-/.test(line))).toEqual([]);
  });

  test('is the same from first to last: no cookie, no referrer, nothing that is kept', async () => {
    const headers = 'Set-Cookie: id=1; Path=/\r\nETag: "1"\r\nLast-Modified: Fri, 31 Dec 1999 23:59:59 GMT\r\nAccept-CH: Sec-CH-UA\r\nCache-Control: max-age=9999\r\n';
    await visitHost((socket, count) => socket.write(count === 0 ? reply('', `Location: /b.html\r\n${headers}`, '302 Found') : reply(page, headers)), async (copy, { heads }) => {
      await copy.hash('a.html');
      await copy.hash('b.html');
      await copy.hash('b.html');
      expect(heads.length).toBe(4);
      expect(new Set(heads.map((head) => head.replace(/^.*/, '')))).toHaveLength(1);
    });
  });

  test.each([['files', reply(page)], ['short answers that are no file', reply('no', '', '404 Not Found')], ['packed files', packed('gzip', gzipSync(page))]])('goes over connections that stay open, after %s', (_, bytes) =>
    visitHost(always(bytes), async (copy, host) => {
      for (let count = 0; count < 20; count++) await copy.hash(`${count}.html`);
      expect(host.heads.length).toBe(20);
      expect(host.connections).toBeLessThanOrEqual(2);
    }));

  test('opens the door of a host that answers browsers only', () =>
    serveBrowsers(async (origin) => {
      const copy = openWebCopy(origin, quick);
      expect(await copy.hash('a.html')).toBe(sha256(page));
      expect(String(await (await fetch(`${origin}/a.html`)).text())).toBe('not for machines'); // the host does look
      await copy.close();
    }));
});

async function serveBrowsers(task: (origin: string) => Promise<void>): Promise<void> {
  const { origin, stop } = await serveOnLoopback(({ headers }, response) => {
    const isBrowser = /^Mozilla\/5\.0 .* Firefox\//.test(headers['user-agent'] ?? '') && headers['sec-fetch-mode'] === 'navigate' && headers['accept']?.startsWith('text/html');
    response.writeHead(isBrowser ? 200 : 403).end(isBrowser ? page : 'not for machines');
  });
  await task(origin).finally(stop);
}

describe('an address that is no file', () => {
  const answer: RawAnswer = (socket, count) => socket.write([reply('start'), reply('', 'Location: /site/en\r\n', '301 Moved'), reply('home'), reply('not here', '', '404 Not Found')][count] ?? '');

  test('is answered by whatever the host says there', () =>
    visitHost(answer, async (_, { origin, heads }) => {
      const copy = openWebCopy(`${origin}/site`, quick);
      expect(await copy.readAddress('')).toEqual({ status: 200, address: `${origin}/site/`, bytes: Buffer.from('start') });
      expect(await copy.readAddress('en/')).toEqual({ status: 200, address: `${origin}/site/en`, bytes: Buffer.from('home') });
      expect(await copy.readAddress('nothing/at/all.html')).toEqual({ status: 404, address: `${origin}/site/nothing/at/all.html`, bytes: Buffer.from('not here') });
      expect(heads.map((head) => head.split(' ')[1])).toEqual(['/site/', '/site/en/', '/site/en', '/site/nothing/at/all.html']);
      await copy.close();
    }));

  test('is read again where its answer breaks off', () =>
    visitHost(inTurn(cut('<p>'), reply(page)), async (copy) => expect(String((await copy.readAddress('')).bytes)).toBe(page)));
});

describe('what a host adds', () => {
  test.each<[string, string, string | undefined]>([
    ['Set-Cookie: id=1', 'cookie', undefined],
    ['Refresh: 5; url=https://elsewhere.example/', 'refresh', undefined],
    ['Link: <style.css>; rel=stylesheet', 'link', undefined],
    ['Link: <https://a.example/>; rel="canonical"\r\nLink: <https://b.example>; rel="dns-prefetch preconnect"', 'link', 'link: <https://b.example>; rel="dns-prefetch preconnect"'],
    ['Link: </a>; rel="next preload"; as=image', 'link', undefined],
    ['Speculation-Rules: "/rules.json"', 'prefetch', undefined],
    ['X-DNS-Prefetch-Control: on', 'prefetch', undefined],
    ['NEL: {"report_to":"x","max_age":9}', 'report', undefined],
    ['Report-To: {"group":"x"}', 'report', undefined],
    ['Reporting-Endpoints: x="https://reports.example/"', 'report', undefined],
    ["Content-Security-Policy: default-src 'self'; report-uri /r", 'report', undefined],
    ["Content-Security-Policy-Report-Only: default-src 'self'; report-to x", 'report', undefined],
    ['Accept-CH: Sec-CH-UA-Model', 'client hints', undefined],
    ['Alt-Svc: h3=":443"', 'alt-svc', undefined],
    ['Onion-Location: http://x.onion/', 'onion-location', undefined],
    ['Content-Type: text/html; charset=utf-16', 'type', undefined],
    ['Content-Type: text/plain', 'type', undefined],
  ])('is noted: %s', (header, kind, value) =>
    visitHost(always(reply(page, `${header}\r\n`)), async (copy) => {
      await copy.hash('en/a.html');
      await copy.hash('en/b.html');
      const expected = value ?? header.replace(/^[^:]*/, (name) => name.toLowerCase());
      expect(copy.observations).toEqual([{ kind, path: 'en/a.html', value: expected, times: 2 }]);
    }));

  test('is noted behind thousands of other headers, too', () =>
    visitHost(always(reply(page, `${'X:\r\n'.repeat(3000)}Set-Cookie: late=1\r\n`)), async (copy) => {
      await copy.hash('en/a.html');
      expect(copy.observations.map(({ value }) => value)).toEqual(['set-cookie: late=1']);
    }));

  test('is noted in early hints, in redirects and in answers that are no file, too', () =>
    visitHost(inTurn(Buffer.concat([Buffer.from('HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n'), reply('', 'Location: /en/b\r\nRefresh: 1\r\n', '308 Moved')]), reply('', 'Set-Cookie: id=1\r\n', '404 Not Found')), async (copy, { origin }) => {
      await copy.hash('en/b.html');
      expect(copy.observations.map(({ kind, value }) => [kind, value])).toEqual([['link', 'link: </x>; rel=preload'], ['refresh', 'refresh: 1'], ['cookie', 'set-cookie: id=1'], ['redirect', `${origin}/en/b`]]);
    }));

  test.each(['Link: <https://a.example/>; rel=canonical', 'X-DNS-Prefetch-Control: off', 'Alt-Svc: clear', "Content-Security-Policy: default-src 'none'", 'Content-Type: text/html;charset="UTF-8"', 'Content-Type: text/html', 'Server: x', 'Strict-Transport-Security: max-age=9'])('is not noted where it does nothing to readers: %s', (header) =>
    visitHost(always(reply(page, `${header}\r\n`)), async (copy) => {
      await copy.hash('en/a.html');
      expect(copy.observations).toEqual([]);
    }));

  test('cannot fill the memory: each kind is kept once, and cut', () =>
    visitHost((socket, count) => socket.write(reply(page, `Set-Cookie: id${count}=${'x'.repeat(9000)}\r\n`)), async (copy) => {
      for (let count = 0; count < 20; count++) await copy.hash(`${count}.html`);
      expect(copy.observations.map(({ kind, path, value, times }) => [kind, path, value.length, times])).toEqual([['cookie', '0.html', 200, 20]]);
    }));
});

describe('the hosts of the lab', () => {
  const site = plant({ 'en/Large.txt': 'mint\n'.repeat(5000) });

  test.each(misbehavingHosts.map((host) => [host.name, host] as const))('%s gives each file, or another one where it alters them', async (_, host) => {
    const { address, stop } = await host.start(site.folder, makeFolder('host-'));
    const copy = openWebCopy(address);
    const wrong: string[] = [];
    for (const [path, bytes] of site.files) if ((await copy.hash(path)) !== sha256(bytes)) wrong.push(path);
    const front = await copy.readAddress('');
    await copy.close();
    await stop();
    expect(wrong).toEqual(host.limits?.altered ? Object.keys(soundSite).sort() : []);
    expect(front.bytes.equals(site.files.get('index.html') ?? Buffer.alloc(0))).toBe(!host.limits?.altered);
    const seen = { 'ours: strips .html': ['redirect'], 'ours: folder without slash': ['redirect'], 'ours: latin-1 header': ['type'] }[host.name] ?? [];
    expect(copy.observations.map(({ kind }) => kind)).toEqual(seen);
  });
});
