import {
  addHeaders,
  answerWith,
  onRealPage,
  raw,
  respond,
  type Behaviour,
  rarely,
} from '../behaviour.ts';

const css = 'FOREIGN/evil.css';
const link = (name: string, value: string, ...more: string[]): Behaviour =>
  addHeaders(`Link: ${name}`, `Link: ${value}`, ...more.map((each) => `Link: ${each}`));

/**
 * The Link header (RFC 8288; HTML 4.2.4.5 "Processing Link headers") in the spellings that parsers
 * read differently. Firefox applies style sheets of it, Chromium preloads and connects.
 */
export const linkHeaders: readonly Behaviour[] = [
  link('a style sheet', `<${css}>; rel="stylesheet"`),
  onRealPage(link('a style sheet', `<${css}>; rel="stylesheet"`)),
  link('a quoted pair in the relation', `<${css}>; rel="st\\ylesheet"`),
  onRealPage(link('a quoted pair in the relation', `<${css}>; rel="st\\ylesheet"`)),
  link('a relation in capitals', `<${css}>; REL="STYLESHEET"`),
  link('several relations', `<${css}>; rel="author stylesheet"`),
  link('an extended relation', `<${css}>; rel*=UTF-8''stylesheet`),
  link('a comma inside of quotes', `</x>; title="a, b"; rel=author, <${css}>; rel=stylesheet`),
  link('an escaped quote', `</x>; title="a\\", <${css}>; rel=stylesheet`),
  link('a quote that is never closed', `</x>; title="a, <${css}>; rel=stylesheet`),
  link(
    'harmless in one header and not in the next',
    '</x>; rel=author',
    `<${css}>; rel=stylesheet`,
  ),
  link('a style sheet in the address itself', `<data:text/css,body{display:none}>; rel=stylesheet`),
  onRealPage(
    link(
      'a style sheet in the address itself',
      `<data:text/css,body{display:none}>; rel=stylesheet`,
    ),
  ),
  answerWith('Link: on a folded line', ({ page, foreign }) =>
    respond(['Content-Type: text/html', `Link: <${foreign}/evil.css>;\r\n rel=stylesheet`], page),
  ),
  answerWith('Link: with a form feed between relations', ({ page, foreign }) =>
    respond(
      ['Content-Type: text/html', `Link: <${foreign}/evil.css>; rel="author\fstylesheet"`],
      page,
    ),
  ),
  link('preload of a style', `<${css}>; rel=preload; as=style`),
  onRealPage(link('preload of a style', `<${css}>; rel=preload; as=style`)),
  link('preload with a quoted pair', '<FOREIGN/x.png>; rel="pre\\load"; as=image'),
  link('a module', '<FOREIGN/x.js>; rel=modulepreload'),
  link('prefetch', '<FOREIGN/x.html>; rel=prefetch'),
  onRealPage(link('prefetch', '<FOREIGN/x.html>; rel=prefetch')),
  link('next', '<FOREIGN/x.html>; rel=next'),
  link('preconnect', '<FOREIGN>; rel=preconnect'),
  link('a shared dictionary', '<FOREIGN/x.dict>; rel=compression-dictionary'),
  link('canonical', '<FOREIGN/x.html>; rel=canonical'),
  answerWith('Link: in Early Hints (103)', ({ page, foreign }) =>
    Buffer.concat([
      raw([
        'HTTP/1.1 103 Early Hints',
        `Link: <${foreign}>; rel=preconnect`,
        `Link: <${foreign}/evil.css>; rel=preload; as=style`,
      ]),
      respond(['Content-Type: text/html'], page),
    ]),
  ),
  ...rarely([
    link('a relation without quotes', `<${css}>; rel=stylesheet`),
    link('a relation in single quotes', `<${css}>; rel='stylesheet'`),
    link('spaces around the equals sign', `<${css}> ; rel = stylesheet`),
    link('relations with a tab between them', `<${css}>; rel="author\tstylesheet"`),
    link('the relation given twice', `<${css}>; rel=author; rel=stylesheet`),
    link('the relation given twice, the other way round', `<${css}>; rel=stylesheet; rel=author`),
    link('an extended relation with an escape', `<${css}>; rel*=UTF-8''%73tylesheet`),
    link('an extended relation that is empty', `<${css}>; rel=author; rel*=UTF-8'en'stylesheet`),
    link('a lone quote before the link', `"<${css}>; rel=stylesheet`),
    link('a parameter without a value', `<${css}>; crossorigin; rel=stylesheet`),
    link('an empty parameter', `<${css}>;; rel=stylesheet`),
    link('without semicolon', `<${css}> rel=stylesheet`),
    link('empty list items', `,, ,<${css}>; rel=stylesheet`),
    link('a media query', `<${css}>; rel=stylesheet; media=screen`),
    link('an anchor of its own', `<${css}>; rel=stylesheet; anchor=""`),
    link('an anchor elsewhere', `<${css}>; rel=stylesheet; anchor="/other"`),
    link('an alternative style sheet', `<${css}>; rel="alternate stylesheet"; title=x`),
    link('a style sheet of the same host', `</text.css>; rel=stylesheet`),
    answerWith('Link: with a control character in the relation', ({ page, foreign }) =>
      respond(
        ['Content-Type: text/html', `Link: <${foreign}/evil.css>; rel="style\u0001sheet"`],
        page,
      ),
    ),
    answerWith('Link: with a vertical tab between relations', ({ page, foreign }) =>
      respond(
        ['Content-Type: text/html', `Link: <${foreign}/evil.css>; rel="author\u000Bstylesheet"`],
        page,
      ),
    ),
    link('preload of a picture', '<FOREIGN/x.png>; rel=preload; as=image'),
    link(
      'preload of a picture by a set of sources',
      '<>; rel=preload; as=image; imagesrcset="FOREIGN/x.png 1x"',
    ),
    link('preload of a font', '<FOREIGN/x.woff2>; rel=preload; as=font; crossorigin'),
    link('preload for fetch', '<FOREIGN/x>; rel=preload; as=fetch; crossorigin'),
    link('preconnect in an extended relation', `<FOREIGN>; rel*=UTF-8''preconnect`),
    link('a name to look up', '<//NAME>; rel=dns-prefetch'),
    link('prerender', '<FOREIGN/x.html>; rel=prerender'),
    link('a manifest', '<FOREIGN/x.webmanifest>; rel=manifest'),
    link('an icon', '<FOREIGN/x.png>; rel=icon'),
    link('expect', '<#never>; rel=expect; blocking=render'),
    link('a pingback', '<FOREIGN/x>; rel=pingback'),
    {
      ...addHeaders(
        'Link: a style sheet, on a picture of the page',
        'Link: <FOREIGN/x.css>; rel=stylesheet',
      ),
      at: 'en/bare.html',
      answer: ({ page }) => respond(['Content-Type: text/html'], page),
      elsewhere: {
        'en/photo.png': ({ page, foreign }) =>
          respond(
            [
              'Content-Type: image/png',
              `Link: <${foreign}/x.png>; rel=preload; as=image`,
              `Link: <${foreign}>; rel=preconnect`,
            ],
            page,
          ),
      },
    },
  ]),
];
