import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readIdentity } from '../../scripts/build/new-edition.ts';
import { printPublicKey } from '../../src/kit/core/minisign/public-key.ts';
import { makeFolder } from '../helpers/build.ts';
import { makeKeys } from '../helpers/signed-sites.ts';

const keys = makeKeys(2).map(({ publicKey }) => publicKey);
const [first, second] = keys.map(printPublicKey);
const garden = readFileSync('tests/fixtures/garden/site.yaml', 'utf8');
const folderWith = (yaml: string): string => {
  const folder = makeFolder('campaign-');
  writeFileSync(join(folder, 'site.yaml'), yaml);
  return folder;
};

describe('a campaign without all that an edition needs is refused, with the file and the fix', () => {
  it.each<[what: string, yaml: string, messages: (string | RegExp)[]]>([
    ['no YAML', 'id: [', ['site.yaml:1', 'YAML: name: "text"']],
    ['nothing', '', ['site.yaml', 'expected']],
    ['a number for an id', garden.replace('id: garden', 'id: 7'), ['field "id"']],
    ['no keys', garden, [/names no keys, expected "keys: .*npm run keygen/]],
    ['no threshold', `${garden}keys: { keys: [${first}] }`, ['field "keys.threshold"']],
    ['threshold 0', `${garden}keys: { threshold: 0, keys: [${first}] }`, ['a number from 1']],
    [
      'half a threshold',
      `${garden}keys: { threshold: 0.5, keys: [${first}] }`,
      ['field "keys.threshold"'],
    ],
    [
      'more signatures than keys',
      `${garden}keys: { threshold: 2, keys: [${first}] }`,
      ['not larger than the number of keys'],
    ],
    [
      'one key that is no list',
      `${garden}keys: { threshold: 1, keys: ${first} }`,
      ['field "keys.keys"', 'a list'],
    ],
    [
      'more keys than an edition may have',
      `${garden}keys: { threshold: 1, keys: [${Array.from({ length: 17 }, () => first).join(', ')}] }`,
      ['at most 16 keys'],
    ],
    [
      'a key that is none',
      `${garden}keys: { threshold: 1, keys: [RWx] }`,
      ['field "keys.keys.0"', 'a public key of minisign'],
    ],
    [
      'next keys that nobody reaches',
      `${garden}keys: { threshold: 1, keys: [${first}], next: { threshold: 3, keys: [${first}, ${second}] } }`,
      ['field "keys.next.threshold"'],
    ],
    [
      'a notice that is not in the main language',
      `${garden}keys: { threshold: 1, keys: [${first}] }\nnotice: { ar: الحديقة مغلقة }`,
      ['field "notice"', 'a text in the main language'],
    ],
  ])('%s', (_, yaml, messages) => {
    const folder = folderWith(yaml);
    for (const message of ['site.yaml', ...messages])
      expect(() => readIdentity(folder)).toThrow(message);
  });
});

it('the keys of the next edition are the same, unless others are named', () => {
  const own = { threshold: 1, keys: keys.slice(0, 1) };
  expect(readIdentity(folderWith(`${garden}keys: { threshold: 1, keys: [${first}] }`))).toEqual({
    id: 'garden',
    keys: own,
    nextKeys: own,
    notice: undefined,
  });
  expect(
    readIdentity(
      folderWith(
        `${garden}keys: { threshold: 1, keys: [${first}], next: { threshold: 2, keys: [${first}, ${second}] } }`,
      ),
    ),
  ).toMatchObject({ keys: own, nextKeys: { threshold: 2, keys } });
});

it('the notice of an edition is that of the main language', () => {
  const yaml = `${garden}keys: { threshold: 1, keys: [${first}] }\n`;
  expect(
    readIdentity(folderWith(`${yaml}notice: { ar: مغلق, en: The garden is closed. }`)).notice,
  ).toBe('The garden is closed.');
});
