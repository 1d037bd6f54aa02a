import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { MemoryBlockstore } from 'blockstore-core/memory';
import type { CID } from 'multiformats/cid';
import { describe, expect, it } from 'vitest';
import { findProgram } from '../../scripts/lab/programs.ts';
import { carLimits, indexBlocks, dagPb, writeCid } from '../../src/kit/core/archive/car/blocks.ts';
import { findFolderCid } from '../../src/kit/core/archive/car/folder-cid.ts';
import { readZip } from '../../src/kit/core/archive/zip/read-zip.ts';
import { decodeNode } from '../../src/kit/core/archive/car/nodes.ts';
import { ArchiveReader, bytesInMemory } from '../../src/kit/core/archive/archive.ts';
import { openBytes, openCar } from '../../src/kit/node/source/open-source.ts';
import { nodePlatform } from '../../src/kit/node/platform.ts';
import { importFiles, readBlock } from '../../src/kit/node/pack/import-files.ts';
import { findCid, writeCar } from '../../src/kit/node/pack/write-car.ts';
import { writeZip } from '../../src/kit/node/pack/write-zip.ts';
import { readWhole } from '../helpers/archives.ts';
import { makeFolder } from '../helpers/build.ts';
import { makeKuboBytes, makeKuboFolder } from '../helpers/kubo-vectors.ts';
import { oddFiles, packElsewhere, writeSite } from '../helpers/source-site.ts';

const place = () => join(makeFolder('car-'), 'site.car');
const paths = [...oddFiles.keys()];

async function pack(
  folder = writeSite(oddFiles),
  order: readonly string[] = paths,
): Promise<{ root: string; target: string }> {
  const target = place();
  return { root: await writeCar(folder, order, target), target };
}

const hash = (path: string): string =>
  createHash('sha256').update(readFileSync(path)).digest('hex');
const pinned = {
  root: 'bafybeifevuapsmq3bdfz4a4ufa73ptxhsl7hzakyute5jokjwlywraukhi',
  hash: '14b7c5141f12d47000bc166459adc7b9cde4b029c4e6374b3a9620b91635f575',
};

/** Kubo's own folders at the bound and a byte above (see below). */
const atBound = () => makeKuboFolder('hamt-unixfs-v1-2025', 4766, 11, 21);
const overBound = () => makeKuboFolder('hamt-unixfs-v1-2025', 4766, 11, 22);

describe('writeCar', () => {
  it('refuses a folder of too many files, and writes nothing', async () => {
    const files = overBound();
    const folder = writeSite(files);
    const target = place();
    const sentence = `${folder}: a folder with too many entries for one block; expected at most about 3,500 entries, in a block of 262144 bytes: divide it into folders.`;
    await expect(writeCar(folder, [...files.keys()], target)).rejects.toMatchObject({
      name: 'ArchiveError',
      message: sentence,
    });
    expect(readdirSync(dirname(target))).toEqual([]);
  });

  it('gives the address and the bytes that are pinned here', async () => {
    const { root, target } = await pack();
    expect({ root, hash: hash(target) }).toEqual(pinned);
  });

  it('gives the same bytes for any order of the paths', async () => {
    const { root, target } = await pack(undefined, paths.toReversed());
    expect({ root, hash: hash(target) }).toEqual(pinned);
  });

  it('gives the same bytes on a machine with other settings', () => {
    const target = place();
    packElsewhere('writeCar', writeSite(oddFiles), paths, target, {
      TZ: 'Pacific/Kiritimati',
      LC_ALL: 'C',
      LANG: '',
    });
    expect(hash(target)).toBe(pinned.hash);
  });

  it('gives another address for another byte and for another name', async () => {
    const changed = writeSite(new Map([...oddFiles, ['7', Buffer.from('SEVEN')]]));
    const renamed = new Map(
      [...oddFiles].map(([path, bytes]) => [path === '7' ? '8' : path, bytes]),
    );
    const roots = [
      (await pack(changed)).root,
      (await pack(writeSite(renamed), [...renamed.keys()])).root,
      pinned.root,
    ];
    expect(new Set(roots).size).toBe(3);
  });

  it('is read by our own reader, which finds the same root and no block too many', async () => {
    const { root, target } = await pack();
    expect(await readWhole(openCar, target)).toEqual(oddFiles);
    const archive = await openCar(target);
    await archive.close();
    expect(archive).toMatchObject({ root, unreferenced: [], repeated: 0, emptyFolders: [] });
  });

  it('writes each block once, and before what it links', async () => {
    const page = Buffer.from('<p>Mint</p>');
    const files = new Map([
      ['a/one.html', page],
      ['a/two.html', page],
      ['b.html', Buffer.from('<p>Sage</p>')],
    ]);
    const { target } = await pack(writeSite(files), [...files.keys()].toReversed());
    const source = await openBytes(target);
    const file = new ArchiveReader(source);
    const { blocks } = await indexBlocks(file, nodePlatform, carLimits);
    const seen = await Promise.all(
      [...blocks.values()].map(({ offset, length }) => file.read(offset, length)),
    );
    await source.close();
    const namesOf = (block: Uint8Array | undefined): string[] =>
      decodeNode(block ?? new Uint8Array(), fail).links.map(({ name }) => name);
    expect([
      namesOf(seen[0]),
      namesOf(seen[1]),
      ...seen.slice(2).map((bytes) => Buffer.from(bytes).toString()),
    ]).toEqual([['a', 'b.html'], ['one.html', 'two.html'], '<p>Mint</p>', '<p>Sage</p>']);
  });
});

describe('importFiles', () => {
  it('refuses a folder of too many folders, which the importer leaves in one block and Kubo cuts into shards', async () => {
    const files = [...overBound()].map(([path, content]) => ({ path: `beds/${path}/a`, content }));
    const sentence =
      'site, "beds": its entries take a block of 262145 bytes, and other tools would give the folder another address; expected at most 262144: divide it into folders of fewer entries.';
    await expect(importFiles('site', files)).rejects.toMatchObject({
      name: 'ArchiveError',
      message: sentence,
    });
  });
});

function fail(found: string, expected: string): never {
  throw new Error(`${found}; expected ${expected}`);
}

/** Keeps nodes and forgets pieces: the largest file of the vectors has a gigabyte. */
class NodeStore extends MemoryBlockstore {
  override put(
    cid: CID,
    bytes: Uint8Array | Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
  ): CID | Promise<CID> {
    return cid.code === dagPb ? super.put(cid, bytes) : cid;
  }
}

/** The address of the only file of a folder. */
async function findFileCid({
  cid,
  blocks,
}: Awaited<ReturnType<typeof importFiles>>): Promise<string> {
  const [link] = decodeNode(await readBlock(blocks, cid), fail).links;
  return link === undefined ? 'no file' : writeCid(link.cid);
}

/**
 * Both the tables of IPIP-499 ("Test fixtures") and Kubo (test/cli/cid_profiles_test.go,
 * unixfsV12025) say these, and Kubo how to make the data.
 */
const fileVectors: readonly [what: string, seed: string, bytes: number, cid: string][] = [
  [
    '1 MiB, in one block',
    'chunk-v1-seed',
    2 ** 20,
    'bafkreiacndfy443ter6qr2tmbbdhadvxxheowwf75s6zehscklu6ezxmta',
  ],
  [
    '1 MiB and a byte, in two',
    'chunk-v1-seed',
    2 ** 20 + 1,
    'bafybeigmix7t42i6jacydtquhet7srwvgpizfg7gjbq7627d35mjomtu64',
  ],
  [
    '1,024 MiB, under one node',
    'v1-2025-seed',
    2 ** 30,
    'bafybeihmf37wcuvtx4hpu7he5zl5qaf2ineo2lqlfrapokkm5zzw7zyhvm',
  ],
  [
    '1,024 MiB and a byte, under two',
    'v1-2025-seed',
    2 ** 30 + 1,
    'bafybeibdsi225ugbkmpbdohnxioyab6jsqrmkts3twhpvfnzp77xtzpyhe',
  ],
];

describe('the test vectors of the profile unixfs-v1-2025 come out', () => {
  it('for "hello world"', async () => {
    const imported = await importFiles('vectors', [
      { path: 'a', content: Buffer.from('hello world') },
    ]);
    expect(await findFileCid(imported)).toBe(
      'bafkreifzjut3te2nhyekklss27nh3k72ysco7y32koao5eei66wof36n5e',
    );
  });

  it('for an empty folder, which the specification of UnixFS has', async () => {
    expect((await importFiles('vectors', [])).cid.toString()).toBe(
      'bafybeiczsscdsbs7ffqz55asqdf3smv6klcw3gofszvwlyarci47bgf354',
    );
  });

  it.each(fileVectors)('for a file of %s', async (_, seed, bytes, cid) => {
    const content = (async function* () {
      yield* makeKuboBytes(seed, bytes);
    })();
    expect(
      await findFileCid(await importFiles('vectors', [{ path: 'a', content }], new NodeStore())),
    ).toBe(cid);
  });

  it('for the largest folder in one block, which can be packed', async () => {
    const files = atBound();
    const { root, target } = await pack(writeSite(files), [...files.keys()]);
    expect(root).toBe('bafybeic3h7rwruealwxkacabdy45jivq2crwz6bufb5ljwupn36gicplx4');
    const archive = await openCar(target);
    await archive.close();
    expect(archive.root).toBe(root);
  });

  it('for the smallest folder in shards', async () => {
    const files = [...overBound()].map(([path, content]) => ({ path, content }));
    const { cid, sharded } = await importFiles('vectors', files);
    expect({ cid: cid.toString(), sharded }).toEqual({
      cid: 'bafybeiegvuterwurhdtkikfhbxcldohmxp566vpjdofhzmnhv6o4freidu',
      sharded: [''],
    });
  });
});

describe('the CID without a CAR', () => {
  it('is the same by the importer and by what checkers cut out of a zip, whatever the files', async () => {
    const folder = writeSite(oddFiles);
    expect(await findCid(folder, paths)).toBe(pinned.root);
    const target = join(makeFolder('zip-'), 'site.zip');
    await writeZip(folder, paths, target);
    const zip = await readZip(bytesInMemory(target, readFileSync(target)), nodePlatform);
    expect(await findFolderCid(zip.entries, nodePlatform)).toBe(pinned.root);
    expect(Math.max(...zip.entries.map(({ size }) => size)), 'in several pieces').toBeGreaterThan(
      2 ** 20,
    );
    const changed = zip.entries.map((entry, at) => (at === 0 ? { ...entry, path: 'z' } : entry));
    expect(await findFolderCid(changed, nodePlatform)).not.toBe(pinned.root);
  });
});

describe.skipIf(findProgram('ipfs') === undefined)('Kubo (ipfs)', () => {
  const makeNode = (): ((...words: string[]) => Buffer) => {
    const home = makeFolder('kubo-');
    const env = {
      ...process.env,
      HOME: home,
      IPFS_PATH: join(home, 'store'),
      IPFS_TELEMETRY: 'off',
    };
    const run = (...words: string[]): Buffer =>
      execFileSync('ipfs', ['--offline', ...words], {
        env,
        maxBuffer: 2 ** 24,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    run('init', '--profile=test');
    run('config', 'profile', 'apply', 'unixfs-v1-2025');
    return run;
  };

  it('gives the same folder the same address', () => {
    const ipfs = makeNode();
    expect(ipfs('add', '-r', '-H', '--cid-version=1', '-Q', writeSite(oddFiles)).toString()).toBe(
      `${pinned.root}\n`,
    );
  });

  it('imports our CAR under the same address, and exports the same bytes', async () => {
    const ipfs = makeNode();
    const { target } = await pack();
    expect(ipfs('dag', 'import', target).toString()).toContain(`${pinned.root}\tsuccess`);
    expect(
      ipfs('dag', 'export', '--progress=false', pinned.root).equals(readFileSync(target)),
    ).toBe(true);
  });
});
