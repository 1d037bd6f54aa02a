import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { mapInOrder } from './oracle/map-in-order.ts';
import { checkReader, readerColumns, type TwoEditions } from './readers/check-reader.ts';
import type { FeedReader } from './readers/feed-reader.ts';
import { takeBack } from './readers/feed-text.ts';
import { liferea } from './readers/liferea.ts';
import { newsboat } from './readers/newsboat.ts';
import { rss2email } from './readers/rss2email.ts';
import { sfeed } from './readers/sfeed.ts';
import type { Table } from './report.ts';
import { runRow } from './run-row.ts';
import { decode, type StaticSite } from './site.ts';

/** Programs by which people follow the site, in the order of the table. */
export const allReaders: readonly FeedReader[] = [newsboat, sfeed, rss2email, liferea];

/** What the newest edition has more than the one before, as far as a single folder can show it. */
const maxNews = 4;

/** The feeds of a site, and those of an edition before it; undefined where it has none. */
export function makeTwoEditions({ files }: StaticSite): TwoEditions | undefined {
  const path = [...files.keys()].find((file) => file.endsWith('/feed.atom.xml'));
  const atom = path && files.get(path);
  const rss = path && files.get(path.replace('feed.atom.xml', 'feed.xml'));
  const json = path && files.get(path.replace('feed.atom.xml', 'feed.json'));
  if (!atom || !rss || !json) return undefined;
  const next = { rss: decode(rss), atom: decode(atom), json: decode(json) };
  const first = {
    rss: takeBack(next.rss, maxNews),
    atom: takeBack(next.atom, maxNews),
    json: takeBack(next.json, maxNews),
  };
  return { first, next };
}

/** Follows the feeds of a site with each reader, over two editions and two mirrors. */
export async function runReaders(
  readers: readonly FeedReader[],
  site: StaticSite,
  scratch: string,
  report: (line: string) => void,
): Promise<Table | undefined> {
  const editions = makeTwoEditions(site);
  if (!editions || readers.length === 0) return undefined;
  // Two at a time: Liferea waits for its clock.
  const rows = await mapInOrder(readers, 2, (reader) => {
    const { name, needs } = reader;
    return runRow({ name, needs, columns: readerColumns }, report, async () => {
      const own = join(scratch, name);
      mkdirSync(own);
      const { version, cells } = await checkReader(reader, editions, own);
      return { name: version, cells };
    });
  });
  return { title: 'Feed readers', kind: 'program', columns: [...readerColumns], rows };
}
