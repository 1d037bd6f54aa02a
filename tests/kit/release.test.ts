import { createHash } from 'node:crypto';
import { cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { noteSources } from '../../scripts/build/built-from.ts';
import { writeRelease } from '../../scripts/release/write-release.ts';
import { browserPlatform, findLack } from '../../src/kit/browser/platform.ts';
import { crc32, InflateError } from '../../src/kit/core/platform.ts';
import { toHex } from '../../src/kit/core/text/bytes.ts';
import { nodePlatform } from '../../src/kit/node/platform.ts';
import { makeFolder } from '../helpers/build.ts';
import { changeCopy, makeEdition, makeKeys } from '../helpers/signed-sites.ts';

describe('a release', () => {
  const sources = 'engine: a\ncampaign: b\n';
  let site: string;
  /** Where builds leave their notes. */
  let project: string;
  beforeAll(async () => {
    site = await makeEdition({ 'index.html': '<p>Start</p>' }, { number: 1, keys: makeKeys(1) });
    project = makeFolder('project-');
    noteSources(project, site, sources);
  });
  const release = (folder: string, target: string, from = sources): Promise<string[]> =>
    writeRelease({ project, site: folder, sources: from, version: '0.0.0' }, target);

  it.each<[what: string, folder: () => string, from: string, says: RegExp]>([
    ['is not there', () => makeFolder('none-'), sources, /holds no built site/],
    ['was built from other sources', () => site, 'engine: c\n', /from other sources/],
    [
      'was changed since it was built',
      () => changeCopy(site, { 'index.html': '<p>Stert</p>' }),
      sources,
      /is not as it was built: "index\.html" has other bytes/,
    ],
    [
      'was built elsewhere',
      () => changeCopy(site, { SHA256SUMS: (bytes) => `${bytes.toString()}\n` }),
      sources,
      /not built by this clone/,
    ],
  ])('is refused of a site that %s, in words', async (_, folder, from, says) => {
    const target = join(makeFolder('refused-'), 'release');
    await expect(release(folder(), target, from)).rejects.toThrow(says);
    expect(readdirSync(join(target, '..'))).toEqual([]);
  });

  it('never takes the place of other files', async () => {
    const target = makeFolder('own-');
    writeFileSync(join(target, 'thesis.txt'), 'x');
    await expect(release(site, target)).rejects.toThrow(/holds other files than a release/);
    expect(readdirSync(target)).toEqual(['thesis.txt']);
  });

  it('has the CAR of a site that has a zip alone, with the CID that the site says', async () => {
    const kept = makeFolder('zip-alone-');
    cpSync(site, kept, { recursive: true });
    rmSync(join(kept, 'download/garden-1.car'));
    noteSources(project, kept, sources);
    const [whole, packed] = [1, 2].map((n) => join(makeFolder('release-'), `release-${n}`));
    const names = await release(site, whole ?? '');
    expect(await release(kept, packed ?? '')).toEqual(names);
    for (const name of ['CID.txt', 'garden-1.car'])
      expect(
        readFileSync(join(packed ?? '', name)).equals(readFileSync(join(whole ?? '', name))),
      ).toBe(true);
  });

  it('has checkers, archives, list, signatures and sums, and is the same twice', async () => {
    const [first, second] = [1, 2].map((n) => join(makeFolder('release-'), `release-${n}`));
    const names = await release(site, first ?? '');
    cpSync(first ?? '', second ?? '', { recursive: true });
    await release(site, second ?? '');
    expect(names.filter((name) => !name.endsWith('.minisig'))).toEqual([
      ...['CID.txt', 'SHA256SUMS', 'check.html', 'garden-1.car', 'garden-1.zip', 'verify.mjs'],
      'RELEASE-SHA256SUMS',
    ]);
    expect(names.filter((name) => name.endsWith('.minisig'))).toHaveLength(1);
    for (const name of names)
      expect(
        readFileSync(join(second ?? '', name)).equals(readFileSync(join(first ?? '', name))),
      ).toBe(true);
    const sums = readFileSync(join(first ?? '', 'RELEASE-SHA256SUMS'), 'utf8');
    for (const line of sums.trim().split('\n')) {
      const [hash, name = ''] = line.split('  ');
      const bytes = readFileSync(join(first ?? '', name));
      expect(createHash('sha256').update(bytes).digest('hex'), name).toBe(hash);
    }
  });
});

describe('what browsers bring', () => {
  async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const unpack = async (packed: Uint8Array): Promise<Buffer> =>
    Buffer.concat(await Array.fromAsync(browserPlatform.inflateRaw(pieces(packed, 100), 0)));

  it('hashes as Node does, around each bound of a block and beyond what is kept at once', async () => {
    for (const length of [0, 1, 55, 56, 63, 64, 65, 127, 1000, 9 * 2 ** 20, 9 * 2 ** 20 + 57]) {
      const bytes = Uint8Array.from({ length }, (_, at) => (at * 7) & 0xff);
      const [own, known] = [browserPlatform.sha256(), nodePlatform.sha256()];
      for await (const piece of pieces(bytes, length > 1000 ? 2 ** 20 + 3 : 13)) own.update(piece);
      known.update(bytes);
      expect(toHex(await own.digest()), String(length)).toBe(toHex(await known.digest()));
    }
  });

  it('sums and unpacks as Node does, and refuses data that is broken or cut off', async () => {
    const bytes = Buffer.from('seeds and more seeds '.repeat(5000));
    expect(crc32(bytes, 0)).toBe(nodePlatform.crc32(bytes, 0));
    expect(crc32(bytes, 7)).toBe(nodePlatform.crc32(bytes, 7));
    const packed = deflateRawSync(bytes);
    expect((await unpack(packed)).equals(bytes)).toBe(true);
    await expect(unpack(packed.subarray(0, -2))).rejects.toThrow(InflateError);
    await expect(unpack(Buffer.from([0xff, 0xff, 0xff]))).rejects.toThrow(InflateError);
  });

  it('hands on what its source throws', async () => {
    const broken = async function* (): AsyncGenerator<Uint8Array> {
      yield Uint8Array.of(0x4b);
      throw new RangeError('gone');
    };
    await expect(Array.fromAsync(browserPlatform.inflateRaw(broken(), 0))).rejects.toThrow('gone');
  });

  it('is named where it is missing or wrong', async () => {
    const lies = { ...browserPlatform, verifyEd25519: () => true };
    expect(await findLack(lies)).toMatch(/Ed25519/);
    const keeps = {
      ...browserPlatform,
      inflateRaw: async function* () {
        yield Uint8Array.of(0x61);
      },
    };
    expect(await findLack(keeps)).toMatch(/Compression/);
    expect(await findLack({ ...nodePlatform, sha256: browserPlatform.blake2b512 })).toMatch(/SHA/);
    expect(await findLack(nodePlatform)).toBeUndefined();
  });
});
