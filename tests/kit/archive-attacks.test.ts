import { readFileSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { keyOfHash, raw } from '../../src/kit/core/archive/car/blocks.ts';
import { findCarDeviation } from '../../src/kit/core/archive/car/find-deviation.ts';
import type { CarArchive } from '../../src/kit/core/archive/car/read-car.ts';
import { verifyCopy } from '../../src/kit/core/verify/verify-copy.ts';
import type { Verdict } from '../../src/kit/core/verify/verdict.ts';
import { nodePlatform } from '../../src/kit/node/platform.ts';
import { openFolder } from '../../src/kit/node/source/folder-copy.ts';
import { trustClone } from '../../src/kit/node/edition/edition-folder.ts';
import { listSiteFiles } from '../../scripts/lab/site.ts';
import { linearGrowth, spent } from '../helpers/growth.ts';
import { anna, boris, makeWorld, mallory, page, type World } from '../helpers/garden-editions.ts';
import {
  fileBlock,
  folderBlock,
  makeHeader,
  rawBlock,
  section,
  varint,
  type Block,
} from '../helpers/make-car.ts';
import {
  makeDescriptor,
  makeExtra,
  makeZip,
  type ZipEnd,
  type ZipEntry,
} from '../helpers/make-zip.ts';
import { changeCopy, type EditionOptions } from '../helpers/signed-sites.ts';

/**
 * Attacks on the archives next to a site. No manifest names them, so whatever in them does not
 * follow from the files of the site is an addition. Each row is planted in a true edition.
 */
let world: World;
const site = new Map<string, Buffer>();
beforeAll(async () => {
  world = await makeWorld();
  for (const path of listSiteFiles(world.sites[3]))
    if (!path.startsWith('download/')) site.set(path, readFileSync(join(world.sites[3], path)));
});

const zipPath = 'download/garden-3.zip';
const carPath = 'download/garden-3.car';
const plain = 0o100644 * 2 ** 16;

type Changes = Parameters<typeof changeCopy>[1];
const check = (changes: Changes) => verify(changeCopy(world.sites[3], changes));

async function verify(copy: string) {
  const trust = await trustClone(world.clone, 'this clone');
  return verifyCopy(openFolder(copy), trust, {
    today: '2026-06-01',
    seen: () => [],
    progress: () => {},
    platform: nodePlatform,
  });
}

/** A zip of the site as any build could have packed it, with some entries and its end changed. */
const zipWith = (
  change: (entry: ZipEntry) => Partial<ZipEntry> = () => ({}),
  end: ZipEnd = {},
  extra: readonly ZipEntry[] = [],
): Buffer => {
  const entries = [...site].map(([name, content]): ZipEntry => ({ name, content }));
  const all = [...entries, ...extra].sort((a, b) => Buffer.compare(bytes(a.name), bytes(b.name)));
  return makeZip(
    all.map((entry) => ({ method: 0, attributes: plain, ...entry, ...change(entry) })),
    end,
  );
};
const bytes = (name: string | Buffer): Buffer => Buffer.from(name);
const first = (change: Partial<ZipEntry>) => (entry: ZipEntry) =>
  entry.name === '404.html' ? change : {};
const times = makeExtra(0x5455, Buffer.from([1, 0x30, 0x34, 0x31, 0x37]));

/** The sections of the true CAR behind its header: each a block. */
const readSections = (): { header: Buffer; sections: Buffer[] } => {
  const car = readFileSync(join(world.sites[3], carPath));
  const cut = (at: number): number => {
    let [value, shift, next] = [0, 0, at];
    for (let more = true; more; shift += 7) {
      const byte = car[next++] ?? 0;
      value += (byte & 0x7f) * 2 ** shift;
      more = byte >= 0x80;
    }
    return next + value;
  };
  const start = cut(0);
  const sections: Buffer[] = [];
  for (let at = start; at < car.length; at = cut(at)) sections.push(car.subarray(at, cut(at)));
  return { header: car.subarray(0, start), sections };
};
const carWith = (change: (sections: Buffer[]) => Buffer[]): Buffer => {
  const { header, sections } = readSections();
  return Buffer.concat([header, ...change(sections)]);
};

/** A CAR of files, as another program makes it, with one thing in its making changed. */
function makeCarOf(
  files: ReadonlyMap<string, Buffer>,
  { weight = 0, cut }: { weight?: number; cut?: string } = {},
): Buffer {
  /** The blocks of a folder or file, its own first, and what a link to it weighs. */
  const build = (path: string): { blocks: Block[]; weight: number } => {
    const content = files.get(path);
    if (content && path !== cut) return { blocks: [rawBlock(content)], weight: content.length };
    const sum = (items: readonly { weight: number }[]) =>
      items.reduce((total, item) => total + item.weight, 0);
    if (content) {
      const pieces = [content.subarray(0, 10), content.subarray(10)].map((bytes) => ({
        ...rawBlock(bytes),
        size: bytes.length,
        weight: bytes.length,
      }));
      const node = fileBlock(pieces);
      return { blocks: [node, ...pieces], weight: node.bytes.length + sum(pieces) };
    }
    const above = path === '' ? '' : `${path}/`;
    const names = [...files.keys()]
      .filter((file) => file.startsWith(above))
      .map((file) => file.slice(above.length).split('/', 1)[0] ?? '');
    const inside = [...new Set(names)].sort().map((name) => {
      const part = build(above + name);
      return { ...part, name, cid: part.blocks[0]!.cid, weight: part.weight + weight };
    });
    const node = folderBlock(inside);
    return {
      blocks: [node, ...inside.flatMap(({ blocks }) => blocks)],
      weight: node.bytes.length + sum(inside),
    };
  };
  const { blocks } = build('');
  return Buffer.concat([makeHeader(blocks[0]!.cid), ...blocks.map(section)]);
}

type Row = [
  attack: string,
  wish: string,
  changes: () => Changes,
  verdict: Verdict,
  evidence: RegExp,
];

const words = 'words to be read, which no manifest has';
const containers: Row[] = [
  [
    'a comment at the end of the zip',
    words,
    () => ({ [zipPath]: zipWith(undefined, { comment: Buffer.from('give to 0417 1644') }) }),
    'tampered',
    /a comment of 17 bytes/,
  ],
  [
    'a comment of one entry',
    words,
    () => ({ [zipPath]: zipWith(first({ comment: Buffer.from('give to 0417 1644') })) }),
    'tampered',
    /a comment, which unpacking tools show/,
  ],
  [
    'bytes in front of the zip',
    'a program that is a zip as well',
    () => ({ [zipPath]: Buffer.concat([Buffer.from('#!/bin/sh\n'), zipWith()]) }),
    'tampered',
    /something else is hidden in this file/,
  ],
  [
    'bytes behind the zip',
    words,
    () => ({ [zipPath]: Buffer.concat([zipWith(), Buffer.from('0417 1644')]) }),
    'tampered',
    /9 bytes follow the end of the zip/,
  ],
  [
    'bytes between two entries',
    words,
    () => ({ [zipPath]: zipWith(first({ gap: Buffer.from('0417 1644') })) }),
    'tampered',
    /9 bytes at byte 0 belong to no entry/,
  ],
  [
    'a time of Unix in an extra field, which a zip by itself may have',
    'numbers to be handed on',
    () => ({ [zipPath]: zipWith(first({ extra: times })) }),
    'injected',
    /not packed as every build packs .*"404\.html" .*says more than it has to/,
  ],
  [
    'a time of Unix in the header in front of the data alone',
    'the same',
    () => ({ [zipPath]: zipWith(first({ local: { extra: times } })) }),
    'injected',
    /the header of "404\.html" says more than it has to/,
  ],
  [
    'rights that a program would need',
    'it to be run',
    () => ({ [zipPath]: zipWith(first({ attributes: 0o100755 * 2 ** 16 })) }),
    'injected',
    /the entry of "404\.html" in the list of files says more/,
  ],
  [
    'sizes behind the data',
    'numbers to be handed on',
    () => ({
      [zipPath]: zipWith((entry) => {
        if (entry.name !== '404.html') return {};
        const content = Buffer.from(entry.content ?? '');
        return { flags: 8, descriptor: makeDescriptor(content.toString(), content.length) };
      }),
    }),
    'injected',
    /the header of "404\.html" says more/,
  ],
  [
    'an empty folder whose name is the message',
    'it to be read in a listing',
    () => ({
      [zipPath]: zipWith(undefined, {}, [
        { name: 'give-to-0417-1644/', attributes: 0o40755 * 2 ** 16 },
      ]),
    }),
    'injected',
    /"give-to-0417-1644" is an empty folder/,
  ],
  [
    'an entry for a folder that has files',
    'room for its times and rights',
    () => ({ [zipPath]: zipWith(undefined, {}, [{ name: 'en/', attributes: 0o40755 * 2 ** 16 }]) }),
    'injected',
    /"en\/" is an entry for a folder/,
  ],
  [
    'entries in another order',
    'a message in their order',
    () => ({
      [zipPath]: makeZip(
        [...site]
          .map(([name, content]) => ({ name, content, method: 0, attributes: plain }))
          .reverse(),
      ),
    }),
    'injected',
    /is not in the order of names/,
  ],
  [
    'deflate data with empty blocks in front',
    'bits that come out as nothing',
    () => ({
      [zipPath]: zipWith((entry) => {
        if (entry.name !== '404.html') return {};
        const content = Buffer.from(entry.content ?? '');
        const last = Buffer.alloc(5);
        last.writeUInt8(1, 0);
        last.writeUInt16LE(content.length, 1);
        last.writeUInt16LE(content.length ^ 0xffff, 3);
        const empty = Buffer.from([0, 0, 0, 0xff, 0xff]);
        return { method: 8, data: Buffer.concat([empty, empty, last, content]) };
      }),
    }),
    'injected',
    /"404\.html" is not smaller for being packed/,
  ],
  [
    'a block that no file needs',
    words,
    () => ({ [carPath]: carWith((all) => [...all, section(rawBlock('0417 1644'))]) }),
    'injected',
    /"bafkrei\w+" is a block that no file of the site needs/,
  ],
  [
    'a block twice',
    'a CAR of any size',
    () => ({ [carPath]: carWith((all) => [...all, all.at(-1)!]) }),
    'injected',
    /1 of its blocks are in it more than once/,
  ],
  [
    'blocks in another order',
    'a message in their order',
    () => ({ [carPath]: carWith(([top, ...rest]) => [top!, ...rest.reverse()]) }),
    'injected',
    /not packed as every build packs these files: its block 2 is /,
  ],
  [
    'weights of links that are a message',
    'it to be handed on; another CID for the same site',
    () => ({ [carPath]: makeCarOf(site, { weight: 417 }), 'download/CID.txt': null }),
    'injected',
    /not packed as every build packs these files: its files have the CID bafybei/,
  ],
  [
    'a file that is cut into other pieces',
    'another CID for the same site',
    () => ({ [carPath]: makeCarOf(site, { cut: '404.html' }), 'download/CID.txt': null }),
    'injected',
    /"404\.html" is cut into other pieces than the profile has/,
  ],
  [
    'zeros behind the CAR',
    words,
    () => ({ [carPath]: carWith((all) => [...all, Buffer.alloc(9)]) }),
    'tampered',
    /an empty section/,
  ],
  [
    'a length in a longer form',
    'two files for one CID',
    () => ({
      [carPath]: carWith(([top, ...rest]) => {
        const size = top!.length - 2;
        expect(varint(size)).toHaveLength(2);
        const long = Buffer.from([(size & 0x7f) | 0x80, (size >> 7) | 0x80, 0]);
        return [Buffer.concat([long, top!.subarray(2)]), ...rest];
      }),
    }),
    'tampered',
    /longer than it needs to be/,
  ],
];

const contents: Row[] = [
  [
    'one page changed in the zip',
    'the money of whoever takes it home',
    () => ({
      [zipPath]: zipWith(({ name, content }) =>
        name === 'en/give.html' ? { content: String(content).replace('1643', '1644') } : {},
      ),
    }),
    'tampered',
    /In "download\/garden-3\.zip": "en\/give\.html" has other bytes/,
  ],
  [
    'one page changed in the CAR',
    'the same',
    () => ({
      [carPath]: makeCarOf(
        new Map([...site, ['en/give.html', Buffer.from(page('Give', 'to 1644'))]]),
      ),
    }),
    'tampered',
    /In "download\/garden-3\.car": "en\/give\.html" has other bytes/,
  ],
  [
    'a page of the edition before in the zip',
    'the account of then',
    () => ({
      [zipPath]: zipWith(({ name }) =>
        name === 'en/give.html'
          ? { content: readFileSync(join(world.sites[2], 'en/give.html')) }
          : {},
      ),
    }),
    'mixed',
    /In "download\/garden-3\.zip": "en\/give\.html" is that of edition 2/,
  ],
  [
    'a page too many in the zip',
    'a false page under the name of a checked site',
    () => ({
      [zipPath]: zipWith(undefined, {}, [{ name: 'en/login.html', content: 'x' }]),
    }),
    'injected',
    /In "download\/garden-3\.zip": "en\/login\.html" is in no list/,
  ],
  [
    'a file that hosts may add, in the zip',
    'a place that checkers pass over',
    () => ({
      [zipPath]: zipWith(undefined, {}, [{ name: 'robots.txt', content: 'User-agent: *\n' }]),
    }),
    'injected',
    /"robots\.txt" is in no list/,
  ],
  [
    'an archive in the archive',
    'a checker without end',
    () => ({
      [zipPath]: zipWith(undefined, {}, [{ name: 'download/garden-3.zip', content: 'PK' }]),
    }),
    'injected',
    /In "download\/garden-3\.zip": "download\/garden-3\.zip" is in no list/,
  ],
  [
    'a page missing in the CAR',
    'a warning not to be read',
    () => ({
      [carPath]: makeCarOf(new Map([...site].filter(([path]) => path !== 'en/give.html'))),
      'download/CID.txt': null,
    }),
    'incomplete',
    /In "download\/garden-3\.car": "en\/give\.html" is missing/,
  ],
  [
    'the site with another list, without a signature',
    'whoever takes it home to check nothing',
    () => ({
      [zipPath]: zipWith(({ name }) =>
        name === 'SHA256SUMS' ? { content: `${'a'.repeat(64)}  EDITION.txt\n` } : {},
      ),
    }),
    'tampered',
    /its SHA256SUMS is not that of the site around it/,
  ],
  [
    'a zip without one of two signatures',
    'whoever takes it home to be told that nobody stands by it',
    () => ({
      [zipPath]: makeZip(
        [...site]
          .filter(([name]) => name !== signatureOf(boris))
          .map(([name, content]) => ({ name, content, method: 0, attributes: plain })),
      ),
    }),
    'incomplete',
    /In "download\/garden-3\.zip": it has the signatures of 1 of 3 keys, 2 are needed/,
  ],
  [
    'the signature of a stranger in the zip',
    'its comment to be read',
    () => ({
      [zipPath]: zipWith(undefined, {}, [
        { name: signatureOf(mallory), content: 'untrusted comment: give to 0417 1644\n' },
      ]),
    }),
    'injected',
    /In "download\/garden-3\.zip": "SHA256SUMS\.[0-9A-F]{16}\.minisig" is in no list/,
  ],
  [
    'an account in the first line of a true signature in the zip',
    'it to be read, and handed on',
    () => ({
      [zipPath]: zipWith(({ name, content }) =>
        name === signatureOf(anna)
          ? { content: String(content).replace(/: .*/, ': give to 0417 1644') }
          : {},
      ),
    }),
    'injected',
    /its first line is "give to 0417 1644", which nobody has signed/,
  ],
  [
    'the archive of edition 2 under the name of edition 3',
    'the account of then',
    () => ({ [zipPath]: readFileSync(join(world.sites[2], 'download/garden-2.zip')) }),
    'mixed',
    /In "download\/garden-3\.zip": it holds edition 2/,
  ],
  [
    'a CAR called .zip',
    'two readers to see two things',
    () => ({ [zipPath]: readFileSync(join(world.sites[3], carPath)) }),
    'tampered',
    /there is no end of a zip in it/,
  ],
];

const others: Row[] = [
  [
    'the CID of another site',
    'whoever asks a gateway to have a false one',
    () => ({ 'download/CID.txt': `b${'a'.repeat(58)}\n` }),
    'tampered',
    /download\/CID\.txt does not say the CID of the archive next to it, bafybei/,
  ],
  [
    'words behind the CID',
    'them to be read',
    () => ({ 'download/CID.txt': (cid) => `${cid.toString()}give to 0417 1644\n` }),
    'tampered',
    /does not say the CID/,
  ],
  [
    'a CID without an archive',
    'it to be believed',
    () => ({ [carPath]: null, [zipPath]: null }),
    'injected',
    /download\/CID\.txt is there, and no archive next to it proves it/,
  ],
  [
    'the CID of another site next to a zip alone',
    'whoever asks a gateway to have a false one',
    () => ({ [carPath]: null, 'download/CID.txt': `b${'a'.repeat(58)}\n` }),
    'tampered',
    /download\/CID\.txt does not say the CID of the archive next to it, bafybei/,
  ],
  [
    'a CID next to a CAR of the same site with another CID',
    'those who pin it to be split',
    () => ({ [carPath]: makeCarOf(site, { weight: 417 }) }),
    'tampered',
    /download\/CID\.txt does not say the CID of the archive next to it/,
  ],
  [
    'a CID next to a CAR that nobody can read',
    'it to be believed',
    () => ({ [carPath]: 'not a CAR', [zipPath]: null }),
    'tampered',
    /download\/CID\.txt is there, and no archive next to it proves it/,
  ],
  [
    'a list of archives, which no build makes any more',
    'its words to be believed',
    () => ({ 'download/SHA256SUMS': `${'a'.repeat(64)}  garden-3.zip\n` }),
    'injected',
    /"download\/SHA256SUMS" is in no list/,
  ],
  [
    'a true archive under another name',
    'a name that is a message',
    () => ({ 'download/give-to-0417-1644.zip': readFileSync(join(world.sites[3], zipPath)) }),
    'injected',
    /"download\/give-to-0417-1644\.zip" is in no list/,
  ],
  [
    'the archive of the edition before, left by its keeper',
    'the account of then',
    () => ({
      'download/garden-2.zip': readFileSync(join(world.sites[2], 'download/garden-2.zip')),
    }),
    'mixed',
    /In "download\/garden-2\.zip": it holds edition 2/,
  ],
  [
    'a page below the archives',
    'a false page that no list can name',
    () => ({ 'download/en/index.html': page('Give', 'to 0417 1644') }),
    'injected',
    /"download\/en\/index\.html" is in no list/,
  ],
];

describe.each([
  ['the container of an archive', containers],
  ['what an archive holds', contents],
  ['what is next to archives', others],
])('%s', (_, rows) => {
  it.each(rows)('%s (to get %s)', async (_attack, _wish, changes, verdict, evidence) => {
    const report = await check(changes());
    expect(report.evidence.map(({ text }) => text).join('\n')).toMatch(evidence);
    expect(report.verdict).toBe(verdict);
  });
});

it('a hole of 300 MB for a zip (to get the memory of the checker) is not read', async () => {
  const copy = changeCopy(world.sites[3], {});
  truncateSync(join(copy, zipPath), 300 * 2 ** 20);
  const { verdict, evidence } = await verify(copy);
  expect({ verdict, texts: evidence.map(({ text }) => text).join() }).toEqual({
    verdict: 'tampered',
    texts: expect.stringMatching(/has 314572800 bytes, expected at most 268435456/),
  });
});

describe('a true edition', () => {
  it.each<[what: string, changes: () => Changes, notes: string[]]>([
    ['with all archives', () => ({}), []],
    ['with a zip that is not packed', () => ({ [zipPath]: zipWith() }), []],
    ['with a CAR that another program has made', () => ({ [carPath]: makeCarOf(site) }), []],
    [
      'with a zip alone, as it says',
      () => ({ [carPath]: null, 'download/CID.txt': null }),
      ['It does not have download/CID.txt.'],
    ],
    ['with a zip that proves the CID', () => ({ [carPath]: null }), []],
    ['with a CAR and no zip', () => ({ [zipPath]: null }), []],
    [
      'without archives, as it says',
      () => ({ download: null }),
      ['It has no archives: whoever wants to take the site home needs another copy.'],
    ],
  ])('%s is authentic', async (_, changes, notes) => {
    const { verdict, evidence, notes: found } = await check(changes());
    expect({ verdict, evidence, notes: found.filter((note) => note.startsWith('It ')) }).toEqual({
      verdict: 'authentic',
      evidence: [],
      notes: expect.arrayContaining(notes),
    });
    expect(found.filter((note) => /archives|download/.test(note))).toEqual(notes);
  });
});

const signatureOf = ({ publicKey }: EditionOptions['keys'][number]): string =>
  `SHA256SUMS.${publicKey.id}.minisig`;

// Attack: one folder with all the files that a checker takes, so that it is busy for minutes.
it('finds the canonical form of a CAR in time that grows with its files', async () => {
  const cost = async (count: number): Promise<number> => {
    const key = keyOfHash(raw, 'k'.repeat(32));
    const files = Array.from({ length: count }, (_, index) => ({
      path: `a/b/${String(index).padStart(6, '0')}`,
      size: 1,
      pieces: [{ key, length: 1 }],
    }));
    const archive = { files, blocks: [], repeated: 0, root: 'none' };
    const rounds: number[] = [];
    for (let round = 0; round < 3; round += 1) {
      const start = spent();
      await findCarDeviation(archive as unknown as CarArchive, nodePlatform);
      rounds.push(spent() - start);
    }
    return Math.min(...rounds);
  };
  await cost(1000); // so that compiling the code does not count
  expect((await cost(24_000)) / (4 * (await cost(6000)))).toBeLessThan(linearGrowth);
});
