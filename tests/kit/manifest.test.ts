import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { compareBytes } from '../../src/kit/core/text/bytes.ts';
import {
  ManifestError,
  manifestLimits,
  parseManifest,
  printManifest,
} from '../../src/kit/core/manifest/manifest.ts';
import { makeFolder } from '../helpers/build.ts';
import { fuzz, fuzzSettings, fuzzTimeout } from '../helpers/fuzz.ts';
import { linearGrowth, measureGrowth } from '../helpers/growth.ts';

const hash = 'a'.repeat(64);
const row = (path: string, ofHash = hash): string => `${ofHash}  ${path}\n`;
const parse = (text: string | Buffer) => parseManifest(Buffer.from(text));
const errorOf = (action: () => unknown): ManifestError => {
  try {
    action();
  } catch (error) {
    if (error instanceof ManifestError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
};

describe('parseManifest', () => {
  it.each<[what: string, text: string | Buffer, line: number | undefined, message: string]>([
    ['nothing', '', 1, 'expected at least one file'],
    ['an empty line', `${row('a')}\n`, 2, 'an empty line'],
    ['a list without the last line end', row('a') + row('b').trimEnd(), 2, 'without a line end'],
    ['CR LF', row('a') + row('b').replace('\n', '\r\n'), 2, 'CR LF'],
    ['a byte order mark', `\uFEFF${row('a')}`, 1, 'a byte order mark'],
    ['a byte order mark inside', `${row('a')}\uFEFF${row('b')}`, 2, 'a byte order mark'],
    ['a short hash', row('a') + row('b', 'a'.repeat(63)), 2, 'a hash of 63 hexadecimal digits'],
    ['a long hash', row('a', 'a'.repeat(65)), 1, 'a hash of 65 hexadecimal digits'],
    ['a hash of another kind', row('a', 'a'.repeat(128)), 1, 'a hash of 128 hexadecimal digits'],
    ['a hash in capitals', row('a', 'A'.repeat(64)), 1, 'a hash in capitals'],
    ['no hash', 'index.html\n', 1, 'a hash of 0 hexadecimal digits in "index.html", expected 64'],
    ['an escaped line of sha256sum', `\\${row('a')}`, 1, 'a hash of 0'],
    ['a line of the BSD form', `SHA256 (a) = ${hash}\n`, 1, 'a hash of 0'],
    ['a comment', `# files\n${row('a')}`, 1, 'a hash of 0'],
    ['one space', `${hash} a\n`, 1, '" a" after the hash, expected two spaces'],
    ['three spaces', `${hash}   a\n`, 1, 'begins with a space'],
    ['a tab', `${hash}\ta\n`, 1, 'after the hash'],
    ['the sign of binary mode', `${hash} *a\n`, 1, '“ *”'],
    ['no path', `${hash}  \n`, 1, 'no path'],
    ['an absolute path', row('/etc/passwd'), 1, 'absolute'],
    ['a path that climbs out', row('../a'), 1, '".."'],
    ['a path that climbs out later', row('a/../../b'), 1, '".."'],
    ['a path that ends with ..', row('a/..'), 1, '".."'],
    ['a path from the folder itself', row('./a'), 1, '"."'],
    ['a path with a dot inside', row('a/./b'), 1, '"."'],
    ['an empty segment', row('a//b'), 1, 'an empty name'],
    ['a folder', row('a/'), 1, 'an empty name'],
    ['a backslash', row('a\\b'), 1, 'backslash'],
    ['a path that climbs out on Windows', row('..\\..\\a'), 1, 'backslash'],
    ['a drive of Windows', row('C:a'), 1, '< > : " | ? *'],
    ['a device of Windows', row('en/aux.html'), 1, 'a device on Windows'],
    ['a name that Windows shortens', row('index.html.'), 1, 'ends with a space or dot'],
    ['NUL', row('a.html\0.txt'), 1, 'a control character'],
    ['a code for terminals', row('\x1B[2Ja'), 1, 'a control character'],
    ['a tab in a path', row('a\tb'), 1, 'a control character'],
    ['a CR in a path', row('a\rb'), 1, 'a control character'],
    ['a line end of Unicode', row('a\u2028b'), 1, 'cannot be seen'],
    ['an invisible sign', row('a\u200Bb'), 1, 'cannot be seen'],
    ['a sign that turns the direction', row('a\u202Elmth.b'), 1, 'cannot be seen'],
    ['a path that is not in NFC', row('cafe\u0301.html'), 1, 'NFC'],
    [
      'bytes that are no UTF-8',
      Buffer.concat([Buffer.from(row('a')), Buffer.from(row('é'), 'latin1')]),
      2,
      'no UTF-8',
    ],
    [
      'UTF-8 with a detour',
      Buffer.concat([Buffer.from(`${hash}  `), Buffer.from([0xc0, 0xae, 0x0a])]),
      1,
      'no UTF-8',
    ],
    [
      'half a character',
      Buffer.concat([
        Buffer.from(row('a') + hash),
        Buffer.from([0x20, 0x20, 0xed, 0xa0, 0x80, 0x0a]),
      ]),
      2,
      'no UTF-8',
    ],
    ['UTF-16', Buffer.from(row('a'), 'utf16le'), 1, 'a hash of 1 hexadecimal digits'],
    ['a path twice', row('a') + row('a'), 2, 'a second time'],
    ['a path with two hashes', row('a') + row('a', 'b'.repeat(64)), 2, 'a second time'],
    ['a path twice, apart', row('a') + row('b') + row('a'), 3, 'expected the order of their bytes'],
    ['another order', row('b') + row('a'), 2, '"a" after "b", expected the order of their bytes'],
    ['the order of a dictionary', row('a') + row('B'), 2, 'expected the order of their bytes'],
    [
      'the order of UTF-16',
      row('\u{10000}') + row('\uFB00'),
      2,
      'expected the order of their bytes',
    ],
    [
      'names alike but for capitals',
      row('A.html') + row('a.html'),
      2,
      'differ in more than capitals',
    ],
    [
      'names alike but for capitals beyond ASCII',
      row('É.html') + row('é.html'),
      2,
      'differ in more than capitals',
    ],
    [
      'names that some disks take for one',
      row('strasse') + row('straße'),
      2,
      'differ in more than capitals',
    ],
    [
      'folders alike but for capitals',
      row('A/x') + row('B') + row('a/y'),
      3,
      'differ in more than capitals',
    ],
    [
      'folders alike but for capitals, deep',
      row('a/B/c/1') + row('a/b/c/2'),
      2,
      'differ in more than capitals',
    ],
    [
      'a file that is a folder, too',
      row('a') + row('a.html') + row('a/b'),
      3,
      'no folder named as a file',
    ],
    ['a folder that is a file in capitals', row('A/b') + row('a'), 2, 'no folder named as a file'],
    ['a long path', row('a'.repeat(256)), 1, 'characters, expected at most 321'],
    ['a path long in bytes', row('é'.repeat(128)), 1, 'at most 255 bytes'],
    ['a deep path', row(`${'a/'.repeat(16)}b`), 1, 'at most 16 names'],
    ['a line without end', 'a'.repeat(manifestLimits.maxBytes), 1, 'characters, expected at most'],
    [
      'too many bytes',
      Buffer.alloc(manifestLimits.maxBytes + 1, 'a'),
      undefined,
      `at most ${manifestLimits.maxBytes}`,
    ],
    ['NULs alone', Buffer.alloc(1000), 1, 'characters, expected at most'],
  ])('refuses %s', (_, text, line, message) => {
    const error = errorOf(() => parse(text));
    expect(error.message).toContain(message);
    expect(error.line).toBe(line);
    if (line !== undefined) expect(error.message).toContain(`SHA256SUMS, line ${line}: `);
    // nothing of it steers a terminal
    expect(error.message).not.toMatch(/[\p{Cc}\p{Cf}\u2028\u2029]/u);
    expect(error.message.length).toBeLessThan(1000);
  });

  it('keeps paths, hashes and order', () => {
    expect(parse(row('index.html') + row('à propos/naïve – 2.html', 'b'.repeat(64)))).toEqual([
      { hash, path: 'index.html' },
      { hash: 'b'.repeat(64), path: 'à propos/naïve – 2.html' },
    ]);
  });

  it('takes names that only look odd', () => {
    const paths = [
      '-rf',
      '...a',
      '.nojekyll',
      '404.html',
      '__proto__',
      'a',
      'a!',
      'a-b/c',
      'a.b',
      'a0',
      'auxiliary.html',
      'b/a',
      'b/b/a',
      'constructor',
      'ⓐ',
    ];
    expect(parse(paths.map((path) => row(path)).join('')).map(({ path }) => path)).toEqual(paths);
  });

  const manyLines = (count: number) =>
    Buffer.from(
      Array.from({ length: count }, (_, index) =>
        row(
          `en/part-${String(index).padStart(7, '0').slice(0, 4)}/page-${String(index).padStart(7, '0')}.html`,
        ),
      ).join(''),
    );

  it('reads as many files as it may', () => {
    expect(parseManifest(manyLines(manifestLimits.maxLines))).toHaveLength(manifestLimits.maxLines);
  });

  it('refuses a million lines at the first that is too many, at the cost of those before it', () => {
    const limits = { ...manifestLimits, maxLines: manifestLimits.maxLines / 4 };
    const [small, large] = [manyLines(250_000), manyLines(1_000_000)];
    const refuse =
      (bytes: Buffer, { maxLines }: { maxLines: number }) =>
      () => {
        const { message } = errorOf(() =>
          parseManifest(bytes, { ...manifestLimits, maxLines, maxBytes: large.length }),
        );
        expect(message).toBe(
          `SHA256SUMS, line ${maxLines + 1}: one more line, expected at most ${maxLines}.`,
        );
      };
    expect(measureGrowth(refuse(small, limits), refuse(large, manifestLimits), 4)).toBeLessThan(
      linearGrowth,
    );
  });

  it('refuses folders without end at the first that is too many, at the cost of those before it', () => {
    const makeDeep = (lines: number): Buffer =>
      Buffer.from(
        Array.from({ length: lines }, (_, index) =>
          row(`${String(index).padStart(7, '0')}${'/abcdefghijklmn'.repeat(15)}`),
        ).join(''),
      );
    const [small, large] = [
      makeDeep(manifestLimits.maxLines / 4),
      makeDeep(manifestLimits.maxLines),
    ];
    expect(errorOf(() => parseManifest(large)).message).toBe(
      'SHA256SUMS, line 667: one more folder, expected at most 10000.',
    );
    const read = (bytes: Buffer) => () => void errorOf(() => parseManifest(bytes));
    expect(measureGrowth(read(small), read(large), 4)).toBeLessThan(linearGrowth);
  });
});

describe('printManifest', () => {
  it.each([
    ['a path that is refused', [{ hash, path: '../a' }]],
    ['a path of two lines', [{ hash, path: `a\n${hash}  b` }]],
    ['half a character', [{ hash, path: '\uD800' }]],
    ['a hash in capitals', [{ hash: 'A'.repeat(64), path: 'a' }]],
    [
      'one path twice',
      [
        { hash, path: 'a' },
        { hash, path: 'a' },
      ],
    ],
    ['no file', []],
  ])('refuses %s', (_, files) => {
    expect(() => printManifest(files)).toThrow(ManifestError);
  });

  it('gives the same text in whatever order the files come', () => {
    const files = ['b', 'a/b', 'a.b', '\u{10000}', '\uFB00'].map((path) => ({ hash, path }));
    const text = ['a.b', 'a/b', 'b', '\uFB00', '\u{10000}'].map((path) => row(path)).join('');
    expect(printManifest(files)).toBe(text);
    expect(printManifest(files.toReversed())).toBe(text);
  });

  test.skipIf(spawnSync('sha256sum', ['--version']).error)(
    'sha256sum finds every file in it and a changed one',
    () => {
      const folder = makeFolder('listed-');
      const contents = { 'index.html': 'Start', 'a b/ñ.html': 'Mint', '-rf': 'Sage' };
      for (const [path, content] of Object.entries(contents)) {
        mkdirSync(dirname(join(folder, path)), { recursive: true });
        writeFileSync(join(folder, path), content);
      }
      writeFileSync(
        join(folder, 'SHA256SUMS'),
        printManifest(
          Object.entries(contents).map(([path, content]) => ({
            path,
            hash: createHash('sha256').update(content).digest('hex'),
          })),
        ),
      );
      const check = () =>
        spawnSync('sha256sum', ['-c', '--strict', 'SHA256SUMS'], {
          cwd: folder,
          encoding: 'utf8',
          env: { LC_ALL: 'C' },
        });
      expect(check()).toMatchObject({ status: 0, stderr: '' });
      writeFileSync(join(folder, 'index.html'), 'Stop');
      expect(check().stdout).toContain('index.html: FAILED');
    },
  );
});

describe('compareBytes', () => {
  it.each([
    ['a', 'b'],
    ['B', 'a'],
    ['a', 'aa'],
    ['a.b', 'a/b'],
    ['z', 'é'],
    ['\uFB00', '\u{10000}'],
  ])('puts %j before %j', (a, b) => {
    expect([compareBytes(a, b), compareBytes(b, a), compareBytes(a, a)].map(Math.sign)).toEqual([
      -1, 1, 0,
    ]);
  });
});

test(
  'damaged lists are refused in words, or print to the same bytes',
  () => {
    const seeds = [
      ['a'],
      ['404.html', 'en/home.html', 'en/terms/à.html', 'index.html'],
      Array.from({ length: 20 }, (_, index) => `en/${String.fromCharCode(97 + index)}/x.html`),
    ];
    const figures = fuzz(
      'SHA256SUMS',
      seeds.map((paths) => Buffer.from(paths.map((path) => row(path)).join(''))),
      (bytes) => {
        if (printManifest(parseManifest(bytes)) !== bytes.toString())
          throw new Error('another text');
      },
      [ManifestError],
      fuzzSettings(20_000),
    );
    expect(figures.accepted).toBeGreaterThan(0);
    expect(figures.refused).toBeGreaterThan(figures.accepted);
  },
  fuzzTimeout,
);
