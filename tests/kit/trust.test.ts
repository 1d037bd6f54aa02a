import { describe, expect, it } from 'vitest';
import type { Edition } from '../../src/kit/core/edition/edition.ts';
import { isSameKeySet, type KeySet } from '../../src/kit/core/minisign/public-key.ts';
import {
  findRequirement,
  indexKnownFiles,
  listKeyIds,
  newestKnown,
  type KnownEdition,
  type Trust,
} from '../../src/kit/core/trust/trust.ts';
import { makeKeys } from '../helpers/signed-sites.ts';

const publicKeys = makeKeys(3).map(({ publicKey }) => publicKey);
const [anna, boris, wanda] = publicKeys.map(({ id }) => id);
const setOf = (threshold: number, ...at: number[]): KeySet => ({
  threshold,
  keys: publicKeys.filter((_, index) => at.includes(index)),
});
const [old, later] = [setOf(1, 0), setOf(2, 0, 1)];
const hash = (digit: string): string => digit.repeat(64);

const known = (
  number: number,
  keys: KeySet,
  nextKeys: KeySet | undefined,
  files: KnownEdition['files'] = undefined,
): [number, KnownEdition] => {
  const edition: Edition = {
    campaign: 'garden',
    number,
    date: '2026-05-01',
    lookForNewerAfter: '2026-09-01',
    previousList: undefined,
    history: undefined,
    keys,
    nextKeys,
    signers: [],
    notice: undefined,
    extensions: [],
  };
  return [number, { edition, listHash: undefined, files }];
};
const trustIn = (...editions: [number, KnownEdition][]): Trust => ({
  origin: 'this clone',
  campaign: 'garden',
  editions: new Map(editions),
  given: undefined,
});
const clone = trustIn(known(2, old, old), known(4, old, later));

describe('what must have signed an edition', () => {
  it.each<[what: string, trust: Trust, number: number, reason: string]>([
    ['nothing is known', trustIn(), 1, 'edition 1 is not known to this clone'],
    ['it came before all that is known', clone, 1, 'edition 1 is not known to this clone'],
    [
      'it lies between two that are known, whose keys say nothing of it',
      clone,
      3,
      'edition 3 is not known to this clone',
    ],
    [
      'the campaign has stopped',
      trustIn(known(4, old, undefined)),
      5,
      'edition 4 was the last one: no later edition can be true',
    ],
    [
      'the campaign has stopped long ago',
      trustIn(known(4, old, undefined)),
      9,
      'edition 4 was the last one: no later edition can be true',
    ],
  ])('cannot be said where %s', (_, trust, number, refused) => {
    expect(findRequirement(trust, number, undefined)).toMatchObject({ refused });
  });

  it.each<[what: string, trust: Trust, number: number, keys: KeySet]>([
    [
      'the keys that were given, whatever the clone knows',
      { ...clone, given: setOf(1, 2) },
      5,
      setOf(1, 2),
    ],
    ['its own keys, for one that is known', clone, 4, old],
    ['the keys that the one before has named for it', clone, 5, later],
  ])('is %s', (_, trust, number, keys) => {
    expect(findRequirement(trust, number, undefined)).toEqual({ keys });
  });

  it('is a guess, the newest keys, for one far ahead without a chain that leads there', () => {
    expect(findRequirement(clone, 7, undefined)).toEqual({
      keys: later,
      isGuess: true,
    });
  });
});

describe('keys', () => {
  it.each<[what: string, a: KeySet, b: KeySet, isSame: boolean]>([
    ['another threshold', setOf(1, 0, 1), setOf(2, 0, 1), false],
    ['one more', setOf(1, 0), setOf(1, 0, 1), false],
    [
      'another key under the same id',
      setOf(1, 0),
      { threshold: 1, keys: [{ ...publicKeys[1]!, id: anna! }] },
      false,
    ],
    ['the same ones in another order', later, { ...later, keys: later.keys.toReversed() }, true],
  ])('compared with a set of %s', (_, a, b, isSame) => {
    expect(isSameKeySet(a, b)).toBe(isSame);
  });

  it('are recalled by all ids that any edition or its successor names, each once', () => {
    expect(listKeyIds(trustIn())).toEqual([]);
    expect(listKeyIds(clone)).toEqual([anna, boris]);
    expect(listKeyIds({ ...clone, given: setOf(1, 2) })).toEqual([wanda]);
  });
});

describe('what is known', () => {
  it('has a newest edition by number, and not by order', () => {
    expect(newestKnown(trustIn())).toBeUndefined();
    expect(newestKnown(trustIn(known(10, old, old), known(9, old, old)))?.edition.number).toBe(10);
  });

  it('tells of which editions a file can be, and where a hash belongs', () => {
    const { byPath, byHash } = indexKnownFiles(
      trustIn(
        known(1, old, old, [
          { path: 'a.html', hash: hash('a') },
          { path: 'b.html', hash: hash('b') },
        ]),
        known(2, old, old, [
          { path: 'a.html', hash: hash('c') },
          { path: 'b.html', hash: hash('b') },
        ]),
        known(3, old, old),
      ),
    );
    expect(byPath.get('a.html')).toEqual(
      new Map([
        [hash('a'), [1]],
        [hash('c'), [2]],
      ]),
    );
    expect(byPath.get('b.html')).toEqual(new Map([[hash('b'), [1, 2]]]));
    expect(byHash.get(hash('c'))).toBe('a.html');
    expect(byHash.get(hash('d'))).toBeUndefined();
  });
});
