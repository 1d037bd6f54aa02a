import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { runReader } from './run-reader.ts';
import type { FeedReader, SeenItem } from './feed-reader.ts';

/** Keeps one item an identifier over all its feeds, and shows as new what nobody has opened. */
export const newsboat: FeedReader = {
  name: 'newsboat',
  needs: [{ command: 'newsboat', debian: 'newsboat' }],
  limits: { noJson: 'newsboat 2.21 reads no JSON Feed' },
  start: async (scratch) => {
    const [urls, cache, config] = ['urls', 'cache.db', 'config'].map((name) => join(scratch, name));
    const words = ['-u', urls ?? '', '-c', cache ?? '', '-C', config ?? ''];
    writeFileSync(config ?? '', 'cleanup-on-quit no\n');
    const version = await runReader('newsboat', ['-v'], scratch);
    const isNew = 'FROM rss_item WHERE unread = 1 AND deleted = 0';
    return {
      version: /newsboat \S+/i.exec(version)?.[0] ?? 'newsboat',
      subscribe: async (addresses) => writeFileSync(urls ?? '', `${addresses.join('\n')}\n`),
      fetch: async () => void (await runReader('newsboat', [...words, '-x', 'reload'], scratch)),
      takeNew: async () => {
        const database = new DatabaseSync(cache ?? '');
        try {
          const items = database.prepare(`SELECT guid AS id, url AS link ${isNew}`).all();
          database.exec('UPDATE rss_item SET unread = 0');
          return items.map(({ id, link }): SeenItem => ({ id: String(id), link: String(link) }));
        } finally {
          database.close();
        }
      },
    };
  },
};
