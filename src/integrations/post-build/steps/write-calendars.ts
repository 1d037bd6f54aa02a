import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Records } from '../../../campaign/read-campaign.ts';
import { printCalendar } from '../../../lib/icalendar.ts';
import { makeUrn } from '../../../lib/identifiers.ts';
import { calendar } from '../../../lib/paths.ts';
import type { Dist } from '../dist.ts';
import { describeChannel } from '../feed-channel.ts';
import type { LanguageContext } from '../feed-source.ts';

/** Days of each year, from January on. */
const listDays = ({ entries }: Records) =>
  entries.dates
    .flatMap(({ slug, data }) =>
      data.kind === 'day' && data.annual !== undefined
        ? [{ slug, ...data, annual: data.annual }]
        : [],
    )
    .sort((a, b) => (`${a.annual} ${a.slug}` < `${b.annual} ${b.slug}` ? -1 : 1));

/** Paths of the calendars of a campaign; without days it has none. */
export const calendarPaths = (records: Records): string[] =>
  listDays(records).length === 0
    ? []
    : records.site.languages.map(({ tag }) => `${tag}/${calendar.file}`);

/** Writes a calendar a language, with the days of each year, what they mark and on what that rests. */
export function writeCalendars({ folder }: Dist, contexts: readonly LanguageContext[]): void {
  for (const context of contexts) {
    const days = listDays(context.records);
    if (days.length > 0)
      writeFileSync(
        join(folder, context.language.tag, calendar.file),
        printCalendar(describeCalendar(context, days)),
      );
  }
}

function describeCalendar(
  context: LanguageContext,
  days: ReturnType<typeof listDays>,
): Parameters<typeof printCalendar>[0] {
  const { records, strings, localize, say, date } = context;
  const { site, day } = records;
  const { tag } = context.language;
  const { title: name, about, position } = describeChannel(context);
  return {
    product: `-//Vyrai//${site.id}//${tag.toUpperCase()}`,
    name,
    about: `${about} ${position}`,
    language: tag,
    day,
    days: days.map(({ slug, annual, title, text, version, sources }) => ({
      // Of its language: who keeps two calendars keeps two, and neither overwrites the other.
      uid: makeUrn(`${site.id}/${tag}/dates/${slug} calendar`).slice('urn:uuid:'.length),
      annual,
      title: { words: say(title), language: localize(title).language ?? tag },
      text: {
        words: [
          say(text),
          '',
          strings.page.sources,
          ...sources.map((source) => {
            const from = source.date === undefined ? '' : ` (${date(source.date)})`;
            return `${say(source.name)}${from}`;
          }),
        ].join('\n'),
        language: localize(text).language ?? tag,
      },
      version,
    })),
  };
}
