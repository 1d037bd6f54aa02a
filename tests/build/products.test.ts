import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { buildInto, changeGarden, makeFolder } from '../helpers/build.ts';
import { readAtom, readRss } from '../helpers/feeds.ts';
import { attribute, listSite, readSite, text } from '../helpers/site.ts';

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
    expect(listSite(folder)).toEqual(listSite(garden));
    const differing = listSite(folder).filter(
      (file) => !readFileSync(join(folder, file)).equals(readFileSync(join(garden, file))),
    );
    const kit = [
      'SHA256SUMS',
      'download/CID.txt',
      'download/SHA256SUMS',
      'download/garden-draft-1.car',
      'download/garden-draft-1.zip',
      'files.html',
    ];
    expect(differing.filter((file) => !kit.includes(file))).toEqual([
      'ar/feed.atom.xml',
      'ar/feed.xml',
      'ar/mirrors.html',
      'en/feed.atom.xml',
      'en/feed.xml',
      'en/mirrors.html',
    ]);
    const { link, item } = readRss(folder, 'en');
    expect(link).toBe('https://garden.example/week/en/home.html');
    const rain = item.find(({ title }) => title === 'First rain');
    expect(rain?.link).toBe('https://garden.example/week/en/update/2024-05-first-rain.html');
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
    expect(find('ar/updates.html').html).toContain('href="../en/update/2023-frost.html"');
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
    expect(find('en/update/2023-frost.html').html).toContain(
      '<a href="../initiative/rake-club.html">rake club</a>',
    );
  });

  test('leads to a site that is known to be free of it from running text', () => {
    expect(find('en/update/2023-frost.html').html).toContain(
      '<a href="https://t.example/rakes" rel="noreferrer">another</a>',
    );
  });

  test('aligns tables without style attributes', () => {
    expect(find('en/update/2024-05-first-rain.html').html).toMatch(
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
  test('loses what it knows of place and person, is sized, lazy and named the same in each build', async () => {
    const photo = await sharp({
      create: { width: 1600, height: 900, channels: 3, background: '#7a5' },
    })
      .withExif({ IFD0: { Artist: 'Somebody Somewhere' }, IFD3: { GPSLatitude: '53/1 54/1 0/1' } })
      .jpeg()
      .toBuffer();
    expect((await sharp(photo).metadata()).exif).toBeDefined();
    const shown = (file: string) => (content: string) => `${content}\n![A bed](${file})\n`;
    const campaign = changeGarden({
      'updates/en/bed.jpg': photo,
      'guides/en/bed.jpg': photo,
      'updates/en/2023-frost.md': shown('./bed.jpg'),
      'guides/en/about.mdx': shown('./bed.jpg'),
      'photos/members-only.jpg': photo,
    });
    const folder = join(campaign, 'out');
    await buildInto(folder, { CONTENT_DIR: campaign });
    const images = listSite(folder).filter((file) => /\.(jpg|webp)$/.test(file));
    expect(images.map((file) => file.replace(/.*\/(\w+)\..*\.(\w+)$/, '$1.$2'))).toEqual([
      'bed.webp',
      'bed.webp',
    ]); // one of each size, no original, and none that no page shows
    for (const file of images) {
      const content = readFileSync(join(folder, file));
      expect(content.includes('Somebody'), file).toBe(false);
      expect((await sharp(content).metadata()).exif, file).toBeUndefined();
    }
    for (const path of ['en/update/2023-frost.html', 'en/about.html']) {
      const image = readSite(folder)
        .find((document) => document.path === path)
        ?.elements.find(({ tagName }) => tagName === 'img');
      expect(image && attribute(image, 'src'), path).toMatch(/^(\.\.\/)+assets\//);
      expect(image && attribute(image, 'alt'), path).toBe('A bed');
      expect(image && attribute(image, 'loading'), path).toBe('lazy');
      expect(
        Number(image && attribute(image, 'width')) / Number(image && attribute(image, 'height')),
        path,
      ).toBeCloseTo(16 / 9, 1);
    }
  });
});

test('a language with nothing translated but the interface shows the main one, and its links lead on', async () => {
  const campaign = changeGarden({
    'site.yaml': (yaml) =>
      yaml.replace('languages:\n', 'languages:\n  - { tag: pl, name: Polski }\n'),
    'interface/pl.yaml': readFileSync('tests/fixtures/garden/interface/en.yaml', 'utf8'),
    'guides/en/about.mdx': (content) =>
      `${content}\nSee the [frost](/update/2023-frost.html), [fine](https://good.example/fine/) and [banned](https://good.example/Banned/x).\n`,
    'sites/good.yaml':
      'prefixes: ["https://good.example/"]\nname: good\nstate: live\nalive: { date: "2025", source: The gardeners }\ndesignation: { cleared: { date: "2025", source: The gardeners, until: 2030-03-01 } }\nchecked: 2025-03-02\n',
    'sites/banned.yaml':
      'prefixes: ["https://good.example/banned/"]\nname: banned\nstate: live\nalive: { date: "2025", source: The gardeners }\ndesignation: { decisions: [{ kind: weeds, date: "2025", source: { name: The gardeners }, until: 2030-03-01 }] }\nchecked: 2025-03-02\n',
  });
  const folder = join(campaign, 'out');
  await buildInto(folder, { CONTENT_DIR: campaign });
  const about = readSite(folder).find(({ path }) => path === 'pl/about.html')!.html;
  expect(about).toContain('You read it in <span lang="en">English</span>.');
  expect(about).toContain('<a href="../en/update/2023-frost.html">frost</a>');
  // A banned path below a free host is no link, though its letters are written in another case.
  expect(about).toContain('href="https://good.example/fine/" rel="noreferrer">fine</a>');
  expect(about).toContain('<a>banned</a>');
  expect(about).not.toContain('Banned/x');
});

test('a year of many updates is cut into pages, none of which grows with their number', async () => {
  const update = readFileSync('tests/fixtures/garden/updates/en/2023-frost.md', 'utf8');
  const many = Object.fromEntries(
    Array.from({ length: 400 }, (_, index) => [
      `updates/en/note-${index}.md`,
      update.replace('Late frost', `Note ${index}`),
    ]),
  );
  const campaign = changeGarden(many);
  const folder = join(campaign, 'out');
  await buildInto(folder, { CONTENT_DIR: campaign });
  const lists = readSite(folder).filter(({ path }) =>
    /^en\/(updates-2023|pages)(-\d+)?\.html$/.test(path),
  );
  expect(lists.filter(({ path }) => path.startsWith('en/updates-2023')).length).toBe(14);
  for (const { path, html } of lists) expect(Buffer.byteLength(html), path).toBeLessThan(20_000);
  const listed = new Set(
    lists
      .flatMap(({ path, elements }) =>
        elements.flatMap((element) =>
          path.includes('updates') && element.tagName === 'a'
            ? (attribute(element, 'href') ?? [])
            : [],
        ),
      )
      .filter((href) => href.startsWith('update/note-')),
  );
  expect(listed.size).toBe(400);
  const middle = lists.find(({ path }) => path === 'en/updates-2023-7.html')!;
  const pager = middle.elements.find((element) => attribute(element, 'class') === 'pager')!;
  const numbers = middle.elements
    .filter(
      (element) =>
        element.tagName === 'li' &&
        text(pager).includes(text(element)) &&
        /^(… )?\s*\d+$/.test(text(element).trim()),
    )
    .map((element) => text(element).trim());
  expect(numbers.join(' ')).toBe('1 2 … 5 6 7 8 9 … 13 14');
});
