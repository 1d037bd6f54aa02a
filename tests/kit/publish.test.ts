import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  parseManifest,
  compareManifests,
  isEmpty,
  printManifestDifference,
} from '../../src/kit/core/manifest/manifest.ts';
import { describeSigned, putSignatures } from '../../src/kit/node/edition/edition-folder.ts';
import {
  packCar,
  writeArchives,
  writeManifest,
} from '../../src/kit/node/edition/write-manifest.ts';
import { makeFolder } from '../helpers/build.ts';
import { printEdition, type Edition } from '../../src/kit/core/edition/edition.ts';
import { printSignatureComment } from '../../src/kit/core/edition/edition-files.ts';
import { signData } from '../../src/kit/node/minisign/sign.ts';
import { makeKeys, writeFiles, writeSignature } from '../helpers/signed-sites.ts';

const [anna, boris] = makeKeys(2) as [
  ReturnType<typeof makeKeys>[number],
  ReturnType<typeof makeKeys>[number],
];
const keys = { threshold: 2, keys: [anna.publicKey, boris.publicKey] };
const edition: Edition = {
  campaign: 'garden',
  number: 1,
  date: '2026-05-01',
  lookForNewerAfter: '2026-09-01',
  previousList: undefined,
  history: undefined,
  keys,
  nextKeys: keys,
  signers: keys.keys.map(({ id }) => id),
  notice: undefined,
  extensions: [],
};
const nameOf = ({ publicKey }: typeof anna): string => `SHA256SUMS.${publicKey.id}.minisig`;
const pages = { 'index.html': '<p>Start</p>', 'en/mint.html': '<p>Mint</p>' };

const makeSite = (files: Record<string, string> = pages): string => {
  const folder = makeFolder('site-');
  writeFiles(folder, files);
  return folder;
};

describe('the list of a site', () => {
  it.each<[what: string, plant: (folder: string) => void, message: RegExp]>([
    [
      'a symbolic link',
      (folder) => symlinkSync('/etc/hostname', join(folder, 'en/host.txt')),
      /"en\/host\.txt" is .*link.*, expected plain files only\. Take it out/,
    ],
    [
      'a link to a folder outside',
      (folder) => symlinkSync('/etc', join(folder, 'etc')),
      /"etc" is .*expected plain files only/,
    ],
    [
      'two names that differ in capitals',
      (folder) => writeFileSync(join(folder, 'en/Mint.html'), ''),
      /differ in more than capitals/,
    ],
    [
      'a name that some disk refuses',
      (folder) => writeFileSync(join(folder, 'en/aux.html'), ''),
      /device on Windows/,
    ],
  ])('is not written with %s', async (_, plant, message) => {
    const folder = makeSite();
    plant(folder);
    await expect(writeManifest(folder)).rejects.toThrow(message);
    expect(existsSync(join(folder, 'SHA256SUMS'))).toBe(false);
  });

  it('names every file but itself, its signatures and the archives', async () => {
    const folder = makeSite({
      ...pages,
      SHA256SUMS: 'an earlier one',
      [nameOf(anna)]: '',
      'SHA256SUMS.txt': '',
      'download/garden-1.zip': '',
      'en/download/x.txt': '',
    });
    const list = await writeManifest(folder);
    expect(readFileSync(join(folder, 'SHA256SUMS'))).toEqual(list);
    expect(parseManifest(list).map(({ path }) => path)).toEqual([
      'SHA256SUMS.txt',
      'en/download/x.txt',
      'en/mint.html',
      'index.html',
    ]);
  });
});

describe('signatures that are kept', () => {
  let [folder, kept] = ['', ''];
  beforeEach(async () => {
    const text = printEdition(edition);
    [folder, kept] = [makeSite({ ...pages, 'EDITION.txt': text }), makeFolder('kept-')];
    writeFiles(kept, { 'EDITION.txt': text });
    writeFileSync(join(kept, 'SHA256SUMS'), await writeManifest(folder));
  });
  const listSignatures = (): string[] =>
    readdirSync(folder).filter((name) => name.endsWith('.minisig'));

  it('are not put next to another manifest than they were made for: the difference is reported', async () => {
    for (const key of [anna, boris]) await writeSignature(kept, key);
    writeFiles(folder, { 'index.html': '<p>Another start</p>', 'en/sage.html': '' });
    await writeManifest(folder);
    expect(await putSignatures(folder, kept, edition)).toEqual({
      state: 'differs',
      difference: { added: ['en/sage.html'], removed: [], changed: ['index.html'] },
    });
    expect(listSignatures()).toEqual([]);
  });

  it('are left out one by one where they do not fit', async () => {
    await writeSignature(kept, anna);
    await writeSignature(kept, boris, Buffer.from(`${'a'.repeat(64)}  another.html\n`));
    expect(await putSignatures(folder, kept, edition)).toEqual({
      state: 'signed',
      by: [anna.publicKey.id],
      isEnough: false,
      broken: [boris.publicKey.id],
    });
    expect(listSignatures()).toEqual([nameOf(anna)]);
  });

  it('are left out where their trusted comment is of something else', async () => {
    const list = readFileSync(join(kept, 'SHA256SUMS'));
    for (const [key, trusted] of [
      [anna, 'rebuild attestation: garden edition 1'],
      [boris, printSignatureComment({ ...describeSigned(edition, list), number: 2 })],
    ] as const)
      writeFileSync(join(kept, nameOf(key)), await signData(key, list, { trusted }));
    expect(await putSignatures(folder, kept, edition)).toMatchObject({
      by: [],
      broken: [anna.publicKey.id, boris.publicKey.id],
    });
    expect(listSignatures()).toEqual([]);
  });

  it('are left out where they are no signatures', async () => {
    writeFileSync(join(kept, nameOf(anna)), 'untrusted comment: nothing\n');
    expect(await putSignatures(folder, kept, edition)).toEqual({
      state: 'signed',
      by: [],
      isEnough: false,
      broken: [anna.publicKey.id],
    });
    expect(listSignatures()).toEqual([]);
  });

  it('of a stranger are not looked at', async () => {
    await writeSignature(kept, makeKeys(1)[0]!);
    expect(await putSignatures(folder, kept, edition)).toEqual({ state: 'none' });
    expect(listSignatures()).toEqual([]);
  });

  it('are none where no list is kept', async () => {
    expect(await putSignatures(folder, makeFolder('kept-'), edition)).toEqual({ state: 'none' });
  });

  it('are put where they fit', async () => {
    for (const key of [anna, boris]) await writeSignature(kept, key);
    expect(await putSignatures(folder, kept, edition)).toEqual({
      state: 'signed',
      by: [anna.publicKey.id, boris.publicKey.id],
      isEnough: true,
      broken: [],
    });
    expect(listSignatures()).toEqual([nameOf(anna), nameOf(boris)].sort());
  });
});

describe('archives', () => {
  it('take the place of those of an earlier build, hold none, and have nothing next to them but the CID', async () => {
    const folder = makeSite();
    await writeManifest(folder);
    mkdirSync(join(folder, 'download'));
    writeFileSync(join(folder, 'download/garden-0.zip'), 'an earlier one');
    const { cid } = await writeArchives(folder, 'garden-1');
    const first = readFileSync(join(folder, 'download/garden-1.zip'));
    expect(readdirSync(join(folder, 'download')).sort()).toEqual([
      'CID.txt',
      'garden-1.car',
      'garden-1.zip',
    ]);
    expect(readFileSync(join(folder, 'download/CID.txt'), 'utf8')).toBe(`${cid}\n`);
    expect(await writeArchives(folder, 'garden-1')).toEqual({ cid, leftOut: [] });
    expect(readFileSync(join(folder, 'download/garden-1.zip')).equals(first)).toBe(true);
  });

  it('that no checker would take are left out, and the CID with the last of them', async () => {
    const folder = makeSite({ ...pages, 'large.txt': 'mint '.repeat(400) });
    await writeManifest(folder);
    const { cid, leftOut } = await writeArchives(folder, 'garden-1', { maxBytes: 2000 });
    expect(leftOut).toEqual(['garden-1.car']);
    expect(readdirSync(join(folder, 'download')).sort()).toEqual(['CID.txt', 'garden-1.zip']);
    await writeArchives(folder, 'garden-1', { maxBytes: 20 });
    expect(readdirSync(join(folder, 'download'))).toEqual([]);
    expect((await writeArchives(folder, 'garden-1', { kinds: ['car'] })).cid).toBe(cid);
  });

  it('are those that the campaign wants, with the same CID whichever they are', async () => {
    const folder = makeSite();
    await writeManifest(folder);
    const cids: string[] = [];
    for (const kinds of [['zip'], ['car'], ['zip', 'car']] as const) {
      cids.push((await writeArchives(folder, 'garden-1', { kinds })).cid);
      expect(readdirSync(join(folder, 'download')).sort()).toEqual(
        ['CID.txt', ...kinds.map((kind) => `garden-1.${kind}`)].sort(),
      );
      expect(readFileSync(join(folder, 'download/CID.txt'), 'utf8')).toBe(`${cids[0]}\n`);
    }
    expect(new Set(cids).size).toBe(1);
    const car = join(makeFolder('car-'), 'site.car');
    writeFileSync(join(folder, 'CNAME'), 'garden.example\n');
    expect(await packCar(folder, car), 'a file that a host wants is not packed').toBe(cids[0]);
  });
});

describe('the difference of two lists', () => {
  const list = (files: Record<string, string>) =>
    Object.entries(files).map(([path, digit]) => ({ path, hash: digit.repeat(64) }));
  it.each([
    ['a file that came', { a: '1' }, { a: '1', b: '2' }, ['+ b']],
    ['a file that went', { a: '1', b: '2' }, { a: '1' }, ['- b']],
    ['a file with other bytes', { a: '1' }, { a: '2' }, ['~ a']],
    ['a file under another name', { a: '1' }, { b: '1' }, ['+ b', '- a']],
    ['no files', {}, {}, []],
    ['the same files', { a: '1', b: '2' }, { a: '1', b: '2' }, []],
  ])('tells %s', (_, before, after, lines) => {
    const difference = compareManifests(list(before), list(after));
    expect(printManifestDifference(difference, 2)).toEqual(lines);
    expect(isEmpty(difference)).toBe(lines.length === 0);
  });

  it('counts what is more than anyone reads', () => {
    expect(
      printManifestDifference(
        compareManifests(list({ a: '1', b: '1' }), list({ b: '2', c: '1' })),
        1,
      ),
    ).toEqual(['+ c', '… and 2 more']);
  });
});
