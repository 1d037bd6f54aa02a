import { byNewest } from '../kit/core/text/dates.ts';

/** An update, as far as news have to know it. */
export interface UpdateLike {
  readonly data: { readonly slug: string; readonly date: string; readonly state: string };
}

/** An event of the timeline, as far as news have to know it. */
export interface EventLike {
  readonly id: string;
  readonly data: { readonly date?: string | undefined; readonly update?: string | undefined };
}

/** Something that happened: an update, or an event of the timeline that none reports. */
export type NewsItem<U, E> =
  | { readonly kind: 'update'; readonly date: string; readonly text: U }
  | { readonly kind: 'event'; readonly date: string; readonly event: E };

/**
 * What happened, newest first, each thing once: an event that a live update reports is left to it.
 * Updates that are only kept as a record are no news, so that their events stay.
 * @param updates those of a language's list, which may be in the words of another one
 */
export function orderNews<U extends { entry: UpdateLike }, E extends EventLike>(
  updates: readonly U[],
  events: readonly E[],
): NewsItem<U, E>[] {
  const live = updates.filter(({ entry }) => entry.data.state === 'live');
  const reporting = new Set(live.map(({ entry }) => entry.data.slug));
  const unreported = events.filter(
    ({ data }) => data.update === undefined || !reporting.has(data.update),
  );
  const all: { tie: string; date: string; item: NewsItem<U, E> }[] = [
    ...live.map((text) => {
      const { slug, date } = text.entry.data;
      return { tie: slug, date, item: { kind: 'update', date, text } as const };
    }),
    ...unreported.map((event) => {
      const date = event.data.date ?? '';
      return { tie: event.id, date, item: { kind: 'event', date, event } as const };
    }),
  ];
  return all.sort(byNewest).map(({ item }) => item);
}

/** The events before the first update: all of them where there is no update. */
export function eventsBefore<U, E>(news: readonly NewsItem<U, E>[]): E[] {
  const first = news.findIndex(({ kind }) => kind === 'update');
  return (first < 0 ? news : news.slice(0, first)).flatMap((item) =>
    item.kind === 'event' ? [item.event] : [],
  );
}
