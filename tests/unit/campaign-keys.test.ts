import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readIdentity } from '../../scripts/build/campaign-keys.ts';
import { printPublicKey } from '../../src/kit/core/minisign/public-key.ts';
import { makeFolder } from '../helpers/build.ts';
import { makeKeys } from '../helpers/signed-sites.ts';

const keys = makeKeys(2).map(({ publicKey }) => publicKey);
const [first, second] = keys.map(printPublicKey);
const folderWith = (yaml: string): string => {
  const folder = makeFolder('campaign-');
  writeFileSync(join(folder, 'site.yaml'), yaml);
  return folder;
};
const garden = 'id: garden\nmain: en\n';

describe('a campaign without all that an edition needs is refused, with the file and the fix', () => {
  it.each<[what: string, yaml: string, message: RegExp]>([
    ['no YAML', 'id: [', /is no YAML: /],
    ['nothing', '', /has no id, expected one such as "id: garden"/],
    ['a number for an id', `id: 7\nkeys: { threshold: 1, keys: [${first}] }`, /has no id/],
    ['no keys', garden, /names no keys, expected "keys: .*npm run keygen/],
    [
      'no threshold',
      `${garden}keys: { keys: [${first}] }`,
      /expected a threshold and at least as many keys/,
    ],
    ['threshold 0', `${garden}keys: { threshold: 0, keys: [${first}] }`, /expected a threshold/],
    [
      'half a threshold',
      `${garden}keys: { threshold: 0.5, keys: [${first}] }`,
      /expected a threshold/,
    ],
    [
      'more signatures than keys',
      `${garden}keys: { threshold: 2, keys: [${first}] }`,
      /expected a threshold/,
    ],
    [
      'one key that is no list',
      `${garden}keys: { threshold: 1, keys: ${first} }`,
      /expected a threshold/,
    ],
    [
      'more keys than an edition may have',
      `${garden}keys: { threshold: 1, keys: [${Array.from({ length: 17 }, () => first).join(', ')}] }`,
      /expected a threshold/,
    ],
    [
      'a key that is none',
      `${garden}keys: { threshold: 1, keys: [RWx] }`,
      /the key "RWx": .*no public key of minisign/,
    ],
    [
      'next keys that nobody reaches',
      `${garden}keys: { threshold: 1, keys: [${first}], next: { threshold: 3, keys: [${first}, ${second}] } }`,
      /expected a threshold/,
    ],
  ])('%s', (_, yaml, message) => {
    const folder = folderWith(yaml);
    expect(() => readIdentity(folder)).toThrow(
      expect.objectContaining({
        name: 'CampaignKeysError',
        message: expect.stringMatching(message),
      }),
    );
    expect(() => readIdentity(folder)).toThrow(join(folder, 'site.yaml'));
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
    readIdentity(folderWith(`${yaml}notice: { ar: x, en: The garden is closed. }`)).notice,
  ).toBe('The garden is closed.');
  expect(readIdentity(folderWith(`${yaml}notice: { ar: x }`)).notice).toBeUndefined();
});
