import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { findNewestEdition, readKeptEdition } from '../../scripts/build/kept-edition.ts';
import { findCurrentEdition, digestSources } from '../../scripts/build/sources.ts';
import { finishSite } from '../../scripts/build/finish-site.ts';
import { commentOf } from '../../scripts/build/comment-of.ts';
import {
  findProgress,
  keepManifest,
  signList,
  takeSignature,
} from '../../scripts/build/keep-signature.ts';
import { writeNewEdition, type NewEdition } from '../../scripts/build/new-edition.ts';
import type { RebuiltEdition } from '../../scripts/build/rebuild-edition.ts';
import { printPublicKey } from '../../src/kit/core/minisign/public-key.ts';
import { signData } from '../../src/kit/node/minisign/sign.ts';
import { writeManifest } from '../../src/kit/node/edition/write-manifest.ts';
import { makeFolder } from '../helpers/build.ts';
import { listHash, makeKeys, writeFiles, type EditionOptions } from '../helpers/signed-sites.ts';

type Key = EditionOptions['keys'][number];
const [anna, boris, mallory, clara] = makeKeys(4) as [Key, Key, Key, Key];
const line = ({ publicKey }: Key): string => printPublicKey(publicKey);
const id = ({ publicKey }: Key): string => publicKey.id;
const day: NewEdition = { date: '2026-05-01', days: 90, signers: undefined, isLast: false };
const garden = readFileSync('tests/fixtures/garden/site.yaml', 'utf8');
const both = `keys: { threshold: 2, keys: [${line(anna)}, ${line(boris)}] }\n`;

let [project, campaign] = ['', ''];
const site = (keys: string): void => writeFileSync(join(campaign, 'site.yaml'), `${garden}${keys}`);
const kept = (number: number): string => join(campaign, 'editions', String(number));

beforeEach(() => {
  project = makeFolder('project-');
  writeFiles(project, {
    'astro.config.mjs': '',
    'package.json': '{}',
    'package-lock.json': '{}',
    'tsconfig.json': '{}',
    'src/lib/a.ts': '',
    'src/content/site.yaml': 'of another campaign',
  });
  campaign = makeFolder('campaign-');
  site(both);
});

/** What `rebuildEdition` gives, of a site of one page. */
async function rebuild(text = 'Mint'): Promise<RebuiltEdition> {
  const newest = findNewestEdition(campaign)!;
  const folder = makeFolder('built-');
  writeFiles(folder, {
    'index.html': text,
    'EDITION.txt': readFileSync(join(newest.folder, 'EDITION.txt')),
  });
  return {
    kept: newest,
    folder,
    campaignFolder: campaign,
    list: await writeManifest(folder),
    sources: await digestSources(project, campaign),
    states: 'guides/en/mint 1 1 1/live 1/live\n',
  };
}

/** An edition, signed by both. */
async function publish(options: Partial<NewEdition> = {}): Promise<RebuiltEdition> {
  await writeNewEdition(campaign, { ...day, ...options });
  const rebuilt = await rebuild();
  keepManifest(rebuilt);
  for (const key of [anna, boris]) await signList(rebuilt, key);
  return rebuilt;
}

describe('no edition is begun', () => {
  it('by a key that site.yaml does not name', async () => {
    await expect(
      writeNewEdition(campaign, { ...day, signers: [id(anna), id(mallory)] }),
    ).rejects.toThrow(`${id(mallory)} is the id of no key in site.yaml`);
    expect(existsSync(join(campaign, 'editions'))).toBe(false);
  });

  it('by fewer signers than it needs', async () => {
    await expect(writeNewEdition(campaign, { ...day, signers: [id(anna)] })).rejects.toThrow(
      /1 keys that sign, expected at least 2/,
    );
  });

  it('with keys that the edition before has not named', async () => {
    await publish();
    site(`keys: { threshold: 1, keys: [${line(mallory)}] }\n`);
    await expect(writeNewEdition(campaign, day)).rejects.toThrow(
      /Edition 1 says that edition 2 has the keys .*Keys change one edition ahead/,
    );
  });

  it('after the last one', async () => {
    await publish({ isLast: true });
    await expect(writeNewEdition(campaign, day)).rejects.toThrow(/Edition 1 was the last one/);
  });

  it('after one whose list is lost', async () => {
    await publish();
    await writeNewEdition(campaign, day);
    rmSync(join(kept(1), 'SHA256SUMS'));
    await expect(writeNewEdition(campaign, day)).rejects.toThrow(
      /Edition 1 is not complete: .*SHA256SUMS is missing\. Get it from the history/,
    );
  });
});

describe('an edition', () => {
  it('follows the one before, and names its list', async () => {
    const { folder } = await publish();
    const { edition } = await writeNewEdition(campaign, { ...day, date: '2026-08-01', days: 30 });
    expect(edition).toMatchObject({
      number: 2,
      date: '2026-08-01',
      lookForNewerAfter: '2026-08-31',
      previousList: listHash(folder),
      signers: [id(anna), id(boris)],
    });
  });

  it('is written anew as long as nobody has signed it, and what was listed goes', async () => {
    await writeNewEdition(campaign, day);
    keepManifest(await rebuild());
    mkdirSync(join(kept(1), 'attestations'));
    expect((await writeNewEdition(campaign, { ...day, days: 30 })).edition).toMatchObject({
      number: 1,
      lookForNewerAfter: '2026-05-31',
    });
    expect(readdirSync(kept(1))).toEqual(['EDITION.txt']);
  });

  it('that waits for a lost key gives way to the same one with other signers', async () => {
    site(`keys: { threshold: 2, keys: [${[anna, boris, clara].map(line).join(', ')}] }\n`);
    await publish();
    await writeNewEdition(campaign, day);
    const halfSigned = await rebuild();
    keepManifest(halfSigned);
    await signList(halfSigned, anna);
    const signature = join(kept(2), `SHA256SUMS.${id(anna)}.minisig`);
    const again = { ...day, signers: [id(anna), id(clara)] };
    await expect(writeNewEdition(campaign, again)).rejects.toThrow(
      `Have ${id(boris)} sign it (npm run sign). If such a key is lost, delete ${signature}, and begin`,
    );

    rmSync(signature);
    expect((await writeNewEdition(campaign, again)).edition).toMatchObject({ number: 2 });
    const rebuilt = await rebuild();
    keepManifest(rebuilt);
    for (const key of [anna, clara]) await signList(rebuilt, key);
    expect((await writeNewEdition(campaign, again)).edition).toMatchObject({
      number: 3,
      previousList: listHash(rebuilt.folder),
    });
  });

  it('of more than nine is the newest by number; other names in the folder are none', async () => {
    await publish();
    for (const name of ['9', '10', '010', 'x', '1000000'])
      cpSync(kept(1), join(campaign, 'editions', name), { recursive: true });
    mkdirSync(kept(11));
    expect(findNewestEdition(campaign)?.folder).toBe(kept(10));
  });

  it('that is damaged is told by its file', async () => {
    writeFiles(campaign, { 'editions/3/EDITION.txt': 'format: 1\n' });
    expect(() => readKeptEdition(campaign, 3)).toThrow(`${join(kept(3), 'EDITION.txt')}, line 2: `);
  });
});

describe('a signature', () => {
  it('of a key that the edition does not name is refused', async () => {
    await writeNewEdition(campaign, day);
    await expect(signList(await rebuild(), mallory)).rejects.toThrow(
      new RegExp(`${id(mallory)} is no key of edition 1: .*Use one of these keys`),
    );
  });

  it('of a key that does not sign this edition is refused, with the way to change that', async () => {
    site(`keys: { threshold: 1, keys: [${line(anna)}, ${line(boris)}] }\n`);
    await writeNewEdition(campaign, day);
    await expect(signList(await rebuild(), boris)).rejects.toThrow(
      `npm run new -- edition --signers ${id(boris)},…`,
    );
  });

  it('of one holder does not count for the other', async () => {
    await writeNewEdition(campaign, day);
    const rebuilt = await rebuild();
    keepManifest(rebuilt);
    await signList(rebuilt, anna);
    expect(await findProgress(rebuilt)).toEqual({
      signers: [id(anna), id(boris)],
      signedBy: [id(anna)],
    });
  });

  it.each<[what: string, make: (rebuilt: RebuiltEdition) => Promise<Buffer>, message: RegExp]>([
    ['a text', async () => Buffer.from('signed, Anna'), /minisign/],
    [
      'a signature of a stranger',
      async ({ list }) => Buffer.from(await signData(mallory, list, { trusted: 'x' })),
      /is of the key [0-9A-F]{16}, expected one of/,
    ],
    [
      'a signature of another list',
      async () => Buffer.from(await signData(anna, Buffer.from('older'), { trusted: 'x' })),
      /does not fit the list of edition 1.*Sign .*SHA256SUMS as it is now/,
    ],
    [
      'a signature that does not say what it signs',
      async ({ list }) => Buffer.from(await signData(anna, list, { trusted: 'x' })),
      /trusted comment of the signature of [0-9A-F]{16} is "x", expected “edition-signature 1; campaign garden; edition 1; EDITION\.txt [0-9a-f]{64}; SHA256SUMS [0-9a-f]{64}”.*-t\.$/,
    ],
  ])('that was made elsewhere is not taken if it is %s', async (_, make, message) => {
    await writeNewEdition(campaign, day);
    const rebuilt = await rebuild();
    keepManifest(rebuilt);
    await expect(takeSignature(rebuilt, await make(rebuilt))).rejects.toThrow(
      expect.objectContaining({ name: 'SigningError', message: expect.stringMatching(message) }),
    );
    expect(readdirSync(kept(1)).sort()).toEqual([
      'EDITION.txt',
      'SHA256SUMS',
      'sources.txt',
      'states.txt',
    ]);
  });

  it('that was made elsewhere is kept with the list that it fits, and then all have signed', async () => {
    await writeNewEdition(campaign, day);
    const rebuilt = await rebuild();
    keepManifest(rebuilt);
    await signList(rebuilt, anna);
    const signature = await signData(boris, rebuilt.list, {
      trusted: commentOf(rebuilt.kept.edition, rebuilt.list),
    });
    expect(await takeSignature(rebuilt, Buffer.from(signature))).toBe(id(boris));
    expect(await findProgress(rebuilt)).toMatchObject({ signedBy: [id(anna), id(boris)] });
    expect(readdirSync(kept(1)).filter((name) => name.endsWith('.minisig'))).toHaveLength(2);
  });
});

describe('a build', () => {
  it.each<[what: string, change: () => void, because: string]>([
    [
      'without any edition',
      () => rmSync(join(campaign, 'editions'), { recursive: true }),
      'the campaign has no edition yet',
    ],
    [
      'after a change of the campaign',
      () => writeFiles(campaign, { 'guides/en/mint.mdx': '' }),
      'the campaign has changed since edition 1 was signed',
    ],
    [
      'after a change of the engine',
      () => writeFiles(project, { 'src/lib/a.ts': 'changed' }),
      'the engine has changed since edition 1 was signed',
    ],
    [
      'of an edition that does not say what it was built from',
      () => rmSync(join(kept(1), 'sources.txt')),
      'the engine and the campaign have changed since edition 1 was signed',
    ],
  ])('%s is a draft', async (_, change, because) => {
    await publish();
    change();
    expect(await findCurrentEdition(project, campaign)).toEqual({
      kind: 'draft',
      of: because.includes('no edition') ? 1 : 2,
      because,
    });
  });

  it('of the same sources is the edition, whatever stands in dot files, in another campaign, in its own editions', async () => {
    await publish();
    writeFiles(campaign, { '.git/HEAD': 'x', 'editions/1/attestations/x.txt': 'x' });
    writeFiles(project, {
      '.env': 'x',
      'src/content/site.yaml': 'changed',
      'scripts/lab/x.ts': 'x',
      'src/node_modules/x.js': 'x',
    });
    expect(await findCurrentEdition(project, campaign)).toMatchObject({
      kind: 'edition',
      kept: { edition: { number: 1 } },
    });
  });

  it('of an edition that is not listed yet is that edition', async () => {
    await writeNewEdition(campaign, day);
    expect(await findCurrentEdition(project, campaign)).toMatchObject({ kind: 'edition' });
  });

  it('says what can be proven: a draft, one signature of two, another list, all', async () => {
    const { folder, kept: newest } = await publish();
    const current = { kind: 'edition', kept: newest } as const;
    expect(await finishSite(folder, current)).toEqual([
      `edition 1: signed by ${id(anna)}, ${id(boris)}`,
      expect.stringMatching(/^CID bafy/),
    ]);
    rmSync(join(kept(1), `SHA256SUMS.${id(boris)}.minisig`));
    expect(await finishSite((await rebuild()).folder, current)).toEqual([
      `edition 1: signed by ${id(anna)}, 2 are needed`,
      expect.stringMatching(/^CID/),
    ]);
    expect(await finishSite((await rebuild('Sage')).folder, current)).toEqual([
      expect.stringMatching(/left UNSIGNED, since this build differs/),
      '    ~ index.html',
      expect.stringMatching(/^CID/),
    ]);
    const draft = makeFolder('built-');
    writeFiles(draft, { 'EDITION.txt': 'format: 1\ncampaign: garden\ndraft-of: 2\n' });
    expect(await finishSite(draft, { kind: 'draft', of: 2, because: 'x' })).toEqual([
      expect.stringMatching(/^unsigned draft of edition 2 \(x\), CID bafy/),
    ]);
  });
});
