import { getCollection, type CollectionEntry } from 'astro:content';
import { byNewest } from '../kit/core/text/dates.ts';

export type DateEntry = CollectionEntry<'dates'>;

const dates = await getCollection('dates');
const newestFirst = (...kinds: DateEntry['data']['kind'][]) =>
  dates
    .filter(({ data }) => kinds.includes(data.kind))
    .sort((a, b) =>
      byNewest({ date: a.data.date ?? '', tie: a.id }, { date: b.data.date ?? '', tie: b.id }),
    );

/** Days of each year, from January on. */
export const days = dates
  .filter(({ data }) => data.kind === 'day')
  .sort((a, b) => ((a.data.annual ?? '') < (b.data.annual ?? '') ? -1 : 1));
export const occurrences = newestFirst('edition');
/** Events and occurrences of a day: the timeline reads forward. */
export const timeline = newestFirst('edition', 'event').reverse();
/** What an update reports, the first of it first. */
export const reportedIn = (update: string) => timeline.filter(({ data }) => data.update === update);

export const figures = (await getCollection('figures')).sort(
  (a, b) => a.data.order - b.data.order || (a.id < b.id ? -1 : 1),
);
export const mirrors = (await getCollection('mirrors')).sort((a, b) => (a.id < b.id ? -1 : 1));
