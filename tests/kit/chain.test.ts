import { beforeAll, describe, expect, it, test } from 'vitest';
import { parseChain, printChain, type Chain } from '../../src/kit/core/chain/chain.ts';
import { ChainError, checkChain, stageOf } from '../../src/kit/core/chain/check-chain.ts';
import { EditionError } from '../../src/kit/core/edition/edition-lines.ts';
import { printHistory, type Edition } from '../../src/kit/core/edition/edition.ts';
import { printBareSignature } from '../../src/kit/core/minisign/signature.ts';
import { printPublicKey } from '../../src/kit/core/minisign/public-key.ts';
import type { SecretKey } from '../../src/kit/node/minisign/sign.ts';
import { hashBytes, nodePlatform } from '../../src/kit/node/platform.ts';
import { inventChain, signHead, type ChainOptions } from '../helpers/chains.ts';
import { isLong } from '../helpers/depth.ts';
import { fuzz, fuzzSettings, fuzzTimeout } from '../helpers/fuzz.ts';
import { linearGrowth, measureGrowth } from '../helpers/growth.ts';
import { keySet, makeKeys } from '../helpers/signed-sites.ts';

const [anna, boris, clara, dora, emil, mallory] = makeKeys(6) as [
  SecretKey,
  SecretKey,
  SecretKey,
  SecretKey,
  SecretKey,
  SecretKey,
];
const threshold = 2;
const first = [anna, boris, clara];
const second = [anna, boris, dora];
const third = [boris, dora, emil];
/** Edition 2 names the second keys, edition 5 the third ones. */
const options: ChainOptions = {
  threshold,
  changes: new Map([
    [2, second],
    [5, third],
  ]),
};
const count = 7;
const hashOf = (number: number, history = 'edition'): string => hashBytes(`${history} ${number}`);

/** The edition that a chain belongs to. */
const after = (chain: Chain, keys = third, changes: Partial<Edition> = {}): Edition => {
  const lists = chain.entries.map(({ list }) => list);
  return {
    campaign: 'garden',
    number: lists.length + 1,
    date: '2026-05-01',
    lookForNewerAfter: '2999-01-01',
    previousList: lists.at(-1),
    history: hashBytes(printHistory(lists)),
    keys: keySet(keys, threshold),
    nextKeys: keySet(keys, threshold),
    signers: keys.map(({ publicKey }) => publicKey.id),
    notice: undefined,
    extensions: [],
    ...changes,
  };
};

let chain: Chain;
/** A signature line that is well made, by nobody whom the chain names. */
let strange: string;
let text: string;
beforeAll(async () => {
  chain = await inventChain(count, first, options);
  text = printChain(chain);
  const { signatures } = await signHead(after(chain), hashOf(1), [mallory]);
  strange = printBareSignature(signatures[0]!).join(' ');
});
const parse = (value: string | Buffer): Chain => parseChain(Buffer.from(value));
const check = (value: Chain, last = after(value), list = hashOf(count + 1)) =>
  checkChain(value, last, list, nodePlatform);

/** The text with one change, which has to find its place. */
const change = (from: string | RegExp, to: string | ((found: string) => string)): string => {
  const changed = typeof to === 'string' ? text.replace(from, to) : text.replace(from, to);
  if (changed === text) throw new Error(`nothing changed: ${String(from)}`);
  return changed;
};
/** The lines of one entry, with the head that may be below it. */
const entryOf = (number: number): string => {
  const [entry] = new RegExp(`^${number}: .*\n(?:[>s].*\n)*`, 'm').exec(text) ?? [];
  if (entry === undefined) throw new Error(`no entry ${number}`);
  return entry;
};

describe('a chain is refused when it is read', () => {
  it.each<[what: string, make: () => string | Buffer, message: RegExp]>([
    ['with nothing in it', () => '', /line 1: nothing, expected “format: ”/],
    ['without an edition', () => change(/1: [^]*/, ''), /nothing, expected “1: ”/],
    ['without a line end', () => text.trimEnd(), /without a line end/],
    ['with CR LF', () => text.replaceAll('\n', '\r\n'), /CR LF/],
    ['with a byte order mark', () => `\uFEFF${text}`, /expected “format: ”/],
    ['with an empty line', () => change('\n4: ', '\n\n4: '), /expected “4: ”/],
    ['with an empty line at its end', () => `${text}\n`, /what follows edition 7/],
    ['with more than may be', () => Buffer.alloc(2 ** 20 + 1, 'a'), /expected at most 1048576/],
    ['with a gap', () => change(entryOf(4), ''), /expected “4: ”/],
    ['with an edition twice', () => change(entryOf(4), (entry) => entry + entry), /“5: ”/],
    [
      'with two editions in another order',
      () => change(entryOf(3) + entryOf(4), entryOf(4) + entryOf(3)),
      /“3: ”/,
    ],
    ['with a zero in front of a number', () => change('\n4: ', '\n04: '), /expected “4: ”/],
    ['with a short hash', () => change(/\n4: ..../, '\n4: '), /44 characters of base64/],
    ['with a second spelling of a hash', () => change(/(\n4: .*)=/, '$1'), /base64/],
    ['without what was signed of its last edition', () => change(/\n(7: .*\n)[^]*/, '\n$1'), /end/],
    [
      'with what was signed of an edition that changes no keys',
      () => `${text}8: ${'A'.repeat(43)}=\n`,
      /what follows edition 7, which changes no keys/,
    ],
    [
      'with what was signed of another edition',
      () => change('> edition: 2\n', '> edition: 1\n'),
      /EDITION\.txt from line 5 on/,
    ],
    [
      'with what was signed under another number',
      () => change('> edition: 2\n', '> edition: 3\n'),
      /edition 3 of garden, expected edition 2 of garden/,
    ],
    [
      'with what was signed of another campaign',
      () => change('\n> campaign: garden', '\n> campaign: orchard'),
      /edition 2 of orchard, expected edition 2 of garden/,
    ],
    [
      'of another campaign',
      () => change('campaign: garden', 'campaign: orchard'),
      /of garden, expected edition 2 of orchard/,
    ],
    [
      'with an edition after the last one',
      () => change(/> next-threshold: 2\n(?:> next-key: .*\n)+/, '> next-threshold: 0\n'),
      /edition 2 was the last one/,
    ],
    [
      'with half an EDITION.txt',
      () => change(/> signed-by.*\n(?=signature)/, ''),
      /2 .* of .*keys|expected one of the keys that sign/,
    ],
    [
      'with one signature of two',
      () => change(/(signature: .*\n)signature: .*\nsignature: .*\n/, '$1'),
      /expected “signature: ”/,
    ],
    [
      'with a signature twice',
      () => change(/(signature: .*\n)(signature: .*\n)/, '$1$1'),
      /expected one of the keys that sign edition 2, in their order and each once/,
    ],
    [
      'with signatures in another order',
      () => change(/(signature: .*\n)(signature: .*\n)/, '$2$1'),
      /in their order and each once/,
    ],
    [
      'with a signature of a stranger',
      () => change(/signature: (.*) (.*)\n/, `signature: ${strange}\n`),
      /a signature of [0-9A-F]{16}, expected one of the keys that sign/,
    ],
    [
      'with half a signature',
      () => change(/signature: (.*) .*\n/, 'signature: $1\n'),
      /second and/,
    ],
    [
      'with a third part in a signature',
      () => change(/(signature: .*)\n/, '$1 AAAA\n'),
      /the second and the fourth line/,
    ],
    [
      'with a signature of the older kind',
      // "ED" and "Ed" in base64 differ in one letter, which no signature covers
      () => change('signature: RU', 'signature: RW'),
      /the second and the fourth line/,
    ],
    ['with an unknown line', () => change('\n3: ', '\nnote: hello\n3: '), /expected “3: ”/],
  ])('%s', (_, make, message) => {
    expect(() => parse(make())).toThrow(EditionError);
    expect(() => parse(make())).toThrow(message);
  });

  it.each(['format: 2', 'format: 1\ncampaign: garden\n1: x'.replace('format: 1', 'format: 12')])(
    'as newer than this program if it begins with “%s”',
    (line) => {
      expect(() => parse(`${line}\n`)).toThrow(expect.objectContaining({ isNewer: true }));
    },
  );

  it('as newer than this program if what was signed of an edition is', () => {
    expect(() => parse(change('> format: 1', '> format: 2'))).toThrow(
      expect.objectContaining({ isNewer: true }),
    );
  });
});

describe('a chain that can be read', () => {
  it('prints to the same bytes', () => {
    expect(printChain(parse(text))).toBe(text);
  });

  it('has all that was signed of the editions that changed keys and of the last, and of no other', () => {
    expect(parse(text).entries.flatMap(({ head }, index) => (head ? [index + 1] : []))).toEqual([
      2, 5, 7,
    ]);
  });

  it('costs at most 100 kB for 1,000 editions with 20 changes of three of five keys', async () => {
    const keys = makeKeys(20 + 5);
    const changes = new Map(
      Array.from({ length: 20 }, (_, n) => [n * 45 + 7, keys.slice(n + 1, n + 6)] as const),
    );
    const long = printChain(
      await inventChain(1000, keys.slice(0, 5), { threshold: 3, changes, signers: 3 }),
    );
    console.log(`1,000 editions, 20 changes of keys, 3 of 5: ${long.length} bytes`);
    expect(parse(long).entries.filter(({ head }) => head)).toHaveLength(21);
    expect(long.length).toBeLessThanOrEqual(100_000);
  });

  it('costs in step with its size', async () => {
    const [small, large] = await Promise.all(
      [250, 1000].map(async (length) => Buffer.from(printChain(await inventChain(length, [anna])))),
    );
    const growth = measureGrowth(
      () => parseChain(small!),
      () => parseChain(large!),
      4,
    );
    expect(growth).toBeLessThan(linearGrowth);
  });

  it('shows which keys each edition needed', async () => {
    const { stages, lists } = await check(parse(text));
    expect(lists).toEqual(Array.from({ length: count }, (_, index) => hashOf(index + 1)));
    expect(stages.map(({ from, to }) => [from, to])).toEqual([
      [1, 2],
      [3, 5],
      [6, 8],
    ]);
    const sound = { stages, lists };
    for (const [number, keys] of [
      [1, first],
      [2, first],
      [3, second],
      [5, second],
      [8, third],
    ] as const)
      expect(stageOf(sound, number)?.keys).toEqual(keySet(keys, threshold));
  });

  it('may lack signatures that are not needed', async () => {
    const one = change(/(signature: .*\n)signature: .*\n(?=signature)/, '$1');
    expect((await check(parse(one))).stages[0].signers?.map(({ id }) => id)).toEqual(
      [anna, clara].map(({ publicKey }) => publicKey.id),
    );
  });
});

describe('a chain does not hold', () => {
  type Made = Chain | [Chain, Edition];
  type Row = [
    attack: string,
    wish: string,
    act: () => Made | Promise<Made>,
    verdict: ChainError['verdict'],
    message: RegExp,
  ];
  const withHead = async (number: number, keys: SecretKey[], changes: Partial<Edition> = {}) => {
    const entries = [...chain.entries];
    const own = entries[number - 1];
    if (!own?.head) throw new Error(`no head of edition ${number}`);
    const head = await signHead({ ...own.head.edition, ...changes }, own.list, keys);
    entries[number - 1] = { ...own, head };
    return { ...chain, entries };
  };
  const rows: Row[] = [
    [
      'keys that the edition before has not named',
      'a key of their own to be believed',
      () => withHead(5, second, { nextKeys: keySet([mallory], 1) }),
      'tampered',
      /edition 7 has other keys than the edition before has named/,
    ],
    [
      'a change of keys that the keys before have not signed',
      'the same',
      () =>
        inventChain(count, first, {
          ...options,
          signedBy: (number) => (number === 2 ? [mallory, mallory] : undefined),
          alter: (edition) =>
            edition.number === 2 ? { ...edition, signers: edition.signers.slice(0, 2) } : edition,
        }).then(renameSignatures),
      'tampered',
      /the signature of [0-9A-F]{16} does not fit edition 2/,
    ],
    [
      'an edition under keys that were replaced before',
      'a stolen key to count on',
      async () => {
        const value = await inventChain(count, first, { threshold });
        return [value, after(value, third)];
      },
      'tampered',
      /edition 8 has other keys/,
    ],
    [
      'a lower threshold under the same keys',
      'one seized laptop to be enough',
      () => withHead(7, third, { keys: keySet(third, 1) }),
      'tampered',
      /edition 7 has other keys/,
    ],
    [
      'a date changed in what was signed',
      'an edition of then to pass for one of now',
      () => parse(change('> date: 2026-05-01', '> date: 2026-05-02')),
      'tampered',
      /does not fit edition 2: it was changed, or is of another edition/,
    ],
    [
      'the signatures of another edition of the same keys',
      'what was signed to prove what was not',
      async () => {
        const own = chain.entries[4]?.head;
        const other = await signHead({ ...own!.edition, date: '2026-06-01' }, hashOf(5), second);
        return {
          ...chain,
          entries: chain.entries.map((entry, index) =>
            index === 4 ? { ...entry, head: { ...own!, signatures: other.signatures } } : entry,
          ),
        };
      },
      'tampered',
      /does not fit edition 5/,
    ],
    [
      'the hash of an edition that changed keys exchanged',
      'another edition 5 to be the true one',
      () => withHash(5, hashOf(5, 'other')),
      'tampered',
      /does not fit edition 5/,
    ],
    [
      'the hash of an edition long past exchanged',
      'a history of their own',
      () => withHash(1, hashOf(1, 'other')),
      'tampered',
      /edition 2 follows another edition 1/,
    ],
    [
      'the hash of an edition exchanged that no signed one follows at once',
      'the same',
      () => withHash(3, hashOf(3, 'other')),
      'tampered',
      /edition 5 follows from another history/,
    ],
    [
      'two hashes exchanged for each other',
      'the same',
      () => {
        const value = withHash(3, hashOf(4));
        return withHash(4, hashOf(3), value);
      },
      'tampered',
      /edition 5 follows another edition 4/,
    ],
    [
      'an edition left out',
      'nobody to see it',
      () => {
        const [one, , ...rest] = chain.entries;
        return [{ ...chain, entries: [one!, ...rest] }, after(chain)];
      },
      'forked',
      /edition 5 follows another edition 4/,
    ],
    [
      'the newest editions left out',
      'nobody to see them',
      async () => [await inventChain(5, first, options), after(chain)],
      'tampered',
      /it has 5 editions, expected the 7 before edition 8/,
    ],
    [
      'an edition put in',
      'a number to jump',
      () => [
        { ...chain, entries: [...chain.entries, { list: hashOf(8, 'other'), head: undefined }] },
        after(chain),
      ],
      'forked',
      /it holds another edition 8 than this one/,
    ],
    [
      'another edition 7 than the one that this one follows',
      'two groups of readers to be told two truths',
      () => [chain, after(chain, third, { previousList: hashOf(7, 'other') })],
      'forked',
      /edition 8 follows another edition 7/,
    ],
    [
      'another history than the one that this one names',
      'the same',
      () => [chain, after(chain, third, { history: hashOf(0, 'other') })],
      'tampered',
      /edition 8 follows from another history/,
    ],
    [
      'the chain of another campaign of the same keys',
      'what was said elsewhere to count here',
      () => [chain, after(chain, third, { campaign: 'orchard' })],
      'tampered',
      /it is of the campaign garden, not of orchard/,
    ],
    [
      'a history written anew with the keys of today',
      'all that was signed before to be another',
      async () => {
        // All that the newest keys have signed is theirs to change: not what others have signed.
        const other = await inventChain(count, first, { ...options, history: 'other' });
        const entries = other.entries.map((entry, index) => ({
          ...entry,
          head: index < 5 ? chain.entries[index]?.head : entry.head,
        }));
        return { ...chain, entries };
      },
      'tampered',
      /edition 2 follows another edition 1/,
    ],
  ];
  const withHash = (number: number, list: string, from = chain): Chain => ({
    ...from,
    entries: from.entries.map((entry, index) =>
      index === number - 1 ? { ...entry, list } : entry,
    ),
  });
  /** Says of the signatures of edition 2 that they are of the keys that it asks for. */
  const renameSignatures = (value: Chain): Chain => ({
    ...value,
    entries: value.entries.map(({ list, head }, index) => ({
      list,
      head:
        head && index === 1
          ? {
              ...head,
              signatures: head.signatures.map((signature, at) => ({
                ...signature,
                keyId: first[at]?.publicKey.id ?? '',
              })),
            }
          : head,
    })),
  });

  it.each(rows)('with %s (to get %s)', async (_attack, _wish, act, verdict, message) => {
    const made = await act();
    const [value, last] = Array.isArray(made) ? made : [made, after(made)];
    await expect(check(value, last)).rejects.toThrow(
      expect.objectContaining({
        name: 'ChainError',
        verdict,
        message: expect.stringMatching(message),
      }),
    );
  });

  it('with any of its bytes changed', async () => {
    const bytes = Buffer.from(text);
    const last = after(chain);
    const every = isLong ? 1 : 29;
    for (let at = 0; at < bytes.length; at += every) {
      const changed = Buffer.from(bytes);
      // another character of the same kind, so that the reader is not stopped by the form alone
      const now = String.fromCharCode(bytes[at] ?? 0);
      changed.write(now === 'A' ? 'B' : /[1-9]/.test(now) ? '0' : 'A', at);
      await expect(
        (async () => check(parseChain(changed), last))(),
        `byte ${at}: ${JSON.stringify(text.slice(Math.max(0, at - 20), at + 20))}`,
      ).rejects.toThrow(/CHAIN\.txt/);
    }
  });

  it('with any of its entries left out, twice, exchanged or in another order, whatever its numbers', async () => {
    const last = after(chain);
    const { entries } = chain;
    const others: Chain['entries'][] = entries.flatMap((entry, at) => [
      entries.toSpliced(at, 1),
      entries.toSpliced(at, 0, entry),
      ...entries.flatMap((other, to) =>
        to === at ? [] : [entries.with(at, other), entries.with(at, other).with(to, entry)],
      ),
    ]);
    for (const changed of others)
      await expect(check({ ...chain, entries: changed }, last)).rejects.toThrow(ChainError);
    expect(others.length).toBeGreaterThan(80);
  });
});

test(
  'damaged chains are refused in words, and cost no more than others',
  () => {
    const figures = fuzz(
      'CHAIN.txt',
      [Buffer.from(text)],
      (bytes) => {
        const read = parseChain(bytes);
        expect(Buffer.from(printChain(read))).toEqual(bytes);
      },
      [EditionError],
      fuzzSettings(3000),
    );
    expect(figures.refused).toBeGreaterThan(1000);
  },
  fuzzTimeout,
);

test('a key is whole in a chain, and not an id', () => {
  expect(text).toContain(`> key: ${printPublicKey(anna.publicKey)}`);
});
