import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runReader } from './run-reader.ts';
import type { FeedReader, SeenItem } from './feed-reader.ts';

/** A shell script that sorts lines: items are the same if identifier, title and link are. */
export const sfeed: FeedReader = {
  name: 'sfeed',
  needs: [
    { command: 'sfeed_update', debian: 'sfeed' },
    { command: 'curl', debian: 'curl' },
    { command: 'dpkg-query', debian: 'dpkg' },
  ],
  limits: {
    noJson: 'sfeed writes JSON Feed and reads none',
    atomMoved:
      'to sfeed an item with another link is another item, and relative links move with the feed',
  },
  start: async (scratch) => {
    const settings = join(scratch, 'sfeedrc');
    let names: string[] = [];
    let seen = new Set<string>();
    const version = await runReader('dpkg-query', ['-W', '-f=${Version}', 'sfeed'], scratch);
    const readLines = () =>
      names.flatMap((name) => {
        const file = join(scratch, name);
        return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
      });
    return {
      version: `sfeed ${version.trim()}`,
      subscribe: async (addresses) => {
        names = addresses.map((_, index) => `feed-${index}`);
        const feeds = addresses.map((address, index) => `feed "feed-${index}" "${address}"`);
        writeFileSync(settings, `sfeedpath="${scratch}"\nfeeds() {\n${feeds.join('\n')}\n}\n`);
      },
      fetch: async () => void (await runReader('sfeed_update', [settings], scratch)),
      takeNew: async () => {
        const lines = readLines();
        // Its own key: identifier, link, title.
        const keyOf = (line: string) => [5, 2, 1].map((at) => line.split('\t')[at]).join('\t');
        const added = lines.filter((line) => !seen.has(keyOf(line)));
        seen = new Set(lines.map(keyOf));
        return added.map((line): SeenItem => {
          const fields = line.split('\t');
          return { id: fields[5] ?? '', link: fields[2] ?? '' };
        });
      },
    };
  },
};
