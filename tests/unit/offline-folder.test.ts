import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { commentOf } from '../../scripts/build/comment-of.ts';
import { findKeptList, findProgress, takeSignature } from '../../scripts/build/keep-signature.ts';
import { readBroughtSignatures, writeOfflineFolder } from '../../scripts/build/offline-folder.ts';
import type { RebuiltEdition } from '../../scripts/build/rebuild-edition.ts';
import { parseSignature } from '../../src/kit/core/minisign/signature.ts';
import { printProtectedSecretKey, printSecretKey } from '../../src/kit/node/minisign/secret-key.ts';
import { hashBytes } from '../../src/kit/node/platform.ts';
import { makeFolder } from '../helpers/build.ts';
import { runNode } from '../helpers/run-node.ts';
import { makeEdition, makeKeys, keepEdition } from '../helpers/signed-sites.ts';

const [anna, boris, mallory] = makeKeys(3) as [Key, Key, Key];
type Key = ReturnType<typeof makeKeys>[number];
const id = ({ publicKey }: Key): string => publicKey.id;
const hasMinisign = spawnSync('minisign', ['-v']).error === undefined;
const changes = ['LOOK CLOSELY', '  en/home.html: a number differs', '', '━━ "en/new.html", whole'];

let campaign = '';
let folder = '';
/** An edition of two holders that nobody has signed yet, as a run of `sign` keeps it. */
async function prepare(): Promise<{ rebuilt: RebuiltEdition; hash: string }> {
  campaign = makeFolder('campaign-');
  const site = await makeEdition(
    { 'index.html': 'Mint' },
    { number: 1, keys: [anna, boris], archives: false },
  );
  keepEdition(campaign, 1, site, []);
  const kept = findKeptList(campaign);
  const rebuilt = { ...kept, folder: site, campaignFolder: campaign, sources: '', states: '' };
  folder = join(makeFolder('offline-'), 'stick');
  const hash = await writeOfflineFolder(folder, rebuilt, changes, [id(anna), id(boris)]);
  return { rebuilt, hash };
}

/** Runs the program of the folder in another folder, with nothing of this project. */
const signThere = (key: string, input: string) =>
  runNode([join(folder, 'sign.mjs'), key], {}, { cwd: makeFolder('elsewhere-'), input });
const writeKey = (name: string, text: string): string => {
  const file = join(makeFolder('keys-'), name);
  writeFileSync(file, text);
  return file;
};
const takeAll = async (): Promise<string[]> => {
  const kept = findKeptList(campaign);
  for (const signature of readBroughtSignatures(folder)) await takeSignature(kept, signature);
  return [...(await findProgress(kept)).signedBy];
};

let made: Awaited<ReturnType<typeof prepare>>;
beforeEach(async () => {
  made = await prepare();
});

describe('the folder for a machine without network', () => {
  it('holds what is needed there, and checksums that sha256sum takes', () => {
    expect(readdirSync(folder).sort()).toEqual([
      'CHANGES.txt',
      'CHECKSUMS.txt',
      'EDITION.txt',
      'README.txt',
      'SHA256SUMS',
      'sign.mjs',
    ]);
    expect(made.hash).toBe(hashBytes(readFileSync(join(folder, 'CHECKSUMS.txt'))));
    execFileSync('sha256sum', ['--check', '--quiet', '--strict', 'CHECKSUMS.txt'], { cwd: folder });
    expect(readFileSync(join(folder, 'CHANGES.txt'), 'utf8')).toBe(`${changes.join('\n')}\n`);
    const program = readFileSync(join(folder, 'sign.mjs'), 'utf8');
    expect([...program.matchAll(/^import .* from "(.*)"/gm)].map(([, name]) => name)).toEqual(
      [...program.matchAll(/^import .* from "(node:.*)"/gm)].map(([, name]) => name),
    );
    expect(program).not.toContain(process.cwd());
  });

  it('is not written over files of somebody', async () => {
    await expect(writeOfflineFolder(folder, made.rebuilt, changes, [])).rejects.toThrow(
      /holds files, expected an empty folder/,
    );
  });

  it('is refused as long as nobody has signed in it', () => {
    expect(() => readBroughtSignatures(folder)).toThrow(/holds no signature.*README\.txt/);
  });

  it('comes back with signatures of our own program, made with two keys, one of them protected', async () => {
    const plain = writeKey('anna.key', printSecretKey(anna));
    const closed = writeKey('boris.key', await printProtectedSecretKey(boris, 'mint and sage'));
    const outcomes = [await signThere(plain, '1\n'), await signThere(closed, '1\nmint and sage\n')];
    for (const outcome of outcomes)
      expect(outcome, outcome.output).toMatchObject({
        code: 0,
        output: expect.stringMatching(
          /edition 1 of garden[^]*signed: bring SHA256SUMS\.[0-9A-F]{16}/,
        ),
      });
    expect(outcomes[0]?.output).toContain(hashBytes(made.rebuilt.list));
    expect(await takeAll()).toEqual([id(anna), id(boris)]);
  });

  it.skipIf(!hasMinisign)(
    'comes back with signatures of minisign, by the command that it says',
    async () => {
      for (const key of [anna, boris]) {
        const command = readFileSync(join(folder, 'README.txt'), 'utf8')
          .split('\n')
          .find((line) => line.includes(id(key)))!
          .trim()
          .replace('NAME.key', writeKey('holder.key', printSecretKey(key)));
        execFileSync('sh', ['-c', command], { cwd: folder });
      }
      expect(await takeAll()).toEqual([id(anna), id(boris)]);
      const [signature] = readBroughtSignatures(folder);
      expect(parseSignature(signature!).trustedComment).toBe(
        commentOf(made.rebuilt.kept.edition, made.rebuilt.list),
      );
    },
  );

  it.each<[what: string, act: () => void, key: Key, input: string, message: RegExp]>([
    ['another number is typed', () => {}, anna, '2\n', /Nothing was signed/],
    ['the key does not sign this edition', () => {}, mallory, '1\n', /does not sign edition 1/],
    [
      'EDITION.txt is of another edition than the list',
      () => {
        const file = join(folder, 'EDITION.txt');
        writeFileSync(file, readFileSync(file, 'utf8').replace('2026-05-01', '2026-05-02'));
      },
      anna,
      '1\n',
      /does not name this EDITION\.txt: files of two editions are mixed/,
    ],
  ])('is not signed there if %s', async (_, act, key, input, message) => {
    act();
    const outcome = await signThere(writeKey('holder.key', printSecretKey(key)), input);
    expect(outcome).toMatchObject({ code: 1, output: expect.stringMatching(message) });
    expect(outcome.output).not.toMatch(/\n\s+at /);
    expect(readdirSync(folder).filter((name) => name.endsWith('.minisig'))).toEqual([]);
  });

  it('is not taken for another edition than the one that is kept', async () => {
    await signThere(writeKey('anna.key', printSecretKey(anna)), '1\n');
    writeFileSync(join(campaign, 'editions/1/SHA256SUMS'), `${'a'.repeat(64)}  index.html\n`);
    await expect(takeAll()).rejects.toThrow(/does not fit the list of edition 1/);
  });
});

describe('a signature is not taken', () => {
  it('before a run of sign has kept a list', () => {
    renameSync(join(campaign, 'editions/1/SHA256SUMS'), join(campaign, 'gone'));
    expect(() => findKeptList(campaign)).toThrow(
      /no list that a signature could fit for edition 1/,
    );
    expect(() => findKeptList(makeFolder('empty-'))).toThrow(
      /no list that a signature could fit\./,
    );
  });

  it('through a link in the place of a file that signing writes', () => {
    renameSync(join(campaign, 'editions'), join(campaign, 'elsewhere'));
    execFileSync('ln', ['-s', 'elsewhere', join(campaign, 'editions')]);
    expect(() => findKeptList(campaign)).toThrow(/expected plain files and folders/);
  });

  it('through a link in the place of an edition', () => {
    renameSync(join(campaign, 'editions/1'), join(campaign, 'elsewhere'));
    execFileSync('ln', ['-s', '../elsewhere', join(campaign, 'editions/1')]);
    expect(() => findKeptList(campaign)).toThrow(/editions\/1 is a link, or no folder\. Expected/);
  });
});
