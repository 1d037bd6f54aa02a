import { existsSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { XMLParser } from 'fast-xml-parser';
import { textsPerDocument } from '../../src/integrations/post-build/feed-archives.ts';
import { parseManifest } from '../../src/kit/core/manifest/manifest.ts';
import { buildInto, changeGarden, makeFolder, withOwnId, type Changes } from '../helpers/build.ts';

/** As many texts more as need two archive documents, and leave some in the feed alone. */
const count = 2 * textsPerDocument + 20;
const rain = readFileSync('tests/fixtures/garden/updates/en/2024/first-rain.md', 'utf8');
const titleOf = (index: number): string => `Rain number ${index}`;
const updates = Object.fromEntries(
  Array.from({ length: count }, (_, index) => [
    `updates/en/2024/rain-${index}.md`,
    withOwnId(rain, `rain ${index}`).replace('title: First rain', `title: ${titleOf(index)}`),
  ]),
) satisfies Changes;

interface Document {
  path: string;
  isArchive: boolean;
  /** Paths of other documents by their relation, as the links resolve. */
  links: Record<string, string>;
  items: { id: string; title: string }[];
}

const folder = join(makeFolder('archives-'), 'site');
beforeAll(async () => {
  await buildInto(folder, { CONTENT_DIR: changeGarden(updates) });
});

const xml = new XMLParser({ ignoreAttributes: false, isArray: (name) => name === 'entry' });
const resolve = (path: string, link: string): string => posix.join(posix.dirname(path), link);

function readAtom(path: string): Document {
  const { feed } = xml.parse(readFileSync(join(folder, path), 'utf8')) as {
    feed: {
      link: { '@_rel': string; '@_href': string }[];
      entry: { id: string; title: { '#text': string } | string }[];
    } & Record<string, unknown>;
  };
  return {
    path,
    isArchive: Object.keys(feed).some((name) => /(?:^|:)archive$/.test(name)),
    links: Object.fromEntries(
      feed.link.map((link) => [link['@_rel'], resolve(path, link['@_href'])]),
    ),
    items: feed.entry.map(({ id, title }) => ({
      id,
      title: typeof title === 'string' ? title : title['#text'],
    })),
  };
}

function readJson(path: string): Document {
  const feed = JSON.parse(readFileSync(join(folder, path), 'utf8')) as {
    next_url?: string;
    items: { id: string; title: string }[];
  };
  const links = feed.next_url === undefined ? {} : { 'prev-archive': resolve(path, feed.next_url) };
  return { path, isArchive: !path.endsWith('/feed.json'), links, items: feed.items };
}

/** A feed with all documents before it, the newest first, as a program follows the links. */
function followChain(path: string, read: (path: string) => Document): Document[] {
  const chain = [read(path)];
  for (let older = chain[0]?.links['prev-archive']; older !== undefined;) {
    expect(existsSync(join(folder, older)), older).toBe(true);
    expect(chain.length).toBeLessThan(10);
    chain.push(read(older));
    older = chain.at(-1)?.links['prev-archive'];
  }
  return chain;
}

describe.each([
  ['en/feed.atom.xml', readAtom],
  ['ar/feed.atom.xml', readAtom],
  ['en/feed.json', readJson],
  ['ar/feed.json', readJson],
] as const)(`the documents of %s with ${count} texts more`, (path, read) => {
  test('hold all of the texts, each in one archive document at most', () => {
    const [feed, ...archives] = followChain(path, read);
    expect(archives).toHaveLength(2);
    const archived = archives.flatMap(({ items }) => items);
    expect(new Set(archived.map(({ id }) => id)).size).toBe(archived.length);
    // the feed has its newest ones whether or not a document has them too
    const titles = new Map([...archived, ...feed!.items].map(({ id, title }) => [id, title]));
    const rains = [...titles.values()].filter((title) => /^Rain number/.test(title)).sort();
    expect(rains).toEqual(Array.from({ length: count }, (_, index) => titleOf(index)).sort());
  });

  test('are full but for the feed itself, and in the manifest', () => {
    const [, ...archives] = followChain(path, read);
    const listed = parseManifest(readFileSync(join(folder, 'SHA256SUMS'))).map((file) => file.path);
    for (const archive of archives) {
      expect(archive.isArchive, archive.path).toBe(true);
      expect(archive.items).toHaveLength(textsPerDocument);
      expect(listed).toContain(archive.path);
    }
  });
});

test.each(['en', 'ar'])(
  'the archive documents in %s lead back to the feed, by relative links',
  (tag) => {
    const chain = followChain(`${tag}/feed.atom.xml`, readAtom);
    expect(chain[0]?.isArchive).toBe(false);
    for (const [index, { links }] of chain.entries()) {
      if (index === 0) continue;
      expect(links['current']).toBe(`${tag}/feed.atom.xml`);
      // which would change a document that is out already, each time another one follows it
      expect(links['next-archive']).toBeUndefined();
      expect(links['prev-archive']).toBe(chain[index + 1]?.path);
    }
    for (const { path } of chain)
      expect(readFileSync(join(folder, path), 'utf8')).not.toMatch(
        /<link [^>]*href="(?:https?:|\/)/,
      );
  },
);
