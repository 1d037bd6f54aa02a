import { execFileSync } from 'node:child_process';
import { mkdirSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openZip } from '../../src/kit/node/source/open-source.ts';
import { zipLimits } from '../../src/kit/core/archive/zip/read-zip.ts';
import {
  describeRefusal,
  fuzz,
  isThere,
  makeRandom,
  readWhole,
  readWithoutRights,
} from '../helpers/archives.ts';
import { fuzzSettings, fuzzTimeout } from '../helpers/fuzz.ts';
import { makeFolder } from '../helpers/build.ts';
import {
  makeBomb,
  makeDescriptor,
  makeExtra,
  makeZip,
  type ZipEntry,
} from '../helpers/make-zip.ts';

const place = (name = 'site.zip') => join(makeFolder('zip-'), name);

const page = {
  name: 'index.html',
  content: '<p>The garden is open. The garden is open.</p>',
} satisfies ZipEntry;
const packed = deflateRawSync(page.content);
const other = { name: 'en/a.html', content: 'Mint' } satisfies ZipEntry;
const link = 0o120777 * 2 ** 16;
/** The record of an empty zip, which some tools find first. */
const emptyEnd = (commentBytes: number) =>
  Buffer.concat([Buffer.from('PK\x05\x06'), Buffer.alloc(16), Buffer.from([commentBytes, 0])]);

function makePipe(): string {
  const path = place('pipe');
  execFileSync('mkfifo', [path]);
  return path;
}

type Row = [attack: string, wish: string, zip: Buffer, sentence: string];

const longHeader = makeZip([page]);
longHeader.writeUInt16LE(60_000, 26);
const longName = makeZip([page]);
longName.writeUInt16LE(4000, longName.indexOf('PK\x01\x02') + 28);

const hidden: Row[] = [
  [
    'nothing at all',
    'to pass for a copy',
    Buffer.alloc(0),
    'there is no end of a zip in it: it is cut off, or something else; expected a whole zip file.',
  ],
  [
    'a truncated zip',
    'part of the site to pass for all',
    makeZip([page, other]).subarray(0, -5),
    'there is no end of a zip in it: it is cut off, or something else; expected a whole zip file.',
  ],
  [
    'a program before the zip',
    'a file that runs and is a true copy',
    makeZip([{ ...page, gap: Buffer.from('MZ program') }]),
    '"index.html": 10 bytes at byte 0 belong to no entry: something else is hidden in this file; expected entries without gaps.',
  ],
  [
    'a program before the zip, offsets unchanged',
    'the same',
    Buffer.concat([Buffer.from('MZ program'), makeZip([page])]),
    'the list of files is said to be at byte 71 with 56 bytes, but its end record is at byte 137: something else is hidden in this file; expected the list to reach up to its end record.',
  ],
  [
    'bytes between entries',
    'to pass on a file that no list covers',
    makeZip([page, { ...other, gap: Buffer.alloc(3) }]),
    '"en/a.html": 3 bytes at byte 71 belong to no entry: something else is hidden in this file; expected entries without gaps.',
  ],
  [
    'bytes before the list',
    'the same',
    makeZip([{ ...page, descriptor: Buffer.alloc(12) }]),
    '12 bytes at byte 71 belong to no entry: something else is hidden in this file; expected entries up to the list of files.',
  ],
  [
    'bytes behind the list',
    'the same',
    makeZip([page], { gap: Buffer.from('x') }),
    'the list of files is said to be at byte 71 with 56 bytes, but its end record is at byte 128: something else is hidden in this file; expected the list to reach up to its end record.',
  ],
  [
    'bytes behind the end',
    'the same',
    makeZip([page], { after: Buffer.from('<html>') }),
    '6 bytes follow the end of the zip: something else is hidden in this file; expected nothing behind it.',
  ],
  [
    'a comment',
    'unzip to say "new account: …"',
    makeZip([page], { comment: Buffer.from('send here') }),
    'it has a comment of 9 bytes, which unpacking tools show and no list covers; expected a zip without a comment.',
  ],
  [
    'a comment that is cut off',
    'tools to differ',
    makeZip([page], { comment: Buffer.from('send'), commentBytes: 9 }),
    'its comment of 9 bytes is cut off; expected a whole zip file without a comment.',
  ],
  [
    'a second end in an entry',
    'another site for other tools',
    makeZip([{ ...page, attributes: 0, extra: makeExtra(0xcafe, emptyEnd(22)) }]),
    'a second end of a zip in it takes the first for its comment: something else is hidden in this file; expected one end.',
  ],
  [
    'data behind the end of a deflate stream',
    'to pass on what no tool shows',
    makeZip([{ ...page, data: Buffer.concat([packed, Buffer.from('secret')]) }]),
    '"index.html": 6 bytes behind the end of its data: something else is hidden there; expected deflate data up to its end.',
  ],
  [
    'an entry that is not counted',
    'a file that some tools see',
    makeZip([page, other], { count: 1, countHere: 1 }),
    'its list of files does not have the 1 entries that its end record counts; expected as many as are counted.',
  ],
  [
    'something else behind the last entry of the list',
    'to hide it',
    makeZip([page], { gap: Buffer.alloc(60), bytes: 116 }),
    'its list of files has something else than an entry in it; expected entries only.',
  ],
  [
    'the beginning of an entry behind the last',
    'reading beyond it',
    makeZip([page], { gap: Buffer.from('PK\x01\x02'), bytes: 60 }),
    'its list of files is cut off; expected whole entries.',
  ],
  [
    'a name that is longer than the list',
    'reading beyond it',
    longName,
    'its list of files is cut off; expected whole entries.',
  ],
  [
    'a list of 17 MB',
    'all memory',
    makeZip([], { gap: Buffer.alloc(17 * 2 ** 20), bytes: 17 * 2 ** 20 }),
    'the list of files has 17825792 bytes; expected at most 16777216.',
  ],
  [
    'an entry too many counted',
    'tools to differ',
    makeZip([page], { count: 2, countHere: 2 }),
    'its list of files does not have the 2 entries that its end record counts; expected as many as are counted.',
  ],
  [
    'a comment of an entry',
    'to speak to the reader',
    makeZip([{ ...page, comment: Buffer.from('hello') }]),
    '"index.html": a comment, which unpacking tools show and no list covers; expected an entry without a comment.',
  ],
];

const names: Row[] = [
  [
    'a way out',
    'to write a file of the reader',
    makeZip([{ name: '../../.bashrc', content: 'x' }]),
    '"../../.bashrc": a path with ".."; expected a path inside the site.',
  ],
  [
    'an absolute path',
    'the same',
    makeZip([{ name: '/etc/cron.d/x', content: 'x' }]),
    '"/etc/cron.d/x": an absolute path; expected a path inside the site.',
  ],
  [
    'a folder out of the folder',
    'the same',
    makeZip([{ name: '../x/' }]),
    '"../x/": a path with ".."; expected a path inside the site.',
  ],
  [
    'the root as a folder',
    'the same',
    makeZip([{ name: '/' }]),
    '"/": an empty path; expected a path inside the site.',
  ],
  [
    'NUL in a name',
    'another name to be written',
    makeZip([{ name: 'index.html\0.png' }]),
    '"index.html\\u{0}.png": a control character in the path; expected a name of plain, visible signs.',
  ],
  [
    'backslashes',
    'to leave the folder on Windows',
    makeZip([{ name: 'a\\..\\..\\b' }]),
    '"a\\\\..\\\\..\\\\b": a backslash in the path; expected only / between names.',
  ],
  [
    'a name twice',
    'one to be checked, the other read',
    makeZip([page, page]),
    '"index.html": the same path a second time; expected each path once.',
  ],
  [
    'names alike but for case',
    'one to replace the other on some disks',
    makeZip([page, { ...page, name: 'INDEX.html' }]),
    '"INDEX.html": a path that is "index.html" on some disks; expected paths that differ in more than case.',
  ],
  [
    'a file as a folder',
    'the same',
    makeZip([{ name: 'en' }, other]),
    '"en/a.html": "en" as a file and as a folder; expected one of both.',
  ],
  [
    'a name in an old code page',
    'other names on other machines',
    makeZip([{ name: Buffer.from('caf\x82', 'latin1'), flags: 0 }]),
    '"caf�": a name that is not marked as UTF-8, or is not UTF-8; expected names in UTF-8 with flag 11, or in ASCII.',
  ],
  [
    'UTF-8 without its mark',
    'the same',
    makeZip([{ name: 'é.html', flags: 0 }]),
    '"é.html": a name that is not marked as UTF-8, or is not UTF-8; expected names in UTF-8 with flag 11, or in ASCII.',
  ],
  [
    'broken UTF-8',
    'the same',
    makeZip([{ name: Buffer.from([0x61, 0xc0, 0xaf]) }]),
    '"a��": a name that is not marked as UTF-8, or is not UTF-8; expected names in UTF-8 with flag 11, or in ASCII.',
  ],
  ...(
    [
      ['of an unknown kind', makeExtra(0xcafe, '<script src=//x></script>')],
      ['for times that is too long', makeExtra(0x5455, '\x03<script src=//x></script>')],
      ['for times with other flags', makeExtra(0x5455, Buffer.from([0xff, 1, 2, 3, 4]))],
      ['for owners that is too long', makeExtra(0x7875, '\x01\x04%PDF-1.7 0 obj')],
      [
        'for times of Windows that is none',
        makeExtra(0x000a, `\0\0\0\0${'%PDF-1.7'.repeat(3)}abcd`),
      ],
    ] as const
  ).map(([what, extra]): Row => [
    `an extra field ${what}`,
    'the archive, under another name, to be read as another document',
    makeZip([{ ...page, extra }]),
    `"index.html": an extra field (0x${extra.readUInt16LE(0).toString(16).padStart(4, '0')}) of ${extra.length - 4} bytes, in which anything can be; expected no extra fields but times and owners.`,
  ]),
  [
    'a second name in an extra field',
    'Info-ZIP to write another file',
    makeZip([{ ...page, extra: makeExtra(0x7075, '\x01....evil.html') }]),
    '"index.html": an extra field with a second name for the entry; expected a plain entry.',
  ],
  [
    'a second name before the data only',
    'the same',
    makeZip([{ ...page, local: { extra: makeExtra(0x7075, '\x01....evil.html') } }]),
    '"index.html": an extra field with a second name for the entry; expected a plain entry.',
  ],
  [
    'another name before the data',
    'another site for tools that read from the front',
    makeZip([{ ...page, local: { name: Buffer.from('evil.html') } }]),
    '"index.html": another name in its own header than in the list of files; expected the same name.',
  ],
];

const kinds: Row[] = [
  [
    'a link',
    'later entries to be written through it',
    makeZip([{ name: 'en', content: '/home/reader', attributes: link }]),
    '"en": a symbolic link; expected plain files and folders.',
  ],
  [
    'the name of a disk',
    'tools to differ',
    makeZip([{ name: 'en', attributes: 0x08 }]),
    '"en": the name of a disk; expected plain files and folders.',
  ],
  [
    'a device',
    'the checker to hang',
    makeZip([{ name: 'en', attributes: 0o020666 * 2 ** 16 }]),
    '"en": a device, pipe or socket; expected plain files and folders.',
  ],
  [
    'a folder by its mode, a file by its name',
    'tools to differ',
    makeZip([{ name: 'en', attributes: 0o040755 * 2 ** 16 }]),
    '"en": an entry that is a file by its name and a folder by its attributes, or the other way round; expected one of both.',
  ],
  [
    'a file by its mode, a folder by its name',
    'tools to differ',
    makeZip([{ name: 'en/', attributes: 0o100644 * 2 ** 16 }]),
    '"en/": an entry that is a file by its name and a folder by its attributes, or the other way round; expected one of both.',
  ],
  [
    'a folder with bytes',
    'to hide them',
    makeZip([{ name: 'en/', content: 'x', method: 0 }]),
    '"en/": a folder with bytes of its own; expected a folder without.',
  ],
  [
    'encryption',
    'a copy that cannot be checked',
    makeZip([{ ...page, flags: 1 }]),
    '"index.html": an encrypted entry; expected entries that all can read.',
  ],
  [
    'hidden headers',
    'the same',
    makeZip([{ ...page, flags: 0x2000 }]),
    '"index.html": an encrypted entry; expected entries that all can read.',
  ],
  [
    'unknown flags',
    'tools to differ',
    makeZip([{ ...page, flags: 0x0020 }]),
    '"index.html": the unknown flags 0x0020; expected a plain entry.',
  ],
  [
    'a method few tools know',
    'the same',
    makeZip([{ ...page, method: 9 }]),
    '"index.html": packing method 9; expected stored (0) or deflate (8).',
  ],
  [
    'ZIP64 in the end',
    'two values for each number',
    makeZip([page], { offset: 0xffffffff }),
    'this is a ZIP64 archive; expected a plain zip of less than 65,535 files and 4 GB.',
  ],
  [
    'ZIP64 in an entry',
    'the same',
    makeZip([{ ...page, size: 0xffffffff }]),
    '"index.html": sizes in ZIP64 form; expected a plain zip of less than 4 GB.',
  ],
  [
    'ZIP64 in an extra field',
    'the same',
    makeZip([{ ...page, extra: makeExtra(1, Buffer.alloc(8)) }]),
    '"index.html": an extra field with sizes in ZIP64 form; expected a plain entry.',
  ],
  [
    'several parts',
    'a part that is not here',
    makeZip([page], { disk: 1 }),
    'this is one part of an archive of several; expected a zip in one file.',
  ],
  [
    'an entry in another part',
    'the same',
    makeZip([{ ...page, disk: 1 }]),
    '"index.html": an entry that lies in another part; expected a zip in one file.',
  ],
  [
    'an extra field that is too long',
    'reading beyond it',
    makeZip([{ ...page, extra: Buffer.from([0xfe, 0xca, 9, 0, 1]) }]),
    '"index.html": an extra field that is longer than its room; expected whole extra fields.',
  ],
  [
    'extra bytes that are no field',
    'to hide them',
    makeZip([{ ...page, extra: Buffer.from([1]) }]),
    '"index.html": extra data that is cut off; expected whole extra fields.',
  ],
];

const thin = { ...page, content: 'x'.repeat(64) };
const sizes: Row[] = [
  [
    'another method before the data',
    'another site for tools that read from the front',
    makeZip([{ ...page, local: { method: 0 } }]),
    '"index.html": packing method 0 in its own header and 8 in the list of files; expected the same.',
  ],
  [
    'another size before the data',
    'the same',
    makeZip([{ ...page, local: { size: 3 } }]),
    '"index.html": size 3 in its own header and 46 in the list of files; expected the same.',
  ],
  [
    'other flags before the data',
    'the same',
    makeZip([{ ...page, local: { flags: 8 } }]),
    '"index.html": flags 8 in its own header and 0 in the list of files; expected the same.',
  ],
  [
    'a header that reaches beyond the entries',
    'a changed zip to pass for one that is cut off',
    longHeader,
    '"index.html": a header up to byte 60030; expected one before byte 71.',
  ],
  [
    'a checksum of other bytes',
    'changed bytes to pass',
    makeZip([{ ...page, crc: 1 }]),
    '"index.html": checksum af9ef7e8 of what came out; expected 00000001.',
  ],
  [
    'fewer bytes than declared',
    'part of a page to pass',
    makeZip([{ ...page, size: 47 }]),
    '"index.html": 46 bytes come out; expected 47 bytes.',
  ],
  [
    'more bytes than declared',
    'to get around the limits',
    makeZip([{ ...page, size: 45 }]),
    '"index.html": more bytes come out than are declared; expected 45 bytes.',
  ],
  [
    'two sizes of one that is not packed',
    'tools to differ',
    makeZip([{ ...page, method: 0, size: 3 }]),
    '"index.html": 46 and 3 bytes of an entry that is not packed; expected the same number.',
  ],
  [
    'data that is no deflate stream',
    'to crash the checker',
    makeZip([{ ...page, data: Buffer.alloc(9, 0xff) }]),
    '"index.html": data that cannot be unpacked (invalid block type); expected deflate data up to its end.',
  ],
  [
    'a deflate stream that is cut off',
    'the checker to wait',
    makeZip([{ ...page, data: packed.subarray(0, -3) }]),
    '"index.html": data that cannot be unpacked (unexpected end of file); expected deflate data up to its end.',
  ],
  [
    'a descriptor that says other things',
    'tools to differ',
    makeZip([{ ...page, flags: 8, descriptor: makeDescriptor('other', packed.length) }]),
    '"index.html": other sizes or another checksum behind its data than in the list of files; expected the same.',
  ],
  [
    'a descriptor that is not there',
    'the same',
    makeZip([{ ...page, flags: 8 }]),
    '"index.html": 0 bytes for the sizes behind its data; expected 12 or 16.',
  ],
  [
    'all entries on the same data',
    'a bomb of shared bytes (Fifield)',
    makeZip([page, { ...page, name: 'b.html', offset: 0, isOnlyListed: true }]),
    '"index.html": it reaches up to byte 71, and something else begins at byte 0; expected entries side by side.',
  ],
  [
    'entries that quote each other’s headers',
    'the same',
    makeZip([{ ...thin, packedSize: 60 }, other]),
    '"index.html": it reaches up to byte 100, and something else begins at byte 46; expected entries side by side.',
  ],
  [
    'an entry beyond the end',
    'reading beyond it',
    makeZip([{ ...page, offset: 4000 }]),
    '"index.html": 4000 bytes at byte 0 belong to no entry: something else is hidden in this file; expected entries without gaps.',
  ],
  [
    'no header where it should be',
    'tools to differ',
    makeZip([{ ...page, isOnlyListed: true, gap: Buffer.alloc(0) }]),
    '"index.html": no entry begins at byte 0; expected its header there.',
  ],
];

describe.each([
  ['what hides something', hidden],
  ['names', names],
  ['kinds of entries', kinds],
  ['sizes and places', sizes],
])('openZip refuses %s', (_, rows) => {
  it.each(rows)('%s, for who wants %s', async (_attack, _wish, zip, sentence) => {
    expect(await describeRefusal(openZip, place(), zip)).toBe(sentence);
  });
});

describe('openZip', () => {
  it.skipIf(process.platform === 'win32').each([
    ['a folder', () => makeFolder('zip-')],
    ['a device', () => '/dev/zero'],
    ['a pipe that nobody writes to', makePipe],
  ])('refuses %s in place of the file', async (_, path) => {
    await expect(openZip(path())).rejects.toThrow(
      'this is a folder, a pipe or a device; expected a file.',
    );
  });

  const bomb = makeBomb(10_000);
  const tenGigabytes = 10_000 * 2 ** 20;

  it.each([
    [
      '10 GB in 10 MB, said in three entries',
      makeZip(
        [0, 1, 2].map((index) => ({
          name: `${index}`,
          data: bomb.subarray(0, 3_500_000),
          size: tenGigabytes / 3,
        })),
      ),
      '"0": 3495253333 bytes unpacked; expected at most 268435456.',
    ],
    [
      'a small file that is a bomb',
      makeZip([{ name: 'a', data: bomb.subarray(0, 100_000), size: 100 * 2 ** 20 }]),
      '"a": 100000 bytes that unpack to 104857600; expected at most 200 times as many.',
    ],
    [
      '9 files of 256 MB',
      makeZip(
        Array.from({ length: 9 }, (_, index) => ({
          name: `${index}`,
          data: bomb.subarray(0, 2_000_000),
          size: 256 * 2 ** 20,
        })),
      ),
      'its files have 2415919104 bytes unpacked; expected at most 2147483648.',
    ],
  ])('refuses a bomb before it unpacks anything: %s', async (_, zip, sentence) => {
    expect(await describeRefusal(openZip, place(), zip)).toBe(sentence);
  });

  it('stops a bomb of 10 GB that declares 250 MB, in little memory', async () => {
    const path = place();
    const zip = makeZip([{ name: 'a', data: bomb, size: 250 * 2 ** 20 }]);
    writeFileSync(path, zip);
    const before = process.memoryUsage.rss();
    let most = before;
    let bytes = 0;
    const archive = await openZip(path);
    const reading = async (): Promise<void> => {
      for await (const piece of archive.entries[0]?.open() ?? []) {
        bytes += piece.length;
        most = Math.max(most, process.memoryUsage.rss());
      }
    };
    await expect(reading()).rejects.toThrow(
      'more bytes come out than are declared; expected 262144000 bytes.',
    );
    await archive.close();
    expect(bytes).toBe(250 * 2 ** 20);
    expect((most - before) / 2 ** 20).toBeLessThan(100);
  });

  it('tells when the file becomes shorter while it is read', async () => {
    const path = place();
    writeFileSync(path, makeZip([page]));
    const archive = await openZip(path);
    truncateSync(path, 50);
    await expect(Array.fromAsync(archive.entries[0]?.open() ?? [])).rejects.toThrow(
      '"index.html": the file became shorter while it was read; expected it to keep its 149 bytes.',
    );
    await archive.close();
  });

  it('counts entries before it reads them', async () => {
    const path = place();
    writeFileSync(path, makeZip([page, other]));
    await expect(openZip(path, { ...zipLimits, entries: 1 })).rejects.toThrow(
      'it has 2 entries; expected at most 1.',
    );
  });

  it(
    'throws nothing but ArchiveError on thousands of zips with wrong bytes, and takes none with other files',
    async () => {
      const good = makeZip([
        page,
        { name: 'en/' },
        { ...other, method: 0 },
        {
          name: 'ru/лист.html',
          content: 'Мята'.repeat(50),
          flags: 0x808,
          descriptor: makeDescriptor('Мята'.repeat(50), deflateRawSync('Мята'.repeat(50)).length),
        },
      ]);
      const settings = fuzzSettings(5_000, 20_240);
      expect(await fuzz(openZip, place(), good, settings)).toBeGreaterThan(0.8 * settings.cases);
    },
    fuzzTimeout,
  );

  it('needs no package and no right but to read', () => {
    const path = place();
    writeFileSync(path, makeZip([page, other]));
    expect(readWithoutRights('openZip', path)).toEqual(['index.html', 'en/a.html']);
  });

  it('takes an empty zip, stored and packed files, both forms of descriptors and harmless extra fields', async () => {
    const path = place();
    writeFileSync(path, makeZip([]));
    expect((await readWhole(openZip, path)).size).toBe(0);
    const times = makeExtra(0x5455, Buffer.alloc(5));
    const rows = [
      page,
      { ...other, method: 0, extra: times },
      { ...page, name: 'b', flags: 8, descriptor: makeDescriptor(page.content, packed.length) },
      {
        ...page,
        name: 'c',
        flags: 8,
        descriptor: makeDescriptor(page.content, packed.length, false),
        local: { crc: 0, size: 0, packedSize: 0 },
      },
      { name: 'empty/' },
      { name: 'nothing' },
    ];
    writeFileSync(path, makeZip(rows));
    const files = await readWhole(openZip, path);
    expect([...files].map(([name, bytes]) => [name, bytes.toString()])).toEqual([
      ['index.html', page.content],
      ['en/a.html', 'Mint'],
      ['b', page.content],
      ['c', page.content],
      ['nothing', ''],
    ]);
    const archive = await openZip(path);
    await archive.close();
    expect(archive.emptyFolders).toEqual(['empty']);
  });
});

const python =
  'import os, sys, zipfile\nwith zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as z:\n for base, _, names in os.walk("."):\n  for name in names: z.write(os.path.join(base, name))';

const makers = [
  ['Info-ZIP', isThere('zip', '-v'), 'zip', ['-q', '-r', 'OUT', '.'], 'ru/long name.html'],
  [
    'Info-ZIP, stored, without folders and extra fields',
    isThere('zip', '-v'),
    'zip',
    ['-q', '-0', '-D', '-X', '-r', 'OUT', '.'],
    'ru/long name.html',
  ],
  [
    'Python',
    isThere('python3', '--version'),
    'python3',
    ['-c', python, 'OUT'],
    'ru/длинное имя.html',
  ],
  [
    'bsdtar',
    isThere('bsdtar', '--version'),
    'bsdtar',
    ['--format=zip', '-cf', 'OUT', 'index.html', 'en', 'ru'],
    'ru/длинное имя.html',
  ],
] as const;

describe('openZip takes what is made by', () => {
  for (const [title, isHere, command, parameters, longName] of makers) {
    it.skipIf(!isHere)(title, async () => {
      const random = makeRandom(1);
      const files = new Map([
        ['en/noise.bin', Buffer.from(Array.from({ length: 200_000 }, () => random(256)))],
        ['en/nothing.txt', Buffer.alloc(0)],
        ['index.html', Buffer.from(page.content)],
        [longName, Buffer.from('Мята. '.repeat(40_000))],
      ]);
      const folder = makeFolder('site-');
      for (const [name, bytes] of files) {
        mkdirSync(dirname(join(folder, name)), { recursive: true });
        writeFileSync(join(folder, name), bytes);
      }
      const path = place();
      execFileSync(
        command,
        parameters.map((parameter) => parameter.replace('OUT', path)),
        { cwd: folder, env: { ...process.env, LC_ALL: 'C.UTF-8' } },
      );
      expect(new Map([...(await readWhole(openZip, path))].sort())).toEqual(files);
    });
  }
});
