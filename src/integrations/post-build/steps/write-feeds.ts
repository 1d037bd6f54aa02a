import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Site } from '../../../campaign/schema/site.ts';
import { feedList, feeds } from '../../../lib/paths.ts';
import type { Dist } from '../dist.ts';
import { cutArchives, listHistory } from '../feed-archives.ts';
import { describeChannel, pathOfDocument, type FeedDocument } from '../feed-channel.ts';
import { collectArchive, collectItems } from '../feed-items.ts';
import { printJsonFeed } from '../feed-json.ts';
import type { LanguageContext } from '../feed-source.ts';
import { printAtom, printFeedList, printRss } from '../feed-xml.ts';

/** Paths of all feeds, and of their list. */
export const feedPaths = ({ languages, canonical }: Site): string[] => [
  ...languages.flatMap(({ tag }) => Object.values(feeds).map(({ file }) => `${tag}/${file}`)),
  ...(canonical === undefined ? [] : [feedList.file]),
];

/**
 * Writes three feeds a language, RSS and Atom with the full text of each item, so that they are
 * enough where the site is blocked, and the archive documents with what is older than the feeds go
 * back. Identifiers name no host, so every mirror's feed has the same ones.
 * @param contexts of all languages
 */
export async function writeFeeds(
  { folder, site: { canonical } }: Dist,
  contexts: readonly LanguageContext[],
): Promise<void> {
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const described = contexts.map((context) => ({ context, channel: describeChannel(context) }));
  if (canonical !== undefined) {
    const channels = described.map(({ channel }) => channel);
    write(feedList.file, printFeedList(channels, canonical));
  }
  for (const { context, channel } of described) {
    const { language } = channel;
    const history = listHistory(context, language);
    const archives = cutArchives(history);
    const newest: FeedDocument = {
      items: collectItems(context, history),
      archive: undefined,
      older: archives.length || undefined,
    };
    write(`${language}/${feeds.rss.file}`, await printRss(channel, newest.items));
    const documents = [
      newest,
      ...archives.map((texts, index): FeedDocument => ({
        items: collectArchive(context, texts),
        archive: index + 1,
        older: index || undefined,
      })),
    ];
    for (const document of documents) {
      write(pathOfDocument(channel, document.archive, 'atom'), printAtom(channel, document));
      write(pathOfDocument(channel, document.archive, 'json'), printJsonFeed(channel, document));
    }
  }
}
