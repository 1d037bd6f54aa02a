import {
  addHeaders,
  answerWith,
  onRealPage,
  raw,
  respond,
  setHeaders,
  type Behaviour,
  rarely,
} from '../behaviour.ts';

const type = (name: string, ...values: string[]): Behaviour =>
  setHeaders(`Content-Type: ${name}`, ...values.map((value) => `Content-Type: ${value}`));

/**
 * What a page is said to be (WHATWG MIME Sniffing; Fetch, "extract a MIME type"), in which encoding
 * (WHATWG Encoding), and whether it is to be shown.
 */
export const contentTypes: readonly Behaviour[] = [
  setHeaders('Content-Type: none'),
  onRealPage(setHeaders('Content-Type: none')),
  setHeaders('Content-Type: none, and no guessing', 'X-Content-Type-Options: nosniff'),
  type('plain text', 'text/plain'),
  onRealPage(type('plain text', 'text/plain')),
  type('XHTML', 'application/xhtml+xml'),
  onRealPage(type('XHTML', 'application/xhtml+xml')),
  type('a picture (SVG)', 'image/svg+xml'),
  type('a stream', 'application/octet-stream'),
  type('PDF', 'application/pdf'),
  answerWith('Content-Type: replaced by a second part', ({ page }) =>
    raw(
      ['HTTP/1.1 200 OK', 'Content-Type: multipart/x-mixed-replace; boundary=x'],
      Buffer.concat([
        Buffer.from('--x\r\nContent-Type: text/html\r\n\r\n'),
        page,
        Buffer.from(
          '\r\n--x\r\nContent-Type: text/html\r\n\r\n<p>For seeds: MALLORY</p>\r\n--x--\r\n',
        ),
      ]),
    ),
  ),
  type('multipart, whose boundary is in the page', 'multipart/x-mixed-replace; boundary="<p>"'),
  type('two headers, HTML last', 'text/plain', 'text/html'),
  type('two headers, HTML first', 'text/html', 'text/plain'),
  type(
    'two headers, the second with another charset',
    'text/html; charset=utf-8',
    'text/html; charset=utf-16le',
  ),
  type(
    'two values, the second with another charset',
    'text/html; charset=utf-8, text/html; charset=koi8-r',
  ),
  type('a comma within quotes', 'text/html; x=", text/plain"; charset=windows-1251'),
  type('another charset (windows-1251)', 'text/html; charset=windows-1251'),
  onRealPage(type('another charset (windows-1251)', 'text/html; charset=windows-1251')),
  type('another charset (UTF-16)', 'text/html; charset=utf-16le'),
  onRealPage(type('another charset (UTF-16)', 'text/html; charset=utf-16le')),
  type('another charset, quoted with a quoted pair', 'text/html; charset="windows-\\1251"'),
  type('the charset given twice, UTF-8 last', 'text/html; charset=windows-1251; charset=utf-8'),
  answerWith('Content-Type: a folded line with another charset', ({ page }) =>
    respond(['Content-Type: text/html;\r\n charset=windows-1251'], page),
  ),
  answerWith('Content-Type: a space that is not ASCII before another charset', ({ page }) =>
    respond(['Content-Type: text/html;\u00A0charset=windows-1251'], page),
  ),
  addHeaders(
    'Content-Disposition: an attachment with another name',
    'Content-Disposition: attachment; filename="garden.html.exe"',
  ),
  addHeaders('Content-Disposition: a quoted attachment', 'Content-Disposition: "attachment"'),
  addHeaders(
    'Content-Disposition: inline, then attachment',
    'Content-Disposition: inline',
    'Content-Disposition: attachment',
  ),
  ...rarely([
    type('empty', ''),
    type('unknown', 'unknown/unknown'),
    type('application/unknown', 'application/unknown'),
    type('anything', '*/*'),
    type('without a slash', 'html'),
    type('XML', 'text/xml'),
    type('a picture (PNG)', 'image/png'),
    type('JSON', 'application/json'),
    type('a style sheet', 'text/css'),
    type('captions', 'text/vtt'),
    type('a listing of an index', 'application/http-index-format'),
    type('a mail', 'message/rfc822'),
    type('a feed', 'application/rss+xml'),
    type('markdown', 'text/markdown'),
    type('multipart, whose boundary is not in the page', 'multipart/x-mixed-replace; boundary=x'),
    type(
      'two headers, the first with another charset',
      'text/html; charset=windows-1251',
      'text/html',
    ),
    type('two values in one header, HTML last', 'text/plain, text/html'),
    type('two values in one header, HTML first', 'text/html, text/plain'),
    type('two values in one header, the second broken', 'text/html, x'),
    type('two values, charset in the first alone', 'text/html; charset=windows-1251, text/html'),
    type('a quote that is never closed', 'text/html; x="; charset=windows-1251'),
    type('another charset (ISO-8859-1)', 'text/html; charset=ISO-8859-1'),
    type('another charset (UTF-7)', 'text/html; charset=utf-7'),
    type('another charset (UTF-32)', 'text/html; charset=utf-32'),
    type('another charset (ISO-2022-JP)', 'text/html; charset=iso-2022-jp'),
    type('another charset (replacement)', 'text/html; charset=iso-2022-kr'),
    type('another charset (x-user-defined)', 'text/html; charset=x-user-defined'),
    type('another charset in single quotes', "text/html; charset='windows-1251'"),
    type('another charset in capitals', 'TEXT/HTML; CHARSET=WINDOWS-1251'),
    type('another charset, spaces around the equals sign', 'text/html; charset = windows-1251'),
    type('another charset, spaces inside of quotes', 'text/html; charset=" windows-1251 "'),
    type('another charset after a broken parameter', 'text/html; a b; charset=windows-1251'),
    type('another charset after a comma', 'text/html, charset=windows-1251'),
    type('another charset without semicolon', 'text/html charset=windows-1251'),
    type('the charset given twice', 'text/html; charset=utf-8; charset=windows-1251'),
    type('a charset that nobody knows', 'text/html; charset=nothing'),
    type('an empty charset, then another', 'text/html; charset=; charset=windows-1251'),
    type('UTF-8 under another name', 'text/html; charset=unicode-1-1-utf-8'),
    type('a further parameter', 'text/html; version=1; charset=utf-8'),
    answerWith('Content-Type: a vertical tab before another charset', ({ page }) =>
      respond(['Content-Type: text/html;\u000Bcharset=windows-1251'], page),
    ),
    addHeaders('Content-Disposition: attachment', 'Content-Disposition: attachment'),
    addHeaders(
      'Content-Disposition: an unknown disposition',
      'Content-Disposition: x; filename=garden.exe',
    ),
    addHeaders(
      'Content-Disposition: a name without a disposition',
      'Content-Disposition: filename=garden.exe',
    ),
    addHeaders(
      'Content-Disposition: inline, with a name',
      'Content-Disposition: inline; filename=garden.html.exe',
    ),
    addHeaders('Content-Disposition: empty', 'Content-Disposition: '),
    addHeaders('Content-Disposition: form data', 'Content-Disposition: form-data; filename=x'),
  ]),
];
