import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import {
  compose,
  joinWords,
  LocalizedText,
  markOfWords,
  plainText,
} from '../../src/lib/localized-text.ts';

const spring = new LocalizedText('spring', 'en', 'guides/en/spring.mdx');
const name = new LocalizedText('Viasna');

describe('a text of the campaign', () => {
  test.each<[string, () => unknown]>([
    ['in a template', () => `${spring as unknown as string}`],
    ['joined to another one', () => (spring as unknown as string) + ''],
    ['in a list', () => [spring].join(', ')],
    ['as JSON', () => JSON.stringify({ title: spring })],
  ])('is no string: %s it is refused, with the fix', (_, print) => {
    expect(print).toThrow(
      new TypeError('"spring" is printed without its language: show it by <LangSpan of={…} />'),
    );
  });

  test('keeps its language in a sentence of the interface', () => {
    expect(compose('Read {title} of {count} pages', { title: spring, count: 3 })).toEqual([
      'Read ',
      spring,
      ' of ',
      '3',
      ' pages',
    ]);
  });

  test('and next to others', () => {
    expect(joinWords(['a', spring, name], ', ')).toEqual(['a', ', ', spring, ', ', name]);
    expect(plainText(joinWords(['a', spring], ', '))).toBe('a, spring');
  });
});

test.each([
  ['a text', spring, 'fr', 'en guides/en/spring.mdx'],
  ['a name', name, 'fr', ''],
  ['words of the page', 'printemps', 'fr', undefined],
  ['words of the page with a name', ['printemps ', name], 'fr', undefined],
  ['a text with marks around it', ['– ', spring], 'fr', 'en guides/en/spring.mdx'],
  ['a text with words of the page', ['lire ', spring], 'fr', 'mul'],
  ['a text with words of its own language', ['read ', spring], 'en', 'en guides/en/spring.mdx'],
  ['two languages', [spring, new LocalizedText('Frühling', 'de')], 'fr', 'mul'],
] as const)('an element with %s is marked as such', (_, words, own, expected) => {
  expect(markOfWords(words, own)).toBe(expected);
});

test('only what marks its element takes the text out', () => {
  const users = readdirSync('src', { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile() && /\.(?:astro|ts)$/.test(item.name))
    .map((item) => join(item.parentPath, item.name))
    .filter((file) => /\bplainText\(|\btextOf\(.*LocalizedText/.test(readFileSync(file, 'utf8')))
    .sort();
  expect(users).toEqual([
    'src/components/facts/LangSpan.astro',
    'src/components/frame/Head.astro',
    'src/components/sheets/QrCode.astro',
    'src/components/sheets/SheetRead.astro', // the text of a code of squares
    // a book says its language, and the plain text of a file or mail has no marks
    'src/integrations/post-build/carry/print-book.ts',
    'src/integrations/post-build/carry/print-digest.ts',
    'src/integrations/post-build/carry/print-texts.ts',
    'src/integrations/post-build/feed-source.ts', // whose items say their language
    'src/lib/localized-text.ts',
    'src/pages/[lang]/letter-sheet.astro',
  ]);
});

test('no template sets a language or direction, but that of its page', () => {
  const templates = readdirSync('src', { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile() && item.name.endsWith('.astro'))
    .map((item) => join(item.parentPath, item.name));
  const found = templates.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/<([a-z]\w*)[^>]*?\s(?:lang|dir)=/g)].map(
      ([, element]) => `${file} <${element}>`,
    ),
  );
  expect([...new Set(found)].sort()).toEqual([
    'src/layouts/Bare.astro <html>',
    'src/layouts/Page.astro <html>',
  ]);
});
