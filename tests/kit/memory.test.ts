import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  memoryFile,
  MemoryError,
  readMemory,
  recall,
  remember,
} from '../../src/kit/node/verify/memory.ts';
import { printKeys, type SeenEdition } from '../../src/kit/core/trust/trust.ts';
import type { KeySet, PublicKey } from '../../src/kit/core/minisign/public-key.ts';
import { generateSecretKey } from '../../src/kit/node/minisign/secret-key.ts';
import { makeFolder } from '../helpers/build.ts';

const [anna, boris, clara] = [1, 2, 3].map(() => generateSecretKey().publicKey) as [
  PublicKey,
  PublicKey,
  PublicKey,
];
const one = (...keys: PublicKey[]): KeySet => ({ threshold: 1, keys });
const seen = (
  number: number,
  signers: readonly PublicKey[],
  digit = 'a',
  replaced: readonly PublicKey[][] = [],
): SeenEdition => ({
  number,
  list: digit.repeat(64),
  signers: printKeys(signers),
  replaced: replaced.map(printKeys),
});
const kept = { campaign: 'garden', ...seen(3, [anna]) };
const fileWith = (text: string): string => {
  const file = join(makeFolder('memory-'), 'seen.json');
  writeFileSync(file, text);
  return file;
};
const absent = (): string => join(makeFolder('memory-'), 'deep/er/seen.json');

describe('a memory that cannot be believed stops the check: else an older edition would pass', () => {
  it.each([
    ['nothing', ''],
    ['half a file', '{ "format": 3, "seen": [{ "number": 3, '],
    ['a list', '[]'],
    ['null', 'null'],
    ['the form of an earlier version', JSON.stringify({ 'garden AAAA': seen(3, [anna]) })],
    ...Object.entries({
      'a number as text': { number: '3' },
      'half a number': { number: 3.5 },
      'no number': { number: undefined },
      'a short hash': { list: 'a' },
      'no signers': { signers: undefined },
      'a key that is none': { signers: [1] },
      'no keys before': { replaced: undefined },
      'keys before that are none': { replaced: ['RW'] },
      'no campaign': { campaign: undefined },
    }).map(([what, wrong]): [string, string] => [
      what,
      JSON.stringify({ format: 3, seen: [kept, { ...kept, ...wrong }] }),
    ]),
  ])('%s', (_, text) => {
    const file = fileWith(text);
    expect(() => readMemory(file)).toThrow(
      expect.objectContaining({
        name: 'MemoryError',
        message: expect.stringContaining(`${file} is damaged`),
      }),
    );
  });

  it('a folder in its place', () => {
    expect(() => readMemory(makeFolder('memory-'))).toThrow(
      /cannot be read .*Fix its rights, or use --no-memory/,
    );
  });

  it('a place where it cannot be written, and nothing half written stays', () => {
    const parent = makeFolder('memory-');
    mkdirSync(join(parent, 'seen.json')); // a folder cannot be replaced by a file
    expect(() => remember(join(parent, 'seen.json'), [], 'garden', seen(1, [anna]))).toThrow(
      MemoryError,
    );
    expect(readdirSync(parent)).toEqual(['seen.json']);
  });
});

describe('what was seen', () => {
  it('is nothing before the first time', () => {
    expect(readMemory(absent())).toEqual([]);
  });

  it.each<[what: string, before: number, now: number, after: number]>([
    ['an older edition does not replace a newer one', 3, 2, 3],
    ['the same number keeps the list that came first', 3, 3, 3],
    ['a newer edition replaces an older one', 3, 4, 4],
  ])('%s', (_, before, now, after) => {
    const file = absent();
    remember(file, [], 'garden', seen(before, [anna], 'a'));
    remember(file, readMemory(file), 'garden', seen(now, [anna], 'b'));
    expect(recall(readMemory(file), 'garden', one(anna))).toEqual([
      seen(after, [anna], now > before ? 'b' : 'a'),
    ]);
  });

  it('is kept by campaign and key: neither a stranger’s edition nor another campaign’s raises the bar', () => {
    const file = absent();
    remember(file, [], 'garden', seen(3, [anna]));
    remember(file, readMemory(file), 'meadow', seen(9, [anna]));
    remember(file, readMemory(file), 'garden', seen(5, [boris]));
    expect(recall(readMemory(file), 'garden', one(anna))).toEqual([seen(3, [anna])]);
    expect(
      recall(readMemory(file), 'garden', one(anna, boris))
        .map((item) => item.number)
        .sort(),
    ).toEqual([3, 5]);
    expect(recall(readMemory(file), 'orchard', one(anna, boris))).toEqual([]);
  });

  it('is kept by whole keys: a key with a copied id raises no bar', () => {
    const file = absent();
    remember(file, [], 'garden', seen(999_999, [{ ...boris, id: anna.id }]));
    expect(recall(readMemory(file), 'garden', one(anna))).toEqual([]);
  });

  it('of stolen keys is forgotten once the keys are replaced, and enough of the new ones is needed', () => {
    const file = absent();
    remember(file, [], 'garden', seen(999_999, [anna, boris]));
    remember(file, readMemory(file), 'garden', seen(4, [anna, clara]));
    const now: KeySet = { threshold: 2, keys: [anna, clara] };
    expect(recall(readMemory(file), 'garden', now)).toEqual([seen(4, [anna, clara])]);
    const before: KeySet = { threshold: 2, keys: [anna, boris] };
    expect(recall(readMemory(file), 'garden', before)).toEqual([seen(999_999, [anna, boris])]);
  });

  it('under the keys of today counts where an edition of replaced keys is shown', () => {
    const file = absent();
    remember(file, [], 'garden', seen(40, [clara], 'a', [[anna], [boris]]));
    for (const key of [anna, boris, clara])
      expect(recall(readMemory(file), 'garden', one(key)).map(({ number }) => number)).toEqual([
        40,
      ]);
  });

  it('by a newer checker stops this one, and stays as it is', () => {
    const text = JSON.stringify({ format: 4, seen: 'something else' });
    const file = fileWith(text);
    expect(() => readMemory(file)).toThrow(/newer checker than this one.*--no-memory/);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('is for its user alone, and always in one order', () => {
    const file = absent();
    remember(file, [], 'garden', seen(1, [boris, anna]));
    remember(file, readMemory(file), 'apple', seen(1, [anna]));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const { seen: list } = JSON.parse(readFileSync(file, 'utf8')) as {
      seen: { campaign: string; signers: string[] }[];
    };
    expect(list.map(({ campaign }) => campaign)).toEqual(['apple', 'garden']);
    expect(list[1]?.signers).toEqual([...(list[1]?.signers ?? [])].sort());
  });
});

describe('its place', () => {
  it.each<[NodeJS.ProcessEnv, NodeJS.Platform, string]>([
    [{ VYRAI_STATE: '/stick/seen.json', XDG_STATE_HOME: '/state' }, 'linux', '/stick/seen.json'],
    [{ XDG_STATE_HOME: '/state' }, 'linux', '/state/vyrai/seen.json'],
    [{ XDG_STATE_HOME: '' }, 'linux', join(homedir(), '.local/state/vyrai/seen.json')],
    [{}, 'darwin', join(homedir(), 'Library/Application Support/vyrai/seen.json')],
    [{ LOCALAPPDATA: '/local' }, 'win32', '/local/vyrai/seen.json'],
  ])('with %j on %s is %s', (settings, platform, file) => {
    expect(memoryFile(settings, platform)).toBe(file);
  });
});
