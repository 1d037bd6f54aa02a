import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runReader } from './run-reader.ts';
import type { FeedReader, SeenItem } from './feed-reader.ts';

/** Sends one mail an identifier, here into a folder. It reads feeds with Python's feedparser. */
export const rss2email: FeedReader = {
  name: 'rss2email',
  needs: [{ command: 'r2e', debian: 'rss2email' }],
  limits: { noJson: 'feedparser 6.0 reads no JSON Feed' },
  start: async (scratch) => {
    const [settings, data, mails] = ['r2e.cfg', 'r2e.json', 'mails'].map((name) =>
      join(scratch, name),
    ) as [string, string, string];
    const words = ['-c', settings, '-d', data];
    const version = await runReader('r2e', ['--version'], scratch);
    mkdirSync(mails);
    const inbox = join(mails, 'inbox', 'new');
    return {
      version: version.trim(),
      subscribe: async (addresses) => {
        const common = [
          '[DEFAULT]',
          'to = reader@example.invalid',
          'from = feed@example.invalid',
          'email-protocol = maildir',
          `maildir-path = ${mails}`,
          'maildir-mailbox = inbox',
          'same-server-fetch-interval = 0',
        ];
        const feeds = addresses.flatMap((url, index) => [`[feed.feed-${index}]`, `url = ${url}`]);
        writeFileSync(settings, `${[...common, ...feeds].join('\n')}\n`);
      },
      fetch: async () => void (await runReader('r2e', [...words, 'run'], scratch)),
      takeNew: async () => {
        const files = existsSync(inbox) ? readdirSync(inbox) : [];
        return files.map((file): SeenItem => {
          const mail = readFileSync(join(inbox, file), 'utf8');
          rmSync(join(inbox, file));
          const header = (name: string) =>
            new RegExp(`^${name}: *([^\\n]*(?:\\n[ \\t][^\\n]*)*)`, 'm')
              .exec(mail)?.[1]
              ?.replace(/\s+/g, '') ?? '';
          return { id: header('X-RSS-ID'), link: header('X-RSS-URL') };
        });
      },
    };
  },
};
