/**
 * Dates of the content: text as exact as the source, YYYY, YYYY-MM or YYYY-MM-DD. No clock, no time
 * zone.
 */

const shape = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?$/;

/**
 * Whether `text` has one of the three shapes and names a date that exists (2023-02-29 does not).
 */
export function isCalendarDate(text: string): boolean {
  const match = shape.exec(text);
  if (!match) return false;
  const [year, month, dayOfMonth] = [
    Number(match[1]),
    Number(match[2] ?? 1),
    Number(match[3] ?? 1),
  ];
  const date = makeDate(year, month, dayOfMonth);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === dayOfMonth;
}

/** The first moment of a partial date, in UTC. Throws on a text that is no date. */
export function toUtc(text: string): Date {
  const match = shape.exec(text);
  if (!match || !isCalendarDate(text)) throw new RangeError(`not a date: ${text}`);
  return makeDate(Number(match[1]), Number(match[2] ?? 1), Number(match[3] ?? 1));
}

/** The day so many days after another, both YYYY-MM-DD. Throws on a text that is no day. */
export function addDays(day: string, days: number): string {
  const date = toUtc(day);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

/**
 * Whether a partial date is older than a year on a day: a month or a year counts from its first
 * day, since it says no more.
 */
export function isOverAYearOld(date: string, day: string): boolean {
  const yearBefore = `${String(Number(day.slice(0, 4)) - 1).padStart(4, '0')}${day.slice(4)}`;
  return `${date}-01-01`.slice(0, 10) < yearBefore;
}

/** Not Date.UTC, which takes the years 0 to 99 for 1900 to 1999. */
function makeDate(year: number, month: number, dayOfMonth: number): Date {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, dayOfMonth);
  return date;
}

/** The first moment after a partial date: of the next day, month or year. */
export function endOf(text: string): Date {
  const end = toUtc(text);
  if (text.length === 4) end.setUTCFullYear(end.getUTCFullYear() + 1);
  else if (text.length === 7) end.setUTCMonth(end.getUTCMonth() + 1);
  else end.setUTCDate(end.getUTCDate() + 1);
  return end;
}

/**
 * A partial date in words of a language, as exact as it is given: "2021", "November 2021",
 * "14 November 2021". A language that Intl does not know gets English, not what the machine speaks
 * (invariant 2). In another calendar a year or month of ours lies in two: both are named ("۱۴۰۰ –
 * ۱۴۰۱"), since to name the first would be a year too early for most of it.
 * @param locale a language tag; `-u-ca-…` and `-nu-…` choose calendar and digits (RFC 6067)
 */
export function formatDate(text: string, locale: string): string {
  const exact: Intl.DateTimeFormatOptions =
    text.length === 4
      ? { year: 'numeric' }
      : text.length === 7
        ? { year: 'numeric', month: 'long' }
        : { dateStyle: 'long' };
  const formatter = formatterOf(locale, exact);
  const start = toUtc(text);
  if (text.length < 10 && calendarOf(locale) !== 'gregory') {
    const ends = [start, new Date(endOf(text).getTime() - 1)].map((end) => formatter.format(end));
    return [...new Set(ends)].join(' – ');
  }
  return ordinalFirst(formatter.format(start), locale);
}

/** The calendar of a locale, as Intl calls it: `gregory`, `persian`, `buddhist`. */
export const calendarOf = (locale: string): string =>
  formatterOf(locale, { year: 'numeric' }).resolvedOptions().calendar;

/** The year of a locale's calendar in which a day lies, as it writes it. */
export const formatYearOf = (day: Date, locale: string): string =>
  formatterOf(locale, { year: 'numeric' }).format(day);

/**
 * Whether `text` is a day of each year, MM-DD. 2000 is a leap year, so that 29 February is one too.
 */
export const isAnnual = (text: string): boolean =>
  text.length === 5 && isCalendarDate(`2000-${text}`);

/**
 * A day of each year in words: "1 May". It is a day of our calendar whatever that of the language
 * is: in another one it falls on other days from year to year.
 * @throws RangeError on a text that is none
 */
export function formatAnnual(text: string, locale: string): string {
  if (!isAnnual(text)) throw new RangeError(`not a day of each year: ${text}`);
  const exact = { month: 'long', day: 'numeric', calendar: 'gregory' } as const;
  return ordinalFirst(formatterOf(locale, exact).format(toUtc(`2000-${text}`)), locale);
}

/**
 * The same in the two parts of a calendar leaf: the number and the month, in the form that the
 * month has in a date.
 */
export function splitAnnual(text: string, locale: string): { day: string; month: string } {
  if (!isAnnual(text)) throw new RangeError(`not a day of each year: ${text}`);
  const exact = { month: 'long', day: 'numeric', calendar: 'gregory' } as const;
  const parts = formatterOf(locale, exact).formatToParts(toUtc(`2000-${text}`));
  const partOf = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return { day: ordinalFirst(`${partOf('day')} `, locale).trim(), month: partOf('month') };
}

const formatters = new Map<string, Intl.DateTimeFormat>();

/**
 * Making a formatter costs more than all its use on a page: one is kept for each language and
 * exactness.
 */
function formatterOf(locale: string, exact: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${locale} ${Object.keys(exact).join(' ')}`;
  const kept =
    formatters.get(key) ?? new Intl.DateTimeFormat([locale, 'en'], { ...exact, timeZone: 'UTC' });
  formatters.set(key, kept);
  return kept;
}

/** French writes the first day of a month as an ordinal, which CLDR's patterns do not know. */
const ordinalFirst = (date: string, locale: string) =>
  locale.startsWith('fr') ? date.replace(/^1 /, '1er ') : date;

/** Sorts by partial date, newest first; ties keep the order of `tie`. For Array.sort. */
export function byNewest(
  a: { date: string; tie: string },
  b: { date: string; tie: string },
): number {
  return a.date === b.date ? (a.tie < b.tie ? -1 : 1) : a.date < b.date ? 1 : -1;
}
