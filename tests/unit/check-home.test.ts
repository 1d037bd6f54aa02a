import { describe, expect, test } from 'vitest';
import { readCampaign } from '../../src/campaign/read-campaign.ts';
import { changeGarden, type Changes } from '../helpers/build.ts';

const report = (changes: Changes): Promise<string> =>
  readCampaign(changeGarden(changes), 'the-campaign').then(
    () => 'nothing was refused',
    (error: Error) => error.message,
  );
/** The garden with more in its `site.yaml`. */
const withHome = (yaml: string, more: Changes = {}) =>
  report({ 'site.yaml': (text) => `${text}${yaml}\n`, ...more });
const headline = 'headline: { en: litres of water }, caption: { en: On one day. }';
const voice = `version: 1
translations: {}
quote: { en: “Mint grows.” }
name: { en: A gardener }
about: { en: of the garden }
checked: 2025-03-02
sources: [{ name: A book about gardens, date: 2020 }]
`;

describe('the home page of a campaign', () => {
  test.each([
    [
      'a figure that is not there',
      `home: { figure: { id: litre, ${headline} } }`,
      ['field "home.figure.id"', 'found     "litre"', 'did you mean "litres"?'],
    ],
    [
      'a voice that is not there',
      'home: { voice: gardener }',
      ['field "home.voice"', 'the file name of one of the voices'],
    ],
    [
      'an action that is not there',
      'home: { actions: [water-a-bet] }',
      ['field "home.actions.0"', 'did you mean "water-a-bed"?'],
    ],
    [
      'a guide that is not there',
      'home: { ways: [{ page: guide/waterin.html, label: { en: Water } }] }',
      ['field "home.ways.0.page"', 'did you mean "guide/watering.html"?'],
    ],
    [
      'a page that is not there',
      'home: { ways: [{ page: shop.html, label: { en: Buy } }] }',
      ['field "home.ways.0.page"', 'found     "shop.html"'],
    ],
    [
      'an address outside',
      'home: { ways: [{ page: "https://mint.example/", label: { en: Buy } }] }',
      ['field "home.ways.0.page"', 'a page such as guide/letters.html'],
    ],
    [
      'three ways besides the one for readers inside',
      `home: { ways: [${'{ page: day.html, label: { en: Day } }, '.repeat(3)}] }`,
      ['field "home.ways"', 'at most two'],
    ],
    ['a day that is not there', 'day: weak', ['field "day"', 'did you mean "week"?']],
    ['an event as its day', 'day: frost', ['field "day"', 'a date of the kind "day"']],
    ['a drawing that is not there', 'drawing: mint.svg', ['field "drawing"', 'no file "mint.svg"']],
  ])('names no %s', async (_name, yaml, expected) => {
    const message = await withHome(yaml);
    for (const part of expected) expect(message).toContain(part);
    expect(message).toMatch(/^site\.yaml/m);
  });

  test('sends nobody to what is dangerous by its largest button', async () => {
    const message = await withHome('home: { actions: [water-a-bed] }', {
      'actions/water-a-bed.yaml': (text) =>
        text.replace(/^state: .*$/m, 'state: dangerous\nreason: { en: Deep water. }'),
    });
    expect(message).toContain('found     "water-a-bed", which is dangerous');
  });

  test('has a figure, a voice, ways, actions and a day of its own', async () => {
    const yaml =
      `home: { figure: { id: litres, ${headline} }, voice: gardener, actions: [water-a-bed], ` +
      'ways: [{ page: guide/watering.html, label: { en: Water } }, { page: day.html, label: { en: Day } }] }\nday: week';
    expect(await withHome(yaml, { 'voices/gardener.yaml': voice })).toBe('nothing was refused');
  });
});
