import { describe, expect, test } from 'vitest';
import {
  extractMimeType,
  isNosniff,
  readFileType,
  readPageType,
  type TypeHeaders,
} from '../../src/kit/core/source/content-type.ts';

const print = (...values: string[]): string | undefined => {
  const type = extractMimeType(values);
  return type && `${type.essence}${type.charset === undefined ? '' : ` ${type.charset}`}`;
};

describe('the type of an answer', () => {
  // From the examples of Fetch, 3.6, and of the tests for it in web-platform-tests
  // (fetch/content-type).
  test.each<[values: string[], expected: string | undefined]>([
    [[], undefined],
    [[''], undefined],
    [['text'], undefined],
    [['text/'], undefined],
    [['/html'], undefined],
    [['text/ht ml'], undefined],
    [['text/html'], 'text/html'],
    [[' TEXT/HTML\t;'], 'text/html'],
    [['text/html;charset=gbk'], 'text/html gbk'],
    [['text/html; CHARSET="gbk"'], 'text/html gbk'],
    [['text/html;charset=gbk', 'text/html'], 'text/html gbk'],
    [['text/html;charset=gbk, text/html'], 'text/html gbk'],
    [['text/html;charset=gbk, text/plain', 'text/html'], 'text/html'],
    [['text/plain;charset=gbk', 'text/html;charset=windows-1254'], 'text/html windows-1254'],
    [['text/plain', '*/*'], 'text/plain'],
    [['text/html', '*/*;charset=gbk'], 'text/html'],
    [['text/html', ''], 'text/html'],
    [['text/html', 'x'], 'text/html'],
    [['text/plain,text/html'], 'text/html'],
    [['text/html,,'], 'text/html'],
    [['text/html;" \\" , text/plain'], 'text/html'],
    [['text/html;x=" , text/plain'], 'text/html'],
    [['text/html;x=","; charset=gbk'], 'text/html gbk'],
    [['text/html;x="\\"; charset=utf-8"; charset=gbk'], 'text/html gbk'],
    [['text/html;charset="g\\bk"'], 'text/html gbk'],
    [['text/html;charset=gbk;charset=utf-8'], 'text/html gbk'],
    [['text/html;charset=;charset=gbk'], 'text/html gbk'],
    [['text/html;charset="";charset=gbk'], 'text/html '],
    [['text/html;charset =gbk'], 'text/html'],
    [['text/html;charset= gbk'], 'text/html  gbk'],
    [['text/html;a b;charset=gbk'], 'text/html gbk'],
    [["text/html;charset='gbk'"], "text/html 'gbk'"],
    [['text/html;charset=gbk x'], 'text/html gbk x'],
  ])('%j is %j', (values, expected) => expect(print(...values)).toBe(expected));

  test('may not be guessed where the first value says so', () => {
    expect(isNosniff(['NoSniff'])).toBe(true);
    expect(isNosniff(['nosniff, x'])).toBe(true);
    expect(isNosniff(['x', 'nosniff'])).toBe(false);
    expect(isNosniff(['"nosniff"'])).toBe(false);
    expect(isNosniff([])).toBe(false);
  });
});

const read = (headers: Partial<TypeHeaders>, hasMark = false) =>
  readPageType({ types: ['text/html'], sniffing: [], dispositions: [], ...headers }, hasMark);

describe('a page', () => {
  test.each<[types: string[], bare: string, marked: string]>([
    [['text/html'], 'as signed', 'as signed'],
    [['text/html; charset=UTF-8'], 'as signed', 'as signed'],
    [['text/html; charset=" utf8"'], 'as signed', 'as signed'],
    [['text/html; charset=iso-8859-1'], 'in another encoding', 'as signed, by its mark'],
    [['text/html; charset=utf-16le'], 'in another encoding', 'as signed, by its mark'],
    [['text/plain'], 'as something else', 'as something else'],
    [['application/xhtml+xml'], 'as something else', 'as something else'],
    [['image/svg+xml'], 'as something else', 'as something else'],
    [['multipart/x-mixed-replace; boundary=x'], 'as something else', 'as something else'],
    [['text/html', 'text/plain'], 'as something else', 'as something else'],
    [['text/plain', 'text/html'], 'as signed', 'as signed'],
    [['application/octet-stream'], 'saved', 'saved'],
    [[], 'as signed', 'as something else'],
    [['html'], 'as signed', 'as something else'],
    [['unknown/unknown'], 'saved', 'as something else'],
  ])('that comes as %j is read so: %s; with a mark: %s', (types, bare, marked) => {
    expect(read({ types }, false)).toBe(bare);
    expect(read({ types }, true)).toBe(marked);
  });

  test('without a type is read as text where guessing is forbidden', () => {
    expect(read({ types: [], sniffing: ['nosniff'] })).toBe('as something else');
  });

  // RFC 6266, 4.2, where Chromium and Firefox follow it; each was seen in both.
  test.each<[dispositions: string[], expected: string]>([
    [[''], 'as signed'],
    [['inline'], 'as signed'],
    [['INLINE; filename="garden.html"'], 'as signed'],
    [['filename=garden.exe'], 'as signed'],
    [['attachment'], 'saved'],
    [['attachment; filename="garden.html.exe"'], 'saved'],
    [['"attachment"'], 'saved'],
    [['garden.html.exe'], 'saved'],
    [['form-data; name=x'], 'saved'],
    [['inline', 'attachment'], 'saved'],
  ])('that comes with the disposition %j is read so: %s', (dispositions, expected) => {
    expect(read({ dispositions })).toBe(expected);
    expect(read({ dispositions, types: ['text/plain'] })).toBe('as something else');
  });
});

describe('a file that is no page', () => {
  test.each<[types: string[], ascii: string, other: string]>([
    [[], 'as signed', 'as signed'],
    [['text/plain'], 'as signed', 'as signed'],
    [['text/plain; charset=utf-8'], 'as signed', 'as signed'],
    [['text/plain; charset=iso-8859-1'], 'as signed', 'another encoding'],
    [['text/plain; charset=utf-16'], 'another encoding', 'another encoding'],
    [['text/javascript; charset=UCS-2'], 'another encoding', 'another encoding'],
    [['application/json; charset=iso-2022-jp'], 'another encoding', 'another encoding'],
    [['image/png; charset=utf-16'], 'as signed', 'as signed'],
    [['text/html'], 'markup', 'markup'],
    [['text/plain', 'text/html'], 'markup', 'markup'],
    [['multipart/x-mixed-replace'], 'markup', 'markup'],
    [['image/svg+xml'], 'markup', 'markup'],
    [['text/xml'], 'markup', 'markup'],
  ])('that comes as %j is read so: %s; with letters beyond ASCII: %s', (types, ascii, other) => {
    expect(readFileType(types, false, () => false)).toBe(ascii);
    expect(readFileType(types, false, () => true)).toBe(other);
  });

  test('may be XML if it is XML', () => {
    expect(readFileType(['application/atom+xml'], true, () => true)).toBe('as signed');
    expect(readFileType(['text/xml; charset=koi8-r'], true, () => true)).toBe('another encoding');
    expect(readFileType(['text/html'], true, () => true)).toBe('markup');
  });
});
