import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { checkCampaign } from '../../src/campaign/check-campaign.ts';
import {
  findDictionary,
  findSearchTable,
  readLanguages,
} from '../../src/campaign/read/read-languages.ts';
import {
  readEngineNames,
  readEngineWords,
  readWordLists,
} from '../../src/campaign/read/word-lists.ts';
import { openDictionary } from '../../src/campaign/spelling/check-spelling.ts';
import { listKeys } from '../../src/lib/search/keys.ts';
import { makeWordRules } from '../../src/lib/search/word-rules.ts';
import { changeGarden, swap, type Changes } from '../helpers/build.ts';
import { rulesOf } from '../helpers/word-rules.ts';

const check = (changes: Changes) => checkCampaign(changeGarden(changes), 'the-garden');
const georgian = 'languages/ka.yaml';

describe('a file of rules is refused', () => {
  test.each<[name: string, text: string, place: string, words: string]>([
    ['with a field that nothing reads', 'quotes: [a, b]\n', 'line 1', 'quotes'],
    ['with a pattern', 'search:\n  endings: "(a+)+$"\n', 'line 2', 'endings in lower case'],
    ['with a pattern for a letter', 'search:\n  exchanged: { ".*": a }\n', 'line 2', 'one letter'],
    ['with a package of another kind', 'dictionary: ../evil\n', 'line 1', 'dictionary-de'],
    [
      'with a space that breaks',
      'typography:\n  quotes: [a, b]\n  padding: " "\n',
      'line',
      'padding',
    ],
    ['with a name that is no address', 'letters: { ა: "../a" }\n', 'line 1', 'letters a-z'],
    ['that is no YAML', 'search: {\n', 'line', ''],
  ])('%s', async (_name, text, place, words) => {
    const faults = await check({ [georgian]: text });
    expect(faults.length).toBeGreaterThan(0);
    for (const fault of faults) expect(fault.file).toBe(georgian);
    expect(`line ${faults[0]?.line}`).toContain(place);
    expect(JSON.stringify(faults)).toContain(words);
  });

  test.each(['languages/Georgian.yaml', 'languages/ka.json', 'languages/ka/rules.yaml'])(
    'by the name %s',
    async (file) => {
      const faults = await check({ [file]: 'dictionary: dictionary-ka\n' });
      expect(faults.map((fault) => fault.file)).toEqual([file]);
    },
  );
});

test('words of the engine are sorted, once each, of a language that has a dictionary, and in no list of the default campaign', () => {
  const { languages } = readLanguages();
  const lists = readdirSync('src/languages/words').map((file) => file.replace('.txt', ''));
  for (const tag of lists) expect(findDictionary(languages, tag), tag).toBeDefined();
  for (const words of [readEngineNames(), ...lists.map(readEngineWords)])
    expect(words).toEqual([...new Set(words)].sort());
  for (const [tag, own] of readWordLists('src/content').lists) {
    const known = [...readEngineNames(), ...readEngineWords(tag)];
    expect(known.filter((word) => own.has(word))).toEqual([]);
  }
});

test('the engine ships rules of the languages that its docs name', () => {
  const { languages } = readLanguages();
  const files = readdirSync('src/languages').flatMap(
    (file) => /^(.*)\.yaml$/.exec(file)?.[1] ?? [],
  );
  expect([...languages.keys()].sort()).toEqual(files.sort());
  const whole = [...languages].filter(([, { typography, dictionary, search }]) =>
    Boolean(typography && dictionary && search?.endings),
  );
  expect(whole.map(([tag]) => tag).sort()).toEqual(
    ['be', 'de', 'en', 'es', 'fa', 'fr', 'pl', 'ru', 'uk'].sort(),
  );
});

describe('a search knows the forms of a word', () => {
  test.each([
    ['de', 'Frau Frauen'],
    ['de', 'Brief Briefe Briefen Briefes'],
    ['es', 'carta cartas'],
    ['es', 'preso presos presa presas'],
    ['fa', 'کتاب کتاب‌ها کتابها کتاب‌های'],
    ['pl', 'kartka kartki kartkami kartkę kartką'],
    ['uk', 'лист листи листів листами'],
  ])('in %s: %s', (language, words) => {
    const keys = words.split(' ').map((word) => listKeys(word, rulesOf(language))[0]);
    expect(new Set(keys).size).toBe(1);
  });
});

describe('a language by data alone', () => {
  const rules = [
    'typography:',
    '  quotes: [„, “]',
    '  nested: [«, »]',
    '  dashes: [–]',
    '  thousands: ["\\u00A0"]',
    '  percent: [""]',
    'search:',
    '  endings: ებმა ების ებს ები ის მა ი ს',
    'letters: { ჟ: j }',
    '',
  ].join('\n');
  const added: Changes = {
    'site.yaml': swap('  - { tag: ar,', '  - { tag: ka, name: ქართული }\n  - { tag: ar,'),
    'subjects/weather.yaml': swap('name: { en: ', 'name: { ka: "ქარი \'და\' წვიმა", en: '),
  };

  test('is held to the rules that the campaign brings', async () => {
    const faults = await check({ ...added, [georgian]: rules });
    const ofType = faults.filter(({ file }) => file === 'subjects/weather.yaml');
    expect(ofType.map(({ expected }) => expected)).toContainEqual(
      expect.stringMatching(/, as ka sets it$/),
    );
    const without = await check(added);
    expect(without.filter(({ expected }) => expected.endsWith('as ka sets it'))).toEqual([]);
  });

  test('has the rules of the campaign in the place of ours, whole', () => {
    const folder = changeGarden({ [georgian]: rules, 'languages/fr.yaml': 'letters: { é: ee }\n' });
    const { languages, faults } = readLanguages(folder);
    expect(faults).toEqual([]);
    const known = makeWordRules('ka', findSearchTable(languages, 'ka'));
    const keys = ['წიგნი', 'წიგნები', 'წიგნების'].map((word) => listKeys(word, known)[0]);
    expect(new Set(keys).size).toBe(1);
    expect(languages.get('fr')?.typography).toBeUndefined();
  });

  test('is left out of spelling where its dictionary is not installed', async () => {
    expect(await openDictionary('dictionary-none')).toBeUndefined();
    expect(await openDictionary(undefined)).toBeUndefined();
  });
});
