import { eventsBefore, orderNews, type NewsItem as Item } from '../lib/order-news.ts';
import { site } from './campaign.ts';
import { newestEvents, type DateEntry } from './facts.ts';
import { updatePages, type TextPage, type UpdateEntry } from './texts.ts';

export type NewsItem = Item<TextPage<UpdateEntry>, DateEntry>;

const news = new Map(
  site.languages.map(({ tag }) => [tag, orderNews(updatePages(tag), newestEvents)]),
);

/** An update in a list of news. */
export const asNews = (text: TextPage<UpdateEntry>): NewsItem => ({
  kind: 'update',
  date: text.entry.data.date,
  text,
});

/** The newest things that happened, in the words of a language. */
export const newestNews = (tag: string, count: number): NewsItem[] =>
  (news.get(tag) ?? []).slice(0, count);

/** Events since the newest update, which a list of updates would be without. */
export const eventsSinceUpdates = (tag: string): DateEntry[] => eventsBefore(news.get(tag) ?? []);
