import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { printEditionStates } from '../../src/campaign/read-campaign.ts';
import { statesFile } from '../../src/campaign/editions/states.ts';
import {
  buildInto,
  changeGarden,
  idLine,
  makeFolder,
  swap,
  type Changes,
} from '../helpers/build.ts';
import { readInterface } from '../helpers/campaign.ts';
import { editionChanges } from '../helpers/editions.ts';
import { readAtom, readRss } from '../helpers/feeds.ts';
import { readJsonFeed } from '../helpers/json-feed.ts';
import {
  attribute,
  follow,
  listLanguages,
  listSite,
  readSite,
  text,
  withPlainSpaces,
} from '../helpers/site.ts';

const site = inject('defaultSite');
const garden = inject('gardenSite');
const urn = /^urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
const languages = listLanguages(site);

/** A link to an update, in a list of news: `<dd><b><a>`. */
const isNewsTitle = ({ tagName, parentNode }: Tree.Element): boolean =>
  tagName === 'a' && isElement(parentNode, 'b') && isElement(parentNode.parentNode, 'dd');
const isElement = (node: Tree.ParentNode | null, name: string): node is Tree.Element =>
  node !== null && 'tagName' in node && node.tagName === name;

describe.each(languages)('the feeds in %s', (tag) => {
  const rss = readRss(site, tag);
  const atom = readAtom(site, tag);
  const json = readJsonFeed(site, tag);
  const pages = readSite(site);

  test('hold each guide of the language and each update of its list once, in full, without a host', () => {
    const headings = (pattern: RegExp) =>
      pages
        .filter(({ path }) => pattern.test(path))
        .map(({ elements }) => text(elements.find(({ tagName }) => tagName === 'h1')!));
    const listed = pages
      .filter(({ path }) => new RegExp(`^${tag}/updates/\\d{4}(/\\d+)?\\.html$`).test(path))
      .flatMap(({ elements }) => elements.filter(isNewsTitle))
      .map((element) => text(element));
    expect(listed.length).toBeGreaterThan(5);
    const titles = rss.item.map(({ title }) => withPlainSpaces(title));
    for (const title of [...headings(new RegExp(`^${tag}/guide/`)), ...listed])
      expect(
        titles.filter((other) => other === withPlainSpaces(title)),
        title,
      ).toHaveLength(1);
    expect(rss.version).toBe('2.0');
    expect(rss.language).toBe(tag);
    expect(rss.link).toMatch(urn);
    expect(rss.xml).not.toMatch(/https?:\/\/(?!purl\.org\/)|invalid|href=/);
    for (const { guid, pubDate, link, 'content:encoded': content } of rss.item) {
      expect(guid['#text']).toMatch(urn);
      expect(guid['@_isPermaLink']).toBe('false');
      expect(link).toBeUndefined();
      expect(new Date(pubDate).toUTCString()).toBe(pubDate);
      expect(content.length).toBeGreaterThan(50);
    }
  });

  test('begin, after the warnings, with the newest thing that happened', () => {
    const [newest] = pages
      .find(({ path }) => path === `${tag}/updates.html`)!
      .elements.filter(isNewsTitle);
    const warnings = readdirSync('src/content/notices').length;
    expect(warnings).toBeGreaterThan(2);
    for (const items of [rss.item, atom.entries, json.items])
      expect(withPlainSpaces(items[warnings]?.title ?? '')).toBe(withPlainSpaces(text(newest!)));
  });

  test('hold the same items in the same order under identifiers that are nowhere twice, as newsboat keeps one item an identifier over all feeds', () => {
    expect(atom.entries.map(({ title }) => title)).toEqual(rss.item.map(({ title }) => title));
    expect(atom.entries.map(({ content }) => content.trim())).toEqual(
      rss.item.map(({ 'content:encoded': content }) => content.trim()),
    );
    expect(
      json.items.map(({ title, summary, content_html, date_published, date_modified }) => [
        title,
        summary,
        content_html,
        date_published,
        date_modified,
      ]),
    ).toEqual(
      atom.entries.map(({ title, summary, content, published, updated }) => [
        title,
        summary,
        content.trim(),
        published,
        updated,
      ]),
    );
    const ids = [
      ...rss.item.map(({ guid }) => guid['#text']),
      ...atom.entries.map(({ id }) => id),
      ...json.items.map(({ id }) => id),
      atom.id,
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('name their language, and that of each original that has no translation', () => {
    expect(atom.language).toBe(tag);
    for (const [index, { language, link, content, summary }] of atom.entries.entries()) {
      const of = link?.startsWith('../') ? link.split('/')[1] : undefined;
      expect(language).toBe(of);
      expect(rss.item[index]?.['dc:language']).toBe(of);
      expect(json.items[index]?.language).toBe(of);
      if (of === undefined) continue;
      expect(content).toContain(`<div lang="${of}" dir="auto">`);
      expect(summary).not.toBe('');
    }
  });

  test('lead in Atom and JSON, not in RSS, to pages of this copy, wherever it is', () => {
    const files = new Set(listSite(site));
    const leadsTo = (link: string) => follow(`${tag}/feed.atom.xml`, link);
    expect(atom.links.map(([, href]) => leadsTo(href ?? ''))).toEqual([
      `${tag}/feed.atom.xml`,
      `${tag}/home.html`,
    ]);
    const linked = atom.entries.flatMap(({ link }) => link ?? []);
    expect(linked.length).toBeGreaterThan(5);
    for (const link of linked) {
      expect(link).toMatch(/^(\.\.\/[a-z-]+\/)?[a-z]/);
      expect(files).toContain(leadsTo(link));
    }
    expect(json.items.map(({ url }) => url)).toEqual(atom.entries.map(({ link }) => link));
    expect([json.home_page_url, json.feed_url]).toEqual(['home.html', 'feed.json']);
  });

  test('say where they must not be used, and of which edition they are', () => {
    const { elements } = pages.find(({ path }) => path === `${tag}/home.html`)!;
    const edition = elements.find((element) => attribute(element, 'class') === 'edition')!;
    const link = edition.childNodes.find((node) => 'tagName' in node && node.tagName === 'a');
    const line = text(edition).trim();
    const said = link && 'attrs' in link ? line.slice(0, -text(link).length).trim() : line;
    for (const words of [rss.description, atom.subtitle, json.description]) {
      expect(words).toContain(said);
      expect(words).toContain(readInterface(tag).feedWarning);
    }
  });
});

describe('an item', () => {
  test('carries the warnings of its text', () => {
    const support = readRss(site, 'en').item.find(
      ({ title }) => title === 'Support for political prisoners',
    );
    expect(support?.['content:encoded']).toContain('Never pay from Belarus');
  });

  test('says before its description that its text is archived', () => {
    const archived = readRss(site, 'en').item.find(({ title }) => title.includes('2010–2011'));
    expect(archived?.description).toMatch(/^Archived\. Kept as a record\. /);
  });

  test('names publisher and subjects, in the language of the feed', () => {
    const rain = readAtom(garden, 'ar').entries.find(({ title }) => title === 'First rain');
    expect(rain).toMatchObject({ author: 'The gardeners', categories: ['الطقس'], language: 'en' });
    expect(
      readJsonFeed(garden, 'ar').items.find(({ title }) => title === 'First rain'),
    ).toMatchObject({ authors: [{ name: 'The gardeners' }], tags: ['الطقس'], language: 'en' });
    const inRss = readRss(garden, 'ar').item.find(({ title }) => title === 'First rain');
    expect(inRss).toMatchObject({
      'dc:creator': 'The gardeners',
      category: 'الطقس',
      'dc:language': 'en',
    });
  });

  test('keeps its identifier for ever', () => {
    const isRain = ({ title }: { title?: string | undefined }) => title === 'First rain';
    expect(readRss(garden, 'en').item.find(isRain)?.guid['#text']).toBe(
      'urn:uuid:4865835d-7a64-593e-a122-ac4b419f115e',
    );
    expect(readAtom(garden, 'en').entries.find(isRain)?.id).toBe(
      'urn:uuid:074d8aa1-367d-559d-9586-548504e3fc64',
    );
    expect(readJsonFeed(garden, 'en').items.find(isRain)?.id).toBe(
      'urn:uuid:b44b836d-8c41-5f3b-b4c9-34b13845c2e4',
    );
    // The same text without a translation is the same item: who has both languages reads it once.
    expect(readAtom(garden, 'ar').entries.find(isRain)?.id).toBe(
      'urn:uuid:074d8aa1-367d-559d-9586-548504e3fc64',
    );
  });

  test('is there for each warning that records share, and for each copy', () => {
    expect(readRss(garden, 'en').item.map(({ title }) => title)).toEqual(
      expect.arrayContaining(['Not at noon.', 'A copy of this site: https://shed.example/garden/']),
    );
    for (const words of [readRss(garden, 'en').description, readJsonFeed(garden, 'en').description])
      expect(words).toContain('Copies of this site: https://shed.example/garden/.');
  });
});

test.each([
  ['the default campaign', site],
  ['a campaign with a language from right to left', garden],
])(
  'every page of %s but those that are served anywhere names the feeds of its language',
  (_, folder) => {
    const files = new Set(listSite(folder));
    for (const { path, elements } of readSite(folder)) {
      const feeds = elements
        .filter(
          (element) => element.tagName === 'link' && attribute(element, 'rel') === 'alternate',
        )
        .map((element) => follow(path, attribute(element, 'href') ?? ''));
      const of = /^(404|files(\/\d+)?)\.html$/.test(path)
        ? []
        : path === 'index.html'
          ? listLanguages(folder)
          : [path.split('/')[0]];
      expect([...feeds].sort(), path).toEqual(
        of.flatMap((tag) => [`${tag}/feed.atom.xml`, `${tag}/feed.xml`]).sort(),
      );
      for (const feed of feeds) expect(files).toContain(feed);
    }
  },
);

/** The garden with edition 1, and with what changes until edition 2. */
async function makeTwoEditions(changes: Changes, notice?: string) {
  const first = changeGarden(
    await editionChanges(1, { date: '2025-06-01', lookForNewerAfter: '2025-12-01' }),
  );
  const { 'site.yaml': withKeys, ...editions } = await editionChanges(2, {
    date: '2025-07-01',
    lookForNewerAfter: '2026-01-01',
    notice,
  });
  const second = changeGarden({
    ...editions,
    ...changes,
    'site.yaml': (yaml) => {
      const keyed = (withKeys as (text: string) => string)(yaml);
      return notice === undefined ? keyed : `${keyed}notice: { en: "${notice}" }\n`;
    },
    [`editions/1/${statesFile}`]: printEditionStates(first, 'the-campaign'),
  });
  const [one, two] = ['one', 'two'].map((name) => join(makeFolder(`${name}-`), 'site')) as [
    string,
    string,
  ];
  await buildInto(one, { CONTENT_DIR: first });
  await buildInto(two, { CONTENT_DIR: second });
  return { one, two };
}

test.each([
  ['default', site],
  ['second', garden],
])(
  'the foot of each page of the %s campaign leads to the feeds by way of the warning',
  (_, folder) => {
    const pages = readSite(folder).filter(({ html }) => /<footer><nav>/.test(html));
    expect(pages.length).toBeGreaterThan(40);
    for (const { path, html } of pages) {
      // Readers in the country are led to nothing that remains on their device.
      if (path.endsWith('/actions-inside.html')) {
        expect(html, path).not.toContain('>RSS</a>');
        continue;
      }
      const [, target = ''] = /<footer><nav>.*?<a href="([^"]+)">RSS<\/a>/s.exec(html) ?? [];
      expect(follow(path, target), path).toBe(`${path.split('/')[0]}/follow.html`);
    }
    for (const tag of listLanguages(folder)) {
      const mainOf = (page: string) => {
        const { html = '' } = pages.find(({ path }) => path === `${tag}/${page}`) ?? {};
        return html.slice(html.indexOf('<main'), html.indexOf('</main>'));
      };
      const main = mainOf('follow.html');
      const warning = main.indexOf('class="notice warning"');
      expect(warning, tag).toBeGreaterThan(0);
      for (const file of ['feed.xml', 'feed.atom.xml', 'feed.json', 'calendar.ics'])
        expect(main.indexOf(`href="${file}"`), `${tag} ${file}`).toBeGreaterThan(warning);
      expect(mainOf('updates.html'), tag).toContain('href="follow.html"');
      expect(mainOf('updates.html'), tag).not.toMatch(/href="feed/);
    }
  },
);

describe('the next edition', () => {
  let [one, two] = ['', ''];
  beforeAll(async () => {
    ({ one, two } = await makeTwoEditions(
      {
        'guides/en/digging.md': swap('state: live', 'state: dangerous'),
        'guides/ar/watering.mdx': swap('version: 2', 'version: 3'),
        'updates/en/2023/frost.md': swap('version: 2', 'version: 3'),
        'updates/en/2026-hail.md': `---\n${idLine('hail')}\ntitle: Hail\ndescription: Hail fell on all the beds of the garden one night.\nstate: live\nversion: 1\npublished: 2025-04-01\nchecked: 2025-04-01\nsources: [{ name: A book about gardens, date: "2020" }]\ndate: "2025-04"\nkind: news\npublisher: The gardeners\n---\n\nIt hailed.\n`,
        'initiatives/rake-club.yaml': swap(
          'designation: { decisions: [] }',
          'designation: { decisions: [{ kind: weeds, date: "2025-03", source: { name: The gardeners }, until: 2030-01-01 }] }',
        ),
        'mirrors/shed.yaml': null,
        'mirrors/barn.yaml':
          'address: https://barn.example/\nkind: web\nsince: 2025-04-01\nuntil: 2030-01-01\n',
        'notices/wet-feet.yaml': (yaml) => `version: 2\n${yaml}`,
      },
      'A key was stolen.',
    ));
  });

  const news = (tag: string) => {
    const known = new Set(readAtom(one, tag).entries.map(({ id }) => id));
    return readAtom(two, tag).entries.filter(({ id }) => !known.has(id));
  };
  const find = (title: string) => news('en').find((entry) => entry.title === title)!;

  test('has an item of its own for whatever has changed since the one before', () => {
    expect(news('en').map(({ title }) => title)).toEqual([
      'A key was stolen.',
      'No copy of ours any more: https://shed.example/garden/',
      'Valid · Banned in the garden: Rake club',
      'Dangerous: Digging',
      'Changed: Late frost',
      'A copy of this site: https://barn.example/',
      'Hail',
      'Not at noon.',
    ]);
  });

  test('has the same in RSS and JSON', () => {
    const known = new Set([
      ...readRss(one, 'en').item.map(({ guid }) => guid['#text']),
      ...readJsonFeed(one, 'en').items.map(({ id }) => id),
    ]);
    const titles = readRss(two, 'en').item.filter(({ guid }) => !known.has(guid['#text']));
    expect(titles.map(({ title }) => title)).toEqual(news('en').map(({ title }) => title));
    const items = readJsonFeed(two, 'en').items.filter(({ id }) => !known.has(id));
    expect(items.map(({ title }) => title)).toEqual(news('en').map(({ title }) => title));
  });

  test('keeps all items that it had, with title and identifier', () => {
    const key = ({ id, title }: { id: string; title: string }) => `${id} ${title}`;
    const now = readAtom(two, 'en').entries.map(key);
    const gone = readAtom(one, 'en').entries.filter((entry) => !now.includes(key(entry)));
    expect(gone.map(({ title }) => title)).toEqual([
      'Not at noon.', // its meaning has changed: it is another item
      'A copy of this site: https://shed.example/garden/',
    ]);
  });

  test('dates a change by the edition that has it first, and says it in the text', () => {
    const danger = find('Dangerous: Digging');
    expect(danger.published).toBe('2025-07-01T00:00:00.000Z');
    expect(danger.summary).toMatch(/^Dangerous\. /);
    expect(danger.content).toContain('In autumn.');
    const digging = readAtom(two, 'en').entries.find(({ title }) => title === 'Digging')!;
    expect(digging.published).toBe('2025-03-01T00:00:00.000Z');
    expect(digging.updated).toBe('2025-07-01T00:00:00.000Z');
  });

  test('says it in each language in its own words, with the title as it is', () => {
    expect(news('ar').map(({ title, language }) => [title, language])).toContainEqual([
      'Changed: الري',
      undefined,
    ]);
  });
});
