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
import type { KeySet } from '../../src/kit/core/edition/edition.ts';
import type { PublicKey } from '../../src/kit/core/minisign/public-key.ts';
import { generateSecretKey } from '../../src/kit/node/minisign/secret-key.ts';
import { makeFolder } from '../helpers/build.ts';

const [anna, boris, clara] = [1, 2, 3].map(() => generateSecretKey().publicKey) as [
  PublicKey,
  PublicKey,
  PublicKey,
];
const one = (...keys: PublicKey[]): KeySet => ({ threshold: 1, keys });
const seen = (number: number, digit = 'a') => ({ number, list: digit.repeat(64) });
const kept = { campaign: 'garden', keys: ['RWx'], ...seen(3) };
const fileWith = (text: string): string => {
  const file = join(makeFolder('memory-'), 'seen.json');
  writeFileSync(file, text);
  return file;
};
const absent = (): string => join(makeFolder('memory-'), 'deep/er/seen.json');

describe('a memory that cannot be believed stops the check: else an older edition would pass', () => {
  it.each([
    ['nothing', ''],
    ['half a file', '{ "format": 2, "seen": [{ "number": 3, '],
    ['a list', '[]'],
    ['null', 'null'],
    ['the form of an earlier version', JSON.stringify({ 'garden AAAA': seen(3) })],
    ...Object.entries({
      'a number as text': { number: '3' },
      'half a number': { number: 3.5 },
      'no number': { number: undefined },
      'a short hash': { list: 'a' },
      'no keys': { keys: undefined },
      'a key that is none': { keys: [1] },
      'no campaign': { campaign: undefined },
    }).map(([what, wrong]): [string, string] => [
      what,
      JSON.stringify({ format: 2, seen: [kept, { ...kept, ...wrong }] }),
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
    expect(() => remember(join(parent, 'seen.json'), [], 'garden', [anna], seen(1))).toThrow(
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
    remember(file, [], 'garden', [anna], seen(before, 'a'));
    remember(file, readMemory(file), 'garden', [anna], seen(now, 'b'));
    expect(recall(readMemory(file), 'garden', one(anna))).toEqual([
      seen(after, now > before ? 'b' : 'a'),
    ]);
  });

  it('is kept by campaign and key: neither a stranger’s edition nor another campaign’s raises the bar', () => {
    const file = absent();
    remember(file, [], 'garden', [anna], seen(3));
    remember(file, readMemory(file), 'meadow', [anna], seen(9));
    remember(file, readMemory(file), 'garden', [boris], seen(5));
    expect(recall(readMemory(file), 'garden', one(anna))).toEqual([seen(3)]);
    expect(
      recall(readMemory(file), 'garden', one(anna, boris))
        .map((item) => item.number)
        .sort(),
    ).toEqual([3, 5]);
    expect(recall(readMemory(file), 'orchard', one(anna, boris))).toEqual([]);
  });

  it('is kept by whole keys: a key with a copied id raises no bar', () => {
    const file = absent();
    remember(file, [], 'garden', [{ ...boris, id: anna.id }], seen(999_999));
    expect(recall(readMemory(file), 'garden', one(anna))).toEqual([]);
  });

  it('of stolen keys is forgotten once the keys are replaced, and enough of the new ones is needed', () => {
    const file = absent();
    remember(file, [], 'garden', [anna, boris], seen(999_999));
    remember(file, readMemory(file), 'garden', [anna, clara], seen(4));
    const now: KeySet = { threshold: 2, keys: [anna, clara] };
    expect(recall(readMemory(file), 'garden', now)).toEqual([seen(4)]);
    const before: KeySet = { threshold: 2, keys: [anna, boris] };
    expect(recall(readMemory(file), 'garden', before)).toEqual([seen(999_999)]);
  });

  it('is for its user alone, and always in one order', () => {
    const file = absent();
    remember(file, [], 'garden', [boris, anna], seen(1));
    remember(file, readMemory(file), 'apple', [anna], seen(1));
    expect(statSync(file).mode & 0o777).toBe(0o600);
    const { seen: list } = JSON.parse(readFileSync(file, 'utf8')) as {
      seen: { campaign: string; keys: string[] }[];
    };
    expect(list.map(({ campaign }) => campaign)).toEqual(['apple', 'garden']);
    expect(list[1]?.keys).toEqual([...(list[1]?.keys ?? [])].sort());
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
