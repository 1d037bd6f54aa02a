import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ICAL from 'ical.js';
import { describe, expect, inject, test } from 'vitest';
import { languages } from '../helpers/campaign.ts';
import { attribute, readSite, text, withPlainSpaces } from '../helpers/site.ts';

const site = inject('defaultSite');
const garden = inject('gardenSite');

/** The events of a calendar, as ical.js has them. */
function readEvents(folder: string, tag: string): ICAL.Event[] {
  const parsed = ICAL.parse(readFileSync(join(folder, tag, 'calendar.ics'), 'utf8')) as unknown[];
  return new ICAL.Component(parsed)
    .getAllSubcomponents('vevent')
    .map((component) => new ICAL.Event(component));
}

describe.each(languages)('the calendar in %s', (tag) => {
  const events = readEvents(site, tag);

  test('has each day that the page of the Day has, under the same title', () => {
    const { elements } = readSite(site).find(({ path }) => path === `${tag}/day.html`)!;
    const titles = elements
      .filter((element) => /^(?:own )?day\b/.test(attribute(element, 'class') ?? ''))
      .flatMap((element) => element.childNodes)
      .flatMap((node) => ('tagName' in node && node.tagName === 'div' ? node.childNodes : []))
      .flatMap((node) =>
        'tagName' in node && node.tagName === 'h3' ? [withPlainSpaces(text(node))] : [],
      );
    const summaries = events.map(({ summary }) => withPlainSpaces(summary));
    expect(titles.length).toBeGreaterThan(4);
    expect(summaries).toEqual(expect.arrayContaining(titles));
    expect(events).toHaveLength(titles.length + 1); // the campaign's own day is the page's title
  });

  test('says what each day rests on, and comes each year from that of the edition on', () => {
    for (const event of events) {
      expect(event.description, event.summary).toMatch(/^.{40,}\n\n\p{L}+\n.{10,}/su);
      expect(String(event.startDate), event.summary).toMatch(/^2026-\d\d-\d\d$/);
      expect(event.isRecurring(), event.summary).toBe(true);
    }
  });
});

test('no day of two languages has one identifier, so that who keeps both has both', () => {
  const ids = languages.flatMap((tag) => readEvents(site, tag).map(({ uid }) => uid));
  expect(ids.length).toBeGreaterThan(20);
  expect(new Set(ids).size).toBe(ids.length);
});

test('a day keeps its identifier for ever, and says the language in which its words are', () => {
  const [week] = readEvents(garden, 'ar');
  expect(week?.uid).toBe('e20c97b2-0645-59f0-824f-1678eae755d0');
  expect(week?.summary).toBe('بداية أسبوع الحديقة');
  expect(week?.component.getFirstProperty('summary')?.getParameter('language')).toBe('ar');
  expect(week?.component.getFirstProperty('description')?.getParameter('language')).toBe('en');
});
