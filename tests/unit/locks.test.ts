import { globSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

interface Lock {
  packages: Record<string, { version?: string; integrity?: string; link?: boolean }>;
}

/**
 * Packages that a lock names by version alone.
 * Attack: a registry, or whoever is on the way to it, gives other code under the same version.
 */
const findUnlocked = ({ packages }: Lock): string[] =>
  Object.entries(packages).flatMap(([place, { integrity, link }]) =>
    place === '' || link === true || /^sha512-[\w+/]{86}==$/.test(integrity ?? '') ? [] : [place],
  );

const locks = globSync('**/package-lock.json', { exclude: ['**/node_modules', 'dist'] });

test.each(locks)('%s holds the hash of every package', (path) => {
  const lock = JSON.parse(readFileSync(path, 'utf8')) as Lock;
  expect(Object.keys(lock.packages).length).toBeGreaterThan(100);
  expect(findUnlocked(lock)).toEqual([]);
});

describe('a package is found', () => {
  const hash = `sha512-${'a'.repeat(86)}==`;
  test.each([
    ['without a hash', {}],
    ['with an old kind of hash', { integrity: 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk=' }],
    ['with a piece of a hash', { integrity: hash.slice(0, 40) }],
  ])('%s', (_name, entry) => {
    const packages = {
      '': {},
      'node_modules/a': { version: '1.0.0', integrity: hash },
      'node_modules/b': { version: '1.0.0', ...entry },
    };
    expect(findUnlocked({ packages })).toEqual(['node_modules/b']);
  });
});
