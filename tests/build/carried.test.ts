import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HtmlValidate } from 'html-validate';
import { SaxesParser } from 'saxes';
import { describe, expect, inject, test } from 'vitest';
import { findProgram } from '../../scripts/lab/programs.ts';
import { readSite as readWithLab } from '../../scripts/lab/site.ts';
import { readRecords } from '../../src/campaign/read-campaign.ts';
import { carriedFiles } from '../../src/lib/paths.ts';
import { columns, widthOf } from '../../src/kit/core/text/wrap-lines.ts';
import { parseManifest } from '../../src/kit/core/manifest/manifest.ts';
import { readBookFiles } from '../helpers/book-files.ts';
import { isLong } from '../helpers/depth.ts';
import { attribute, listLanguages, listSite, readSite, text as textOf } from '../helpers/site.ts';

describe.each([
  ['default', inject('defaultSite'), 'src/content'],
  ['second', inject('gardenSite'), 'tests/fixtures/garden'],
])('the files to take along of the %s campaign', (name, folder, campaign) => {
  const { site, entries } = readRecords(campaign, name);
  const stringsOf = (tag: string) => entries.interface.find(({ slug }) => slug === tag)!.data;
  const pages = readSite(folder);
  const banned = entries.sites
    .filter(({ data }) => data.designation.status !== 'none' || data.state !== 'live')
    .flatMap(({ data }) => data.prefixes.map((prefix) => prefix.replace(/^https?:\/\/|\/$/g, '')));

  test.each(site.languages.flatMap(({ tag }) => carriedFiles.map((file) => `${tag}/${file}`)))(
    '%s is in the manifest, and its size is where it is offered',
    (path) => {
      const manifest = parseManifest(readFileSync(join(folder, 'SHA256SUMS')));
      expect(manifest.map((file) => file.path)).toContain(path);
      const [tag = ''] = path.split('/');
      const page = pages.find((each) => each.path === `${tag}/mirrors.html`)!;
      const kilobytes = Math.ceil(readFileSync(join(folder, path)).length / 1000);
      const item = page.elements
        .filter(({ tagName }) => tagName === 'li')
        .find((element) => JSON.stringify(links(element)).includes(path.slice(tag.length + 1)));
      const shown = textOf(item!).replace(/.*\(/s, '');
      expect(Number(shown.normalize('NFKC').replace(/\D/g, ''))).toBe(kilobytes);
    },
  );

  test.each(site.languages.map(({ tag }) => tag))(
    '%s/text.txt begins with who must keep none, its edition and how to check it',
    (tag) => {
      const { mirrors, carry } = stringsOf(tag);
      const head = readText(folder, tag).split('='.repeat(columns))[0]!;
      const words = head.replace(/^! /gm, '').replace(/\s+/g, ' ');
      const plain = (string: string) => string.replace(/\s+/g, ' ');
      expect(words).toContain(plain(mirrors.storage));
      expect(words).toContain(plain(carry.check.replace('{file}', `${tag}/text.txt`)));
      expect(words.indexOf(plain(mirrors.storage))).toBeLessThan(words.indexOf('SHA256SUMS'));
      expect(head).toMatch(/^! /m);
    },
  );

  test.each(site.languages.map(({ tag }) => tag))(
    '%s/text.txt has 72 columns but in commands and addresses',
    (tag) => {
      const long = readText(folder, tag)
        .split('\n')
        .filter((line) => widthOf(line) > columns)
        .filter((line) => !/^\s{4}|^\S+$|^\s*(?:[!>|-]|\d+\.) \S+$/.test(line));
      expect(long).toEqual([]);
    },
  );

  test.each(site.languages.map(({ tag }) => tag))(
    '%s/text.txt names no address that is banned or not live',
    (tag) => {
      const words = readText(folder, tag);
      expect(banned.filter((address) => words.includes(`(${address}`))).toEqual([]);
      const mirrors = entries.mirrors.map(({ data }) => data.address);
      const addresses = words.match(/https?:\/\/[^\s]+/g) ?? [];
      expect(addresses.filter((each) => !mirrors.includes(each) && !/ADDRESS/.test(each))).toEqual(
        [],
      );
    },
  );
});

describe.each([
  ['default', inject('defaultSite'), 'src/content'],
  ['second', inject('gardenSite'), 'tests/fixtures/garden'],
])('the page with all pages of the %s campaign', (name, folder, campaign) => {
  const { site, entries } = readRecords(campaign, name);
  const whole = readWithLab(folder).pages.filter(({ path }) => path.endsWith('/all.html'));
  const pages = readSite(folder);
  const boxesOf = ({ elements }: (typeof pages)[number]): string[] =>
    elements
      .filter((element) => /(?:^|\s)warning(?:\s|$)/.test(attribute(element, 'class') ?? ''))
      .map((element) => textOf(element).replace(/\s+/g, ' ').trim());

  test('is there in each language, and at most 1 MB', () => {
    expect(whole).toHaveLength(site.languages.length);
    for (const { path } of whole)
      expect(readFileSync(join(folder, path)).length, path).toBeLessThanOrEqual(1_000_000);
  });

  test.each(whole)('$path leads nowhere but to its own places, each of which is one', (page) => {
    const ids = page.elements.flatMap((element) => attribute(element, 'id') ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(5);
    const addresses = page.elements.flatMap((element) =>
      ['href', 'src'].flatMap((key) => attribute(element, key) ?? []),
    );
    const lost = addresses.filter(
      (address) => !address.startsWith('data:image/') && !ids.includes(address.slice(1)),
    );
    expect(lost).toEqual([]);
    expect(addresses.filter((address) => address.startsWith('#')).length).toBeGreaterThan(5);
  });

  test.each(whole)(
    '$path has a policy for its own style, before all else',
    ({ html, elements }) => {
      const [first] = elements.filter(({ tagName }) => tagName === 'meta');
      const style = elements.find(({ tagName }) => tagName === 'style');
      const hash = createHash('sha256').update(textOf(style!)).digest('base64');
      expect(attribute(first!, 'content')).toMatch(/^default-src 'none';/);
      expect(attribute(first!, 'content')).toContain(`'sha256-${hash}'`);
      expect(html).not.toMatch(/<script|<[^>]+\s(?:style|on\w+|data-\w+)=/);
    },
  );

  test.each(whole)('$path has the words and the warnings of each page with words', (page) => {
    const tag = page.path.split('/')[0]!;
    const { mirrors } = entries.interface.find(({ slug }) => slug === tag)!.data;
    const [first] = boxesOf(page);
    expect(first).toBe(mirrors.storage.replace(/\s+/g, ' '));
    const sections = page.elements.filter(({ tagName }) => tagName === 'section');
    expect(sections.length).toBeGreaterThan(4);
    const words = textOf(page.elements.find(({ tagName }) => tagName === 'main')!);
    const flat = words.replace(/\s+/g, '');
    for (const section of sections) {
      const id = attribute(section, 'id')!;
      const own = pages.find(({ path }) => path === `${tag}/${id}.html`)!;
      const { length } = boxesOf(own).filter((box) => !flat.includes(box.replace(/\s+/g, '')));
      expect(length, id).toBe(0);
    }
  });

  test('breaks no rule of HTML', async () => {
    const checker = new HtmlValidate({ root: true, extends: ['html-validate:standard'] });
    const some = isLong ? whole : whole.slice(0, 1);
    for (const { path, html } of some) {
      const { results } = await checker.validateString(html, path);
      expect(results.flatMap(({ messages }) => messages).slice(0, 5)).toEqual([]);
    }
  });
});

describe.each([
  ['default', inject('defaultSite')],
  ['second', inject('gardenSite')],
])('the books of the %s campaign', (_name, folder) => {
  const pages = readSite(folder);
  const books = listSite(folder).filter((path) => path.endsWith('/book.epub'));
  const openBook = (path: string) => readBookFiles(join(folder, path));

  test('are there in each language', () => {
    expect(books).toHaveLength(listLanguages(folder).length);
  });

  test.each(books)('%s says what it is in its first bytes', (path) => {
    const bytes = readFileSync(join(folder, path));
    // stored, without an extra field (OCF 3.3, 4.3)
    expect(bytes.readUInt16LE(8)).toBe(0);
    expect(bytes.readUInt16LE(28)).toBe(0);
    expect(bytes.toString('latin1', 30, 58)).toBe('mimetypeapplication/epub+zip');
  });

  test.each(books)('%s is well-formed, and leads to nothing that is not in it', async (path) => {
    const files = await openBook(path);
    const list = files.get('OEBPS/book.opf')!;
    for (const [name, words] of files) {
      if (!/\.(?:xhtml|opf|xml)$/.test(name)) continue;
      // throws at the first fault
      expect(() => new SaxesParser({ xmlns: true }).write(words).close(), name).not.toThrow();
      const addresses = [...words.matchAll(/\s(?:href|src)="([^"]*)"/g)].map(([, to = '']) => to);
      const lost = addresses.filter((address) => {
        const [file = '', place] = address.split('#');
        const other = file === '' ? words : files.get(`OEBPS/${decodeURIComponent(file)}`);
        if (address.startsWith('data:image/')) return false;
        if (other === undefined) return true;
        return place !== undefined && !other.includes(` id="${decodeURIComponent(place)}"`);
      });
      expect(lost, name).toEqual([]);
      if (name.endsWith('.xhtml')) expect(list).toContain(`href="${name.slice('OEBPS/'.length)}"`);
    }
  });

  test.each(books)(
    '%s has a chapter for each page with words, in its contents too',
    async (path) => {
      const files = await openBook(path);
      const [tag = ''] = path.split('/');
      const contents = files.get('OEBPS/contents.xhtml')!;
      const chapters = [...files.keys()].filter((name) => /^OEBPS\/[a-z].*\.xhtml$/.test(name));
      expect(chapters.length).toBeGreaterThan(5);
      for (const name of chapters) {
        if (name === 'OEBPS/contents.xhtml') continue;
        const file = name.slice('OEBPS/'.length);
        expect(contents).toContain(`href="${file}"`);
        const page = `${tag}/${file.replace('.xhtml', '.html').replaceAll('_', '/')}`;
        expect(pages.map((each) => each.path)).toContain(page);
      }
      expect(files.get('OEBPS/_front.xhtml')).toMatch(/class="warning"[^]*SHA256SUMS/);
    },
  );

  test.skipIf(findProgram('epubcheck') === undefined).each(books)(
    'epubcheck finds nothing in %s',
    (path) => {
      const { stdout, stderr, status } = spawnSync('epubcheck', [join(folder, path)], {
        encoding: 'utf8',
      });
      expect(`${stdout}${stderr}`).toMatch(/No errors or warnings detected/);
      expect(status).toBe(0);
    },
  );
});

const links = (element: { childNodes: unknown[] }): unknown[] =>
  element.childNodes.flatMap((node) =>
    typeof node === 'object' && node !== null && 'attrs' in node ? [node.attrs] : [],
  );

function readText(folder: string, tag: string): string {
  const path = join(folder, tag, 'text.txt');
  expect(existsSync(path)).toBe(true);
  const words = readFileSync(path, 'utf8');
  expect(words).toMatch(/^\uFEFF\S/);
  expect(words.endsWith('\n')).toBe(true);
  return words;
}

describe('the texts of the second campaign', () => {
  const words = readText(inject('gardenSite'), 'en');
  test('are those that are live, and no record of the past', () => {
    expect(words).toContain('\nFirst rain\n=');
    expect(words).toContain('\nWater a bed\n=');
    expect(words).not.toContain('\nMint was to be planted\n=');
  });
  test('are not those of another language, nor copies in the main one', () => {
    expect(readText(inject('gardenSite'), 'ar')).not.toContain('First rain');
  });
});
