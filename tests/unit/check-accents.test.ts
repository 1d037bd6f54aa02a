import { describe, expect, test } from 'vitest';
import { checkAccents, contrastOf, readPapers } from '../../src/campaign/check/check-accents.ts';
import { readCampaign } from '../../src/campaign/read-campaign.ts';
import { changeGarden, swap } from '../helpers/build.ts';

const [light, dark] = ['#1f6f3a', '#86d29c'];
const papers = { light: '#fbf8f3', dark: '#161412' };
const source = { file: 'site.yaml', lineOf: () => 10 };
const check = (accent: { light: string; dark: string }) => checkAccents({ accent }, source, papers);

describe('an accent colour', () => {
  test('that cannot be read on its paper is refused when the campaign is read', async () => {
    const folder = changeGarden({ 'site.yaml': swap(light, '#ffff00') });
    const error = await readCampaign(folder, 'the-campaign').catch((thrown: Error) => thrown);
    expect((error as Error).message).toBe(`1 fault in the campaign the-campaign

site.yaml:10  field "accent.light"
  found     "#ffff00", whose contrast is 1.01 : 1 on #fbf8f3
  expected  a contrast of at least 4.5 : 1 on the light background: links and warnings have this colour
  to fix    make it darker, such as #757500
`);
  });

  test.each([
    ['for light schemes', { light: dark, dark }, ['accent.light']],
    ['for dark schemes', { light, dark: light }, ['accent.dark']],
    ['for both', { light: dark, dark: light }, ['accent.light', 'accent.dark']],
    ['by one step', { light: '#737373', dark }, ['accent.light']],
  ])('that is too near to its paper %s is named', (_name, accent, expected) => {
    expect(check(accent).map(({ where }) => where)).toEqual(
      expected.map((field) => `field "${field}"`),
    );
  });

  test('just below the bound is not shown as if it reached it', () => {
    expect(check({ light: '#737373', dark })[0]?.found).toContain('4.47 : 1');
  });

  test.each(['#ffff00', '#ffffff', '#86d29c', '#ff0000'])(
    'gets a remedy that passes: %s',
    (bad) => {
      const [, remedy = ''] = /such as (\S+)/.exec(check({ light: bad, dark })[0]?.fix ?? '') ?? [];
      expect(check({ light: remedy, dark })).toEqual([]);
    },
  );

  test.each(['#161412', '#000000', '#0000ff'])('gets a remedy on dark paper: %s', (bad) => {
    const [, remedy = ''] = /such as (\S+)/.exec(check({ light, dark: bad })[0]?.fix ?? '') ?? [];
    expect(check({ light, dark: remedy })).toEqual([]);
  });

  test.each([
    ['of the second campaign', light, dark],
    ['in capitals', light.toUpperCase(), dark.toUpperCase()],
    ['that just reaches the bound', '#727272', dark],
    ['that is black or white', '#000000', '#ffffff'],
  ])('%s passes', (_name, onLight, onDark) => {
    expect(check({ light: onLight, dark: onDark })).toEqual([]);
  });
});

test.each([
  ['#ffffff', '#000000', 21],
  ['#000000', '#ffffff', 21],
  ['#123456', '#123456', 1],
  ['#767676', '#ffffff', 4.54],
  ['#ff0000', '#ffffff', 4],
])('the contrast of %s and %s is %d', (a, b, expected) => {
  expect(contrastOf(a, b)).toBeCloseTo(expected, 2);
});

describe('papers', () => {
  test('are those of the style of all pages', () => {
    expect(readPapers()).toEqual(papers);
  });

  const both = (first: string, second: string) =>
    `:root { --paper: ${first}; } @media (prefers-color-scheme: dark) { :root { --paper: ${second}; } }`;

  test('may be written short', () => {
    expect(readPapers(both('#fea', '#123'))).toEqual({ light: '#ffeeaa', dark: '#112233' });
  });

  test.each([
    ['is missing', ':root { --paper: #fff; }'],
    ['has a name', both('white', '#000')],
    ['is not for dark schemes', ':root { --paper: #fff; } main { --paper: #000; }'],
    ['is there three times', `${both('#fff', '#000')} main { --paper: #eee; }`],
  ])('stop the build where one %s, since no accent could be checked', (_name, style) => {
    expect(() => readPapers(style)).toThrow('src/styles/site.css sets --paper to');
  });
});
