import ICAL from 'ical.js';
import { sync as nodeIcal } from 'node-ical';
import { describe, expect, test } from 'vitest';
import { foldLine, printCalendar, type YearlyCalendar } from '../../src/lib/icalendar.ts';

const calendar: YearlyCalendar = {
  product: '-//Vyrai//garden//EN',
  name: 'Garden week',
  about: 'About gardens; not in the shed, ever.',
  language: 'en',
  day: '2026-11-28',
  days: [
    {
      uid: 'a6b8c0de-0000-5000-8000-000000000001',
      annual: '05-01',
      title: {
        words: 'Тыдзень саду: мята, ружы; і \\ ўсё, што расце пад ясным небам над намі',
        language: 'be',
      },
      text: { words: 'First line, with a comma;\nsecond line\\third', language: 'en' },
      version: 3,
    },
    {
      uid: 'a6b8c0de-0000-5000-8000-000000000002',
      annual: '02-29',
      title: { words: 'Leap day', language: 'en' },
      text: { words: '🌱'.repeat(40), language: 'en' },
      version: 1,
    },
  ],
};
const printed = printCalendar(calendar);

describe('a line', () => {
  test.each([
    ['of 75 octets stays whole', 'a'.repeat(75), ['a'.repeat(75)]],
    ['of 76 octets is cut', 'a'.repeat(76), ['a'.repeat(75), ' a']],
    ['is cut again after 74 more', 'a'.repeat(150), ['a'.repeat(75), ` ${'a'.repeat(74)}`, ' a']],
    ['is cut before a letter of two octets', `${'a'.repeat(74)}ў`, ['a'.repeat(74), ' ў']],
    ['is cut before a character of four octets', `${'a'.repeat(72)}🌱`, ['a'.repeat(72), ' 🌱']],
  ])('%s', (_, line, expected) => {
    expect(foldLine(line).split('\r\n')).toEqual(expected);
  });
});

describe('a calendar', () => {
  test('refuses a day that the year does not have', () => {
    const [first] = calendar.days;
    expect(() => printCalendar({ ...calendar, days: [{ ...first!, annual: '02-30' }] })).toThrow(
      RangeError,
    );
  });

  test('has lines of at most 75 octets, all ended by CR and LF, and no reminder', () => {
    expect(printed.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(printed.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    const lengths = printed.split('\r\n').map((line) => Buffer.byteLength(line));
    expect(Math.max(...lengths)).toBe(75);
    expect(printed).not.toMatch(/VALARM|�/);
  });

  test('has the bytes that it always had', () => {
    expect(printed.split('\r\n').slice(0, 16)).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Vyrai//garden//EN',
      'CALSCALE:GREGORIAN',
      'X-WR-CALNAME:Garden week',
      'NAME;LANGUAGE=en:Garden week',
      'X-WR-CALDESC:About gardens\\; not in the shed\\, ever.',
      'BEGIN:VEVENT',
      'UID:a6b8c0de-0000-5000-8000-000000000001',
      'DTSTAMP:20261128T000000Z',
      'SEQUENCE:2',
      'DTSTART;VALUE=DATE:20260501',
      'RRULE:FREQ=YEARLY',
      'TRANSP:TRANSPARENT',
      'SUMMARY;LANGUAGE=be:Тыдзень саду: мята\\, ружы\\; і \\\\ ў',
      ' сё\\, што расце пад ясным небам над намі',
    ]);
  });

  test('is to ical.js what was put in', () => {
    const parsed = new ICAL.Component(ICAL.parse(printed) as unknown[]);
    const events = parsed
      .getAllSubcomponents('vevent')
      .map((component) => new ICAL.Event(component));
    expect(
      events.map(({ uid, summary, description, startDate, sequence }) => ({
        uid,
        summary,
        description,
        start: startDate.toString(),
        sequence,
      })),
    ).toEqual(
      calendar.days.map(({ uid, title, text, version }, index) => ({
        uid,
        summary: title.words,
        description: text.words,
        start: ['2026-05-01', '2024-02-29'][index],
        sequence: version - 1,
      })),
    );
    const next = events.map((event) => {
      const days = event.iterator();
      return [days.next(), days.next()].map(String);
    });
    expect(next).toEqual([
      ['2026-05-01', '2027-05-01'],
      ['2024-02-29', '2028-02-29'],
    ]);
  });

  test('is to node-ical what was put in', () => {
    const events = Object.values(nodeIcal.parseICS(printed)).flatMap((part) =>
      part?.type === 'VEVENT' ? [part] : [],
    );
    const wordsOf = (value: unknown) =>
      typeof value === 'object' && value !== null && 'val' in value ? value.val : value;
    expect(
      events.map(({ uid, summary, description, datetype }) => [
        uid,
        wordsOf(summary),
        wordsOf(description),
        datetype,
      ]),
    ).toEqual(calendar.days.map(({ uid, title, text }) => [uid, title.words, text.words, 'date']));
  });
});
