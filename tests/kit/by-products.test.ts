import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { byProducts, type ByProductName } from '../../src/kit/core/verify/by-products.ts';
import { compareBytes } from '../../src/kit/core/text/bytes.ts';
import { verifyCopy } from '../../src/kit/core/verify/verify-copy.ts';
import type { Report } from '../../src/kit/core/verify/verdict.ts';
import type { Trust } from '../../src/kit/core/trust/trust.ts';
import { nodePlatform } from '../../src/kit/node/platform.ts';
import { findKind, openLocalCopy } from '../../src/kit/node/source/open-source.ts';
import { writeCar } from '../../src/kit/node/pack/write-car.ts';
import { listSiteFiles } from '../../scripts/lab/site.ts';
import { updateMirror } from '../../src/kit/node/mirror/update-mirror.ts';
import { trustClone } from '../../src/kit/node/edition/edition-folder.ts';
import { makeAppleDouble } from '../helpers/apple-double.ts';
import { makeFolder } from '../helpers/build.ts';
import { makeWorld, page, type World } from '../helpers/garden-editions.ts';
import { changeCopy, writeFiles } from '../helpers/signed-sites.ts';

let world: World;
let trust: Trust;
beforeAll(async () => {
  world = await makeWorld();
  trust = await trustClone(world.clone, 'this clone');
});

const settings = {
  today: '2026-06-01',
  seen: () => [],
  progress: () => {},
  platform: nodePlatform,
};

async function verify(place: string): Promise<Report> {
  const opened = await openLocalCopy(place, findKind(place) as 'folder' | 'zip' | 'car');
  try {
    return await verifyCopy(opened, trust, settings);
  } finally {
    await opened.copy.close();
  }
}
const summary = ({ verdict, evidence, files }: Report) => ({
  verdict,
  evidence: evidence.map(({ text }) => text),
  files,
});
const authentic = { verdict: 'authentic', evidence: [], files: 8 };

const words = 'Give to 0417 1644';
const wide = (text: string): Buffer => Buffer.from(text, 'utf16le');
const bytes = (hex: string, length: number): Buffer =>
  Buffer.concat([Buffer.from(hex, 'hex'), Buffer.alloc(length - hex.length / 2)]);
const number = '0A1B2C3D-0A1B-2C3D-4E5F-0A1B2C3D4E5F';
/** The bytes of a file of the site. */
const same = (path: string) => (site: string) => readFileSync(join(site, path));

type Content = string | Buffer | ((site: string) => Buffer);
interface Row {
  /** Where it is left, and what it holds there: noted, not blamed. */
  readonly left: readonly (readonly [path: string, content: Content])[];
  /** The same name, misused: blamed. */
  readonly misused: readonly (readonly [path: string, content: Content])[];
}
/** What nobody can judge is blamed whatever it holds. */
const blamed = (...paths: string[]): Row => ({
  left: [],
  misused: paths.flatMap((path) => [
    [path, words],
    [path, ''],
  ]),
});

const rows: Record<ByProductName, Row> = {
  thumbs: {
    left: [['en/Thumbs.db', bytes('d0cf11e0a1b11ae1', 5120)]],
    misused: [
      ['Thumbs.db', page('x', words)],
      ['Thumbs.db', bytes('d0cf11e0a1b11ae1', 2 ** 18 + 1)],
    ],
  },
  desktopIni: {
    left: [
      [
        'en/desktop.ini',
        '[.ShellClassInfo]\r\nIconResource=%SystemRoot%\\system32\\SHELL32.dll,4\r\n',
      ],
      [
        'Desktop.ini',
        wide(
          '\ufeff[ViewState]\r\nMode=\r\nVid=\r\nFolderType=Generic\r\n'.replace('Mode=\r\n', ''),
        ),
      ],
      [
        '$RECYCLE.BIN/S-1-5-21-1/desktop.ini',
        '[.ShellClassInfo]\r\nCLSID={645FF040-5081-101B-9F08-00AA002F954E}\r\nLocalizedResourceName=@%SystemRoot%\\system32\\shell32.dll,-8964\r\n',
      ],
    ],
    misused: [
      ['desktop.ini', `[.ShellClassInfo]\r\nInfoTip=${words}\r\n`],
      ['desktop.ini', '[.ShellClassInfo]\r\nIconResource=\\\\elsewhere.invalid\\x.dll,1\r\n'],
      ['en/desktop.ini', '[.ShellClassInfo]\r\nCLSID={645FF040-5081-101B-9F08-00AA002F954E}\r\n'],
    ],
  },
  zoneIdentifier: {
    left: [['en/home.html:Zone.Identifier', '[ZoneTransfer]\r\nZoneId=3\r\n']],
    misused: [
      ['x:Zone.Identifier', '[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=https://elsewhere.invalid/\r\n'],
    ],
  },
  indexerVolumeGuid: {
    left: [['System Volume Information/IndexerVolumeGuid', wide(`{${number}}`)]],
    misused: [['System Volume Information/IndexerVolumeGuid', wide(words)]],
  },
  storageSettings: {
    left: [['System Volume Information/WPSettings.dat', bytes('0c000000a1b2c3d4', 12)]],
    misused: [['System Volume Information/WPSettings.dat', words]],
  },
  windowsFolders: blamed('$RECYCLE.BIN/$RAAAAAA.html', 'FOUND.000/FILE0000.CHK', 'RECYCLER/x.html'),
  dsStore: {
    left: [['en/.DS_Store', bytes('0000000142756431', 6148)]],
    misused: [
      ['.DS_Store', page('x', words)],
      ['.DS_Store', bytes('0000000142756431', 2 ** 14 + 1)],
    ],
  },
  appleDouble: {
    left: [
      ['en/._home.html', makeAppleDouble()],
      [
        '__MACOSX/en/._home.html',
        makeAppleDouble({ 'com.apple.provenance': '\x01\x02\0abcdefgh' }),
      ],
      [
        '._index.html',
        makeAppleDouble({
          'com.apple.quarantine': `0083;68a1b2c3;Safari;${number}`,
          'com.apple.lastuseddate#PS': '\xd5\xf4\x96\x50\0\0\0\0\x01\x02\x03\x04\0\0\0\0',
        }),
      ],
    ],
    misused: [
      ['._login.html', page('x', words)],
      // The first bytes are right, and browsers show the rest.
      ['._login.html', Buffer.concat([bytes('00051607', 4), Buffer.from(page('x', words))])],
      ['._login.html', Buffer.concat([makeAppleDouble(), Buffer.from(words)])],
      ['._login.html', makeAppleDouble({ 'com.apple.provenance': words })],
      ['._login.html', makeAppleDouble({ [words]: '' })],
      [
        '._login.html',
        makeAppleDouble({
          'com.apple.metadata:kMDItemWhereFroms': 'bplist00_https://elsewhere.invalid/',
        }),
      ],
      [
        '._login.html',
        Buffer.from(
          makeAppleDouble().toString('latin1').replace('left blank', 'Give 1644!'),
          'latin1',
        ),
      ],
    ],
  },
  macMarks: {
    left: ['.localized', '.metadata_never_index', 'Icon\r', '.fseventsd/no_log'].map(
      (path) => [path, ''] as const,
    ),
    misused: [['.localized', words]],
  },
  fsEvents: {
    left: [['.fseventsd/fseventsd-uuid', `${number}\n`]],
    misused: [['.fseventsd/fseventsd-uuid', words]],
  },
  macFolders: blamed(
    '.Spotlight-V100/Store-V2/0/.store.db',
    '.Trashes/501/x.html',
    '.TemporaryItems/folders.501/x',
    'Network Trash Folder/x',
    '__MACOSX/x.html',
  ),
  macFiles: blamed('.apdisk', '.VolumeIcon.icns'),
  kdeDirectory: {
    left: [['.directory', '[Dolphin]\nTimestamp=2026,5,1,12,0,0\nVersion=4\n']],
    misused: [['.directory', `[Desktop Entry]\nName=${words}\n`]],
  },
  gnomeHidden: {
    left: [['.hidden', 'lost+found\nSystem Volume Information\n']],
    misused: [['.hidden', `${words}\n`]],
  },
  trash: blamed('.Trash-1000/files/x.html', '.Trash-1000/info/x.html.trashinfo'),
  lostFound: blamed('lost+found/#131074'),
  openFiles: blamed('en/.nfs000000000012ab3400000001', '.fuse_hidden0000a1b200000001'),
  synology: blamed('en/@eaDir/home.html@SynoEAStream'),
  synologyBins: blamed('#recycle/x.html'),
  qnap: blamed('en/.@__thumb/s100x.jpg'),
  qnapBins: blamed('@Recycle/x.html'),
  netatalk: blamed('en/.AppleDouble/home.html'),
  phoneMarks: { left: [['.nomedia', '']], misused: [['.nomedia', words]] },
  thumbnailsNumber: {
    left: [['.thumbnails/.database_uuid', number.toLowerCase()]],
    misused: [['.thumbnails/.database_uuid', words]],
  },
  androidFiles: blamed('.trashed-1767225600-x.html', '.pending-1767225600-x.html'),
  phoneFolders: blamed('.thumbnails/1.jpg', 'LOST.DIR/12'),
  syncMarks: { left: [['en/.keep', '']], misused: [['.keep', words]] },
  syncFolders: blamed('.stversions/x.html', '.sync/ID'),
  syncFiles: blamed('.dropbox', '.stignore', '._sync_a1b2c3.db'),
  syncParts: {
    left: [['en/.syncthing.home.html.tmp', same('en/home.html')]],
    misused: [['en/.syncthing.home.html.tmp', words]],
  },
  versions: blamed('.git/config'),
  rsyncParts: {
    left: [['en/.home.html.a1B2c3', same('en/home.html')]],
    // What broke off in the middle can lack the warning at its end.
    misused: [['en/.home.html.a1B2c3', (site) => same('en/home.html')(site).subarray(0, 100)]],
  },
  otherParts: {
    left: [['en/home.html.filepart', same('en/home.html')]],
    misused: [
      ['en/home.html.part', (site) => same('en/home.html')(site).subarray(0, 100)],
      ['en/login.html.part', same('en/home.html')],
      ['home.html.part', same('en/home.html')],
    ],
  },
  rsyncFolders: blamed('en/.~tmp~/home.html'),
  backups: {
    left: [
      ['en/home.html~', same('en/home.html')],
      ['en/#home.html#', same('en/home.html')],
    ],
    misused: [['en/home.html.bak', page('x', words)]],
  },
  vimTest: { left: [['en/4913', '']], misused: [['4913', words]] },
  vimSwap: blamed('en/.home.html.swp'),
  officeLocks: blamed('en/.~lock.home.html#', '~$home.docx'),
};

const put = (site: string, path: string, content: Content): void =>
  writeFiles(site, { [path]: typeof content === 'function' ? content(site) : content });

const names = Object.keys(rows) as ByProductName[];

describe.each(names)('%s', (name) => {
  it.each(rows[name].misused)(
    'misused as %j is injected, and its maker is named',
    async (path, content) => {
      const copy = changeCopy(world.sites[3], {});
      put(copy, path, content);
      const { verdict, evidence } = await verify(copy);
      expect(verdict).toBe('injected');
      expect(evidence).toHaveLength(1);
      expect(evidence[0]?.text).toContain('is in no list (as ');
      expect(evidence[0]?.text).toContain(byProducts[name].what);
    },
  );
});

it.each(names.filter((name) => rows[name].left.length > 0))(
  '%s left by its maker is noted, never passed over',
  async (name) => {
    const copy = changeCopy(world.sites[3], {});
    for (const [path, content] of rows[name].left) put(copy, path, content);
    const report = await verify(copy);
    expect(summary(report)).toEqual(authentic);
    const added = report.notes.filter((note) => note.includes('was added: '));
    expect(added).toHaveLength(rows[name].left.length);
    for (const note of added) expect(note).toContain(byProducts[name].what);
  },
);

it('is found among the archives, too, and misused there is injected', async () => {
  const copy = changeCopy(world.sites[3], {
    'download/.DS_Store': bytes('0000000142756431', 6148),
  });
  expect(summary(await verify(copy))).toEqual(authentic);
  writeFiles(copy, { 'download/.DS_Store': words });
  expect((await verify(copy)).verdict).toBe('injected');
});

describe('a mirror', () => {
  const update = async (source: string, folder: string) => {
    const { copy } = await openLocalCopy(source, 'folder');
    return updateMirror(copy, folder, trust, { ...settings, allowStale: false });
  };

  it('refuses to delete what only has the name of a by-product (to lose the work of its keeper)', async () => {
    const folder = join(makeFolder('mirror-'), 'site');
    cpSync(world.sites[3], folder, { recursive: true });
    for (const path of ['en/home.html~', '.nomedia', '#recycle/notes.txt']) {
      writeFiles(folder, { [path]: 'my notes' });
      await expect(update(world.sites[3], folder)).rejects.toThrow(/which belongs to no copy/);
      writeFiles(folder, { [path]: '' });
      cpSync(world.sites[3], folder, { recursive: true });
      execFileSync('rm', [
        '-r',
        join(folder, path.split('/')[0] === 'en' ? path : path.split('/')[0]!),
      ]);
    }
  });

  it('hands no by-product on, and says which it left behind', async () => {
    const folder = join(makeFolder('mirror-'), 'site');
    const source = changeCopy(world.sites[3], { 'en/.DS_Store': bytes('0000000142756431', 6148) });
    await update(source, folder);
    expect(existsSync(join(folder, 'en/.DS_Store'))).toBe(false);
    writeFiles(folder, { 'en/.nomedia': '', 'en/@eaDir/home.html@SynoEAStream': 'x' });
    const outcome = await update(source, folder);
    expect(outcome).toMatchObject({ kind: 'updated' });
    expect('notes' in outcome && outcome.notes.slice(0, 2)).toEqual([
      expect.stringMatching(/^"en\/\.nomedia" was not taken along: an empty mark of a phone/),
      expect.stringMatching(/SynoEAStream" was not taken along: left by a Synology drive/),
    ]);
    expect(existsSync(join(folder, 'en/.nomedia'))).toBe(false);
    expect(existsSync(join(folder, 'en/@eaDir'))).toBe(false);
  });
});

/** A folder in which the site is one of the folders. */
function wrap(others: Readonly<Record<string, string | Buffer>> = {}, name = 'my site'): string {
  const folder = makeFolder('around-');
  cpSync(world.sites[3], join(folder, name), { recursive: true });
  writeFiles(folder, others);
  return folder;
}
/** The same as file managers pack it. */
function pack(folder: string): string {
  const file = join(makeFolder('packed-'), 'site.zip');
  execFileSync('zip', ['-qr', file, '.'], { cwd: folder });
  return file;
}

describe('a site one folder down', () => {
  it.each<[what: string, place: () => string | Promise<string>]>([
    ['in a folder', () => wrap()],
    ['in a zip of the folder', () => pack(wrap())],
    [
      'in a zip as the Finder makes it',
      () =>
        pack(
          wrap({
            '__MACOSX/._my site': makeAppleDouble(),
            '__MACOSX/my site/en/._home.html': makeAppleDouble(),
          }),
        ),
    ],
    ['next to what systems leave', () => wrap({ '.DS_Store': bytes('0000000142756431', 6148) })],
    [
      'in a CAR',
      async () => {
        const file = join(makeFolder('packed-'), 'site.car');
        const folder = wrap();
        await writeCar(folder, listSiteFiles(folder).toSorted(compareBytes), file);
        return file;
      },
    ],
  ])('%s is checked there, and its user hears so', async (_, place) => {
    const report = await verify(await place());
    expect(summary(report)).toEqual(authentic);
    expect(report.notes).toContain('The site is in the folder "my site", and was read there.');
  });

  it('is not taken from under a list at the top (to show one site and have another checked)', async () => {
    const report = await verify(
      wrap({ SHA256SUMS: readFileSync(join(world.sites[2], 'SHA256SUMS')) }),
    );
    expect(report.verdict).not.toBe('authentic');
  });

  it.each(['folder', 'zip'])(
    'with a page next to it in its %s is injected (to be read first)',
    async (kind) => {
      const folder = wrap({ 'READ ME.html': page('x', words) });
      const { verdict, evidence } = await verify(kind === 'zip' ? pack(folder) : folder);
      expect([verdict, evidence.map(({ text }) => text)]).toEqual([
        'injected',
        ['"READ ME.html" is in no list.'],
      ]);
    },
  );

  it('is not guessed where there are two, and both are named', async () => {
    const folder = wrap();
    cpSync(world.sites[2], join(folder, 'before'), { recursive: true });
    const { verdict, notes } = await verify(folder);
    expect(verdict).not.toBe('authentic');
    expect(notes.join()).toMatch(/several folders that could be the site: "before", "my site"/);
  });

  it('becomes a mirror, without what is next to it', async () => {
    const folder = join(makeFolder('mirror-'), 'site');
    const { copy } = await openLocalCopy(wrap({ 'READ ME.html': words }), 'folder');
    await updateMirror(copy, folder, trust, { ...settings, allowStale: false });
    expect(summary(await verify(folder))).toEqual(authentic);
    expect(existsSync(join(dirname(folder), 'READ ME.html'))).toBe(false);
  });

  it('is not looked for further down', async () => {
    const folder = makeFolder('deep-');
    mkdirSync(join(folder, 'a'));
    cpSync(world.sites[3], join(folder, 'a/b'), { recursive: true });
    expect((await verify(folder)).verdict).not.toBe('authentic');
  });
});
