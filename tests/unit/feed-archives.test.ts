import { describe, expect, test } from 'vitest';
import { cutArchives, listHistory } from '../../src/integrations/post-build/feed-archives.ts';
import { pathOfDocument, type Channel } from '../../src/integrations/post-build/feed-channel.ts';
import { printJsonFeed } from '../../src/integrations/post-build/feed-json.ts';
import type {
  FeedItem,
  FeedSource,
  FeedText,
} from '../../src/integrations/post-build/feed-source.ts';
import { printAtom } from '../../src/integrations/post-build/feed-xml.ts';
import { jsonFeed } from '../helpers/json-feed.ts';

const count = (length: number) => Array.from({ length }, (_, index) => index + 1);

describe('archive documents', () => {
  test.each([
    ['nothing', 0, []],
    ['what the feed holds itself', 3, []],
    ['one text more than the feed holds', 4, [[1, 2, 3]]],
    ['two documents full', 6, [[1, 2, 3]]],
    [
      'one more again',
      7,
      [
        [1, 2, 3],
        [4, 5, 6],
      ],
    ],
  ])('of %s are full, and the oldest comes first', (_, length, expected) => {
    expect(cutArchives(count(length), 3)).toEqual(expected);
  });

  test('and the newest texts leave nothing out, and never change when a text is added', () => {
    let before: number[][] = [];
    for (const length of count(40)) {
      const archives = cutArchives(count(length), 3);
      const held = new Set([...archives.flat(), ...count(length).slice(-3)]);
      expect(held.size).toBe(length);
      expect(archives.slice(0, before.length)).toEqual(before);
      before = archives;
    }
  });
});

/** Texts as `updates/en/rain 1 2024-05-01`: name, first edition, day; `*` marks a translation. */
function makeSource(lines: readonly string[]): FeedSource {
  const texts = lines.map((line): [FeedText, number] => {
    const [name = '', first = '', published = ''] = line.replace('*', '').split(' ');
    return [
      {
        page: { path: name, language: name.split('/')[1] },
        item: { name, published, translation: line.endsWith('*') },
      } as unknown as FeedText,
      Number(first),
    ];
  });
  const firsts = new Map(texts.map(([{ item }, first]) => [item.name, first]));
  return {
    records: { site: { main: 'en' } },
    texts: new Map(texts.map(([text]) => [text.item.name, text])),
    firstOf: ({ item }: FeedText) => firsts.get(item.name) ?? 0,
  } as unknown as FeedSource;
}

describe('the history of a feed', () => {
  const list = (tag: string, ...lines: string[]) =>
    listHistory(makeSource(lines), tag).map(({ item: { name } }) => name);

  test('has no place before what an earlier edition had, whatever day a text names', () => {
    expect(list('en', 'updates/en/new 2 2020-01-01', 'updates/en/old 1 2024-01-01')).toEqual([
      'updates/en/old',
      'updates/en/new',
    ]);
  });

  test('of texts of one edition goes by their days', () => {
    expect(list('en', 'guides/en/a 1 2024-01-01', 'guides/en/b 1 2020-01-01')).toEqual([
      'guides/en/b',
      'guides/en/a',
    ]);
  });

  test('keeps an original at its place when its translation comes later', () => {
    const texts = ['updates/en/rain 1 2024-01-01', 'updates/ar/rain 3 2024-01-01*'];
    expect(list('ar', ...texts)).toEqual(['updates/en/rain', 'updates/ar/rain']);
    expect(list('en', ...texts)).toEqual(['updates/en/rain']);
  });

  test('never had an original whose translation came with it', () => {
    expect(list('ar', 'updates/en/rain 1 2024-01-01', 'updates/ar/rain 1 2024-01-01*')).toEqual([
      'updates/ar/rain',
    ]);
  });

  test('has no guide of another language, which pages show there as a copy', () => {
    expect(list('ar', 'guides/en/watering 1 2024-01-01')).toEqual([]);
  });
});

const channel: Channel = {
  id: 'garden/en',
  language: 'en',
  title: 'Garden',
  about: 'About gardens.',
  copies: [],
  position: 'Edition 7.',
  canonical: undefined,
  day: '2025-07-01',
};
const item = (name: string): FeedItem => ({
  identity: name,
  title: name,
  language: 'en',
  description: `About ${name}.`,
  html: `<p>${name}</p>`,
  published: '2024-05-01',
  updated: '2024-06-01',
  path: `en/guide/${name}.html`,
  author: undefined,
  subjects: [],
});
const documents = {
  newest: { items: [item('sage')], archive: undefined, older: 2 },
  second: { items: [item('mint')], archive: 2, older: 1 },
  first: { items: [item('rue')], archive: 1, older: undefined },
};
const linksOf = (xml: string) =>
  [...xml.matchAll(/<link href="([^"]+)" rel="([^"]+)"/g)].map(([, href, rel]) => `${rel} ${href}`);

describe('a document', () => {
  test('has an address of its own, and no folder of a thousand others', () => {
    expect(
      [undefined, 1, 499, 500, 1234].map((number) => pathOfDocument(channel, number, 'atom')),
    ).toEqual([
      'en/feed.atom.xml',
      'en/feed/1.atom.xml',
      'en/feed/499.atom.xml',
      'en/feed/500/500.atom.xml',
      'en/feed/1000/1234.atom.xml',
    ]);
    expect(pathOfDocument(channel, 3, 'json')).toBe('en/feed/3.json');
  });

  test('of Atom leads to the one before, and an archive document back to the newest', () => {
    const [newest, second, first] = Object.values(documents).map((document) =>
      printAtom(channel, document),
    );
    expect(linksOf(newest ?? '')).toEqual(
      expect.arrayContaining([
        'self feed.atom.xml',
        'prev-archive feed/2.atom.xml',
        'alternate guide/sage.html',
      ]),
    );
    expect(linksOf(second ?? '')).toEqual(
      expect.arrayContaining([
        'self 2.atom.xml',
        'current ../feed.atom.xml',
        'prev-archive 1.atom.xml',
        'alternate ../guide/mint.html',
      ]),
    );
    expect(first).not.toContain('prev-archive');
    expect(newest).not.toContain('fh:archive');
    for (const archive of [first, second]) {
      expect(archive).toContain('xmlns:fh="http://purl.org/syndication/history/1.0"');
      expect(archive).toContain('<fh:archive/>');
    }
  });

  test('of JSON leads to the one before', () => {
    const read = (document: (typeof documents)[keyof typeof documents]) =>
      jsonFeed.parse(JSON.parse(printJsonFeed(channel, document)));
    expect(read(documents.newest)).toMatchObject({
      feed_url: 'feed.json',
      home_page_url: 'home.html',
      next_url: 'feed/2.json',
      description: 'About gardens. Edition 7.',
    });
    expect(read(documents.second)).toMatchObject({ feed_url: '2.json', next_url: '1.json' });
    expect(read(documents.second).items[0]?.url).toBe('../guide/mint.html');
    expect(read(documents.first).next_url).toBeUndefined();
  });

  test('that is an archive says nothing of the edition, so that its bytes stay', () => {
    const later = { ...channel, position: 'Edition 8.', day: '2026-01-01' };
    for (const print of [printAtom, printJsonFeed]) {
      expect(print(later, documents.second)).toBe(print(channel, documents.second));
      expect(print(later, documents.newest)).not.toBe(print(channel, documents.newest));
    }
  });

  test('leads to the canonical address where a campaign has one', () => {
    const known = { ...channel, canonical: 'https://garden.example/' };
    expect(printJsonFeed(known, documents.newest)).toContain(
      '"next_url":"https://garden.example/en/feed/2.json"',
    );
    expect(linksOf(printAtom(known, documents.second))).toContain(
      'prev-archive https://garden.example/en/feed/1.atom.xml',
    );
  });
});

describe('the check of a JSON Feed', () => {
  const good = JSON.parse(printJsonFeed(channel, documents.newest)) as Record<string, unknown>;
  const [only] = good['items'] as Record<string, unknown>[];
  test.each<[fault: string, feed: Record<string, unknown>]>([
    ['no title', { ...good, title: undefined }],
    ['another version', { ...good, version: 'https://jsonfeed.org/version/1' }],
    ['a member that the format has not', { ...good, subtitle: 'Garden' }],
    ['a next page that is the feed itself', { ...good, next_url: 'feed.json' }],
    ['an item without an identifier', { ...good, items: [{ ...only, id: undefined }] }],
    ['an item without content', { ...good, items: [{ ...only, content_html: undefined }] }],
    ['an item twice', { ...good, items: [only, only] }],
    [
      'a date without time and zone',
      { ...good, items: [{ ...only, date_published: '2024-05-01' }] },
    ],
    ['an author without a name', { ...good, authors: [{}] }],
    ['a language that is none', { ...good, language: 'EN' }],
  ])('finds %s', (_, feed) => {
    expect(jsonFeed.safeParse(good).success).toBe(true);
    expect(jsonFeed.safeParse(feed).success).toBe(false);
  });
});
