import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { findFirstDifference, unpack } from '../../scripts/lab/rebuild/compare-folders.ts';

const folder = (files: Record<string, string | Buffer>) =>
  new Map(Object.entries(files).map(([path, content]) => [path, Buffer.from(content as string)]));
const compare = (a: Record<string, string | Buffer>, b: Record<string, string | Buffer>) =>
  findFirstDifference(folder(a), folder(b));
const long = 'x'.repeat(100);

describe('the first difference of two folders', () => {
  test.each([
    [
      'a file that only one has',
      { 'a.html': '1', 'b.html': '2' },
      { 'a.html': '1' },
      'b.html is only in the first',
    ],
    ['a file that only the other has', {}, { 'a.html': '' }, 'a.html is only in the second'],
    [
      'the first of several, by path',
      { 'z.html': '1', 'b.html': '1', 'a.html': '1' },
      { 'z.html': '2', 'a.html': '1', 'b.html': '2' },
      'b.html differs at byte 0, line 1:\n  the first: ▸1(end)\n  the second: ▸2(end)',
    ],
    [
      'a line of a text',
      { 'a.txt': 'one\ntwo\nthree' },
      { 'a.txt': 'one\ntwo\ntree' },
      'a.txt differs at byte 9, line 3:\n  the first: one\\ntwo\\nt▸hree(end)\n  the second: one\\ntwo\\nt▸ree(end)',
    ],
    [
      'a text that goes on',
      { 'a.txt': 'one' },
      { 'a.txt': 'one, two' },
      'a.txt differs at byte 3, line 1:\n  the first: one▸(end)\n  the second: one▸, two(end)',
    ],
    [
      'letters that share their first byte',
      { 'a.txt': 'жё' },
      { 'a.txt': 'жю' },
      'a.txt differs at byte 3, line 1:\n  the first: ж▸ё(end)\n  the second: ж▸ю(end)',
    ],
    [
      'letters with the same last byte and another first one',
      { 'a.txt': 'aЀ' },
      { 'a.txt': 'aр' },
      'a.txt differs at byte 1, line 1:\n  the first: a▸Ѐ(end)\n  the second: a▸р(end)',
    ],
    [
      'a long text, cut',
      { 'a.txt': `${long}1${long}` },
      { 'a.txt': `${long}2${long}` },
      `a.txt differs at byte 100, line 1:\n  the first: …${'x'.repeat(30)}▸1${'x'.repeat(29)}…\n  the second: …${'x'.repeat(30)}▸2${'x'.repeat(29)}…`,
    ],
    [
      'signs that nobody sees',
      { 'a.txt': 'a\u202eb\u001b[0m' },
      { 'a.txt': 'a\u200bb' },
      'a.txt differs at byte 3, line 1:\n  the first: a▸\\u{202e}b\\u{1b}[0m(end)\n  the second: a▸\\u{200b}b(end)',
    ],
    [
      'bytes that are no text',
      { 'a.webp': Buffer.of(0, 1, 2) },
      { 'a.webp': Buffer.of(0, 255) },
      'a.webp differs at byte 1 (no text, so in hexadecimal):\n  the first: 00 ▸ 01 02 (end)\n  the second: 00 ▸ ff (end)',
    ],
    [
      'a text that is none in the other',
      { 'a.txt': 'ab' },
      { 'a.txt': Buffer.of(97, 255) },
      'a.txt differs at byte 1 (no text, so in hexadecimal):\n  the first: 61 ▸ 62 (end)\n  the second: 61 ▸ ff (end)',
    ],
    [
      'what gzip holds',
      { 'x.pf_meta': gzipSync('{"day":1}') },
      { 'x.pf_meta': gzipSync('{"day":2}') },
      'x.pf_meta is packed with gzip; unpacked it differs at byte 7, line 1:\n  the first: {"day":▸1}(end)\n  the second: {"day":▸2}(end)',
    ],
  ])('is %s', (_, a, b, expected) => {
    expect(compare(a, b)).toBe(expected);
  });

  test('is the way of packing where gzip holds the same', () => {
    expect(
      compare({ 'x.gz': gzipSync(long, { level: 1 }) }, { 'x.gz': gzipSync(long, { level: 0 }) }),
    ).toMatch(
      /^x\.gz holds the same, but is packed in another way: its gzip file differs at byte \d+ \(no text/,
    );
  });

  test('is shown in bytes where only one of the two is packed', () => {
    expect(compare({ 'x.gz': gzipSync('a') }, { 'x.gz': 'a' })).toMatch(
      /^x\.gz differs at byte 0 \(no text.*\n {2}the first: {2}▸ 1f 8b .*\n {2}the second: {2}▸ 61 \(end\)$/,
    );
  });

  test('has the names of the folders that it is given', () => {
    expect(
      findFirstDifference(folder({ a: '' }), folder({}), ['the site', 'the build elsewhere']),
    ).toBe('a is only in the site');
  });

  test('does not exist between equal folders, in whatever order they list their files', () => {
    expect(compare({}, {})).toBeUndefined();
    expect(compare({ a: '1', b: gzipSync('2') }, { b: gzipSync('2'), a: '1' })).toBeUndefined();
  });
});

test('a file that only begins like gzip is no gzip', () => {
  expect(unpack(Buffer.of(0x1f, 0x8b, 1, 2))).toBeUndefined();
  expect(unpack(Buffer.of())).toBeUndefined();
  expect(unpack(gzipSync('a'))?.toString()).toBe('a');
});
