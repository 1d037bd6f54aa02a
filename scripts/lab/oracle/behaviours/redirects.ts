import { gzipSync } from 'node:zlib';
import {
  answerWith,
  fillIn,
  respond,
  type Behaviour,
  type Surroundings,
  rarely,
} from '../behaviour.ts';
import { foreignPage } from '../signed-site.ts';

const html = 'Content-Type: text/html';
type Answer = (surroundings: Surroundings) => Buffer;

const send =
  (...locations: string[]): Answer =>
  (surroundings) =>
    respond(
      locations.map((value) => `Location: ${fillIn(value, surroundings)}`),
      '',
      '302 Found',
    );
/** The true page, which the host gives at another address of its own. */
const again: Answer = ({ page }) => respond([html], page);
const redirect = (
  name: string,
  location: string,
  elsewhere: Readonly<Record<string, Answer>> = {},
): Behaviour => ({
  ...answerWith(`redirect: ${name}`, send(location)),
  elsewhere,
});

/**
 * Where a host sends readers (RFC 9110, 15.4 and 10.2.2; WHATWG Fetch, "location URL"), with the
 * true page at the end.
 */
export const redirects: readonly Behaviour[] = [
  redirect('without .html', 'bare', { 'en/bare': again }),
  redirect('into another folder of the host, with the true page', '/garden/bare.html', {
    'garden/bare.html': again,
  }),
  redirect('up one folder, with the true page', '../bare.html', { 'bare.html': again }),
  redirect('with a slash in place of .html', '/en/bare/', { 'en/bare/': again }),
  redirect('a fragment', 'bare2#~text=words', { 'en/bare2': again }),
  redirect('to another page of the site', 'home.html'),
  redirect('to another host', 'FOREIGN/en/bare.html'),
  redirect('with a user name', 'http://garden.example@HOST/en/bare2.html', {
    'en/bare2.html': again,
  }),
  redirect('to a page in the address itself', `data:text/html,${encodeURIComponent(foreignPage)}`),
  {
    ...answerWith('redirect: two addresses', send('bare2.html', 'FOREIGN/')),
    elsewhere: { 'en/bare2.html': again },
  },
  answerWith('redirect: an address without a redirect', ({ page, foreign }) =>
    respond([html, `Location: ${foreign}/`], page),
  ),
  answerWith('redirect: 302 with the page and an address of the host', ({ page }) =>
    respond([html, 'Location: home.html'], page, '302 Found'),
  ),
  ...['', 'en/'].flatMap((at): Behaviour[] => {
    const name = at === '' ? 'the front page' : 'a folder';
    return [
      { name: `redirect: ${name} to its index.html`, at, answer: send(`/${at}index.html`) },
      { name: `redirect: ${name} to a true page of the site`, at, answer: send('/en/home.html') },
      {
        name: `redirect: ${name} into another folder, with the true page`,
        at,
        answer: send('/garden/start/'),
        elsewhere: { 'garden/start/': again },
      },
      {
        name: `redirect: none, but ${name} shows another true page`,
        at,
        answer: ({ file }) => respond([html], file('en/home.html')),
      },
      { name: `redirect: ${name} to another host`, at, answer: send('FOREIGN/') },
      {
        name: `Refresh: on ${name}`,
        at,
        answer: ({ page, foreign }) => respond([html, `Refresh: 0;url=${foreign}/`], page),
      },
      {
        name: `Content-Type: ${name} as XHTML`,
        at,
        answer: ({ page }) => respond(['Content-Type: application/xhtml+xml'], page),
      },
      {
        name: `Content-Encoding: ${name} as gzip of two members`,
        at,
        answer: ({ page }) =>
          respond(
            [html, 'Content-Encoding: gzip'],
            Buffer.concat([gzipSync(page.subarray(0, 200)), gzipSync(page.subarray(200))]),
          ),
      },
    ];
  }),
  ...rarely([
    redirect('with a query', '/en/bare.html?reader=7', {}),
    redirect('a query that marks the reader, to another name', 'bare?reader=7', {
      'en/bare': again,
    }),
    redirect('to another host without scheme', '//127.0.0.1:1/en/bare.html'),
    redirect('with backslashes', '\\\\127.0.0.1:1\\en\\bare.html'),
    redirect('to a script', 'javascript:alert(1)'),
    redirect('to an address that is none', 'http://['),
    redirect('to an empty address', ''),
    redirect('in another script of letters', '/en/b\u0430re.html'),
    {
      ...answerWith('redirect: two addresses, the other way round', send('FOREIGN/', 'bare2.html')),
      elsewhere: { 'en/bare2.html': again },
    },
    ...[
      '201 Created',
      '300 Multiple Choices',
      '304 Not Modified',
      '305 Use Proxy',
      '306 Odd',
      '399 Odd',
    ].map((status) =>
      answerWith(`redirect: ${status}, with an address and the page`, ({ page, foreign }) =>
        respond([html, `Location: ${foreign}/`], page, status),
      ),
    ),
    answerWith('redirect: 301 with the page and no address', ({ page }) =>
      respond([html], page, '301 Moved'),
    ),
    answerWith('redirect: Content-Location', ({ page, foreign }) =>
      respond([html, `Content-Location: ${foreign}/garden/`], page),
    ),
    answerWith('redirect: Content-Base', ({ page, foreign }) =>
      respond([html, `Content-Base: ${foreign}/garden/`, `Base: ${foreign}/`], page),
    ),
    ...[
      '0;url=FOREIGN/',
      '0; URL="FOREIGN/"',
      '0,url=FOREIGN/',
      '0 FOREIGN/',
      '0.5;url=FOREIGN/',
      '.0;FOREIGN/',
      ' 0;url=FOREIGN/',
      '0;url=home.html',
      '0',
      '0;url=data:text/html,x',
      '-1;url=FOREIGN/',
      '+0;url=FOREIGN/',
    ].map((value) =>
      answerWith(`Refresh: ${value}`, ({ page, foreign }) =>
        respond([html, `Refresh: ${value.replaceAll('FOREIGN', foreign)}`], page),
      ),
    ),
    answerWith('Refresh: two headers', ({ page, foreign }) =>
      respond([html, 'Refresh: x', `Refresh: 0;url=${foreign}/`], page),
    ),
  ]),
];
