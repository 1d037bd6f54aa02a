import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { printChain, type Chain } from '../../src/kit/core/chain/chain.ts';
import { printSignatureComment, signatureFile } from '../../src/kit/core/edition/edition-files.ts';
import type { Platform } from '../../src/kit/core/platform.ts';
import { printKeys, type SeenEdition, type Trust } from '../../src/kit/core/trust/trust.ts';
import type { Report, Verdict } from '../../src/kit/core/verify/verdict.ts';
import { writeManifest } from '../../src/kit/node/edition/write-manifest.ts';
import { signData, type SecretKey } from '../../src/kit/node/minisign/sign.ts';
import { hashBytes, nodePlatform } from '../../src/kit/node/platform.ts';
import { trustClone } from '../../src/kit/node/edition/edition-folder.ts';
import { checkTarget } from '../../src/kit/node/verify/check-target.ts';
import { recall, type Memory } from '../../src/kit/node/verify/memory.ts';
import { makeFolder } from '../helpers/build.ts';
import { inventChain, type ChainOptions } from '../helpers/chains.ts';
import {
  changeCopy,
  extendChain,
  keepEdition,
  keySet,
  listHash,
  makeEdition,
  makeKeys,
  type EditionOptions,
} from '../helpers/signed-sites.ts';

/** Two of three sign; seven times one of the three is replaced, in editions 1, 6, 11 … 31. */
const threshold = 2;
const holders = makeKeys(10);
const keysOf = (stage: number): SecretKey[] => holders.slice(stage, stage + 3);
const changes = new Map([0, 1, 2, 3, 4, 5, 6].map((n) => [n * 5 + 1, keysOf(n + 1)] as const));
const newest = keysOf(7);
const files = { 'index.html': '<p>Garden</p>', 'en/give.html': '<p>For seeds</p>' };

/** Edition 1, and edition 40 after what no one has but as hashes. */
let [one, forty] = ['', ''];
let chain: Chain;
let options: ChainOptions;
/** A clone that was made when edition 1 was the newest. */
let clone: Trust;

beforeAll(async () => {
  one = await makeEdition(files, {
    number: 1,
    keys: keysOf(0),
    threshold,
    signers: keysOf(0),
    next: { keys: keysOf(1), threshold },
  });
  const own = extendChain(one, 'garden').entries[0];
  options = {
    threshold,
    changes,
    lists: new Map([[1, listHash(one)]]),
    heads: new Map([[1, own?.head]]),
  };
  chain = await inventChain(39, keysOf(0), options);
  forty = await makeEdition(files, atForty());
  const folder = makeFolder('clone-');
  keepEdition(folder, 1, one, keysOf(0));
  clone = await trustClone(folder, 'this clone');
});

const atForty = (more: Partial<EditionOptions> = {}): EditionOptions => ({
  number: 40,
  keys: newest,
  threshold,
  signers: newest,
  after: chain,
  ...more,
});

const given = (keys: readonly SecretKey[], count?: number): Trust => ({
  origin: 'the keys that you gave',
  campaign: undefined,
  editions: new Map(),
  given: keySet(keys, count),
  isThresholdSaid: count !== undefined,
});

async function check(
  place: string,
  trust: Trust,
  memory: Memory = [],
  platform: Platform = nodePlatform,
): Promise<Report> {
  const { report } = await checkTarget(
    { place, against: undefined, proxy: undefined, call: 'verify' },
    trust,
    {
      today: '2026-06-01',
      seen: (campaign, needed) => recall(memory, campaign, needed),
      progress: () => {},
      platform,
    },
  );
  return report;
}
const textOf = ({ evidence }: Report): string => evidence.map(({ text }) => text).join('\n');

/** What a check has seen before, of the garden. */
const seen = (
  number: number,
  signers: readonly SecretKey[],
  replaced: readonly SecretKey[][] = [],
  list = 'a'.repeat(64),
): SeenEdition & { campaign: string } => ({
  campaign: 'garden',
  number,
  list,
  signers: printKeys(signers.map(({ publicKey }) => publicKey)),
  replaced: replaced.map((keys) => printKeys(keys.map(({ publicKey }) => publicKey))),
});

describe('edition 40 cannot be proven', () => {
  it.each<
    [what: string, wish: string, act: () => Promise<[string, Trust]>, Verdict, evidence: RegExp]
  >([
    [
      'by keys that no edition ever had',
      'a false clone to be believed',
      async () => [forty, given(makeKeys(3), threshold)],
      'tampered',
      /does not name the key [0-9A-F]{16} that you gave/,
    ],
    [
      'by keys with the ids of those of edition 1',
      'their own key to pass for one',
      async () => [
        forty,
        given(
          keysOf(0).map((key, at) => ({
            ...holders[at + 4]!,
            publicKey: { ...holders[at + 4]!.publicKey, id: key.publicKey.id },
          })),
          threshold,
        ),
      ],
      'tampered',
      /does not name the key/,
    ],
    [
      'by one of the keys of edition 1, if nobody has said that it is enough',
      'one seized laptop to be enough',
      async () => [forty, given([holders[0]!])],
      'unsigned',
      /edition 1, which replaced the keys that you gave, asks for 2 signatures, you for 1: .*--threshold 1/,
    ],
    [
      'by keys of edition 1 of which too few have signed the change',
      'a key that has not agreed to count',
      async () => {
        const signedByOne: ChainOptions = {
          threshold: 1,
          changes,
          signedBy: (number) => (number === 1 ? [holders[0]!] : undefined),
          alter: (edition) =>
            edition.number === 1 ? { ...edition, signers: edition.signers.slice(0, 1) } : edition,
        };
        const after = await inventChain(39, keysOf(0), signedByOne);
        const site = await makeEdition(files, atForty({ after, threshold: 1 }));
        return [site, given(keysOf(0).slice(0, 2), 2)];
      },
      'unsigned',
      /edition 1, which replaced the keys that you gave, has the signatures of 1 of them, and 2 are needed/,
    ],
    [
      'without its chain',
      'a change of keys to go unseen',
      async () => [changeCopy(forty, { 'CHAIN.txt': null }), given(keysOf(0), threshold)],
      'tampered',
      /"CHAIN\.txt" is missing/,
    ],
    [
      'with a list that does not name its chain',
      'the same',
      async () => {
        const site = changeCopy(forty, { 'CHAIN.txt': null, download: null });
        await signAnew(site, newest);
        return [site, clone];
      },
      'tampered',
      /does not name CHAIN\.txt, which proves the editions before/,
    ],
    [
      'with a chain that passes over a change that the clone knows',
      'a key that was taken out to count on',
      async () => {
        const after = await inventChain(39, keysOf(0), { threshold, lists: options.lists! });
        const site = await makeEdition(
          files,
          atForty({ keys: keysOf(0), signers: keysOf(0), after }),
        );
        return [site, clone];
      },
      'tampered',
      /CHAIN\.txt has other keys for edition 1 or 2 than this clone knows/,
    ],
    [
      'with another edition 1 than the clone knows',
      'a history of their own',
      async () => {
        const { lists, heads, ...others } = options;
        const after = await inventChain(39, keysOf(0), others);
        return [await makeEdition(files, atForty({ after })), clone];
      },
      'forked',
      /Its history has another edition 1 than this clone knows/,
    ],
    [
      'with a history written anew by whoever has stolen the newest keys',
      'another edition 33 to be the true one',
      async () => [
        await makeEdition(
          files,
          atForty({
            chain: ({ campaign, entries }) => ({
              campaign,
              entries: entries.with(32, { list: 'b'.repeat(64), head: undefined }),
            }),
          }),
        ),
        given(newest, threshold),
      ],
      'tampered',
      /edition 39 follows from another history/,
    ],
    [
      'with another chain than the one that was signed, though it holds as well',
      'to show each reader another one',
      async () => {
        const after = await inventChain(39, keysOf(0), { ...options, signers: 2 });
        return [changeCopy(forty, { 'CHAIN.txt': printChain(after) }), clone];
      },
      'tampered',
      /"CHAIN\.txt" has other bytes|CHAIN\.txt: /,
    ],
  ])('%s (to get %s)', async (_attack, _wish, act, verdict, evidence) => {
    const [place, trust] = await act();
    const report = await check(place, trust);
    expect(textOf(report)).toMatch(evidence);
    expect(report.verdict).toBe(verdict);
  });
});

/** Signs what a folder holds now, with the trusted comment of the edition that it was. */
async function signAnew(folder: string, keys: readonly SecretKey[], comment?: string) {
  const list = await writeManifest(folder);
  for (const key of keys) {
    const file = join(folder, signatureFile(key.publicKey.id));
    const editionHash = /^([0-9a-f]{64}) {2}EDITION\.txt$/m.exec(list.toString())?.[1] ?? '';
    const signed = { campaign: 'garden', number: 40, editionHash, listHash: listHash(folder) };
    const trusted = comment ?? printSignatureComment(signed);
    writeFileSync(file, await signData(key, list, { trusted }));
  }
}

describe('edition 40 is authentic', () => {
  it.each(['', 'download/garden-40.zip', 'download/garden-40.car'])(
    'from one copy (“%s”) for whoever has the keys of edition 1, after seven changes of keys',
    async (archive) => {
      const report = await check(join(forty, archive), given(keysOf(0), threshold));
      expect(report.evidence).toEqual([]);
      expect(report.verdict).toBe('authentic');
      expect(report.notes.join('\n')).toMatch(
        /Keys were replaced since those that you gave, in edition 2, 7, 12, 17, 22, 27, 32: each time signed/,
      );
    },
  );

  it.each([0, 1, 2, 3, 4, 5, 6, 7])('for whoever has the keys of stage %i', async (stage) => {
    const report = await check(forty, given(keysOf(stage), threshold));
    expect([textOf(report), report.verdict]).toEqual(['', 'authentic']);
  });

  it('for whoever has one key of edition 1 and says that it is enough', async () => {
    expect((await check(forty, given([holders[0]!], 1))).verdict).toBe('authentic');
  });

  it('for a clone of which the newest edition is the first', async () => {
    const report = await check(forty, clone);
    expect([textOf(report), report.verdict]).toEqual(['', 'authentic']);
    expect(report.notes.join('\n')).toMatch(/those that this clone knows, in edition 7, 12/);
  });

  it.each<[what: string, memory: Memory]>([
    ['nothing', []],
    ['itself', []],
    [
      'edition 5000 by keys that were stolen and replaced since (to make all true ones seem old)',
      [seen(5000, keysOf(3), [keysOf(0), keysOf(1), keysOf(2)])],
    ],
    [
      'edition 5000 under keys that the thieves have named themselves',
      [seen(5000, makeKeys(3), [keysOf(0), makeKeys(3)])],
    ],
    [
      'another edition 33 by keys that were replaced before',
      [seen(33, keysOf(2).slice(0, 2), [keysOf(0), keysOf(1)])],
    ],
    ['edition 5000 of another campaign', [{ ...seen(5000, newest), campaign: 'orchard' }]],
  ])('for whoever has seen %s', async (what, memory) => {
    const own = what === 'itself' ? [seen(40, newest, [], listHash(forty))] : memory;
    const report = await check(forty, clone, own);
    expect([textOf(report), report.verdict]).toEqual(['', 'authentic']);
  });
});

describe('what was seen before', () => {
  it.each<[what: string, place: () => string, memory: () => Memory, Verdict, RegExp]>([
    [
      'of the newest keys is newer',
      () => forty,
      () => [seen(41, newest)],
      'rolled back',
      /It is edition 40, and edition 41 is known/,
    ],
    [
      'has the keys of the copy behind it',
      () => one,
      () => [seen(40, newest, [0, 1, 2, 3, 4, 5, 6].map(keysOf), listHash(forty))],
      'rolled back',
      /It is edition 1, and edition 40 is known/,
    ],
    [
      'has the same number and another list',
      () => forty,
      () => [seen(40, newest)],
      'forked',
      /Another list is known for edition 40/,
    ],
    [
      'is of the past, and the history has another one',
      () => forty,
      () => [seen(4, keysOf(1), [keysOf(0)])],
      'forked',
      /Its history has another edition 4 than you have seen/,
    ],
  ])('%s: the copy is told so', async (_, place, memory, verdict, evidence) => {
    const report = await check(place(), given(keysOf(0), threshold), memory());
    expect(textOf(report)).toMatch(evidence);
    expect(report.verdict).toBe(verdict);
  });

  it('is kept with the keys that were replaced', async () => {
    const { replaced } = await check(forty, given(keysOf(0), threshold));
    expect(replaced).toEqual(
      [0, 1, 2, 3, 4, 5, 6].map((stage) => keySet(keysOf(stage), threshold)),
    );
    // Nothing of what is not proven is kept.
    const stranger = await check(forty, given(makeKeys(3), threshold));
    expect([stranger.isProven, stranger.replaced]).toEqual([false, []]);
  });
});

describe('what is of a later version', () => {
  it.each<[what: string, change: (site: string) => Promise<void>]>([
    [
      'an edition',
      async (site) => {
        edit(site, 'EDITION.txt', (text) => text.replace('format: 1', 'format: 2'));
        await signAnew(site, newest);
      },
    ],
    [
      'a chain',
      async (site) => {
        edit(site, 'CHAIN.txt', () => 'format: 2\nwhatever: it is\n');
        await signAnew(site, newest);
      },
    ],
    [
      'an edition in a chain',
      async (site) => {
        edit(site, 'CHAIN.txt', (text) => text.replace('> format: 1', '> format: 3'));
        await signAnew(site, newest);
      },
    ],
    [
      'a trusted comment',
      async (site) => signAnew(site, newest, 'edition-signature 2; of something'),
    ],
  ])('%s is too new, and never authentic', async (_, change) => {
    const site = changeCopy(forty, { download: null });
    await change(site);
    for (const trust of [clone, given(newest, threshold)]) {
      const report = await check(site, trust);
      expect(textOf(report)).toMatch(/get a newer checker/);
      expect(report.verdict).toBe('too new');
    }
  });
});

describe('a signature that fits the list and says in its trusted comment', () => {
  const own = (site: string) => ({
    campaign: 'garden',
    number: 40,
    editionHash: hashBytes(readFileSync(join(site, 'EDITION.txt'))),
    listHash: listHash(site),
  });
  it.each<[what: string, comment: (site: string) => string]>([
    ['nothing', () => ''],
    ['that it attests a rebuild', () => 'rebuild attestation: garden edition 40'],
    ['another number', (site) => printSignatureComment({ ...own(site), number: 41 })],
    ['another campaign', (site) => printSignatureComment({ ...own(site), campaign: 'orchard' })],
    [
      'another EDITION.txt (which a later chain would take for that of this list)',
      (site) => printSignatureComment({ ...own(site), editionHash: 'a'.repeat(64) }),
    ],
    ['another list', (site) => printSignatureComment({ ...own(site), listHash: 'a'.repeat(64) })],
    ['the same and more', (site) => `${printSignatureComment(own(site))}; and more`],
    ['the same in capitals', (site) => printSignatureComment(own(site)).toUpperCase()],
  ])('%s proves nothing', async (_, comment) => {
    const site = changeCopy(forty, { download: null });
    await signAnew(site, newest, comment(site));
    const report = await check(site, clone);
    expect(textOf(report)).toMatch(/its trusted comment is .* expected that of an edition/);
    expect([report.verdict, report.signedBy]).toEqual(['tampered', []]);
  });
});

describe('what is reserved for later versions', () => {
  const later = {
    ...files,
    'index.html.gz': 'packed by whoever signs',
    'index.html.br': 'packed otherwise',
    'transparency/checkpoint': 'garden.example/log\n39\nhash\n',
  };
  const extensions = [
    { name: 'checkpoint', value: 'garden.example/log 39' },
    { name: 'log', value: 'https://garden.example/log' },
  ];

  it.each<[what: string, changes: Parameters<typeof changeCopy>[1], verdict: Verdict]>([
    ['as it was signed', {}, 'authentic'],
    ['with another checkpoint', { 'transparency/checkpoint': 'another' }, 'tampered'],
    ['with another packed page', { 'index.html.gz': 'another' }, 'tampered'],
    ['without a packed page', { 'index.html.br': null }, 'incomplete'],
    ['with a packed page that nobody has signed', { 'en/give.html.gz': 'x' }, 'injected'],
    ['with a proof that nobody has signed', { 'transparency/proof': 'x' }, 'injected'],
    [
      'with another word in EDITION.txt',
      { 'EDITION.txt': (bytes) => bytes.toString().replace('log 39', 'log 40') },
      'tampered',
    ],
  ])('%s is %s', async (_, changes, verdict) => {
    reserved ??= await makeEdition(later, atForty({ extensions, archives: false }));
    expect((await check(changeCopy(reserved, changes), clone)).verdict).toBe(verdict);
  });
  let reserved: string | undefined;
});

const edit = (folder: string, name: string, change: (text: string) => string): void => {
  const text = readFileSync(join(folder, name), 'utf8');
  if (change(text) === text) throw new Error(`nothing changed in ${name}`);
  writeFileSync(join(folder, name), change(text));
};

it('asks for no more signatures than the changes of keys and the newest editions have', async () => {
  let asked = 0;
  await check(forty, given(keysOf(0), threshold), [], {
    ...nodePlatform,
    verifyEd25519: (...words) => {
      asked += 1;
      return nodePlatform.verifyEd25519(...words);
    },
  });
  const archives = 2 * 6; // each holds the same signatures
  // One for each signature of eight heads; two for each of this edition.
  expect(asked).toBe(8 * 3 + 2 * 3 + archives);
});
