import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { serveOnLoopback } from '../../scripts/lab/hosts/loopback.ts';
import { openWebCopy } from '../../src/kit/node/source/web-copy.ts';
import { browserHeaders } from '../../src/kit/node/source/http/request.ts';
import { hashBytes } from '../../src/kit/node/platform.ts';
import { always, inTurn, reply, type RawAnswer } from '../helpers/raw-host.ts';
import { cut, packed, page, quick, visitHost } from '../helpers/visit-host.ts';

describe('what is asked', () => {
  const navigation = (url: string) =>
    Object.entries(browserHeaders(new URL(url))).map(([name, value]) => `${name}: ${value}`);
  const userAgent =
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:153.0) Gecko/20100101 Firefox/153.0';

  test('is what a browser says, to the byte', () =>
    visitHost(always(reply(page)), async (copy, { heads, origin }) => {
      await copy.hash('en/a.html');
      expect(heads).toEqual([
        [
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
        ].join('\r\n'),
      ]);
    }));

  test('says less where others can listen, as browsers do', () => {
    expect(navigation('https://mirror.example/')).toEqual(
      navigation('http://mirror.onion/').map((line) => line.replace('onion', 'example')),
    );
    const plain = navigation('http://mirror.example/');
    expect(plain).toContain('Accept-Encoding: gzip, deflate');
    expect(plain.filter((line) => /^Sec-/.test(line))).toEqual([]);
  });

  test('is the same from first to last: no cookie, no referrer, nothing that is kept', async () => {
    const headers =
      'Set-Cookie: id=1; Path=/\r\nETag: "1"\r\nLast-Modified: Fri, 31 Dec 1999 23:59:59 GMT\r\nAccept-CH: Sec-CH-UA\r\nCache-Control: max-age=9999\r\n';
    await visitHost(
      (socket, count) =>
        socket.write(
          count === 0
            ? reply('', `Location: /b.html\r\n${headers}`, '302 Found')
            : reply(page, headers),
        ),
      async (copy, { heads }) => {
        await copy.hash('a.html');
        await copy.hash('b.html');
        await copy.hash('b.html');
        expect(heads.length).toBe(4);
        expect(new Set(heads.map((head) => head.replace(/^.*/, '')))).toHaveLength(1);
      },
    );
  });

  test.each([
    ['files', reply(page)],
    ['short answers that are no file', reply('no', '', '404 Not Found')],
    ['packed files', packed('gzip', gzipSync(page))],
  ])('goes over connections that stay open, after %s', (_, bytes) =>
    visitHost(always(bytes), async (copy, host) => {
      for (let count = 0; count < 20; count++) await copy.hash(`${count}.html`);
      expect(host.heads.length).toBe(20);
      expect(host.connections).toBeLessThanOrEqual(2);
    }),
  );

  test('opens the door of a host that answers browsers only', () =>
    serveBrowsers(async (origin) => {
      const copy = openWebCopy(origin, quick);
      expect(await copy.hash('a.html')).toBe(hashBytes(page));
      // the host does look
      expect(String(await (await fetch(`${origin}/a.html`)).text())).toBe('not for machines');
      await copy.close();
    }));
});

async function serveBrowsers(task: (origin: string) => Promise<void>): Promise<void> {
  const { origin, stop } = await serveOnLoopback(({ headers }, response) => {
    const isBrowser =
      /^Mozilla\/5\.0 .* Firefox\//.test(headers['user-agent'] ?? '') &&
      headers['sec-fetch-mode'] === 'navigate' &&
      headers['accept']?.startsWith('text/html');
    response.writeHead(isBrowser ? 200 : 403).end(isBrowser ? page : 'not for machines');
  });
  await task(origin).finally(stop);
}

describe('an address that is no file', () => {
  const answer: RawAnswer = (socket, count) =>
    socket.write(
      [
        reply('start'),
        reply('', 'Location: /site/en\r\n', '301 Moved'),
        reply('home'),
        reply('not here', '', '404 Not Found'),
      ][count] ?? '',
    );

  test('is answered by whatever the host says there', () =>
    visitHost(answer, async (_, { origin, heads }) => {
      const copy = openWebCopy(`${origin}/site`, quick);
      expect(await copy.readAddress('')).toEqual({
        status: 200,
        address: `${origin}/site/`,
        below: '',
        reading: 'as signed',
        bytes: Buffer.from('start'),
      });
      expect(await copy.readAddress('en/')).toEqual({
        status: 200,
        address: `${origin}/site/en`,
        below: 'en',
        reading: 'as signed',
        bytes: Buffer.from('home'),
      });
      expect(await copy.readAddress('nothing/at/all.html')).toEqual({
        status: 404,
        address: `${origin}/site/nothing/at/all.html`,
        below: 'nothing/at/all.html',
        reading: 'as signed',
        bytes: Buffer.from('not here'),
      });
      expect(heads.map((head) => head.split(' ')[1])).toEqual([
        '/site/',
        '/site/en/',
        '/site/en',
        '/site/nothing/at/all.html',
      ]);
      await copy.close();
    }));

  test('is read again where its answer breaks off', () =>
    visitHost(inTurn(cut('<p>'), reply(page)), async (copy) =>
      expect(String((await copy.readAddress('')).bytes)).toBe(page),
    ));
});

describe('what a host adds', () => {
  test.each<[string, string, string | undefined]>([
    ['Set-Cookie: id=1', 'cookie', undefined],
    ['Refresh: 5; url=https://elsewhere.example/', 'refresh', undefined],
    ['Link: <style.css>; rel=stylesheet', 'link', undefined],
    [
      'Link: <https://a.example/>; rel="canonical"\r\nLink: <https://b.example>; rel="dns-prefetch preconnect"',
      'link',
      'link: <https://b.example>; rel="dns-prefetch preconnect"',
    ],
    ['Link: </a>; rel="next preload"; as=image', 'link', undefined],
    ['Speculation-Rules: "/rules.json"', 'prefetch', undefined],
    ['X-DNS-Prefetch-Control: on', 'prefetch', undefined],
    ['NEL: {"report_to":"x","max_age":9}', 'report', undefined],
    ['Report-To: {"group":"x"}', 'report', undefined],
    ['Reporting-Endpoints: x="https://reports.example/"', 'report', undefined],
    ["Content-Security-Policy: frame-ancestors 'self'; report-uri /r", 'report', undefined],
    ["Content-Security-Policy-Report-Only: default-src 'self'; report-to x", 'report', undefined],
    ['Accept-CH: Sec-CH-UA-Model', 'client hints', undefined],
    ['Alt-Svc: h3=":443"', 'alt-svc', undefined],
    ['Onion-Location: http://x.onion/', 'onion-location', undefined],
    ['Content-Type: text/html; charset=utf-16', 'encoding', undefined],
    ['Content-Type: text/plain', 'type', undefined],
    [
      'Content-Type: text/html\r\nContent-Type: text/plain',
      'type',
      'content-type: text/html, text/plain',
    ],
    ['Content-Type: application/octet-stream', 'download', undefined],
    ['Content-Disposition: attachment; filename="x.exe"', 'download', undefined],
  ])('is noted: %s', (header, kind, value) =>
    visitHost(always(reply(page, `${header}\r\n`)), async (copy) => {
      await copy.hash('en/a.html');
      await copy.hash('en/b.html');
      const expected = value ?? header.replace(/^[^:]*/, (name) => name.toLowerCase());
      expect(copy.observations).toEqual([{ kind, path: 'en/a.html', value: expected, times: 2 }]);
    }),
  );

  test('is noted behind thousands of other headers, too', () =>
    visitHost(
      always(reply(page, `${'X:\r\n'.repeat(3000)}Set-Cookie: late=1\r\n`)),
      async (copy) => {
        await copy.hash('en/a.html');
        expect(copy.observations.map(({ value }) => value)).toEqual(['set-cookie: late=1']);
      },
    ));

  test('is noted in early hints, in redirects and in answers that are no file, too', () =>
    visitHost(
      inTurn(
        Buffer.concat([
          Buffer.from('HTTP/1.1 103 Early Hints\r\nLink: </x>; rel=preload\r\n\r\n'),
          reply('', 'Location: /en/b\r\nRefresh: 1\r\n', '308 Moved'),
        ]),
        reply('', 'Set-Cookie: id=1\r\n', '404 Not Found'),
      ),
      async (copy, { origin }) => {
        await copy.hash('en/b.html');
        expect(copy.observations.map(({ kind, value }) => [kind, value])).toEqual([
          ['link', 'link: </x>; rel=preload'],
          ['refresh', 'refresh: 1'],
          ['cookie', 'set-cookie: id=1'],
          ['redirect', `${origin}/en/b`],
        ]);
      },
    ));

  test.each([
    'Link: <https://a.example/>; rel=canonical',
    'X-DNS-Prefetch-Control: off',
    'Alt-Svc: clear',
    "Content-Security-Policy: frame-ancestors 'none'",
    'Content-Type: text/html;charset="UTF-8"',
    'Content-Type: text/html',
    'Server: x',
    'Strict-Transport-Security: max-age=9',
  ])('is not noted where it does nothing to readers: %s', (header) =>
    visitHost(always(reply(page, `${header}\r\n`)), async (copy) => {
      await copy.hash('en/a.html');
      expect(copy.observations).toEqual([]);
    }),
  );

  test('cannot fill the memory: each kind is kept once, and cut', () =>
    visitHost(
      (socket, count) =>
        socket.write(reply(page, `Set-Cookie: id${count}=${'x'.repeat(9000)}\r\n`)),
      async (copy) => {
        for (let count = 0; count < 20; count++) await copy.hash(`${count}.html`);
        expect(
          copy.observations.map(({ kind, path, value, times }) => [
            kind,
            path,
            value.length,
            times,
          ]),
        ).toEqual([['cookie', '0.html', 200, 20]]);
      },
    ));
});
