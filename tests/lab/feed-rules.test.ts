import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { checkFeeds, feedValidator } from '../../scripts/lab/feeds/run-feeds.ts';
import { explainMissing } from '../../scripts/lab/programs.ts';
import { makeFolder } from '../helpers/build.ts';
import { listSite } from '../helpers/site.ts';

const missing = explainMissing(feedValidator.needs) !== undefined;

async function check(feeds: ReadonlyMap<string, string>): Promise<string[]> {
  const folder = makeFolder('feeds-');
  for (const [path, text] of feeds) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const files = new Map([...feeds].map(([path, text]) => [path, Buffer.from(text)]));
  const cells = await checkFeeds({ folder, files }, makeFolder('validator-'));
  return [...cells.values()].flatMap(({ failures }) => failures);
}

const feedsOf = (folder: string): Map<string, string> =>
  new Map(
    listSite(folder)
      .filter((path) => /\/feed.*\.xml$/.test(path))
      .map((path) => [path, readFileSync(join(folder, path), 'utf8')]),
  );

const garden = feedsOf(inject('gardenSite'));

/** Faults of a feed, each with the validator's name of the rule that it breaks. */
const planted: [rule: string, path: string, change: (text: string) => string][] = [
  ['InvalidRFC2822Date', 'en/feed.xml', (text) => text.replace(/<pubDate>[^<]*/, '<pubDate>May')],
  [
    'MissingDescription',
    'en/feed.xml',
    (text) => text.replace(/<description>.*?<\/description>/s, ''),
  ],
  [
    'UndefinedElement',
    'en/feed.xml',
    (text) => text.replace('<item>', '<state>live</state><item>'),
  ],
  ['SAXError', 'en/feed.xml', (text) => text.replace('</item>', '')],
  ['MissingElement', 'en/feed.atom.xml', (text) => text.replace(/<id>[^<]*<\/id>/, '')],
  [
    'InvalidRFC3339Date',
    'en/feed.atom.xml',
    (text) => text.replace(/<updated>[^<]*/, '<updated>2026'),
  ],
  ['InvalidFullLink', 'en/feed.atom.xml', (text) => text.replace(/<id>[^<]*/, '<id>mint')],
  [
    'DuplicateEntries',
    'en/feed.atom.xml',
    (text) => text.replace(/(<entry>.*?<\/entry>)/s, '$1$1'),
  ],
  [
    'SecurityRiskAttr',
    'en/feed.atom.xml',
    (text) => text.replace('CDATA[<p>', 'CDATA[<p onclick="a()">'),
  ],
];

describe.skipIf(missing)('the rules of the W3C feed validator', () => {
  test.each([
    ['default', inject('defaultSite')],
    ['second', inject('gardenSite')],
  ])('are kept by all feeds of the %s campaign', async (_name, folder) => {
    const feeds = feedsOf(folder);
    expect(feeds.size).toBeGreaterThan(3);
    expect(await check(feeds)).toEqual([]);
  });

  test.each(planted)('are seen to be broken: %s', async (rule, path, change) => {
    const text = garden.get(path)!;
    const after = change(text);
    expect(after).not.toBe(text);
    expect((await check(new Map([[path, after]]))).join('\n')).toContain(` ${rule} `);
  });
});
