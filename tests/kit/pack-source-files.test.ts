import {
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findSourceFiles, readSourceFile } from '../../src/kit/node/pack/source-files.ts';
import { writeCar } from '../../src/kit/node/pack/write-car.ts';
import { writeTarget } from '../../src/kit/node/pack/write-target.ts';
import { writeZip } from '../../src/kit/node/pack/write-zip.ts';
import { makeFolder } from '../helpers/build.ts';
import { writeSite } from '../helpers/source-site.ts';

const files = new Map([
  ['index.html', Buffer.from('Mint')],
  ['en/a.html', Buffer.from('Sage')],
]);

/** A folder with files of so many bytes, which take no room on the disk. */
function makeHoles(sizes: readonly number[]): string {
  const folder = makeFolder('holes-');
  for (const [index, size] of sizes.entries()) {
    writeFileSync(join(folder, `${index}`), '');
    truncateSync(join(folder, `${index}`), size);
  }
  return folder;
}

/** A folder in which `en` and `secret` are links to what lies elsewhere. */
function makeLinks(): string {
  const folder = writeSite(new Map([['index.html', Buffer.from('Mint')]]));
  symlinkSync(writeSite(files), join(folder, 'elsewhere'));
  symlinkSync('/etc/passwd', join(folder, 'secret'));
  return folder;
}

const quarter = 256 * 2 ** 20;
const many = Array.from({ length: 65_535 }, (_, index) => `${index}`);

const refused: readonly [what: string, folder: () => string, paths: string[], sentence: string][] =
  [
    ['nothing', () => writeSite(files), [], ': no file to pack; expected at least one.'],
    [
      'more files than a zip can count',
      () => writeSite(files),
      many,
      ': 65535 files to pack; expected at most 50000, which is what checkers take.',
    ],
    [
      'a file of 4 GB',
      () => makeHoles([2 ** 32]),
      ['0'],
      ', "0": 4294967296 bytes; expected at most 268435456 in one file, which is what checkers take.',
    ],
    [
      'over 2 GB in all',
      () => makeHoles(Array<number>(9).fill(quarter)),
      many.slice(0, 9),
      ', "8": with it the files have 2415919104 bytes; expected at most 2147483648, which is what checkers take.',
    ],
    [
      'a way out',
      () => writeSite(files),
      ['../index.html'],
      ', "../index.html": a path with ".."; expected a path inside the site.',
    ],
    [
      'an absolute path',
      () => writeSite(files),
      ['/etc/passwd'],
      ', "/etc/passwd": an absolute path; expected a path inside the site.',
    ],
    [
      'a file twice',
      () => writeSite(files),
      ['index.html', 'index.html'],
      ', "index.html": the same path a second time; expected each path once.',
    ],
    [
      'names alike but for case',
      () => writeSite(files),
      ['index.html', 'Index.html'],
      ', "Index.html": a path that is "index.html" on some disks; expected paths that differ in more than case.',
    ],
    [
      'a file that is not there',
      () => writeSite(files),
      ['index.html', 'en/b.html'],
      ', "en/b.html": it cannot be read; expected a file.',
    ],
    [
      'a folder',
      () => writeSite(files),
      ['en'],
      ', "en": a link, a folder or a device; expected a file inside of the folder.',
    ],
    [
      'a link',
      makeLinks,
      ['secret'],
      ', "secret": a link, a folder or a device; expected a file inside of the folder.',
    ],
    [
      'a file below a link',
      makeLinks,
      ['elsewhere/index.html'],
      ', "elsewhere/index.html": a link, a folder or a device; expected a file inside of the folder.',
    ],
  ];

describe('findSourceFiles', () => {
  it.skipIf(process.platform === 'win32').each(refused)(
    'refuses %s',
    async (_, makeSource, paths, sentence) => {
      const folder = makeSource();
      await expect(findSourceFiles(folder, paths)).rejects.toMatchObject({
        name: 'ArchiveError',
        message: folder + sentence,
      });
    },
  );

  it('gives the files in byte order, whatever the order of the paths', async () => {
    const folder = writeSite(
      new Map(
        ['b', 'a/z', 'a.html', 'a', '🌱', 'ｚ'].map((path) => [
          path === 'a' ? 'a/a' : path,
          Buffer.from(path),
        ]),
      ),
    );
    const found = await findSourceFiles(folder, ['🌱', 'b', 'ｚ', 'a/z', 'a.html', 'a/a']);
    expect(found.map(({ path }) => path)).toEqual(['a.html', 'a/a', 'a/z', 'b', 'ｚ', '🌱']);
  });

  it('takes a folder that is reached through a link', async () => {
    const folder = makeLinks();
    expect(await findSourceFiles(join(folder, 'elsewhere'), ['index.html'])).toEqual([
      { path: 'index.html', folder: join(folder, 'elsewhere'), size: 4 },
    ]);
  });
});

describe('readSourceFile', () => {
  it('tells when a file has changed since it was looked at', async () => {
    const folder = writeSite(files);
    const found = await findSourceFiles(folder, ['index.html']);
    writeFileSync(join(folder, 'index.html'), 'Mint and sage');
    await expect(Promise.all(found.map(readSourceFile))).rejects.toThrow(
      `${folder}, "index.html": it has 13 bytes, and had 4 a moment ago; expected files that nothing changes meanwhile.`,
    );
  });
});

describe('writeTarget', () => {
  it('leaves what was there, and nothing else, when the writing fails half-way', async () => {
    const target = join(makeFolder('target-'), 'site.zip');
    writeFileSync(target, 'the last one');
    const writing = writeTarget(target, async (append) => {
      await append(Buffer.from('half of it'));
      throw new Error('the disk is full');
    });
    await expect(writing).rejects.toThrow('the disk is full');
    expect(readFileSync(target, 'utf8')).toBe('the last one');
    expect(readdirSync(dirname(target))).toEqual(['site.zip']);
  });

  it('leaves nothing behind when a folder has the name', async () => {
    const target = join(makeFolder('target-'), 'site.zip');
    mkdirSync(join(target, 'x'), { recursive: true });
    await expect(
      writeTarget(target, (append) => append(Buffer.from('all of it'))),
    ).rejects.toThrow();
    expect(readdirSync(dirname(target))).toEqual(['site.zip']);
  });
});

it.each([
  ['writeZip', writeZip],
  ['writeCar', writeCar],
] as const)('%s writes nothing when a file is refused', async (_, write) => {
  const target = join(makeFolder('target-'), 'site');
  await expect(write(writeSite(files), ['index.html', '../index.html'], target)).rejects.toThrow(
    'a path with ".."',
  );
  expect(readdirSync(dirname(target))).toEqual([]);
  expect(existsSync(target)).toBe(false);
});
