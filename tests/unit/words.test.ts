import { describe, expect, it } from 'vitest';
import { type LocalizedText, plainText } from '../../src/lib/localized-text.ts';
import {
  formatNumber,
  interpolate,
  listSeparator,
  listStyleOf,
  pickLanguage,
  pickList,
  pluralize,
} from '../../src/lib/words.ts';

/** What a text is, in plain values. */
const show = (text: LocalizedText) => [plainText(text), text.language];

describe('pickLanguage', () => {
  it.each<[string, string | Record<string, string>, string, [string, string | undefined]]>([
    ['any language where not even the main one has it', { be: 'вясна' }, 'fr', ['вясна', 'be']],
    ['the main language', { en: 'spring' }, 'fr', ['spring', 'en']],
    ['the language of the page', { en: 'spring', fr: 'printemps' }, 'fr', ['printemps', 'fr']],
    ['the main language on its own page', { en: 'spring', fr: 'x' }, 'en', ['spring', 'en']],
    ['an empty text that was meant', { en: 'spring', fr: '' }, 'fr', ['', 'fr']],
    ['no language that only begins alike', { en: 'spring', 'fr-CA': 'x' }, 'fr', ['spring', 'en']],
    ['a name that is the same in all', 'Viasna', 'fr', ['Viasna', undefined]],
  ])('takes %s', (_, words, language, expected) => {
    expect(show(pickLanguage(words, language, 'en'))).toStrictEqual(expected);
  });
});

describe('pickList', () => {
  it.each<[string, Record<string, string[]>, [string, string][]]>([
    ['nothing where there is none', {}, []],
    [
      'the main language, and says so for each',
      { en: ['a', 'b'] },
      [
        ['a', 'en'],
        ['b', 'en'],
      ],
    ],
    ['the language of the page', { en: ['a', 'b'], fr: ['c'] }, [['c', 'fr']]],
    ['an empty list that was meant', { en: ['a'], fr: [] }, []],
  ])('takes %s', (_, lists, expected) => {
    expect(pickList(lists, 'fr', 'en').map(show)).toStrictEqual(expected);
  });
});

describe('listSeparator', () => {
  it.each([
    ['en', ', '],
    ['be', ', '],
    ['fr', ', '],
    ['fa', '، '],
    ['ar', '، '],
    ['ja', '、'],
    ['qqq', ', '],
  ])('of %s is "%s"', (locale, expected) => {
    expect(listSeparator(locale)).toBe(expected);
  });
});

describe('interpolate', () => {
  it.each([
    ['keeps a brace without a value', 'Checked {date}', {}, 'Checked {date}'],
    ['keeps a brace that is called like a method of objects', '{constructor}', {}, '{constructor}'],
    ['keeps a brace of another case', '{Date}', { date: '2021' }, '{Date}'],
    ['keeps empty braces', '{}', { '': 'x' }, '{}'],
    ['keeps braces around more than a name', '{ date }', { date: '2021' }, '{ date }'],
    ['does not interpolate what a value brings', '{a}', { a: '{b}', b: 'x' }, '{b}'],
    ['does not read signs of replacement in a value', '{a}!', { a: '$& $1 $$' }, '$& $1 $$!'],
    ['puts in a zero', '{n} left', { n: 0 }, '0 left'],
    ['puts in an empty text', 'a{b}c', { b: '' }, 'ac'],
    ['puts in all, and each as often as it stands', '{a} {b} {a}', { a: 1, b: 'two' }, '1 two 1'],
    ['interpolates the inner one of doubled braces', '{{a}}', { a: 'x' }, '{x}'],
  ])('%s', (_, template, values: Record<string, string | number>, expected) => {
    expect(interpolate(template, values)).toBe(expected);
  });
});

describe('pluralize', () => {
  const belarusian = {
    one: '{count} ліст',
    few: '{count} лісты',
    many: '{count} лістоў',
    other: '{count} ліста',
  };
  const english = { one: '{count} letter', other: '{count} letters' };
  const french = { one: '{count} lettre', other: '{count} lettres' };

  it.each([
    [
      'the other form where the language has a form that is missing',
      { other: '{count} листов' },
      5,
      'ru',
      '5 листов',
    ],
    ['the other form where it has only that one', { other: '{count}' }, 1, 'en', '1'],
    ['the form of zero in English', english, 0, 'en', '0 letters'],
    ['the form of one in English', english, 1, 'en', '1 letter'],
    ['the form of zero in French', french, 0, 'fr', '0 lettre'],
    ['the form of two in French', french, 2, 'fr', '2 lettres'],
    ['the form of 21 in Belarusian', belarusian, 21, 'be', '21 ліст'],
    ['the form of 11 in Belarusian', belarusian, 11, 'be', '11 лістоў'],
    ['the form of 3 in Belarusian', belarusian, 3, 'be', '3 лісты'],
    ['the form of two in Arabic', { two: 'رسالتان', other: '{count} رسالة' }, 2, 'ar', 'رسالتان'],
    ['the separator of the language', english, 8400, 'en-GB', '8,400 letters'],
  ])('takes %s', (_, forms, number, locale, expected) => {
    expect(pluralize(forms, number, locale)).toBe(expected);
  });
});

describe('formatNumber', () => {
  it.each([
    [0, 'en', '0'],
    [999, 'en', '999'],
    [8400, 'en', '8,400'],
    [8400, 'fr', '8\u202F400'],
    [8400, 'de', '8.400'],
    [8400, 'be', '8\u00A0400'],
    [84000, 'be', '84\u00A0000'],
    [1234567, 'en-GB', '1,234,567'],
    [8400, 'ar', '8,400'],
  ])('writes %i in %s as "%s"', (number, locale, expected) => {
    expect(formatNumber(number, locale)).toBe(expected);
  });
});

describe('listStyleOf', () => {
  it.each([
    ['en-GB', undefined],
    ['ar', undefined],
    ['ar-EG', 'arabic-indic'],
    ['fa', 'persian'],
    ['fa-u-nu-latn', undefined],
    ['mr', 'devanagari'],
    ['th-u-nu-thai', 'thai'],
  ])('of %s is %s', (locale, expected) => {
    expect(listStyleOf(locale)).toBe(expected);
  });
});
