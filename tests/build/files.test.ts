import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { findFirstDifference } from '../../scripts/lab/rebuild/compare-folders.ts';
import { readFiles } from '../../scripts/lab/site.ts';
import { compareBytes } from '../../src/kit/core/text/bytes.ts';
import { serveFolder } from '../../scripts/build/serve.ts';
import { makeCampaign } from '../../scripts/new/campaign-files.ts';
import { buildInto, changeGarden, makeFolder, withOwnId } from '../helpers/build.ts';
import { laterFiles } from '../helpers/later-files.ts';
import type { ArchiveKind } from '../../src/kit/core/edition/edition-files.ts';
import { attribute, follow, listSite, readSite, text } from '../helpers/site.ts';

interface Row {
  path: string;
  size: string;
  hash: string;
  /** Where its link leads; undefined where it has none. */
  target: string | undefined;
}

const isList = (path: string) => /^files(\/\d+)?\.html$/.test(path);
const listPages = (folder: string) =>
  readSite(folder)
    .filter(({ path }) => isList(path))
    .sort((a, b) => a.path.length - b.path.length || (a.path < b.path ? -1 : 1));
type Page = ReturnType<typeof listPages>[number];
type Element = Page['elements'][number];
const holds = (above: Element, element: Element): boolean =>
  above.childNodes.some((node) => 'tagName' in node && (node === element || holds(node, element)));

/** What stands below the element of an id, in the order of the text. */
function within({ elements }: Page, id: string): Element[] {
  const above = elements.find((element) => attribute(element, 'id') === id);
  return above ? elements.filter((element) => holds(above, element)) : [];
}

function readRows(folder: string): Row[] {
  return listPages(folder).flatMap((page) =>
    within(page, '_files')
      .filter(({ tagName }) => tagName === 'li')
      .map((row) => {
        const link = row.childNodes.find((node) => 'tagName' in node && node.tagName === 'a');
        const [, path = '', size = '', hash = ''] =
          /^(\S+) ([\d,]+)([0-9a-f]{64})$/.exec(text(row)) ?? [];
        return {
          path,
          size,
          hash,
          target:
            link && 'attrs' in link ? follow(page.path, attribute(link, 'href') ?? '') : undefined,
        };
      }),
  );
}

/**
 * All files that the list has to hold: those of the site as Astro's steps leave it, but the pages
 * of the list itself.
 */
const listed = (folder: string, later: readonly string[]) =>
  listSite(folder)
    .filter((path) => !isList(path) && !later.includes(path))
    .sort(compareBytes);

describe.each<[name: string, folder: string, kinds: ArchiveKind[]]>([
  ['default', inject('defaultSite'), ['zip']],
  ['second', inject('gardenSite'), ['zip', 'car']],
])('the list of files of the %s campaign', (_name, folder, kinds) => {
  const later = laterFiles(folder, kinds);
  const rows = readRows(folder);

  test('names each file once, in the order of bytes', () => {
    expect(rows.map(({ path }) => path)).toEqual(listed(folder, later));
  });

  test('gives the size and the hash of each', () => {
    for (const { path, size, hash } of rows) {
      expect(size.replaceAll(',', ''), path).toBe(String(statSync(join(folder, path)).size));
      expect(hash, path).toBe(
        createHash('sha256')
          .update(readFileSync(join(folder, path)))
          .digest('hex'),
      );
    }
  });

  test('links to each, but to an index document by its head alone: some hosts answer that where its links are dead', () => {
    const isIndex = (path: string) => /(^|\/)index\.html$/.test(path);
    for (const { path, target } of rows)
      expect(target, path).toBe(isIndex(path) ? undefined : path);
    const [first] = listPages(folder);
    const items = first!.elements
      .filter((element) => element.tagName === 'link' && attribute(element, 'rel') === 'item')
      .map((element) => attribute(element, 'href'));
    expect(items).toEqual(listed(folder, later).filter(isIndex));
  });

  test('names by itself what no list can hold', () => {
    const [first] = listPages(folder);
    const names = within(first!, '_apart')
      .filter(({ tagName }) => tagName === 'a')
      .map((element) => [attribute(element, 'href'), text(element)]);
    expect(names).toEqual(
      [...listPages(folder).map(({ path }) => path), ...later].map((path) => [path, path]),
    );
    for (const page of listPages(folder).slice(1))
      expect(within(page, '_apart'), page.path).toEqual([]);
  });

  test('is within reach of the first page, and of the page on mirrors in each language', () => {
    const site = readSite(folder);
    for (const path of [
      'index.html',
      ...site.map((page) => page.path).filter((name) => name.endsWith('/mirrors.html')),
    ]) {
      const page = site.find((other) => other.path === path)!;
      expect(
        page.elements.some(
          (element) =>
            element.tagName === 'a' &&
            follow(path, attribute(element, 'href') ?? '') === 'files.html',
        ),
        path,
      ).toBe(true);
    }
  });

  test('keeps its pages below 8,500 bytes, and the policy of each fits its style', () => {
    for (const { path, html, elements } of listPages(folder)) {
      expect(gzipSync(html, { level: 6 }).length, path).toBeLessThan(8_500);
      const style = elements.find(({ tagName }) => tagName === 'style')!;
      expect(html, path).toContain(
        `style-src 'sha256-${createHash('sha256').update(text(style)).digest('base64')}'`,
      );
    }
  });

  test('warns those who must not store a file before it names one to download', () => {
    const html = listPages(folder)[0]!.html;
    expect(html.indexOf('class="notice warning"')).toBeGreaterThan(0);
    expect(html.indexOf('class="notice warning"')).toBeLessThan(html.indexOf('href="download/'));
  });
});

describe('the list of many files', () => {
  let folder = '';
  beforeAll(async () => {
    const update = readFileSync('tests/fixtures/garden/updates/en/2023/frost.md', 'utf8');
    const many = Object.fromEntries(
      Array.from({ length: 250 }, (_, index) => [
        `updates/en/a-rather-long-name-of-a-note-${index}.md`,
        withOwnId(update.replace('Late frost', `Note ${index}`), `${index}`),
      ]),
    );
    folder = join(makeFolder('many-'), 'site');
    await buildInto(folder, { CONTENT_DIR: changeGarden(many) });
  });

  test('is cut into pages, which between them hold all', () => {
    const pages = listPages(folder);
    const files = listed(folder, laterFiles(folder, ['zip', 'car']));
    expect(files.length).toBeGreaterThan(500);
    expect(pages.map(({ path }) => path)).toEqual(
      pages.map((_, index) => (index === 0 ? 'files.html' : `files/${index + 1}.html`)),
    );
    expect(pages.length).toBe(Math.ceil(files.length / 80));
    expect(readRows(folder).map(({ path }) => path)).toEqual(files);
    for (const { path, html } of pages)
      expect(gzipSync(html, { level: 6 }).length, path).toBeLessThan(8_500);
  });

  test('leads from each of its pages to its ends and neighbours, through which to all, and says which one it is', () => {
    const pages = listPages(folder);
    const last = pages.length - 1;
    for (const [index, page] of pages.entries()) {
      const numbers = within(page, '_pager').filter(({ tagName }) => tagName === 'a');
      const near = [0, 1, index - 2, index - 1, index, index + 1, index + 2, last - 1, last];
      expect(numbers.map((element) => follow(page.path, attribute(element, 'href') ?? ''))).toEqual(
        pages.filter((_, other) => near.includes(other)).map(({ path }) => path),
      );
      expect(
        numbers
          .filter((element) => attribute(element, 'aria-current') === 'page')
          .map((element) => follow(page.path, attribute(element, 'href') ?? '')),
      ).toEqual([page.path]);
    }
  });
});

test('a list of one page has no numbers to choose from', async () => {
  const folder = join(makeFolder('few-'), 'site');
  const campaign = makeFolder('few-campaign-');
  const files = makeCampaign({
    ...{ id: 'few', name: 'Few', main: 'en', languages: ['en'], accent: '#205020' },
    ...{ today: '2025-05-01', program: '../vyrai' },
  });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(campaign, path)), { recursive: true });
    writeFileSync(join(campaign, path), text);
  }
  await buildInto(folder, { CONTENT_DIR: campaign });
  const [only, ...more] = listPages(folder);
  expect(more).toEqual([]);
  expect(only!.html).not.toContain('class="pager"');
});

/** On a machine without wget this is left out. */
test.skipIf(spawnSync('wget', ['--version']).error !== undefined)(
  'wget -m gets every file by it, byte for byte, from a path below a host',
  async () => {
    const site = inject('defaultSite');
    const server = await serveFolder(site, 0, '/deep/path');
    const copy = makeFolder('wget-');
    const child = spawn(
      'wget',
      [
        '--quiet',
        '--mirror',
        '--no-parent',
        '--no-host-directories',
        '--cut-dirs=2',
        `http://localhost:${(server.address() as AddressInfo).port}/deep/path/`,
      ],
      { cwd: copy, env: { ...process.env, http_proxy: '' } },
    );
    const [code] = await once(child, 'close');
    server.close();
    server.closeAllConnections();
    expect(code).toBe(0);
    expect(
      findFirstDifference(readFiles(site), readFiles(copy), ['the site', 'the copy']),
    ).toBeUndefined();
  },
);
