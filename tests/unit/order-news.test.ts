import { describe, expect, test } from 'vitest';
import { eventsBefore, orderNews } from '../../src/lib/order-news.ts';

const update = (slug: string, date: string, state = 'live') => ({
  entry: { data: { slug, date, state } },
});
const event = (id: string, date: string, of?: string) => ({ id, data: { date, update: of } });
const namesOf = (news: ReturnType<typeof orderNews>) =>
  news.map((item) => (item.kind === 'update' ? item.text.entry.data.slug : item.event.id));

describe('news', () => {
  test('leave out an event that a live update reports, and keep one of a record or of none', () => {
    const updates = [update('2024/rain', '2024-05-02'), update('2021/digest', '2021', 'archived')];
    const events = [
      event('rain', '2024-05-01', '2024/rain'),
      event('storm', '2021-03', '2021/digest'),
      event('hail', '2023'),
    ];
    expect(namesOf(orderNews(updates, events))).toEqual(['2024/rain', 'hail', 'storm']);
  });

  test('are newest first, whatever they are, and in one order on one day', () => {
    const updates = [update('2024/rain', '2024-05'), update('2024/wind', '2024-05-02')];
    const events = [event('b', '2024-05-02'), event('a', '2024-05-02'), event('c', '2024-06')];
    expect(namesOf(orderNews(updates, events))).toEqual([
      ...['c', '2024/wind', 'a', 'b', '2024/rain'],
    ]);
    expect(namesOf(orderNews(updates.toReversed(), events.toReversed()))).toEqual(
      namesOf(orderNews(updates, events)),
    );
  });

  test('have before their first update what no list of updates has, and nothing after it', () => {
    const events = [event('a', '2025'), event('b', '2023')];
    const ids = (updates: ReturnType<typeof update>[]) =>
      eventsBefore(orderNews(updates, events)).map(({ id }) => id);
    expect(ids([])).toEqual(['a', 'b']);
    expect(ids([update('2024/rain', '2024')])).toEqual(['a']);
    expect(ids([update('2026/rain', '2026')])).toEqual([]);
  });
});
