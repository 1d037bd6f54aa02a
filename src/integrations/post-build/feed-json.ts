import { generateJsonFeed } from 'feedsmith';
import { toUtc } from '../../kit/core/text/dates.ts';
import { homePage } from '../../lib/paths.ts';
import {
  aboutDocument,
  idOfItem,
  linkFrom,
  pathOfDocument,
  type Channel,
  type FeedDocument,
} from './feed-channel.ts';

/** JSON Feed 1.1: the same items as in RSS and Atom, with links as in Atom. */
export function printJsonFeed(channel: Channel, document: FeedDocument): string {
  const { language } = channel;
  const { items, archive, older } = document;
  const own = pathOfDocument(channel, archive, 'json');
  const leadTo = (path: string): string => linkFrom(channel, own, path);
  const feed = generateJsonFeed(
    {
      title: channel.title,
      home_page_url: leadTo(`${language}/${homePage}`),
      feed_url: leadTo(own),
      description: aboutDocument(channel, document),
      language,
      authors: [{ name: channel.title }],
      ...(older !== undefined && { next_url: leadTo(pathOfDocument(channel, older, 'json')) }),
      items: items.map((item) => ({
        id: idOfItem(channel, item, 'json'),
        ...(item.path !== undefined && { url: leadTo(item.path) }),
        title: item.title,
        summary: item.description,
        content_html: item.html,
        date_published: toUtc(item.published),
        date_modified: toUtc(item.updated),
        ...(item.subjects.length > 0 && { tags: item.subjects.map(({ name }) => name) }),
        ...(item.author !== undefined && { authors: [{ name: item.author }] }),
        ...(item.language !== language && { language: item.language }),
      })),
    },
    { strict: true },
  );
  return `${JSON.stringify(feed)}\n`;
}
