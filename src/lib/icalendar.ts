import { isAnnual } from '../kit/core/text/dates.ts';

/** Words with their language, which may be that of an original. */
interface SpokenWords {
  words: string;
  language: string;
}

/** A day of each year as programs for calendars have it. */
export interface YearlyDay {
  /** The same for ever, and nowhere else (RFC 5545, 3.8.4.7). */
  uid: string;
  /** MM-DD. */
  annual: string;
  title: SpokenWords;
  text: SpokenWords;
  /** Raised with each change of meaning, from 1. */
  version: number;
}

/** What a calendar says of itself. */
export interface YearlyCalendar {
  /** The program that has made it, as programs name themselves there (3.7.3). */
  product: string;
  name: string;
  about: string;
  language: string;
  /** YYYY-MM-DD: for which day it speaks. The days begin in this year. */
  day: string;
  days: readonly YearlyDay[];
}

/**
 * A calendar (RFC 5545) of whole days that come each year, without reminders: those show words of
 * the campaign on a screen when somebody else may look.
 * @throws RangeError for a day that the calendar does not have
 */
export const printCalendar = (calendar: YearlyCalendar): string =>
  [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    `PRODID:${escapeText(calendar.product)}`,
    'CALSCALE:GREGORIAN',
    // Apple's names; RFC 7986 calls them NAME and DESCRIPTION. Programs know one or the other.
    `X-WR-CALNAME:${escapeText(calendar.name)}`,
    `NAME;LANGUAGE=${calendar.language}:${escapeText(calendar.name)}`,
    `X-WR-CALDESC:${escapeText(calendar.about)}`,
    ...calendar.days.flatMap((day) => listLines(day, calendar.day)),
    'END:VCALENDAR',
  ]
    .map((line) => `${foldLine(line)}\r\n`)
    .join('');

const listLines = (event: YearlyDay, day: string): string[] => [
  'BEGIN:VEVENT',
  `UID:${event.uid}`,
  `DTSTAMP:${day.replaceAll('-', '')}T000000Z`,
  `SEQUENCE:${event.version - 1}`,
  `DTSTART;VALUE=DATE:${firstDay(event.annual, Number(day.slice(0, 4)))}`,
  `RRULE:FREQ=YEARLY${event.annual === leapDay ? ';BYMONTH=2;BYMONTHDAY=29' : ''}`,
  'TRANSP:TRANSPARENT',
  printSpoken('SUMMARY', event.title),
  printSpoken('DESCRIPTION', event.text),
  'END:VEVENT',
];

const printSpoken = (property: string, { words, language }: SpokenWords): string =>
  `${property};LANGUAGE=${language}:${escapeText(words)}`;

/**
 * Without its month and day in the rule, ical.js (Thunderbird) puts it on 1 March of other years.
 */
const leapDay = '02-29';

/** The day in a year; 29 February in the last leap year. */
function firstDay(annual: string, year: number): string {
  if (!isAnnual(annual)) throw new RangeError(`not a day of each year: ${annual}`);
  const isLeap = (of: number) => (of % 4 === 0 && of % 100 !== 0) || of % 400 === 0;
  let first = year;
  while (annual === leapDay && !isLeap(first)) first--;
  return `${first}${annual.replace('-', '')}`;
}

/** A text as a value (3.3.11): what separates values or ends a line is written with a backslash. */
const escapeText = (text: string): string =>
  text.replace(/[\\;,]/g, '\\$&').replace(/\r\n|\r|\n/g, '\\n');

/** Octets of a line without its end (3.1). */
const maxOctets = 75;

/**
 * Cuts a line into lines of at most 75 octets, each but the first after a space (3.1). The standard
 * allows a cut within a character; programs that decode line by line would lose its letter.
 */
export function foldLine(line: string): string {
  const lines = [''];
  let octets = 0;
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > maxOctets) {
      lines.push(' ');
      octets = 1;
    }
    lines[lines.length - 1] += character;
    octets += size;
  }
  return lines.join('\r\n');
}
