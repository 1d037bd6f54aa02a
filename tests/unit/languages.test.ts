import { describe, expect, test } from 'vitest';
import type { Entry } from '../../src/campaign/schema/entries.ts';
import { applyEdits, parsePage } from '../../src/integrations/post-build/built-page.ts';
import type { Dist } from '../../src/integrations/post-build/dist.ts';
import { checkLanguages } from '../../src/integrations/post-build/steps/check-languages.ts';
import { setLanguages } from '../../src/integrations/post-build/steps/set-languages.ts';

const site = {
  main: 'fa',
  languages: [
    { tag: 'fa', direction: 'rtl' },
    { tag: 'de', direction: 'ltr' },
    { tag: 'en', direction: 'ltr' },
  ],
};
const build = (language: string, body: string, path = `${language}/home.html`) =>
  parsePage(
    path,
    `<html lang="${language}"${language === 'fa' ? ' dir="rtl"' : ''}><head></head><body>${body}</body></html>`,
  );
const makeDist = (...pages: ReturnType<typeof build>[]): Dist =>
  ({ site, pages, faults: [] }) as unknown as Dist;

/** The body after the step. */
function set(language: string, body: string): string {
  const page = build(language, body);
  setLanguages(makeDist(page));
  return /<body>(.*)<\/body>/.exec(applyEdits(page))?.[1] ?? '';
}

describe('the language and direction of words', () => {
  test.each([
    [
      'are said where both differ',
      'fa',
      '<p data-words="en">Rain.</p>',
      '<p lang="en" dir="ltr">Rain.</p>',
    ],
    [
      'are said where the language alone differs',
      'de',
      '<p data-words="en">Rain.</p>',
      '<p lang="en">Rain.</p>',
    ],
    ['are not said again', 'de', '<p data-words="de">Regen.</p>', '<p>Regen.</p>'],
    [
      'keep no element that says nothing else',
      'de',
      '<p><span data-words="de a.mdx">Regen</span>, <span class="b" data-words="de">Wind</span></p>',
      '<p>Regen, <span class="b">Wind</span></p>',
    ],
    [
      'are those of the page again for a card in a text of another one',
      'fa',
      '<div data-words="de"><p>Regen</p><article data-language="fa"><p>باران</p></article></div>',
      '<div lang="de" dir="ltr"><p>Regen</p><article lang="fa" dir="rtl"><p>باران</p></article></div>',
    ],
    [
      'isolate a phrase, so that the numbers next to it stay in their order',
      'en',
      '<p>(<span data-words="ar">الري</span>) 12–34</p>',
      '<p>(<span lang="ar" dir="rtl">الري</span>) 12–34</p>',
    ],
    [
      'of a language that the campaign has not',
      'fa',
      '<i data-words="fr">pluie</i>',
      '<i lang="fr" dir="ltr">pluie</i>',
    ],
    [
      'of a name: the direction alone',
      'fa',
      '<p>از <span data-words="">Rake Club!</span></p>',
      '<p>از <span dir="ltr">Rake Club!</span></p>',
    ],
    [
      'of a name in the letters of the page',
      'fa',
      '<p><span data-words="">باغ</span></p>',
      '<p>باغ</p>',
    ],
    [
      'of a name in other letters',
      'de',
      '<p><span data-words="">باغ</span></p>',
      '<p><span dir="rtl">باغ</span></p>',
    ],
    ['of a name without letters', 'fa', '<p><span data-words="">12</span></p>', '<p>12</p>'],
    [
      'of many languages',
      'fa',
      '<b data-words="mul">باران rain</b>',
      '<b lang="mul">باران rain</b>',
    ],
  ])('%s', (_, language, body, expected) => {
    expect(set(language, body)).toBe(expected);
  });
});

const strings = (language: string, data: unknown) =>
  ({ file: `interface/${language}.yaml`, language, data }) as Entry<'interface'>;

/** The faults of pages of several languages, as `file: what was found`. */
function check(pages: [string, string][], interfaces: Entry<'interface'>[] = []): string[] {
  const dist = makeDist(...pages.map(([language, body]) => build(language, body)));
  setLanguages(dist);
  checkLanguages(dist, interfaces);
  return dist.faults.map(({ file, found }) => `${file}: ${found}`);
}
const english: [string, string] = [
  'en',
  '<h1 data-words="en updates/en/rain.md">First rain in May</h1>',
];

describe('a text that is shown in another language', () => {
  test('is found between languages of the same letters, and its own file is blamed', () => {
    expect(check([english, ['de', '<h1>First rain in May</h1>']])).toEqual([
      'updates/en/rain.md: "First rain in May", a text in en, shown in de/home.html as de',
    ]);
  });

  test.each([
    ['in a sentence of the interface', '<p>Mehr dazu: First rain in May.</p>'],
    ['as the description of a picture', '<p><img src="a.webp" alt="First rain in May"></p>'],
    ['under a mark of the engine', '<div data-language="de"><p>First rain in May</p></div>'],
  ])('is found %s', (_, body) => {
    expect(check([english, ['de', body]])).toHaveLength(1);
  });

  test('is found once, however often it is shown', () => {
    const body = '<p>First rain in May</p>';
    expect(check([english, ['de', body], ['fa', body]])).toHaveLength(1);
  });

  test.each([
    ['says so', [['de', '<h1 data-words="en">First rain in May</h1>']], []],
    [
      'is the same in both',
      [
        ['de', '<p data-words="de">First rain in May</p>'],
        ['de', '<p>First rain in May</p>'],
      ],
      [],
    ],
    [
      'is a name',
      [
        ['fa', '<p data-words="">First rain in May</p>'],
        ['de', '<p>First rain in May</p>'],
      ],
      [],
    ],
    [
      'is a string of the interface',
      [['de', '<p>First rain in May</p>']],
      [strings('de', { a: 'First rain in May' })],
    ],
    [
      'is of the engine, in a text of another language',
      [
        [
          'de',
          '<div data-words="en"><article data-language="de"><p>· fünf Minuten</p></article></div>',
        ],
        ['de', '<p>· fünf Minuten</p>'],
      ],
      [],
    ],
    [
      'is a part of one',
      [['de', '<p>First rain in May and June</p>']],
      [strings('de', { a: 'First rain in May and June' })],
    ],
  ] as [string, [string, string][], Entry<'interface'>[]][])(
    'is none where it %s',
    (_, pages, interfaces) => {
      expect(check([english, ...pages], interfaces)).toEqual([]);
    },
  );

  test('is found in the interface of another language', () => {
    expect(
      check([['de', '<p>Read this first</p>']], [strings('en', { a: 'Read this first' })]),
    ).toEqual(['interface/en.yaml: "Read this first", a text in en, shown in de/home.html as de']);
  });
});

test('a word in other letters is a fault of the file that its text is from', () => {
  expect(check([['en', '<p data-words="en guides/en/beds.mdx">The باغ</p>']])).toEqual([
    'guides/en/beds.mdx: the word باغ in a text in en',
  ]);
});

test('a record that is printed as it is, is a fault', () => {
  expect(check([['en', '<p>[object Object]</p>']])).toEqual(['en/home.html: "[object Object]"']);
});
