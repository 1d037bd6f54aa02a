import { afterEach, describe, expect, it, vi } from 'vitest';
import {
  byNewest,
  formatAnnual,
  splitAnnual,
  formatDate,
  isAnnual,
  isCalendarDate,
  toUtc,
} from '../../src/kit/core/text/dates.ts';

const noDates = [
  ['nothing', ''],
  ['a year of two digits', '21'],
  ['a year of five digits', '12021'],
  ['a month of one digit', '2021-1'],
  ['a day of one digit', '2021-11-4'],
  ['month 00', '2021-00'],
  ['month 13', '2021-13'],
  ['day 00', '2021-11-00'],
  ['31 November', '2021-11-31'],
  ['29 February of a common year', '2023-02-29'],
  ['29 February of a century that is no leap year', '1900-02-29'],
  ['30 February of a leap year', '2024-02-30'],
  ['slashes', '2021/11/14'],
  ['the order of day, month, year', '14-11-2021'],
  ['a time after it', '2021-11-14T00:00'],
  ['a space before it', ' 2021-11-14'],
  ['a line break after it', '2021-11-14\n'],
  ['a hyphen without a month', '2021-'],
  ['Arabic digits', '٢٠٢١'],
  ['a negative year', '-2021'],
] as const;

afterEach(() => {
  vi.unstubAllEnvs();
});

describe('isCalendarDate', () => {
  it.each(noDates)('refuses %s', (_, text) => {
    expect(isCalendarDate(text)).toBe(false);
  });

  it.each([
    '2021',
    '2021-11',
    '2021-11-14',
    '2021-01-01',
    '2021-12-31',
    '2024-02-29',
    '2000-02-29',
    '1905',
    '0004-02-29',
  ])('accepts %s', (text) => {
    expect(isCalendarDate(text)).toBe(true);
  });
});

describe('toUtc', () => {
  it.each(noDates)('throws on %s', (_, text) => {
    expect(() => toUtc(text)).toThrow(new RangeError(`not a date: ${text}`));
  });

  it.each([
    ['2021', '2021-01-01T00:00:00.000Z'],
    ['2021-11', '2021-11-01T00:00:00.000Z'],
    ['2021-11-14', '2021-11-14T00:00:00.000Z'],
    ['2024-02-29', '2024-02-29T00:00:00.000Z'],
    ['0050', '0050-01-01T00:00:00.000Z'],
  ])('takes the first moment of %s', (text, expected) => {
    expect(toUtc(text).toISOString()).toBe(expected);
  });
});

describe('formatDate', () => {
  it('throws on a text that is no date', () => {
    expect(() => formatDate('2021-13', 'en')).toThrow(RangeError);
  });

  it.each([
    ['2021', 'en-GB', '2021'],
    ['2021-11', 'en-GB', 'November 2021'],
    ['2021-11-14', 'en-GB', '14 November 2021'],
    ['2021-11-01', 'en-GB', '1 November 2021'],
    ['2021-11-14', 'en', 'November 14, 2021'],
    ['2021', 'fr', '2021'],
    ['2021-11', 'fr', 'novembre 2021'],
    ['2021-11-14', 'fr', '14 novembre 2021'],
    ['2021-11-01', 'fr', '1er novembre 2021'],
    ['2021-11-11', 'fr', '11 novembre 2021'],
    ['2021-11-21', 'fr-CH', '21 novembre 2021'],
    ['2021-11-01', 'fr-CH', '1er novembre 2021'],
    ['2021-11-14', 'be', '14 лістапада 2021 г.'],
    ['2021-11', 'be', 'лістапад 2021'],
    ['2021-11-14', 'ar', '14 نوفمبر 2021'],
    ['2021-11-01', 'de', '1. November 2021'],
  ])('writes %s in %s as "%s"', (text, locale, expected) => {
    expect(formatDate(text, locale)).toBe(expected);
  });

  it.each(['America/Los_Angeles', 'Pacific/Kiritimati'])(
    'writes the same day where the clock is in %s',
    (zone) => {
      vi.stubEnv('TZ', zone);
      expect(new Date(0).getTimezoneOffset(), 'the zone must have taken effect').not.toBe(0);
      expect(formatDate('2021-01-01', 'en-GB')).toBe('1 January 2021');
      expect(formatDate('2021', 'en-GB')).toBe('2021');
      expect(formatAnnual('12-31', 'en-GB')).toBe('31 December');
      expect(toUtc('2021-12-31').toISOString()).toBe('2021-12-31T00:00:00.000Z');
    },
  );
});

describe('isAnnual and formatAnnual', () => {
  it.each(['', '08', '13-01', '02-30', '04-31', '8-4', '2021-08-04', '08-04 '])(
    'refuse "%s"',
    (text) => {
      expect(isAnnual(text)).toBe(false);
      expect(() => formatAnnual(text, 'en-GB')).toThrow(RangeError);
    },
  );

  it.each([
    ['08-04', 'en-GB', '4 August'],
    ['02-29', 'en-GB', '29 February'],
    ['08-04', 'fr', '4 août'],
    ['05-01', 'fr', '1er mai'],
    ['08-11', 'fr', '11 août'],
    ['08-04', 'be', '4 жніўня'],
    ['05-21', 'ar', '21 مايو'],
  ])('write %s in %s as "%s"', (text, locale, expected) => {
    expect(isAnnual(text)).toBe(true);
    expect(formatAnnual(text, locale)).toBe(expected);
  });
});

describe('byNewest', () => {
  const sort = (...items: [date: string, tie: string][]) =>
    items
      .map(([date, tie]) => ({ date, tie }))
      .sort(byNewest)
      .map(({ date, tie }) => `${date} ${tie}`);

  it('puts the newest first', () => {
    expect(sort(['2015-08-04', 'a'], ['2021-11-14', 'b'], ['2020-08-09', 'c'])).toEqual([
      '2021-11-14 b',
      '2020-08-09 c',
      '2015-08-04 a',
    ]);
  });

  it('puts a more exact date before the year or month that it is in', () => {
    expect(sort(['2021', 'a'], ['2021-11-14', 'b'], ['2021-11', 'c'], ['2022', 'd'])).toEqual([
      '2022 d',
      '2021-11-14 b',
      '2021-11 c',
      '2021 a',
    ]);
  });

  it('keeps the order of ties in whatever order they come', () => {
    const expected = ['2021 a', '2021 b', '2021 c'];
    expect(sort(['2021', 'b'], ['2021', 'c'], ['2021', 'a'])).toEqual(expected);
    expect(sort(['2021', 'c'], ['2021', 'b'], ['2021', 'a'])).toEqual(expected);
  });
});

describe('another calendar', () => {
  it.each([
    ['fa', '2022', '۱۴۰۰ – ۱۴۰۱'],
    ['fa', '2022-05', '۱۴۰۱ اردیبهشت – ۱۴۰۱ خرداد'],
    ['fa', '2022-05-12', '۲۲ اردیبهشت ۱۴۰۱'],
    ['fa-u-ca-gregory', '2022-05-12', '۱۲ مهٔ ۲۰۲۲'],
    ['fa-u-ca-gregory', '2022', '۲۰۲۲'],
    ['fa-u-ca-gregory-nu-latn', '2022', '2022'],
    ['fa-u-nu-latn', '2022-05-12', '22 اردیبهشت 1401'],
    ['th', '2022', 'พ.ศ. 2565'],
  ])('of %s says %s as exactly as it is known', (locale, date, expected) => {
    expect(formatDate(date, locale)).toBe(expected);
  });

  it.each([
    ['fa', '۱ مه'],
    ['fa-u-nu-latn', '1 مه'],
    ['th', '1 พฤษภาคม'],
    ['en-GB', '1 May'],
  ])('of %s names a day of each year by ours, in which it is one', (locale, expected) => {
    expect(formatAnnual('05-01', locale)).toBe(expected);
  });
});

describe('splitAnnual', () => {
  it('throws on what is no day of each year', () => {
    expect(() => splitAnnual('02-30', 'en')).toThrow(RangeError);
  });

  it.each([
    ['08-04', 'en-GB', '4', 'August'],
    ['08-04', 'be', '4', 'жніўня'],
    ['08-04', 'ru', '4', 'августа'],
    ['05-01', 'fr', '1er', 'mai'],
    ['05-01', 'fa', '۱', 'مه'],
  ])('gives the leaf of %s in %s', (text, locale, day, month) => {
    expect(splitAnnual(text, locale)).toEqual({ day, month });
  });
});
