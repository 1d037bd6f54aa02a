import { calendarOf, endOf, isCalendarDate, toUtc } from '../../kit/core/text/dates.ts';
import {
  collectNumerals,
  diffLists,
  listNumerals,
  toAsciiDigits,
} from '../../kit/core/text/plain-characters.ts';
import type { Site } from '../schema/site.ts';
import { escapePattern } from './escape-pattern.ts';

/** A text with the locale by which its language sets dates and numbers. */
export interface SpokenText {
  text: string;
  locale: string;
}

/** The locale of a language of a campaign. */
export const localeIn = ({ languages }: Pick<Site, 'languages'>, tag: string): string =>
  languages.find((language) => language.tag === tag)?.locale ?? tag;

/**
 * The numbers of two texts that the other one has not, by value: digits of any script, whatever
 * parts thousands, and days of two calendars. "12 May 2022" and "۲۲ اردیبهشت ۱۴۰۱" are the same
 * day, though no number of the one is in the other.
 * @param options.counted whether a number has to be there as often in both
 */
export function compareNumbers(
  a: SpokenText,
  b: SpokenText,
  { counted }: { counted: boolean },
): { onlyA: string[]; onlyB: string[] } {
  const [restA, restB] = takeOutDates(a, b);
  const list = counted ? listNumerals : collectNumerals;
  return diffLists(list(restA), list(restB));
}

/**
 * Both texts without the dates that both have. Only one of two calendars may be another than ours.
 */
function takeOutDates(a: SpokenText, b: SpokenText): [string, string] {
  const [ofA, ofB] = [calendarOf(a.locale), calendarOf(b.locale)];
  if (ofA === ofB) return [a.text, b.text];
  if (ofA === 'gregory') return takeOut(a, b);
  if (ofB !== 'gregory') return [a.text, b.text];
  const [restB, restA] = takeOut(b, a);
  return [restA, restB];
}

function takeOut(ours: SpokenText, other: SpokenText): [string, string] {
  let [rest, restOfOther] = [plain(ours.text), plain(other.text)];
  for (const { written, date } of findDates(rest, ours.locale)) {
    const form = patternOf(date, other.locale);
    if (!rest.includes(written) || !form.test(restOfOther)) continue;
    rest = rest.replace(wholeWord(escapePattern(written)), '');
    restOfOther = restOfOther.replace(form, '');
  }
  return [rest, restOfOther];
}

/**
 * Dates of a text in our calendar, as it writes them: days first, then months, then years alone.
 */
function findDates(text: string, locale: string): { written: string; date: string }[] {
  const names = listMonths(locale);
  const [day, month, year] = [
    String.raw`(?<day>\d{1,2})(?:\.|er)?`,
    `(?<month>${[...names.keys()].map(escapePattern).join('|')})`,
    String.raw`(?<year>(?:1[5-9]|20|21)\d\d)`,
  ];
  const forms = [`${day} (?:de )?${month},? (?:de )?${year}`, `${month} ${day},? ${year}`];
  return [...forms, `${month},? (?:de )?${year}`, year].flatMap((form) =>
    [...text.matchAll(wholeWord(form, 'giu'))].flatMap(({ 0: written, groups = {} }) => {
      const number = groups['month'] && names.get(groups['month'].toLowerCase());
      const date = [groups['year'], number, groups['day']?.padStart(2, '0')]
        .filter((part) => part !== undefined)
        .join('-');
      return isCalendarDate(date) ? [{ written, date }] : [];
    }),
  );
}

/** The months of a language, in lower case, with their number: alone, and next to a day. */
function listMonths(locale: string): Map<string, string> {
  const names = new Map<string, string>();
  for (const options of [{ month: 'long' }, { month: 'long', day: 'numeric' }] as const)
    for (let month = 1; month <= 12; month++) {
      const number = String(month).padStart(2, '0');
      const name = partsOf(toUtc(`2021-${number}-02`), locale, options).month;
      if (name) names.set(plain(name).toLowerCase(), number);
    }
  return names;
}

/**
 * A date as another calendar writes it. A year of ours lies in two, a month too: each of them is
 * it.
 */
function patternOf(date: string, locale: string): RegExp {
  const ends = [toUtc(date), new Date(endOf(date).getTime() - 1)];
  const options = [{}, { month: 'long' }, { month: 'long', day: 'numeric' }] as const;
  const exact = { year: 'numeric', ...options[date.split('-').length - 1] } as const;
  const forms = ends.flatMap((end) => {
    const { year = '', month, day } = partsOf(end, locale, exact);
    if (month === undefined) return [year];
    return day === undefined
      ? [`${month},? ${year}`, `${year} ${month}`]
      : [`${day}\\.? ${month},? ${year}`, `${month} ${day},? ${year}`, `${year} ${month} ${day}`];
  });
  return wholeWord([...new Set(forms)].join('|'), 'iu');
}

function partsOf(
  day: Date,
  locale: string,
  options: Intl.DateTimeFormatOptions,
): Partial<Record<'day' | 'month' | 'year', string>> {
  const formatter = new Intl.DateTimeFormat([locale, 'en'], { ...options, timeZone: 'UTC' });
  const parts = formatter.formatToParts(day);
  return Object.fromEntries(
    parts.map(({ type, value }) => [
      (type as string) === 'relatedYear' ? 'year' : type,
      escapePattern(plain(value)),
    ]),
  );
}

const plain = (text: string): string =>
  toAsciiDigits(text)
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/\s+/g, ' ');

/** A pattern between words: 1 May 2022 is not in 11 May 2022. */
const wholeWord = (pattern: string, flags = 'u'): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${pattern})(?![\\p{L}\\p{N}])`, flags);
