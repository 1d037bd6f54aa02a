import {
  answerWith,
  raw,
  respond,
  type Behaviour,
  type Surroundings,
  rarely,
} from '../behaviour.ts';
import { foreignPage } from '../signed-site.ts';

const html = 'Content-Type: text/html';
const ok = 'HTTP/1.1 200 OK';

/** Chunks (RFC 9112, 7.1): each a size line, with whatever follows the size, and data. */
const chunks = (
  parts: readonly (readonly [extension: string, data: Buffer])[],
  end = '0\r\n\r\n',
) =>
  Buffer.concat([
    ...parts.flatMap(([extension, data]) => [
      Buffer.from(`${data.length.toString(16)}${extension}\r\n`),
      data,
      Buffer.from('\r\n'),
    ]),
    Buffer.from(end),
  ]);
const chunked = (page: Buffer, extension = '', end?: string): Buffer =>
  chunks(
    [
      [extension, page.subarray(0, 50)],
      ['', page.subarray(50)],
    ],
    end,
  );
const frame = (name: string, answer: (surroundings: Surroundings) => Buffer): Behaviour =>
  answerWith(`framing: ${name}`, answer);
const change = (name: string, alter: (page: Buffer) => Buffer): Behaviour =>
  answerWith(`body: ${name}`, ({ page }) => respond([html], alter(page)));

/** Words of an attacker where only a reader that knows no chunks shows them. */
const hidden = ';<h1>MALLORY</h1>';

/**
 * Where an answer begins and ends (RFC 9112), what its first line says (RFC 9110, 15), and bytes
 * that are nearly those of the page.
 */
export const framing: readonly Behaviour[] = [
  frame('chunked, with an extension', ({ page }) =>
    raw([ok, html, 'Transfer-Encoding: chunked'], chunked(page, hidden)),
  ),
  frame('chunked, in an answer of HTTP/1.0', ({ page }) =>
    raw(['HTTP/1.0 200 OK', html, 'Transfer-Encoding: chunked'], chunked(page, hidden)),
  ),
  frame('chunked, with a trailer', ({ page, foreign }) =>
    raw(
      [ok, html, 'Transfer-Encoding: chunked', 'Trailer: Link'],
      chunked(
        page,
        '',
        `0\r\nLink: <${foreign}/evil.css>; rel=stylesheet\r\nSet-Cookie: a=b\r\nRefresh: 0;url=${foreign}/\r\n\r\n`,
      ),
    ),
  ),
  frame('chunked with a space before the colon', ({ page }) =>
    raw([ok, html, 'Transfer-Encoding : chunked'], chunked(page, hidden)),
  ),
  frame('a length that is too short', ({ page }) =>
    raw([ok, html, `Content-Length: ${page.length - 60}`], page),
  ),
  frame('the right length, then another answer', ({ page }) =>
    Buffer.concat([respond([html], page), respond([html], foreignPage)]),
  ),
  frame('two lengths in one header', ({ page }) =>
    raw([ok, html, `Content-Length: ${page.length}, ${page.length}`], page),
  ),
  frame('no head (HTTP/0.9)', ({ page }) => page),
  frame('a head of HTTP/0.9', ({ page }) => raw(['HTTP/0.9 200 OK', html], page)),
  frame('a head of HTTP/2.0', ({ page }) =>
    raw(['HTTP/2.0 200 OK', html, `Content-Length: ${page.length}`], page),
  ),
  frame('a lone LF in a header', ({ page, foreign }) =>
    respond([html, `X-A: b\nLink: <${foreign}/evil.css>; rel=stylesheet`], page),
  ),
  frame('a space before the colon of Refresh', ({ page, foreign }) =>
    respond([html, `Refresh : 0;url=${foreign}/`], page),
  ),
  answerWith('status 206 with a range', ({ page }) =>
    respond(
      [html, `Content-Range: bytes 0-${page.length - 61}/${page.length}`],
      page.subarray(0, -60),
      '206 Partial Content',
    ),
  ),
  answerWith('status 401 with the page', ({ page }) =>
    respond(
      [html, 'WWW-Authenticate: Basic realm="The garden has moved to mallory.example"'],
      page,
      '401 Unauthorized',
    ),
  ),
  change('one byte more (NUL)', (page) => Buffer.concat([page, Buffer.of(0)])),
  change('in UTF-16 with its mark', (page) =>
    Buffer.from(`\uFEFF${page.toString('utf8')}`, 'utf16le'),
  ),
  change('empty', () => Buffer.alloc(0)),
  ...rarely([
    frame('chunked', ({ page }) => raw([ok, html, 'Transfer-Encoding: chunked'], chunked(page))),
    frame('chunked, with a space before the line end', ({ page }) =>
      raw([ok, html, 'Transfer-Encoding: chunked'], chunked(page, ' ')),
    ),
    frame('chunked, the size with characters of other notations', ({ page }) =>
      raw(
        [ok, html, 'Transfer-Encoding: chunked'],
        Buffer.from(
          `0x${page.length.toString(16)}\r\n${page.toString('latin1')}\r\n0\r\n\r\n`,
          'latin1',
        ),
      ),
    ),
    frame('chunked, lines that end with LF', ({ page }) =>
      raw(
        [ok, html, 'Transfer-Encoding: chunked'],
        Buffer.from(`${page.length.toString(16)}\n${page.toString('latin1')}\n0\n\n`, 'latin1'),
      ),
    ),
    frame('chunked, without its end', ({ page }) =>
      raw([ok, html, 'Transfer-Encoding: chunked'], chunked(page, '', '')),
    ),
    frame('chunked, then other bytes', ({ page }) =>
      raw([ok, html, 'Transfer-Encoding: chunked'], chunked(page, '', `0\r\n\r\n${foreignPage}`)),
    ),
    frame('chunked in capitals', ({ page }) =>
      raw([ok, html, 'Transfer-Encoding: CHUNKED'], chunked(page, hidden)),
    ),
    frame('chunked after a coding that nobody knows', ({ page }) =>
      raw([ok, html, 'Transfer-Encoding: x-garden, chunked'], chunked(page, hidden)),
    ),
    frame('chunked before a coding that nobody knows', ({ page }) =>
      raw([ok, html, 'Transfer-Encoding: chunked, x-garden'], chunked(page, hidden)),
    ),
    frame('chunked twice in one header', ({ page }) =>
      raw([ok, html, 'Transfer-Encoding: chunked, chunked'], chunked(page, hidden)),
    ),
    frame('chunked in two headers', ({ page }) =>
      raw(
        [ok, html, 'Transfer-Encoding: chunked', 'Transfer-Encoding: chunked'],
        chunked(page, hidden),
      ),
    ),
    frame('chunked in quotes', ({ page }) =>
      raw([ok, html, 'Transfer-Encoding: "chunked"'], chunked(page, hidden)),
    ),
    frame('chunked on a folded line', ({ page }) =>
      raw([ok, html, 'Transfer-Encoding:\r\n chunked'], chunked(page, hidden)),
    ),
    frame('chunked and Content-Length', ({ page }) => {
      const body = chunked(page, hidden);
      return raw([ok, html, `Content-Length: ${body.length}`, 'Transfer-Encoding: chunked'], body);
    }),
    frame('Transfer-Encoding: identity and Content-Length', ({ page }) =>
      respond([html, 'Transfer-Encoding: identity'], page),
    ),
    frame('no length at all', ({ page }) => raw([ok, html], page)),
    frame('HTTP/1.0, no length at all', ({ page }) => raw(['HTTP/1.0 200 OK', html], page)),
    frame('a length that is too long', ({ page }) =>
      raw([ok, html, `Content-Length: ${page.length + 5}`], page),
    ),
    frame('the right length, then other bytes', ({ page }) =>
      raw(
        [ok, html, `Content-Length: ${page.length}`],
        Buffer.concat([page, Buffer.from(foreignPage)]),
      ),
    ),
    frame('the length twice, alike', ({ page }) =>
      raw([ok, html, `Content-Length: ${page.length}`, `Content-Length: ${page.length}`], page),
    ),
    frame('the length twice, the second shorter', ({ page }) =>
      raw(
        [ok, html, `Content-Length: ${page.length}`, `Content-Length: ${page.length - 60}`],
        page,
      ),
    ),
    frame('the length twice, the first shorter', ({ page }) =>
      raw(
        [ok, html, `Content-Length: ${page.length - 60}`, `Content-Length: ${page.length}`],
        page,
      ),
    ),
    frame('a length with a plus', ({ page }) =>
      raw([ok, html, `Content-Length: +${page.length}`], page),
    ),
    frame('a negative length', ({ page }) => raw([ok, html, 'Content-Length: -1'], page)),
    frame('a length with words behind it', ({ page }) =>
      raw([ok, html, `Content-Length: ${page.length} bytes`], page),
    ),
    frame('an empty length', ({ page }) => raw([ok, html, 'Content-Length:'], page)),
    frame('a length with a space before the colon', ({ page }) =>
      raw([ok, html, `Content-Length : ${page.length - 60}`], page),
    ),
    frame('a head of ICY', ({ page }) =>
      raw(['ICY 200 OK', html, `Content-Length: ${page.length}`], page),
    ),
    frame('a version in small letters', ({ page }) =>
      raw(['http/1.1 200 OK', html, `Content-Length: ${page.length}`], page),
    ),
    frame('an empty line before the head', ({ page }) =>
      Buffer.concat([Buffer.from('\r\n'), respond([html], page)]),
    ),
    frame('words before the head', ({ page }) =>
      Buffer.concat([Buffer.from('<p>'), respond([html], page)]),
    ),
    frame('lines of the head that end with LF', ({ page }) =>
      Buffer.concat([Buffer.from(`${ok}\n${html}\nContent-Length: ${page.length}\n\n`), page]),
    ),
    frame('a lone CR in a header', ({ page, foreign }) =>
      respond([html, `X-A: b\rLink: <${foreign}/evil.css>; rel=stylesheet`], page),
    ),
    frame('NUL in a header', ({ page }) => respond([html, 'X-A: b\0c'], page)),
    frame('a header without colon', ({ page }) => respond([html, 'X-A'], page)),
    frame('a header without a name', ({ page }) => respond([html, ': x'], page)),
    frame('a first header line that begins with a space', ({ page, foreign }) =>
      raw([ok, ` Refresh: 0;url=${foreign}/`, html, `Content-Length: ${page.length}`], page),
    ),
    ...['100 Continue', '102 Processing', '103 Early Hints', '199 Nothing'].map((status) =>
      frame(`${status} with a header, then the page`, ({ page, foreign }) =>
        Buffer.concat([
          raw([`HTTP/1.1 ${status}`, 'Set-Cookie: early=1', `Refresh: 0;url=${foreign}/`]),
          respond([html], page),
        ]),
      ),
    ),
    frame('101 Switching Protocols', ({ page }) =>
      raw(['HTTP/1.1 101 Switching Protocols', 'Upgrade: x', 'Connection: upgrade', html], page),
    ),
    ...[
      '201 Created',
      '202 Accepted',
      '203 Changed',
      '206 Partial',
      '207 Many',
      '226 Used',
      '299 Odd',
      '404 Not Found',
      '403 Forbidden',
      '410 Gone',
      '418 Teapot',
      '500 Broken',
      '999 Odd',
      '600 Odd',
    ].map((status) =>
      answerWith(`status ${status} with the page`, ({ page }) => respond([html], page, status)),
    ),
    answerWith('status 204 with the page', ({ page }) => respond([html], page, '204 No Content')),
    answerWith('status 205 with the page', ({ page }) =>
      respond([html], page, '205 Reset Content'),
    ),
    answerWith('status 304 with the page', ({ page }) => respond([html], page, '304 Not Modified')),
    answerWith('status 200 with words of the host', ({ page }) =>
      respond([html], page, '200 <h1>MALLORY</h1>'),
    ),
    answerWith('status 407 with the page', ({ page }) =>
      respond([html, 'Proxy-Authenticate: Basic realm="x"'], page, '407 Proxy'),
    ),
    change('one byte more (a line end)', (page) => Buffer.concat([page, Buffer.from('\n')])),
    change('a byte order mark that was not there', (page) =>
      Buffer.concat([Buffer.from('\uFEFF'), page]),
    ),
  ]),
];
