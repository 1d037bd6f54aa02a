import { describe, expect, test } from 'vitest';
import {
  extractMimeType,
  isMarkup,
  isNosniff,
  readPageType,
  type TypeHeaders,
} from '../../src/kit/core/source/content-type.ts';

const print = (...values: string[]): string | undefined => {
  const type = extractMimeType(values);
  return type && `${type.essence}${type.charset === undefined ? '' : ` ${type.charset}`}`;
};

describe('the type of an answer', () => {
  // From the examples of Fetch, 3.6, and of the tests for it in web-platform-tests (fetch/content-type).
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

test.each<[types: string[], expected: boolean]>([
  [['text/html'], true],
  [['application/xhtml+xml'], true],
  [['image/svg+xml; charset=utf-8'], true],
  [['text/xml'], true],
  [['multipart/x-mixed-replace'], true],
  [['text/plain', 'text/html'], true],
  [['text/plain'], false],
  [['application/json'], false],
  [[], false],
])('%j makes markup of a text: %j', (types, expected) => expect(isMarkup(types)).toBe(expected));
