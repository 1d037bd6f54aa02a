import { describe, expect, it } from 'vitest';
import { checkNames } from '../../src/campaign/check/check-names.ts';
import type { Entries } from '../../src/campaign/schema/entries.ts';
import type { WrittenText } from '../../src/campaign/text/texts.ts';

/** Two organisations and one guide; the check looks at nothing else. */
const entriesWith = (body: string) =>
  ({
    guides: [{ file: 'guides/en/plants.md', body, bodyLine: 5, data: {} }],
    updates: [],
    initiatives: [
      { data: { name: { en: 'Willow Rake', be: 'Лістапад' }, aliases: ['Gardenia'] } },
      { data: { name: 'Orchid Fund', aliases: [] } },
    ],
  }) as unknown as Entries;

const field = (text: string): WrittenText => ({
  file: 'actions/dig.yaml',
  lineAt: () => 3,
  where: 'title.en',
  language: 'en',
  text,
});

const find = (body: string, fields: readonly string[] = [], words: readonly string[] = []) =>
  checkNames(entriesWith(body), fields.map(field), new Map([['en', new Set(words)]]));

describe('checkNames', () => {
  it.each([
    ['a letter that looks like another', 'Wiliow', 'Willow'],
    ['a digit for a letter', 'WiIlow', 'Willow'],
    ['a letter with a mark', 'Wíllow', 'Willow'],
    ['two letters for one', 'Garclenia', 'Gardenia'],
    ['another letter', 'Orkhid', 'Orchid'],
    ['a letter too many', 'Garrdenia', 'Gardenia'],
    ['a letter too few', 'Gadenia', 'Gardenia'],
    ['two exchanged letters', 'Gadrenia', 'Gardenia'],
    ['another letter in Cyrillic', 'Листапад', 'Лістапад'],
  ])('finds a name with %s', (_, word, name) => {
    expect(find(`One line.\n\nAsk ${word} for help.`)).toMatchObject([
      {
        file: 'guides/en/plants.md',
        line: 7,
        found: `the word “${word}”, which is almost the name “${name}”`,
      },
    ]);
  });

  it('finds one in a field of a record', () => {
    expect(find('', ['Ask Gardemia'])).toMatchObject([
      { file: 'actions/dig.yaml', line: 3, where: 'title.en' },
    ]);
  });

  it.each([
    ['the name itself', 'Ask Willow Rake, the Orchid Fund or Gardenia.'],
    ['a name in capitals', 'GARDENIA helps.'],
    ['an inflected name', 'Спытайце ў Лістападу і з Лістападам.'],
    ['a name in the plural', 'Two Gardenias, three Orchids.'],
    ['an ordinary word', 'The orchard is near the pillow.'],
    ['a word of another length', 'Gardening helps Orchestras.'],
    ['an address in a link', 'See [Gardenia](https://gardemia.example/Gadenia).'],
  ])('passes %s', (_, body) => {
    expect(find(body)).toEqual([]);
  });

  it('passes another name that is in a word list', () => {
    expect(find('Ask Orkhid.', [], ['Orkhid'])).toEqual([]);
  });

  it('passes words that are near to an ordinary word of a name', () => {
    expect(find('We grow one orchid. Orkhid is a name.')).toEqual([]);
  });
});
