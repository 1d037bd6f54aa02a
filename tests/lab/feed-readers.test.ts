import { beforeAll, describe, expect, inject, test } from 'vitest';
import { checkReader, type TwoEditions } from '../../scripts/lab/readers/check-reader.ts';
import type { FeedReader } from '../../scripts/lab/readers/feed-reader.ts';
import { listItems, takeBack } from '../../scripts/lab/readers/feed-text.ts';
import { explainMissing } from '../../scripts/lab/programs.ts';
import { allReaders, makeTwoEditions } from '../../scripts/lab/run-readers.ts';
import { readSite } from '../../scripts/lab/site.ts';
import type { Channel } from '../../src/integrations/post-build/feed-channel.ts';
import { printJsonFeed } from '../../src/integrations/post-build/feed-json.ts';
import type { FeedItem } from '../../src/integrations/post-build/feed-source.ts';
import { printAtom, printRss } from '../../src/integrations/post-build/feed-xml.ts';
import { isLong } from '../helpers/depth.ts';
import { makeFolder } from '../helpers/build.ts';

/** Liferea has windows, and takes a minute and a half: the long run and the lab have it. */
const readers = allReaders.filter(({ name }) => isLong || name !== 'Liferea');
const left = (reader: FeedReader) => explainMissing(reader.needs);

const item = (id: string, title: string, link: string) => ({
  rss: `<item><title>${title}</title><pubDate>Fri, 01 May 2026 00:00:00 GMT</pubDate><guid isPermaLink="false">urn:rss:${id}</guid><description>${title}</description></item>`,
  atom: `<entry><id>urn:atom:${id}</id><title>${title}</title><published>2026-05-01T00:00:00Z</published><updated>2026-05-01T00:00:00Z</updated><link rel="alternate" href="${link}"/><content type="html">${title}</content></entry>`,
  json: { id: `urn:json:${id}`, url: link, title, content_html: title },
});
type Item = ReturnType<typeof item>;
const feeds = (...items: Item[]): TwoEditions['first'] => ({
  rss: `<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Garden</title><description>Garden</description><link>urn:garden</link>${items.map(({ rss }) => rss).join('')}</channel></rss>`,
  atom: `<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom"><id>urn:garden:atom</id><title>Garden</title><author><name>Gardeners</name></author><updated>2026-05-01T00:00:00Z</updated>${items.map(({ atom }) => atom).join('')}</feed>`,
  json: JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'Garden',
    items: items.map(({ json }) => json),
  }),
});
const [mint, sage] = [
  item('mint', 'Mint', 'guide/mint.html'),
  item('sage', 'Sage', 'guide/sage.html'),
];
const danger = item('mint-2', 'Dangerous: Mint', 'guide/mint.html');

/** An edition and the next one, as a build writes them, with what an edition can report. */
async function makeReports(): Promise<TwoEditions> {
  const channel: Channel = {
    id: 'garden/en',
    language: 'en',
    title: 'Garden',
    about: 'About gardens.',
    position: 'Edition 2.',
    canonical: undefined,
    copies: [],
    day: '2026-05-01',
  };
  const report = (identity: string, title: string, path: string | undefined): FeedItem => ({
    identity,
    title,
    path,
    language: 'en',
    description: `${title}.`,
    html: `<p>${title}.</p>`,
    published: '2026-05-01',
    updated: '2026-05-01',
    author: undefined,
    subjects: [],
  });
  const text = report('en/mint', 'Mint', 'en/guide/mint.html');
  const reports = [
    report('en/mint 2 2/dangerous', 'Dangerous: Mint', 'en/guide/mint.html'),
    report('en/notice A key was stolen.', 'A key was stolen.', 'en/home.html'),
    report('en/notices/wet-feet 2', 'Not at noon.', undefined),
    report('en/mirrors/https://barn.example/', 'A copy: https://barn.example/', undefined),
    report('en/mirrors/https://shed.example/ 2 ended', 'No copy of ours any more', undefined),
  ];
  const print = async (items: FeedItem[]) => {
    const document = { items, archive: undefined, older: undefined };
    return {
      rss: await printRss(channel, items),
      atom: printAtom(channel, document),
      json: printJsonFeed(channel, document),
    };
  };
  return { first: await print([text]), next: await print([...reports, text]) };
}

const follow = async (reader: FeedReader, editions: TwoEditions): Promise<string[]> => {
  const { cells } = await checkReader(reader, editions, makeFolder('reader-'));
  return [...cells].flatMap(([column, { failures }]) =>
    failures.map((failure) => `${column}: ${failure}`),
  );
};

describe.each(readers)('$name', (reader) => {
  const reason = left(reader);

  test.skipIf(reason !== undefined)(
    'shows each item of an edition and of the next one once, and nothing again from another mirror',
    async () => {
      const editions = makeTwoEditions(readSite(inject('gardenSite')));
      expect(await follow(reader, editions!)).toEqual([]);
    },
  );

  test.skipIf(reason !== undefined)(
    'shows a changed state, a notice, a warning, a mirror and the end of one once, as new',
    async () => {
      expect(await follow(reader, await makeReports())).toEqual([]);
    },
  );

  test.skipIf(reason !== undefined)(
    'is seen to show again what another mirror has under another identifier',
    async () => {
      const next = feeds(danger, mint, sage);
      const silent = {
        rss: next.rss.replace('urn:rss:mint-2', 'urn:rss:lost'),
        atom: next.atom.replace('urn:atom:mint-2', 'urn:atom:lost'),
        json: next.json.replace('urn:json:mint-2', 'urn:json:lost'),
      };
      const failures = await follow(reader, { first: feeds(mint, sage), next, elsewhere: silent });
      expect(failures).toEqual(
        expect.arrayContaining([
          'RSS: In the same edition from another address, urn:rss:lost is shown as new, and is not.',
        ]),
      );
    },
  );
});

const newsboat = allReaders.find(({ name }) => name === 'newsboat')!;

describe.skipIf(left(newsboat) !== undefined)('newsboat', () => {
  let failures: string[] = [];
  beforeAll(async () => {
    const shared = (item: Item): Item => ({
      ...item,
      atom: item.atom.replace('urn:atom', 'urn:rss'),
    });
    failures = await follow(newsboat, {
      first: feeds(shared(mint)),
      next: feeds(shared(sage), shared(mint)),
    });
  });

  test('loses the links of Atom where both feeds have the same identifiers', () => {
    expect(failures).toContain(
      'both feeds: urn:rss:mint has a link in en/feed.atom.xml, and none is shown.',
    );
  });
});

test('a reader that has learned JSON Feed is named, so that its limit goes', async () => {
  let address = '';
  const grown: FeedReader = {
    name: 'grown',
    needs: [],
    limits: { noJson: 'grown reads no JSON Feed' },
    start: async () => ({
      version: 'grown 2',
      subscribe: async (addresses) => void (address = addresses[0] ?? ''),
      fetch: async () => {},
      takeNew: async () => (address.endsWith('.json') ? [{ id: 'urn:json:mint', link: '' }] : []),
    }),
  };
  expect(await follow(grown, { first: feeds(mint), next: feeds(sage, mint) })).toContain(
    'JSON: grown reads JSON Feed: take "noJson" out of its limits.',
  );
});

test('an earlier edition lacks the newest items, and has at least one', () => {
  for (const feed of Object.values(feeds(danger, mint, sage))) {
    expect(listItems(takeBack(feed, 1)).map(({ id }) => id.split(':')[2])).toEqual([
      'mint',
      'sage',
    ]);
    expect(listItems(takeBack(feed, 9))).toHaveLength(1);
  }
});
