import { getCollection, type CollectionEntry } from 'astro:content';
import { byNewest } from '../kit/core/text/dates.ts';
import { site } from './campaign.ts';

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

const voices = new Map((await getCollection('voices')).map((entry) => [entry.id, entry]));

/** A voice that a text or `site.yaml` names: the loader has checked that it exists. */
export function voiceOf(id: string): CollectionEntry<'voices'> {
  const entry = voices.get(id);
  if (!entry) throw new Error(`No voice "${id}", and the loader let it pass.`);
  return entry;
}

/** A figure that a leaflet names: the loader has checked that it exists. */
export function figureOf(id: string): CollectionEntry<'figures'> {
  const entry = figures.find((figure) => figure.id === id);
  if (!entry) throw new Error(`No figure "${id}", and the loader let it pass.`);
  return entry;
}

/** The newest number of a figure. */
export function newestOf({ data }: CollectionEntry<'figures'>) {
  const [first, ...others] = data.points;
  if (!first) throw new Error('A figure without a number, and the loader let it pass.');
  return others.reduce((newest, point) => (point.date > newest.date ? point : newest), first);
}

/** The campaign's day, if it names one. */
export const ownDay = days.find(({ id }) => id === site.day);

/** What happened last, as far as is known. */
export const newestEvents = newestFirst('event');
