import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseOpml } from 'feedsmith';
import sharp from 'sharp';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { buildInto, changeGarden, makeFolder, withOwnId } from '../helpers/build.ts';
import { readAtom, readRss } from '../helpers/feeds.ts';
import { attribute, follow, listSite, readSite, text } from '../helpers/site.ts';

const garden = inject('gardenSite');

describe('a campaign with a canonical address', () => {
  let folder = '';
  beforeAll(async () => {
    folder = join(makeFolder('canonical-'), 'out');
    await buildInto(folder, {
      CONTENT_DIR: changeGarden({
        'site.yaml': (yaml) => `${yaml}canonical: https://garden.example/week/\n`,
      }),
    });
  });

  test('has it in feeds and the text to pass on, and differs nowhere else but in their hashes', () => {
    const added = 'follow.opml';
    expect(listSite(folder).filter((file) => file !== added)).toEqual(listSite(garden));
    const differing = listSite(folder).filter(
      (file) =>
        file !== added &&
        !readFileSync(join(folder, file)).equals(readFileSync(join(garden, file))),
    );
    const kit = [
      'SHA256SUMS',
      'download/CID.txt',
      'download/garden-draft-1.car',
      'download/garden-draft-1.zip',
      'files.html',
      'files/2.html',
    ];
    expect(differing.filter((file) => !kit.includes(file))).toEqual([
      'ar/all.html',
      'ar/book.epub',
      'ar/calendar.ics',
      'ar/feed.atom.xml',
      'ar/feed.json',
      'ar/feed.xml',
      'ar/follow.html',
      'ar/mail.txt',
      'ar/mirrors.html',
      'en/all.html',
      'en/book.epub',
      'en/calendar.ics',
      'en/feed.atom.xml',
      'en/feed.json',
      'en/feed.xml',
      'en/follow.html',
      'en/mail.txt',
      'en/mirrors.html',
      'en/text.txt',
    ]);
    const { link, item } = readRss(folder, 'en');
    expect(link).toBe('https://garden.example/week/en/home.html');
    const rain = item.find(({ title }) => title === 'First rain');
    expect(rain?.link).toBe('https://garden.example/week/en/update/2024/first-rain.html');
    expect(readAtom(folder, 'en').entries.find(({ title }) => title === 'First rain')?.link).toBe(
      rain?.link,
    );
    expect(rain?.guid['#text']).toBe(
      readRss(garden, 'en').item.find(({ title }) => title === 'First rain')?.guid['#text'],
    );
    expect(item.find(({ title }) => title === 'Digging')?.['content:encoded']).toContain(
      '<a href="https://garden.example/week/en/guide/watering.html#when">',
    );
    expect(item.find(({ title }) => title === 'Late frost')?.['content:encoded']).not.toContain(
      'rakes.example',
    );
  });

  test('has a list of its feeds, one a language, with addresses that programs can ask for', () => {
    const { head, body } = parseOpml(readFileSync(join(folder, 'follow.opml'), 'utf8'));
    expect(head?.title).toBe('Garden week');
    expect(body?.outlines).toMatchObject([
      { type: 'rss', xmlUrl: 'https://garden.example/week/en/feed.atom.xml', language: 'en' },
      { type: 'rss', xmlUrl: 'https://garden.example/week/ar/feed.atom.xml', language: 'ar' },
    ]);
    const { html } = readSite(folder).find(({ path }) => path === 'ar/follow.html')!;
    expect(html).toContain('href="../follow.opml"');
  });
});

describe('the second campaign', () => {
  const documents = readSite(garden);
  const find = (path: string) => documents.find((document) => document.path === path)!;

  test('is written from right to left where its language is', () => {
    expect(find('ar/guide/watering.html').html).toMatch(/<html lang="ar" dir="rtl">/);
    expect(find('en/guide/watering.html').html).toMatch(/<html lang="en">/);
  });

  test('shows a guide without a translation in the main language, under a notice, and keeps it out of search', () => {
    const { html } = find('ar/guide/digging.html');
    expect(html).toContain('You read it in <span lang="en" dir="ltr">English</span>.');
    expect(html).toContain('<h1 lang="en" dir="ltr">Digging</h1>');
    expect(html).toContain('<div class="text" lang="en" dir="ltr">');
    expect(find('ar/search.html').html).not.toContain('guide/digging.html');
    expect(find('en/search.html').html).toContain('guide/digging.html');
  });

  test('links to the original of an update without a translation', () => {
    expect(documents.some(({ path }) => path.startsWith('ar/update/'))).toBe(false);
    expect(find('ar/updates.html').html).toContain('href="../en/update/2023/frost.html"');
  });

  test('says how far a translation lags, and whether a native reader has read it', () => {
    expect(find('ar/guide/watering.html').html).toContain(
      'A native reader has checked this translation of version 1. The original is 1 version ahead.',
    );
    expect(find('en/guide/watering.html').html).not.toContain('version ahead');
  });

  test('leads to a designated or unknown site from its own page only', () => {
    const outside = documents.flatMap(({ path, elements }) =>
      elements
        .filter((element) => /rakes\.example/.test(attribute(element, 'href') ?? ''))
        .map(() => path),
    );
    expect(outside).toEqual(['ar/initiative/rake-club.html', 'en/initiative/rake-club.html']);
    expect(find('en/update/2023/frost.html').html).toContain(
      '<a href="../../initiative/rake-club.html">rake club</a>',
    );
  });

  test('leads to a site that is known to be free of it from running text', () => {
    expect(find('en/update/2023/frost.html').html).toContain(
      '<a href="https://t.example/rakes" rel="noreferrer">another</a>',
    );
  });

  test('aligns tables without style attributes', () => {
    expect(find('en/update/2024/first-rain.html').html).toMatch(
      /<th class="right"[^>]*>Litres<\/th>/,
    );
  });

  test('writes out the address of a mirror without a link', () => {
    expect(find('en/mirrors.html').html).toContain('<code>https://shed.example/garden/</code>');
  });

  test('holds nothing of the default campaign', () => {
    for (const file of listSite(garden))
      expect(readFileSync(join(garden, file), 'latin1').toLowerCase(), file).not.toContain(
        'belarus',
      );
  });
});

describe('an image of the campaign', () => {
  test('loses what it knows of place and person, and is the same small, lazy copy in md and mdx, inline and by reference', async () => {
    const photo = await sharp({
      create: { width: 1600, height: 900, channels: 3, background: '#7a5' },
    })
      .withExif({ IFD0: { Artist: 'Somebody Somewhere' }, IFD3: { GPSLatitude: '53/1 54/1 0/1' } })
      .jpeg()
      .toBuffer();
    expect((await sharp(photo).metadata()).exif).toBeDefined();
    const shown = (content: string) =>
      `${content}\n![A bed](./bed.jpg)\n\n![The same][bed]\n\n![A mark][]\n\n[bed]: ./bed.jpg\n[a mark]: ./mark.png\n`;
    const mark = await sharp({
      create: { width: 9, height: 99, channels: 4, background: '#0000' },
    })
      .resize(300, 3300)
      .png()
      .toBuffer();
    const campaign = changeGarden({
      'updates/en/2023/bed.jpg': photo,
      'guides/en/bed.jpg': photo,
      'updates/en/2023/mark.png': mark,
      'guides/en/mark.png': mark,
      'updates/en/2023/frost.md': shown,
      'guides/en/about.mdx': shown,
      'photos/members-only.jpg': photo,
    });
    const folder = join(campaign, 'out');
    await buildInto(folder, { CONTENT_DIR: campaign });
    const images = listSite(folder).filter((file) => /\.(jpg|png|webp)$/.test(file));
    expect(images.map((file) => file.replace(/.*\/(\w+)\..*\.(\w+)$/, '$1.$2'))).toEqual([
      'bed.webp',
      'mark.webp',
    ]); // one size, no original, and none that no page shows
    for (const file of images) expect(file).toMatch(/^assets\/[0-9a-f]{2}\/[^/]+$/);
    expect(readdirSync(join(folder, 'assets')).sort()).toEqual(
      [...new Set(images.map((file) => file.split('/')[1]))].sort(),
    ); // no folder without a file
    for (const file of images) {
      const content = readFileSync(join(folder, file));
      expect(content.includes('Somebody'), file).toBe(false);
      expect((await sharp(content).metadata()).exif, file).toBeUndefined();
    }
    const attributesOn = (path: string) =>
      readSite(folder)
        .find((document) => document.path === path)
        ?.elements.filter(({ tagName }) => tagName === 'img')
        .map(({ attrs }) =>
          Object.fromEntries(
            attrs.map(({ name, value }) => [name, value.replace(/^(\.\.\/)+/, '')]),
          ),
        );
    const size = { loading: 'lazy', decoding: 'async' };
    const [bed, small] = images;
    for (const path of ['en/update/2023/frost.html', 'en/about.html'])
      expect(attributesOn(path), path).toEqual([
        { src: bed, width: '960', height: '540', ...size, alt: 'A bed' },
        { src: bed, width: '960', height: '540', ...size, alt: 'The same' },
        { src: small, width: '131', height: '1441', ...size, alt: 'A mark' },
      ]);
    // A drawing without a ground is seen in dark colours, too.
    const styles = /<style>.*?<\/style>/s.exec(readFileSync(join(folder, 'en/about.html'), 'utf8'));
    expect(styles?.[0]).toMatch(/img\{[^}]*background:#fff/);
  });
});

test('a language with nothing translated but the interface shows the main one, and its links lead on', async () => {
  const campaign = changeGarden({
    'site.yaml': (yaml) =>
      yaml.replace('languages:\n', 'languages:\n  - { tag: nl, name: Nederlands }\n'),
    'interface/nl.yaml': readFileSync('tests/fixtures/garden/interface/en.yaml', 'utf8'),
    'guides/en/about.mdx': (content) =>
      `${content}\nSee the [frost](/update/2023/frost.html), [fine](https://good.example/fine/) and [banned](https://good.example/Banned/x).\n`,
    'sites/good.yaml':
      'prefixes: ["https://good.example/"]\nname: good\nstate: live\nalive: { date: "2025", source: The gardeners }\ndesignation: { cleared: { date: "2025", source: The gardeners, until: 2030-03-01 } }\nchecked: 2025-03-02\n',
    'sites/banned.yaml':
      'prefixes: ["https://good.example/banned/"]\nname: banned\nstate: live\nalive: { date: "2025", source: The gardeners }\ndesignation: { decisions: [{ kind: weeds, date: "2025", source: { name: The gardeners }, until: 2030-03-01 }] }\nchecked: 2025-03-02\n',
  });
  const folder = join(campaign, 'out');
  await buildInto(folder, { CONTENT_DIR: campaign });
  const about = readSite(folder).find(({ path }) => path === 'nl/about.html')!.html;
  expect(about).toContain('You read it in <span lang="en">English</span>.');
  expect(about).toContain('<a href="../en/update/2023/frost.html">frost</a>');
  // A banned path below a free host is no link, though its letters are written in another case.
  expect(about).toContain('href="https://good.example/fine/" rel="noreferrer">fine</a>');
  expect(about).toContain('<a>banned</a>');
  expect(about).not.toContain('Banned/x');
});

test('a site of many entries is cut into pages, none of which grows with their number; records may be in folders', async () => {
  const update = readFileSync('tests/fixtures/garden/updates/en/2023/frost.md', 'utf8');
  const action = readFileSync('tests/fixtures/garden/actions/water-a-bed.yaml', 'utf8');
  /** Of 402 updates 300 are on soil, 20 on slugs, 11 on each of the other subjects. */
  const subjectOf = (index: number) =>
    index < 300 ? 'soil' : index < 320 ? 'slugs' : `bed-${Math.floor((index - 320) / 11)}`;
  const subjects = [...new Set(Array.from({ length: 400 }, (_, index) => subjectOf(index)))];
  /**
   * Of 41 actions 13 are of the kind "write" and 14 of the time "minutes"; the others are too few or
   * too many for a page.
   */
  const kindOf = (index: number) => (index < 13 ? 'write' : index < 20 ? 'tell' : 'care');
  const many: Record<string, string> = Object.fromEntries([
    ...Array.from({ length: 400 }, (_, index) => [
      `updates/en/note-${index}.md`,
      withOwnId(
        update
          .replace('Late frost', `Note ${index}`)
          .replace('kind: event', `kind: event\nsubjects: [${subjectOf(index)}]`),
        `${index}`,
      ),
    ]),
    ...subjects.map((subject) => [
      `subjects/${subject}.yaml`,
      `name: { en: "${subject}" }\ndescription: { en: What was written on it. }\n`,
    ]),
    ...Array.from({ length: 40 }, (_, index) => [
      `actions/deed-${index}.yaml`,
      action
        .replace(/^title: .*/m, `title: { en: Deed ${index} }`)
        .replace('kind: care', `kind: ${kindOf(index)}`)
        .replace('time: minutes', index < 13 ? 'time: minutes' : 'time: hour')
        .replace('initiatives: [rake-club]\n', ''),
    ]),
  ]);
  const toFolder = (text: string) => text.replace(/\brake-club\b/g, 'tools/rake-club');
  const campaign = changeGarden({
    ...many,
    'initiatives/rake-club.yaml': null,
    'initiatives/tools/rake-club.yaml': readFileSync(
      'tests/fixtures/garden/initiatives/rake-club.yaml',
      'utf8',
    ),
    'actions/water-a-bed.yaml': toFolder,
    'sites/rakes.yaml': toFolder,
    'guides/en/watering.mdx': toFolder,
    // A native reader has read other words.
    'guides/ar/watering.mdx': (text) =>
      toFolder(text).replace(/checked: read-\w+/, 'checked: false'),
  });
  const folder = join(campaign, 'out');
  await buildInto(folder, { CONTENT_DIR: campaign });
  // The address of a record follows its folder too, and every reference goes there.
  const referring = readSite(folder).filter(({ html }) => html.includes('rake-club.html'));
  expect(referring.length).toBeGreaterThan(5);
  const files = new Set(listSite(folder));
  for (const { path, elements } of referring)
    for (const element of elements) {
      const href = attribute(element, 'href') ?? '';
      if (!href.includes('rake-club')) continue;
      const target = follow(path, href);
      expect(target, path).toMatch(/^(?:en|ar)\/initiative\/tools\/rake-club\.html$/);
      expect(files.has(target), path).toBe(true);
    }
  const pages = readSite(folder);
  const paths = pages.map(({ path }) => path);
  const narrow = (path: string) => /^en\/(updates\/about|actions)\/[a-z].*\.html$/.test(path);
  expect(paths.filter(narrow).sort()).toEqual([
    'en/actions/minutes.html',
    'en/actions/write.html',
    'en/updates/about/slugs.html',
  ]);
  // Ten subjects a page: the address of a place on the first one stays when it has moved.
  const [first, second] = ['subjects', 'subjects/2'].map(
    (name) => pages.find(({ path }) => path === `en/updates/${name}.html`)!.html,
  ) as [string, string];
  for (const subject of subjects) expect(first).toContain(`id="${subject}"`);
  expect(first).toContain('<h2 id="slugs"><a href="about/slugs.html">');
  expect(first).toContain('id="weather" href="subjects/2.html#weather"');
  expect(second).toContain('<h2 id="weather">');
  const offer = pages.find(({ path }) => path === 'en/actions.html')!.html;
  for (const place of ['minutes', 'hour', 'write', 'tell', 'care', 'live'])
    expect(offer.split(` id="${place}"`).length, place).toBe(2);
  expect(offer).toContain('id="minutes" href="actions/minutes.html"');
  const lists = pages.filter(({ path }) =>
    /^en\/(updates\/(2023|subjects)|search|actions)(\/\d+)?\.html$/.test(path),
  );
  expect(lists.filter(({ path }) => path.startsWith('en/updates/2023')).length).toBe(14);
  for (const { path, html } of lists) expect(Buffer.byteLength(html), path).toBeLessThan(20_000);
  const listed = new Set(
    lists
      .flatMap(({ path, elements }) =>
        elements.flatMap((element) =>
          path.includes('updates') && element.tagName === 'a'
            ? follow(path, attribute(element, 'href') ?? '')
            : [],
        ),
      )
      .filter((path) => path.startsWith('en/update/note-')),
  );
  expect(listed.size).toBe(400);
  const middle = lists.find(({ path }) => path === 'en/updates/2023/7.html')!;
  const pager = middle.elements.find((element) => attribute(element, 'class') === 'pager')!;
  const numbers = middle.elements
    .filter(
      (element) =>
        element.tagName === 'li' &&
        text(pager).includes(text(element)) &&
        /^(… )?\s*\d+$/.test(text(element).trim()),
    )
    .map((element) => text(element).trim());
  expect(numbers.join(' ')).toBe('14 13 … 9 8 7 6 5 … 2 1');
});
