import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { listUnchecked } from '../../scripts/build/list-unchecked.ts';
import { changeGarden } from '../helpers/build.ts';

const touching = (text: string): string =>
  text.replace('version: 2\n', 'version: 2\ntouches: [safety, money]\n');
const unread = (text: string): string => text.replace(/checked: read-\w+ \}/, 'checked: false }');
const read = (yaml: string): string => `${yaml}translations: { ar: { of: 1, checked: true } }\n`;
const records = Object.fromEntries(
  ['actions/plant-mint', 'actions/water-a-bed', 'initiatives/rake-club', 'notices/wet-feet'].map(
    (name) => [`${name}.yaml`, read],
  ),
);
const title =
  'translations on law, safety or money that no native reader has checked; their pages say so';

test.each([
  ['an unread translation that touches nothing', { 'guides/ar/watering.mdx': unread }, []],
  ['a translation that was read', { 'guides/en/watering.mdx': touching }, []],
  [
    'an unread translation of an older version',
    { 'guides/en/watering.mdx': touching, 'guides/ar/watering.mdx': unread },
    [title, '  guides/ar/watering.mdx: safety, money; the original is 1 ahead', ''],
  ],
  [
    'an unread translation of the newest version',
    {
      'guides/en/watering.mdx': touching,
      'guides/ar/watering.mdx': (text: string) => unread(text).replace('of: 1', 'of: 2'),
    },
    [title, '  guides/ar/watering.mdx: safety, money', ''],
  ],
])('%s is listed where it should be', (_name, changes, expected) => {
  expect(listUnchecked(changeGarden({ ...records, ...changes }))).toEqual(expected);
});

test('unread translations of what warns or advises are counted by language', () => {
  const leaflet = readFileSync('tests/fixtures/leaflet.yaml', 'utf8');
  const changes = { 'actions/plant-mint.yaml': read, 'leaflets/mint.yaml': leaflet };
  expect(listUnchecked(changeGarden(changes))).toEqual([
    title,
    '  actions in ar: 1 of 2',
    '  initiatives in ar: 1 of 1',
    '  leaflets in ar: 1 of 1',
    '  notices in ar: 1 of 1',
    '',
  ]);
});
