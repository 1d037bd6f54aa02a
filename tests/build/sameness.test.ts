import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import sharp from 'sharp';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { project } from '../../scripts/build/project.ts';
import { linkPackages } from '../../scripts/build/rebuild-commit.ts';
import { findTraces } from '../../scripts/lab/rebuild/traces.ts';
import { findFirstDifference } from '../../scripts/lab/rebuild/compare-folders.ts';
import {
  buildClone,
  makeClone,
  type Start,
  type Surroundings,
} from '../../scripts/lab/rebuild/clone.ts';
import { machineMarks } from '../../scripts/lab/rebuild/other-machine.ts';
import { readSite } from '../../scripts/lab/site.ts';
import { makeFolder } from '../helpers/build.ts';
import { isLong } from '../helpers/depth.ts';

const defaultSite = readSite(inject('defaultSite')).files;
const gardenSite = readSite(inject('gardenSite')).files;
const names = ['built here', 'built elsewhere'] as const;
const days = 200 * 86_400_000;

/**
 * Without rights of its own, a test can move the clock of JavaScript alone; the conformance lab
 * moves that of all programs.
 */
const movedClock = `
const Real = Date;
globalThis.Date = class Date extends Real {
  constructor(...given) {
    super(...(given.length === 0 ? [Real.now() + ${days}] : given));
  }
  static now() {
    return Real.now() + ${days};
  }
};
`;

let scratch = '';
const build = (name: string, start: Omit<Start, 'command'>): Promise<Surroundings> =>
  buildClone(join(scratch, machineMarks.folder), join(scratch, name), {
    command: [process.execPath],
    ...start,
  });

beforeAll(() => {
  scratch = makeFolder('elsewhere-');
  mkdirSync(join(scratch, machineMarks.folder));
  makeClone(join(scratch, machineMarks.folder), machineMarks.branch);
  linkPackages(project, join(scratch, machineMarks.folder));
});

test('no packed file of a site says when it was packed: releases for other processors have other times', () => {
  for (const files of [defaultSite, gardenSite]) {
    const packed = [...files].filter(([, bytes]) => bytes.toString('hex', 0, 3) === '1f8b08');
    expect(packed.length).toBeGreaterThan(4);
    for (const [path, bytes] of packed) expect(bytes.readUInt32LE(4), path).toBe(0);
  }
});

describe('a build in another clone', () => {
  // The lab builds the default campaign so, the long run here as well.
  const elsewhere = isLong
    ? { settings: {}, expected: defaultSite }
    : { settings: { CONTENT_DIR: 'tests/fixtures/garden' }, expected: gardenSite };
  test('with another branch, user name, home, zone and language of the machine gives the same bytes, and no trace of any', async () => {
    const [home, temporary, cache] = [
      machineMarks.home,
      machineMarks['temporary folder'],
      machineMarks['cache of tools'],
    ].map((name) => join(scratch, name)) as [string, string, string];
    for (const folder of [home, temporary]) mkdirSync(folder);
    const place = {
      TZ: machineMarks['time zone'],
      LANG: 'tr_TR.UTF-8',
      LC_ALL: 'tr_TR.UTF-8',
      USER: machineMarks.user,
      LOGNAME: machineMarks.user,
      HOSTNAME: machineMarks.host,
    };
    // What the build strips is given to it once more behind its back, since some machines have no
    // other zone and language.
    const seen = await build('moved', {
      settings: {
        ...place,
        ...elsewhere.settings,
        HOME: home,
        USERPROFILE: home,
        TMPDIR: temporary,
        CACHE_DIR: cache,
        DEV: '1',
        MODE: 'test',
      },
      inside: { settings: place },
    });
    expect(seen).toMatchObject({
      folder: expect.stringContaining(machineMarks.folder),
      home,
      zone: machineMarks['time zone'],
      locale: 'tr-TR',
    });
    const { files } = readSite(join(scratch, 'moved'));
    expect(findFirstDifference(elsewhere.expected, files, names)).toBeUndefined();
    expect(findTraces(files, machineMarks)).toEqual([]);
  });

  test('with its clock 200 days ahead, in a zone far in the west, gives the same bytes', async () => {
    const clock = join(scratch, 'moved-clock.mjs');
    writeFileSync(clock, movedClock);
    const seen = await build('garden', {
      settings: { CONTENT_DIR: 'tests/fixtures/garden' },
      inside: {
        settings: {
          TZ: machineMarks['other time zone'],
          LC_ALL: 'be_BY.UTF-8',
          NODE_OPTIONS: `--import=${pathToFileURL(clock).href}`,
        },
      },
    });
    expect(seen.now - Date.now(), 'the clock of the process that rendered').toBeGreaterThan(
      days / 2, // however long the build took
    );
    expect(seen).toMatchObject({ zone: machineMarks['other time zone'], locale: 'be-BY' });
    const { files } = readSite(join(scratch, 'garden'));
    expect(findFirstDifference(gardenSite, files, names)).toBeUndefined();
    expect(findTraces(files, machineMarks)).toEqual([]);
  });
});

/** A copy of the built garden with one file changed. */
function change(path: string, edit: (bytes: Buffer) => Buffer) {
  const folder = join(makeFolder('changed-'), 'site');
  cpSync(inject('gardenSite'), folder, { recursive: true });
  writeFileSync(join(folder, path), edit(readFileSync(join(folder, path))));
  return readSite(folder).files;
}

describe('the comparison', () => {
  test('shows a byte that differs', () => {
    const files = change('en/about.html', (bytes) =>
      Buffer.from(bytes.toString().replace('<title>', '<titlE>')),
    );
    expect(findFirstDifference(gardenSite, files, names)).toMatch(
      /^en\/about\.html differs at byte \d+, line 1:\n {2}built here: .*<titl▸e>.*\n {2}built elsewhere: .*<titl▸E>/,
    );
  });

  test('shows a difference that the index of the search has packed', () => {
    const packed = [...gardenSite.keys()].find((path) => path.endsWith('.pf_fragment'))!;
    const files = change(packed, (bytes) =>
      gzipSync(Buffer.from(gunzipSync(bytes).toString().replace('"url"', '"urL"'))),
    );
    expect(findFirstDifference(gardenSite, files, names)).toMatch(
      new RegExp(
        `^${packed} is packed with gzip; unpacked it differs at byte \\d+, line 1:\n  built here: .*"ur▸l"`,
      ),
    );
  });

  test('finds a trace, also where it is packed', () => {
    const packed = [...gardenSite.keys()].find((path) => path.endsWith('.pf_fragment'))!;
    expect(
      findTraces(
        change('ar/feed.xml', (bytes) =>
          Buffer.concat([bytes, Buffer.from(`<!-- ${machineMarks.host.toUpperCase()} -->`)]),
        ),
        machineMarks,
      ),
    ).toEqual([expect.stringContaining('ar/feed.xml holds the host')]);
    expect(
      findTraces(
        change(packed, () => gzipSync(`{"url":"/tmp/${machineMarks.folder}/x"}`)),
        machineMarks,
      ),
    ).toEqual([expect.stringContaining(`${packed} holds the folder`)]);
  });
});

test('a build that writes what its machine is gets caught, by its bytes and by its traces', async () => {
  // a copy: the clone shares only packages with its original
  const layout = join(scratch, machineMarks.folder, 'src/layouts/Page.astro');
  const before = readFileSync(layout, 'utf8');
  const careless = before.replace(
    '</main>',
    '<small>{Intl.DateTimeFormat().resolvedOptions().timeZone} {process.cwd()}</small></main>',
  );
  expect(careless).not.toBe(before);
  writeFileSync(layout, careless);
  await build('careless', {
    settings: { CONTENT_DIR: 'tests/fixtures/garden' },
    inside: { settings: { TZ: machineMarks['time zone'] } },
  });
  const { files } = readSite(join(scratch, 'careless'));
  expect(findFirstDifference(gardenSite, files, names)).toContain(
    `▸small>${machineMarks['time zone']} `,
  );
  const traces = findTraces(files, machineMarks);
  expect(traces).toContainEqual(expect.stringContaining('en/about.html holds the folder'));
  expect(traces).toContainEqual(expect.stringContaining('en/about.html holds the time zone'));
});

describe('a photograph with its place in it, that comes past the texts', () => {
  const photo = sharp({ create: { width: 40, height: 40, channels: 3, background: '#7a5' } })
    .withExif({ IFD0: { Artist: 'Somebody' }, IFD3: { GPSLatitude: '53/1 54/1 0/1' } })
    .jpeg();
  test.each<[string, string, string, RegExp]>([
    [
      'by public/',
      'public/photo.jpg',
      '',
      /photo\.jpg\s+found\s+metadata in an image \(EXIF\)\s+expected\s+none: it can tell the place and the person/,
    ],
    [
      'by a style',
      'src/styles/photo.jpg',
      'src/styles/site.css',
      /url\(data:image\/jpeg[^]*a style sheet that loads nothing, holds no picture/,
    ],
  ])('%s stops the build', async (_name, path, style, expected) => {
    const clone = join(scratch, machineMarks.folder);
    const before = style === '' ? '' : readFileSync(join(clone, style), 'utf8');
    mkdirSync(dirname(join(clone, path)), { recursive: true });
    writeFileSync(join(clone, path), await photo.toBuffer());
    if (style !== '')
      writeFileSync(join(clone, style), `${before}\n.photo { background: url(./photo.jpg) }\n`);
    try {
      await expect(
        build(`photo-${style === ''}`, { settings: { CONTENT_DIR: 'tests/fixtures/garden' } }),
      ).rejects.toThrow(expected);
    } finally {
      rmSync(join(clone, path));
      if (style !== '') writeFileSync(join(clone, style), before);
    }
  });
});
