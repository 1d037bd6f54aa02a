import { describe, expect, it } from 'vitest';
import {
  mhtmlLimits,
  readMhtml,
  findPageType,
  PageError,
  pageLimits,
} from '../../src/kit/core/page-diff/page-file.ts';
import { fuzz, fuzzSettings, fuzzTimeout } from '../helpers/fuzz.ts';
import { linearGrowth, measureGrowth } from '../helpers/growth.ts';
import { htmlPart, makeMhtml, type MhtmlPart } from '../helpers/make-mhtml.ts';

const html =
  '<!DOCTYPE html><meta charset="utf-8"><p title="a=b">Сад = garden, é\r\n and more.'.repeat(9);
const page = htmlPart(html);
const image: MhtmlPart = {
  headers: [
    'Content-Type: image/jpeg',
    'Content-Transfer-Encoding: base64',
    'Content-Location: https://mirror.example/_astro/field.jpg',
  ],
  body: '/9j/4AAQ\r\nSkZJRg==',
};
const read = (text: string) => readMhtml(Buffer.from(text, 'latin1'));

describe('readMhtml refuses', () => {
  it.each<[what: string, file: string]>([
    ['nothing', ''],
    ['a page', html],
    ['a file without parts', makeMhtml([])],
    ['a file without an end', makeMhtml([page]).replace(/--\r\n$/, '')],
    ['two pages, of which programs show one each', makeMhtml([page, htmlPart('<p>Other')])],
    ['an image before the page', makeMhtml([image, page])],
    ['a page in XML', makeMhtml([{ ...page, headers: ['Content-Type: application/xhtml+xml'] }])],
    [
      'XML next to the page',
      makeMhtml([page, { headers: ['Content-Type: image/svg+xml'], body: '<svg/>' }]),
    ],
    ['words before its parts', makeMhtml([page], { preamble: '<p>Other' })],
    ['words behind its parts', makeMhtml([page], { epilogue: '<p>Other' })],
    ['two types of one part', makeMhtml([htmlPart(html, 'content-type: text/plain')])],
    ['two codings of one part', makeMhtml([htmlPart(html, 'Content-Transfer-Encoding: base64')])],
    [
      'another start than its first part',
      makeMhtml([htmlPart(html, 'Content-ID: <a>')], { parameters: '\r\n\tstart="<b>";' }),
    ],
    ['two boundaries', makeMhtml([page], { parameters: '\r\n\tboundary=x;' })],
    [
      'another encoding',
      makeMhtml([{ ...page, headers: ['Content-Type: text/html; charset=koi8-r'] }]),
    ],
    [
      'an unknown coding',
      makeMhtml([
        { ...page, headers: ['Content-Type: text/html', 'Content-Transfer-Encoding: x-gzip'] },
      ]),
    ],
    ['broken quoted-printable', makeMhtml([{ ...page, body: 'a =XY b' }])],
    ['broken base64', makeMhtml([page, { ...image, body: 'a*b=' }])],
    [
      'a header line that is none',
      makeMhtml([{ ...page, headers: ['Content-Type: text/html', 'x'] }]),
    ],
    [
      'a header without end',
      makeMhtml([htmlPart(html, `X: ${'x'.repeat(mhtmlLimits.maxHeaderLength)}`)]),
    ],
    ['too many parts', makeMhtml([page, ...Array<MhtmlPart>(mhtmlLimits.maxParts).fill(image)])],
    [
      'a page that is too large',
      makeMhtml([{ ...page, body: 'x'.repeat(pageLimits.maxBytes + 1) }]),
    ],
  ])('%s', (_, file) => {
    expect(() => read(file)).toThrow(PageError);
  });

  it('a file that is too large', () => {
    expect(() => readMhtml(new Uint8Array(mhtmlLimits.maxBytes + 1))).toThrow(PageError);
  });
});

describe('readMhtml', () => {
  it.each<[what: string, part: MhtmlPart]>([
    ['quoted-printable', page],
    [
      'base64',
      {
        headers: ['Content-Type: text/html; charset="UTF-8"', 'Content-Transfer-Encoding: BASE64'],
        body: Buffer.from(html).toString('base64').replace(/.{76}/g, '$&\r\n'),
      },
    ],
    [
      'as it is',
      { headers: ['Content-Type: text/html'], body: Buffer.from(html).toString('latin1') },
    ],
  ])('reads a page in %s, with what was saved with it', (_, part) => {
    const archived = read(makeMhtml([part, image]));
    expect(Buffer.from(archived.page).toString()).toBe(html);
    expect(archived.resources).toMatchObject([
      { type: 'image/jpeg', location: 'https://mirror.example/_astro/field.jpg' },
    ]);
    expect(Buffer.from(archived.resources[0]?.bytes ?? []).toString('base64')).toBe(
      '/9j/4AAQSkZJRg==',
    );
  });

  it(
    'reads or refuses any damaged file',
    () => {
      fuzz(
        'readMhtml',
        [Buffer.from(makeMhtml([page, image]), 'latin1')],
        (bytes) => readMhtml(bytes),
        [PageError],
        fuzzSettings(500),
      );
    },
    fuzzTimeout,
  );

  it.each<[what: string, make: (count: number) => string]>([
    ['of lines', (count) => makeMhtml([{ ...page, body: 'a\r\n'.repeat(count) }])],
    [
      'of almost boundaries',
      (count) => makeMhtml([{ ...page, body: '------M\r\n'.repeat(count) }]),
    ],
    ['of soft line ends', (count) => makeMhtml([{ ...page, body: '=\r\n'.repeat(count) }])],
    ['of spaces', (count) => makeMhtml([{ ...page, body: ' '.repeat(count) }])],
    ['of one line', (count) => makeMhtml([{ ...page, body: 'a'.repeat(count) }])],
    ['of colons', (count) => ':'.repeat(count)],
  ])('costs no more than its size, for a file %s', (_, make) => {
    const readAny = (file: string): void => {
      try {
        read(file);
      } catch (error) {
        expect(error).toBeInstanceOf(PageError);
      }
    };
    const [small, large] = [make(100_000), make(400_000)];
    expect(
      measureGrowth(
        () => readAny(small),
        () => readAny(large),
        4,
      ),
    ).toBeLessThan(linearGrowth);
  });
});

describe('a file is, for a browser,', () => {
  const doctype = '<!DOCTYPE html>';
  const xml = '<?xml version="1.0"?>';
  it.each<[name: string, start: string, type: ReturnType<typeof findPageType>]>([
    ['a.html', doctype, 'html'],
    ['a.HTM', doctype, 'html'],
    ['a.html', xml, 'html'],
    ['a.xhtml', doctype, { other: 'XML' }],
    ['a.xht', doctype, { other: 'XML' }],
    ['a.xml', doctype, { other: 'XML' }],
    ['a.html.xml', doctype, { other: 'XML' }],
    ['a.svg', doctype, { other: 'a drawing (SVG)' }],
    ['a.txt', doctype, { other: 'plain text' }],
    ['a.pdf', doctype, { other: 'PDF' }],
    ['a.mht', makeMhtml([page]), 'mhtml'],
    ['a.mhtml', doctype, 'mhtml'],
    ['a.html', makeMhtml([page]), { other: 'the source of an archive (MHTML)' }],
    ['a', doctype, 'html'],
    ['a', `\n <html>`, 'html'],
    ['a', '<!-- a -->', 'html'],
    ['a', '<p>', 'html'],
    ['a', '<pre>', { other: 'plain text' }],
    ['a', `\uFEFF${doctype}`, { other: 'plain text' }],
    ['a', ` ${xml}`, { other: 'XML' }],
    ['a', '%PDF-1.7', { other: 'PDF' }],
    ['a.b/c', doctype, 'html'],
    ['a', '', { other: 'plain text' }],
    ['a.friend', doctype, 'html'],
  ])('%s that begins with %j: %j', (name, start, type) => {
    expect(findPageType(name, Buffer.from(start))).toEqual(type);
  });
});
