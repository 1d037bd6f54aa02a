import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { spellCampaign } from '../../src/campaign/spelling/check-spelling.ts';
import { splitWords } from '../../src/campaign/text/texts.ts';
import { readCampaign } from '../../src/campaign/read-campaign.ts';
import { writeCampaign } from '../../scripts/new/campaign.ts';
import { changeGarden, makeFolder, runCommand, swap, type Changes } from '../helpers/build.ts';

const spell = async (folder: string) => spellCampaign(await readCampaign(folder, 'the-campaign'));
const frost = 'updates/en/2023/frost.md';
/** A guide without a translation, with which it would be compared. */
const about = 'guides/en/about.mdx';
const add = (words: string) => (text: string) => `${text}\n${words}\n`;

const unknown: [name: string, changes: Changes, place: string, word: string, fix: string][] = [
  [
    'in a text',
    { [frost]: add('It was fine,\nand then it rainned.') },
    `${frost}:18`,
    'rainned',
    'did you mean “rained”',
  ],
  [
    'in a title',
    { [frost]: (text) => text.replace(/title: .*/, 'title: The frosst of May') },
    `${frost}:2`,
    'frosst',
    '“frost”',
  ],
  [
    'in a record',
    { 'actions/plant-mint.yaml': swap('It took over', 'It tuk over') },
    'actions/plant-mint.yaml:7',
    'tuk',
    'add it to words/en.txt',
  ],
  [
    'in the interface',
    { 'interface/en.yaml': swap('placeholder: letters', 'placeholder: leters') },
    'interface/en.yaml',
    'leters',
    'letters',
  ],
  [
    'after an apostrophe',
    { [frost]: add('The gardenner’s rake.') },
    `${frost}:17`,
    'gardenner’s',
    'gardener',
  ],
  [
    'between hyphens',
    { [frost]: add('A well-knwon rake.') },
    `${frost}:17`,
    'well-knwon',
    'add it to words/en.txt',
  ],
  [
    'of another language without its mark',
    { [about]: add('They call it l’arrosoir here.') },
    `${about}:13`,
    'l’arrosoir',
    '<Phrase lang="…">l’arrosoir</Phrase>',
  ],
  [
    'in a phrase in French',
    { [about]: add('They call it <Phrase lang="fr">l’arosoir</Phrase> here.') },
    `${about}:13`,
    'l’arosoir',
    '“l’arrosoir”',
  ],
  [
    'in a phrase in Russian',
    { [about]: add('They call it <Phrase lang="ru">сабака</Phrase> here.') },
    `${about}:13`,
    'сабака',
    '“собака”',
  ],
  [
    'in a phrase in Belarusian',
    { [about]: add('They call it <Phrase lang="be">собака</Phrase> here.') },
    `${about}:13`,
    'собака',
    'words/be.txt',
  ],
];

describe('an unknown word', () => {
  test.each(unknown)(
    '%s is reported with its place and what to do',
    async (_name, changes, place, word, fix) => {
      const { faults } = await spell(changeGarden(changes));
      expect(faults.map(({ file, line, found }) => `${file}:${line} ${found}`)).toEqual([
        expect.stringMatching(new RegExp(`^${place.replace(/\./g, '\\.')}.* the word “${word}”$`)),
      ]);
      expect(faults[0]?.fix).toContain(fix);
    },
  );
});

test.each([
  [
    'a word of the list',
    {
      'words/en.txt': (text: string) =>
        [...text.trim().split('\n'), 'Zwiebel', 'rakish-ness', 'zwack'].sort().join('\n') + '\n',
      [frost]: add('The Zwiebel, rakish-ness. Zwack! The zwack’s.'),
    },
  ],
  [
    'a phrase in its own language',
    {
      [about]: add(
        'They call it <Phrase lang="fr">l’arrosoir d’été</Phrase> and <Phrase lang="be">сям’я</Phrase> here.',
      ),
    },
  ],
  [
    'code, numbers and what is filled in',
    { [about]: add('Run `wattering --knwon` on the 21st of SHA256SUMS.') },
  ],
])('%s passes', async (_name, changes) => {
  expect((await spell(changeGarden(changes))).faults).toEqual([]);
});

test('a language without a dictionary is left out by name', async () => {
  const { leftOut, counts } = await spell('tests/fixtures/garden');
  expect(leftOut).toEqual(['ar']);
  expect(Object.keys(counts)).toEqual(['en']);
});

test('every word of the default campaign is known', async () => {
  const { faults, counts, leftOut } = await spell('src/content');
  expect(faults.map(({ file, line, found, fix }) => `${file}:${line} ${found}: ${fix}`)).toEqual(
    [],
  );
  expect(leftOut).toEqual([]);
  expect(counts['en']).toBeGreaterThan(10_000);
});

test('every word of a new campaign is known, in each language that it is begun in', async () => {
  const folder = join(makeFolder('new-'), 'campaign');
  writeCampaign(folder, {
    ...{ id: undefined, name: 'Garden days', main: 'en', languages: ['en', 'be', 'fr', 'ru'] },
    ...{ accent: '#1f6f3a', today: '2026-11-28', program: '..' },
  });
  const { faults, counts } = await spell(folder);
  expect(faults.map(({ file, line, found }) => `${file}:${line} ${found}`)).toEqual([]);
  expect(Object.keys(counts)).toEqual(['be', 'en', 'fr', 'ru']);
});

test('words keep their apostrophes and hyphens, and what is no word is left out', () => {
  expect(
    splitWords('“L’eau” of {name}: well-known, a 21st SHA256SUMS (x)').map(({ word }) => word),
  ).toEqual(['L’eau', 'of', 'well-known']);
});

test('the command ends with 0 where every word is known, and names the one that is not', async () => {
  const known = await runCommand('spell.ts', { CONTENT_DIR: 'tests/fixtures/garden' });
  expect(known).toMatchObject({ code: 0 });
  const [, changes] = unknown[0] ?? [];
  const faulty = await runCommand('spell.ts', { CONTENT_DIR: changeGarden(changes ?? {}) });
  expect(faulty).toMatchObject({ code: 1, output: expect.stringContaining('rainned') });
});
