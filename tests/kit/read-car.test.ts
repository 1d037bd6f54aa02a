import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CutOffError } from '../../src/kit/core/archive/archive.ts';
import { carLimits, type CarLimits } from '../../src/kit/core/archive/car/blocks.ts';
import { openCar } from '../../src/kit/node/source/open-source.ts';
import {
  describeRefusal,
  fuzz,
  makeRandom,
  readWhole,
  readWithoutRights,
} from '../helpers/archives.ts';
import { fuzzSettings, fuzzTimeout } from '../helpers/fuzz.ts';
import { makeFolder } from '../helpers/build.ts';
import { exportCar } from '../helpers/export-car.ts';
import {
  field,
  fileBlock,
  folderBlock,
  link,
  makeCar,
  makeCid,
  makeHeader,
  pbBlock,
  rawBlock,
  section,
  varint,
  type Block,
  type Link,
} from '../helpers/make-car.ts';

const place = (name = 'site.car') => join(makeFolder('car-'), name);

const page = rawBlock('<p>The garden is open.</p>');
const mint = rawBlock('Mint');
const root = folderBlock([{ cid: page.cid, name: 'index.html' }]);
const good = makeCar(root, page);

/**
 * A root with one link to a node, which is a file or folder with whatever is given in its UnixFS
 * message.
 */
const withNode = (data: Buffer, ...links: Link[]): Buffer =>
  withFile(pbBlock(...links.map(link), field(1, data)));
const withFile = (node: Block): Buffer =>
  makeCar(folderBlock([{ cid: node.cid, name: 'a' }]), node, page, mint);
const withNames = (...names: string[]): Buffer =>
  makeCar(folderBlock(names.map((name) => ({ cid: page.cid, name }))), page);
/** The good file with its second section replaced. */
const withSection = (bytes: Buffer): Buffer =>
  Buffer.concat([makeHeader(root.cid), section(root), bytes]);
const rawRoot = (cid: Buffer): Buffer => Buffer.concat([makeHeader(cid), section(page)]);
const profile = 'CIDv1, raw or dag-pb, with SHA-256 (profile unixfs-v1-2025)';
const at = makeHeader(root.cid).length + section(root).length;

type Row = [attack: string, wish: string, car: Buffer, sentence: string];

const blocks: Row[] = [
  [
    'nothing at all',
    'to pass for a copy',
    Buffer.alloc(0),
    'a number that is cut off at byte 0; expected its last byte.',
  ],
  [
    'a page in place of the file',
    'to crash the checker',
    Buffer.from(
      '<!doctype html><html lang="en"><title>Not found</title><p>There is nothing here, and this is long enough.</p></html>',
    ),
    'this does not begin like a CAR file; expected a CARv1 with one root.',
  ],
  [
    'a zip in place of the file',
    'the same',
    Buffer.from(`PK\x03\x04${'x'.repeat(200)}`),
    'this does not begin like a CAR file; expected a CARv1 with one root.',
  ],
  [
    'a flipped bit in a block',
    'a changed account to pass',
    Buffer.concat([good.subarray(0, -1), Buffer.from('!')]),
    `other bytes than those of block bafkreigpeahdrmedqc6x65r4crbwlll2buybkh3x4nftfk4lkbnb6vmyki at byte ${at}; expected the bytes that the address names.`,
  ],
  [
    'another block under the address',
    'the same',
    withSection(section({ cid: page.cid, bytes: mint.bytes })),
    `other bytes than those of block bafkreigpeahdrmedqc6x65r4crbwlll2buybkh3x4nftfk4lkbnb6vmyki at byte ${at}; expected the bytes that the address names.`,
  ],
  [
    'a block that is missing',
    'part of the site to pass for all',
    makeCar(root),
    '"index.html": block bafkreigpeahdrmedqc6x65r4crbwlll2buybkh3x4nftfk4lkbnb6vmyki is missing; expected all blocks of the site in this file.',
  ],
  [
    'a root that is missing',
    'the same',
    Buffer.concat([makeHeader(root.cid), section(page)]),
    'block bafybeih766rpszxfm5f2cnm4oj2mz4l5heoa7qohe6evmuzzaaialpjgcm is missing; expected all blocks of the site in this file.',
  ],
  [
    'a truncated file',
    'the same',
    good.subarray(0, -1),
    `the file ends at byte ${good.length - 1}; expected it to go on to byte ${good.length}.`,
  ],
  [
    'zeros at the end',
    'to hide something behind them',
    Buffer.concat([good, Buffer.alloc(4)]),
    `an empty section at byte ${good.length}; expected blocks only.`,
  ],
  [
    'a length of gigabytes',
    'all memory',
    withSection(varint(2 ** 40)),
    `a block of 1099511627740 bytes at byte ${at}; expected at most 2098176.`,
  ],
  [
    'a length that never ends',
    'the checker to hang',
    withSection(Buffer.alloc(40, 0xff)),
    `a number that does not end at byte ${at}; expected at most 8 bytes.`,
  ],
  [
    'a length in a longer form',
    'two spellings of one file',
    withSection(Buffer.from([0xff, 0x00])),
    `a number that is longer than it needs to be at byte ${at}; expected its shortest form.`,
  ],
  [
    'a section without room for an address',
    'reading beyond it',
    withSection(Buffer.from([3, 1, 0x55, 0x12])),
    `another hash function (0x12) at byte ${at}; expected ${profile}.`,
  ],
  [
    'a section that ends within its address',
    'reading beyond it',
    withSection(Buffer.concat([varint(20), page.cid.subarray(0, 20)])),
    `an address that is cut off at byte ${at}; expected 36 bytes.`,
  ],
  [
    'a section without room for an address, at the end of the file',
    'a file that seems to be cut off',
    withSection(Buffer.from([20, 1])),
    `a section of 20 bytes at byte ${at}; expected an address of 36, and a block.`,
  ],
  [
    'a length beyond what numbers hold',
    'sums that come out wrong',
    withSection(Buffer.from([...Array<number>(7).fill(0xff), 0x7f])),
    `a number without measure at byte ${at}; expected at most 2^53 - 1.`,
  ],
  [
    'CIDv0',
    'two addresses of one site',
    withSection(section({ ...page, cid: makeCid(0, page.bytes, [0x12, 32]) })),
    `an address of version 0 (CIDv0) at byte ${at}; expected ${profile}.`,
  ],
  [
    'a hash that proves nothing',
    'bytes that nobody checks',
    withSection(section({ ...page, cid: Buffer.from([1, 0x55, 0, 4, 1, 2, 3, 4]) })),
    `another hash function (0x0) at byte ${at}; expected ${profile}.`,
  ],
  [
    'a shortened hash',
    'a collision',
    withSection(section({ ...page, cid: makeCid(0x55, page.bytes, [1, 0x55, 0x12, 20]) })),
    `another hash function (0x12) at byte ${at}; expected ${profile}.`,
  ],
  [
    'a block of another kind',
    'tools to differ',
    withSection(section({ ...page, cid: makeCid(0x71, page.bytes) })),
    `a block of another kind (codec 0x71) at byte ${at}; expected ${profile}.`,
  ],
  [
    'an address of no known version',
    'the same',
    withSection(section({ ...page, cid: makeCid(0x55, page.bytes, [2, 0x55, 0x12, 32]) })),
    `an address that is no CIDv1 at byte ${at}; expected ${profile}.`,
  ],
];

const headers: Row[] = [
  [
    'a header of megabytes',
    'all memory',
    Buffer.concat([varint(2 ** 20), Buffer.alloc(2 ** 20)]),
    'a header of 1048576 bytes; expected at most 1024, as a CARv1 with one root has.',
  ],
  [
    'two roots',
    'two sites in one file',
    Buffer.concat([makeHeader(root.cid, page.cid), section(root), section(page)]),
    'it has several roots; expected one root.',
  ],
  [
    'no root',
    'tools to choose one',
    Buffer.concat([makeHeader(), section(root)]),
    'it has no root; expected one root.',
  ],
  [
    'a CARv2',
    'a second header that tools read first',
    Buffer.concat([Buffer.from([10]), Buffer.from('\xa1\x67version\x02', 'latin1'), good]),
    'this is a CARv2; expected a CARv1.',
  ],
  [
    'a CIDv0 as root',
    'two addresses of one site',
    rawRoot(makeCid(0, page.bytes, [0x12, 32])),
    'an address of version 0 (CIDv0) as root; expected a CIDv1.',
  ],
  [
    'something else as root',
    'to crash the checker',
    rawRoot(Buffer.alloc(9)),
    'something else than an address as root; expected a CIDv1.',
  ],
  [
    'another version',
    'tools to differ',
    Buffer.from(good.map((byte, index) => (index === 58 ? 3 : byte))),
    'its header does not end with version 1; expected a CARv1.',
  ],
  [
    'a file as root',
    'a name that the list does not have',
    rawRoot(page.cid),
    'its root is a file; expected a folder.',
  ],
  [
    'a file in pieces as root',
    'the same',
    makeCar(fileBlock([{ cid: mint.cid, size: 4 }]), mint),
    'its root is a file; expected a folder.',
  ],
];

const names: Row[] = [
  [
    'a way out',
    'to write a file of the reader',
    withNames('..'),
    '"..": a path with ".."; expected a path inside the site.',
  ],
  [
    'a path as a name',
    'the same',
    withNames('../../.bashrc'),
    '"../../.bashrc": a name with "/"; expected one name a link.',
  ],
  [
    'no name',
    'the folder itself to be replaced',
    withNames(''),
    'an empty path; expected a path inside the site.',
  ],
  [
    'NUL in a name',
    'another name to be written',
    withNames('a\0b'),
    '"a\\u{0}b": a control character in the path; expected a name of plain, visible signs.',
  ],
  [
    'a name twice',
    'one to be checked, the other read',
    withNames('a', 'a'),
    '"a": the same path a second time; expected each path once.',
  ],
  [
    'names alike but for case',
    'one to replace the other on some disks',
    withNames('A', 'a'),
    '"a": a path that is "A" on some disks; expected paths that differ in more than case.',
  ],
  [
    'a name that is not UTF-8',
    'other names for other tools',
    makeCar(
      pbBlock(
        field(
          2,
          Buffer.concat([field(1, page.cid), field(2, Buffer.from([0xc0, 0xaf])), field(3, 0)]),
        ),
        field(1, field(1, 1)),
      ),
      page,
    ),
    'a name that is not UTF-8; expected names in UTF-8.',
  ],
  [
    'a link to a place outside',
    'later files to be written through it',
    withNode(Buffer.concat([field(1, 4), field(2, Buffer.from('/home/reader'))])),
    '"a": bytes in a node; expected bytes in raw blocks only (profile unixfs-v1-2025).',
  ],
  [
    'a link without a place',
    'the same',
    withNode(field(1, 4)),
    '"a": a symbolic link; expected plain files and folders (profile unixfs-v1-2025).',
  ],
  [
    'a folder in shards',
    'tools to differ',
    withNode(field(1, 5)),
    '"a": a folder that is cut into shards (HAMT); expected plain files and folders (profile unixfs-v1-2025).',
  ],
  [
    'a node of no known kind',
    'to crash the checker',
    withNode(field(1, 99)),
    '"a": a node of an unknown kind; expected plain files and folders (profile unixfs-v1-2025).',
  ],
];

const fileOf = (size: number, ...pieces: number[]): Buffer =>
  Buffer.concat([field(1, 2), field(3, size), ...pieces.map((piece) => field(4, piece))]);
/** A file with one part, which is a node itself. */
const nested = (part: Block, size: number): Buffer => {
  const file = fileBlock([{ cid: part.cid, size }]);
  return makeCar(folderBlock([{ cid: file.cid, name: 'a' }]), file, part, page, mint);
};
const sizes: Row[] = [
  [
    'bytes in a node besides its pieces',
    'to hide them',
    withNode(Buffer.concat([fileOf(4, 4), field(2, Buffer.from('x'))]), { cid: mint.cid }),
    '"a": bytes in a node; expected bytes in raw blocks only (profile unixfs-v1-2025).',
  ],
  [
    'a size that is not that of the pieces',
    'to get around the limits',
    withNode(fileOf(9, 4), { cid: mint.cid }),
    '"a": a node of 9 bytes with pieces of 4; expected the same.',
  ],
  [
    'a piece of another size',
    'the same',
    withNode(fileOf(3, 3), { cid: mint.cid }),
    '"a": a piece of 4 bytes; expected 3, as its node declares.',
  ],
  [
    'a part in pieces of another size',
    'the same',
    nested(fileBlock([{ cid: mint.cid, size: 4 }]), 3),
    '"a": a piece of 4 bytes; expected 3, as its node declares.',
  ],
  [
    'sizes in one field',
    'tools to differ',
    withNode(Buffer.concat([fileOf(4), field(4, Buffer.from([4]))]), { cid: mint.cid }),
    '"a": bytes as field 4 of a node; expected a kind and sizes.',
  ],
  [
    'a piece without a size',
    'the same',
    withNode(fileOf(4), { cid: mint.cid }),
    '"a": 0 sizes for 1 pieces; expected a size for each piece.',
  ],
  [
    'pieces without bytes',
    'endless work',
    withNode(fileOf(0, 0), { cid: rawBlock('').cid }),
    '"a": a piece of 0 bytes; expected pieces with bytes.',
  ],
  [
    'a piece with a name',
    'a file that some tools see',
    withNode(fileOf(4, 4), { cid: mint.cid, name: 'b' }),
    '"a": a piece of a file with a name; expected pieces without names.',
  ],
  [
    'a folder as a piece',
    'to crash the checker',
    nested(root, 4),
    '"a": a folder as a piece of a file; expected pieces of the file.',
  ],
  [
    'times and rights',
    'other addresses for the same site',
    withNode(Buffer.concat([fileOf(4, 4), field(7, 0o4755)]), { cid: mint.cid }),
    '"a": field 7 of a node, which the profile does not have; expected a node without times and rights (profile unixfs-v1-2025).',
  ],
  [
    'a field twice',
    'tools to differ',
    withNode(Buffer.concat([fileOf(4, 4), field(3, 9)]), { cid: mint.cid }),
    '"a": field 3 of a node twice; expected once.',
  ],
  [
    'a node without data',
    'to crash the checker',
    withFile(pbBlock(link(mint))),
    '"a": a block without data; expected a file or folder of UnixFS.',
  ],
  [
    'links behind the data',
    'tools to differ',
    withFile(pbBlock(field(1, fileOf(4, 4)), link(mint))),
    '"a": a block with parts that dag-pb does not have; expected links, then data.',
  ],
  [
    'a link without its name',
    'the same',
    withFile(pbBlock(field(2, field(1, mint.cid)), field(1, fileOf(4, 4)))),
    '"a": a link in another form than dag-pb has; expected address, name and size.',
  ],
  [
    'a part that is longer than its block',
    'reading beyond it',
    withFile(pbBlock(Buffer.from([0x0a, 99, 1]))),
    '"a": a part of a block that is longer than the block; expected whole parts.',
  ],
  [
    'a field of a kind that is not used',
    'to crash the checker',
    withFile(pbBlock(Buffer.from([0x0d, 0, 0, 0, 0]))),
    '"a": a field of kind 5 in a block; expected numbers and bytes.',
  ],
  [
    'an address of another length',
    'reading beyond it',
    withFile(pbBlock(link({ cid: mint.cid.subarray(0, 35) }), field(1, fileOf(4, 4)))),
    '"a": an address of 35 bytes; expected a CIDv1 of 36.',
  ],
];

describe.each([
  ['blocks', blocks],
  ['headers', headers],
  ['names and kinds', names],
  ['sizes and nodes', sizes],
])('openCar refuses by %s', (_, rows) => {
  it.each(rows)('%s, for who wants %s', async (_attack, _wish, car, sentence) => {
    expect(await describeRefusal(openCar, place(), car)).toBe(sentence);
  });
});

/** Folders of ten links each to the next: as many paths as ten to the power of their number. */
function folderBomb(levels: number): Buffer {
  let below: Block = page;
  const made: Block[] = [page];
  for (let level = 0; level < levels; level += 1) {
    const { cid } = below;
    below = folderBlock(Array.from({ length: 10 }, (_, index) => ({ cid, name: `${index}` })));
    made.push(below);
  }
  return makeCar(below, ...made.slice(0, -1).reverse());
}

/** A file of so many nodes above each other, of so many links each. */
function fileBomb(levels: number, links: number, piece: Block): Buffer {
  let below = { ...piece, size: piece.bytes.length };
  const made: Block[] = [piece];
  for (let level = 0; level < levels; level += 1) {
    const one = below;
    below = { ...fileBlock(Array.from({ length: links }, () => one)), size: one.size * links };
    made.push(below);
  }
  return makeCar(folderBlock([{ cid: below.cid, name: 'a' }]), ...made.reverse());
}

describe('openCar', () => {
  it.each([
    [
      'a million paths in seven blocks',
      folderBomb(6),
      'it has too many files and folders; expected at most 50000.',
    ],
    [
      'folders below folders',
      folderBomb(20),
      'a path that is too deep; expected at most 16 names.',
    ],
    [
      'a million pieces of a byte',
      fileBomb(2, 1000, rawBlock('x')),
      'it has too many links; expected at most 200000, counted each time that they are met.',
    ],
    [
      'a gigabyte of the same megabyte',
      fileBomb(1, 1024, rawBlock(Buffer.alloc(2 ** 20))),
      '1073741824 bytes; expected at most 268435456.',
    ],
    [
      'nodes above nodes',
      fileBomb(9, 1, mint),
      'a file with too many nodes above each other; expected at most 8.',
    ],
  ])('stops a bomb of shared links: %s', async (_, car, sentence) => {
    expect(car.length).toBeLessThan(2 * 2 ** 20);
    expect(await describeRefusal(openCar, place(), car)).toContain(sentence);
  });

  it.each<[string, Partial<CarLimits>, string]>([
    ['blocks', { blocks: 1 }, 'it has too many blocks; expected at most 1.'],
    ['files', { entries: 0 }, 'it has too many files and folders; expected at most 0.'],
    ['bytes of a block', { bytesOfABlock: 10 }, 'bytes at byte 59; expected at most 10.'],
    ['bytes of all files', { bytes: 10 }, 'with it the files have 26 bytes; expected at most 10.'],
  ])('bounds %s', async (_, limits, sentence) => {
    expect(
      await describeRefusal((path) => openCar(path, { ...carLimits, ...limits }), place(), good),
    ).toContain(sentence);
  });

  it('takes a file that ends within a length, a header or a block for one that is cut off', async () => {
    const path = place();
    const long = makeCar(folderBlock([{ cid: rawBlock('x'.repeat(300)).cid, name: 'a' }]), {
      ...rawBlock('x'.repeat(300)),
    });
    const withinLength = long.length - 336 - 1;
    for (const bytes of [0, 20, at - 3, long.length - 7, withinLength]) {
      writeFileSync(path, long.subarray(0, bytes));
      await expect(openCar(path), `${bytes} bytes`).rejects.toBeInstanceOf(CutOffError);
    }
  });

  it('tells of blocks that the site does not need, of those that come twice and of empty folders', async () => {
    const path = place();
    const empty = folderBlock([]);
    const full = folderBlock([
      { cid: page.cid, name: 'a' },
      { cid: empty.cid, name: 'new-account-123' },
    ]);
    writeFileSync(path, makeCar(full, page, page, mint, empty));
    const archive = await openCar(path);
    await archive.close();
    expect(archive).toMatchObject({
      unreferenced: ['bafkreigo3f6mji3xww2dq3m4m66e6tqu725vmgiduj2attt2fcddnc3vxm'],
      repeated: 1,
      emptyFolders: ['new-account-123'],
    });
  });

  it(
    'throws nothing but ArchiveError on thousands of CARs with wrong bytes, and takes none with other files',
    async () => {
      const node = fileBlock([
        { cid: page.cid, size: page.bytes.length },
        { cid: mint.cid, size: 4 },
      ]);
      const folder = folderBlock([{ cid: node.cid, name: 'a.html' }]);
      const car = makeCar(
        folderBlock([
          { cid: folder.cid, name: 'en' },
          { cid: page.cid, name: 'index.html' },
        ]),
        folder,
        node,
        page,
        mint,
      );
      const settings = fuzzSettings(5_000, 20_241);
      expect(await fuzz(openCar, place(), car, settings)).toBeGreaterThan(0.8 * settings.cases);
    },
    fuzzTimeout,
  );

  it(
    'throws nothing but ArchiveError on thousands of nodes with wrong bytes under their true address',
    async () => {
      const path = place();
      const node = fileBlock([
        { cid: page.cid, size: page.bytes.length },
        { cid: mint.cid, size: 4 },
      ]);
      const { seed, cases } = fuzzSettings(5_000, 20_242);
      const random = makeRandom(seed);
      const kinds = new Set<string>();
      for (let index = 0; index < cases; index += 1) {
        const bytes = Buffer.from(index % 2 === 0 ? node.bytes : root.bytes);
        for (let times = 1 + random(3); times > 0; times -= 1)
          bytes[random(bytes.length)] = random(256);
        kinds.add(
          (await describeRefusal(openCar, path, withFile(pbBlock(bytes)))).replace(/[^a-z]+/g, ' '),
        );
      }
      expect(kinds.size).toBeGreaterThan(15);
    },
    fuzzTimeout,
  );

  it('needs no package and no right but to read', () => {
    const path = place();
    writeFileSync(path, good);
    expect(readWithoutRights('openCar', path)).toEqual(['index.html']);
  });

  it('reads what the libraries of IPFS write: empty, small and large files, folders in folders, names beyond ASCII', async () => {
    const random = makeRandom(2);
    const files = new Map([
      ['en/deep/er/a.html', Buffer.from('a')],
      ['en/large.bin', Buffer.from(Array.from({ length: 3_500_000 }, () => random(256)))],
      ['en/nothing.txt', Buffer.alloc(0)],
      ['index.html', Buffer.from('<p>The garden is open.</p>')],
      ['ru/лист.html', Buffer.from('<p>The garden is open.</p>')],
    ]);
    const folder = makeFolder('site-');
    for (const [name, bytes] of files) {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), bytes);
    }
    const made = await exportCar(folder);
    const path = place();
    writeFileSync(path, made.car);
    expect(new Map([...(await readWhole(openCar, path))].sort())).toEqual(files);
    const archive = await openCar(path);
    await archive.close();
    expect(archive).toMatchObject({
      root: made.root,
      unreferenced: [],
      repeated: 0,
      emptyFolders: [],
    });
  });
});
