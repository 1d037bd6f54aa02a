import { describe, expect, test } from 'vitest';
import { localeTag } from '../../src/campaign/schema/fields.ts';
import { compareNumbers } from '../../src/campaign/text/compare-numbers.ts';

/** What differs between a text of one locale and one of another, as "theirs / others". */
function compare(a: string, localeA: string, b: string, localeB: string): string {
  const { onlyA, onlyB } = compareNumbers(
    { text: a, locale: localeA },
    { text: b, locale: localeB },
    { counted: true },
  );
  return `${onlyA.join(' ')} / ${onlyB.join(' ')}`;
}

describe('numbers are compared by value', () => {
  test.each([
    ['another number', '12 litres', 'en', '۱۳ لیتر', 'fa', '12 / 13'],
    ['another day', '12 May 2022', 'en-GB', '۲۳ اردیبهشت ۱۴۰۱', 'fa', '12 / 23'],
    ['another month', '12 May 2022', 'en-GB', '۲۲ خرداد ۱۴۰۱', 'fa', '12 / 22'],
    ['another year', 'in 2022', 'en', 'در ۱۴۰۳', 'fa', '2022 / 1403'],
    [
      'a day that is there once more',
      '1 May 2022, 1 May 2022',
      'en-GB',
      '۱۱ اردیبهشت ۱۴۰۱',
      'fa',
      '1 2022 / ',
    ],
    ['the day in a longer number', '1 May 2022', 'en-GB', '۱۱۱ اردیبهشت ۱۴۰۱', 'fa', '1 / 111'],
    [
      'the day of our calendar in a language of the same one',
      '12 May 2022',
      'en-GB',
      '22. Mai 2022',
      'de',
      '12 / 22',
    ],
  ])('%s differs', (_, a, localeA, b, localeB, expected) => {
    expect(compare(a, localeA, b, localeB)).toBe(expected);
  });

  test.each([
    ['digits of another script', '12 litres', 'en', '۱۲ لیتر', 'fa'],
    ['a day', 'on 12 May 2022.', 'en-GB', 'در ۲۲ اردیبهشت ۱۴۰۱.', 'fa'],
    ['a day, the other way round', 'در ۲۲ اردیبهشت ۱۴۰۱.', 'fa', 'am 12. Mai 2022', 'de'],
    ['a month', 'in May 2022', 'en-GB', 'خرداد ۱۴۰۱', 'fa'],
    ['the first of two years', 'in 2022', 'en', 'در ۱۴۰۰', 'fa'],
    ['the second of two years', 'in 2022', 'en', 'در ۱۴۰۱', 'fa'],
    ['a year of Thailand', 'in 2022', 'en', 'ในปี 2565', 'th'],
    ['a day of ours in other digits', '12 May 2022', 'en-GB', '۱۲ مه ۲۰۲۲', 'fa'],
    ['a day next to other numbers', '12 on 12 May 2022', 'en-GB', '۱۲ در ۲۲ اردیبهشت ۱۴۰۱', 'fa'],
  ])('%s does not', (_, a, localeA, b, localeB) => {
    expect(compare(a, localeA, b, localeB)).toBe(' / ');
  });
});

describe('the locale of a language', () => {
  test.each([
    'en-GB',
    'be-tarask',
    'fa-u-ca-gregory',
    'fa-u-nu-latn',
    'ar-EG-u-ca-islamic-civil-nu-arab',
  ])('may be %s', (tag) => expect(localeTag.safeParse(tag).success).toBe(true));
  test.each([
    ['no tag', 'persian calendar'],
    ['a calendar that nobody knows', 'fa-u-ca-garden'],
    ['digits that nobody knows', 'fa-u-nu-leaf'],
    ['another setting', 'fa-u-hc-h23'],
    ['a setting without a value', 'fa-u-ca'],
  ])('is not %s', (_, tag) => expect(localeTag.safeParse(tag).success).toBe(false));
});
