import { describe, expect, it } from 'vitest';
import { addressLimits, checkAddresses } from '../../src/campaign/check/check-addresses.ts';
import { collectionNames } from '../../src/campaign/schema/collections.ts';
import type { Entries } from '../../src/campaign/schema/entries.ts';

const locales = { main: 'en', all: ['en', 'be-tarask'] };

/** The entries of a campaign as far as addresses are concerned: what its files say. */
function entriesOf(files: readonly string[]): Entries {
  const entries = Object.fromEntries(collectionNames().map((name) => [name, [] as object[]]));
  for (const file of files) {
    const [collection = '', ...rest] = file.replace(/\.\w+$/, '').split('/');
    const language = /\.mdx?$/.test(file) ? rest.shift() : undefined;
    entries[collection]?.push({ file, slug: rest.join('/'), language });
  }
  return entries as unknown as Entries;
}

const find = (...files: string[]) => checkAddresses(files, entriesOf(files), locales);
const many = (count: number, name: (index: number) => string): string[] =>
  Array.from({ length: count }, (_, index) => name(index));

describe('checkAddresses', () => {
  it('refuses a folder with one entry too many, and says where to go on', () => {
    const files = many(addressLimits.folderEntries + 1, (n) => `updates/en/2024/note-${n}.md`);
    expect(find(...files)).toEqual([
      {
        file: 'updates/en/2024/',
        found: '901 entries',
        expected: expect.stringContaining('at most 900 in a folder'),
        fix: expect.stringContaining('such as updates/en/2024/2/'),
      },
    ]);
  });

  it.each([
    ['records', (n: number) => `initiatives/club-${n}.yaml`, 'initiatives/'],
    ['images', (n: number) => `photos/rose-${n}.jpg`, 'photos/'],
    ['folders', (n: number) => `updates/en/${n}/note.md`, 'updates/en/'],
  ])('counts %s', (_, name, folder) => {
    expect(find(...many(901, name)).map(({ file }) => file)).toEqual([folder]);
  });

  it('lets a folder be full, and a campaign have any number of folders', () => {
    expect(find(...many(5000, (n) => `updates/en/${2000 + (n % 6)}/note-${n}.md`))).toEqual([]);
    expect(find(...many(1200, (n) => `editions/${n + 1}/EDITION.txt`))).toEqual([]);
  });

  const folder = 'a'.repeat(60);
  it.each<[string, (name: string) => string, (name: string) => string]>([
    [
      'an update',
      (name) => `updates/be-tarask/${folder}/${name}.md`,
      (name) => `be-tarask/update/${folder}/${name}.html`,
    ],
    [
      'a guide, a copy of which is in every language that has none of its own',
      (name) => `guides/en/${folder}/${name}.mdx`,
      (name) => `be-tarask/guide/${folder}/${name}.html`,
    ],
    [
      'a record',
      (name) => `initiatives/${folder}/${name}.yaml`,
      (name) => `be-tarask/initiative/${folder}/${name}.html`,
    ],
    [
      'a subject, whose list has pages',
      (name) => `subjects/${folder}/${name}.yaml`,
      (name) => `be-tarask/updates/about/${folder}/${name}/500/500.html`,
    ],
    [
      'an image',
      (name) => `photos/${name}.jpg`,
      (name) => `assets/7f/${name}.DBDlVh5S_Z1zCVNu.webp`,
    ],
  ])('refuses an address of %s, if it is one character too long', (_, fileOf, addressOf) => {
    const fitting = 'b'.repeat(120 - addressOf('').length);
    const file = fileOf(`${fitting}b`);
    expect(find(fileOf(fitting))).toEqual([]);
    expect(find(file)).toMatchObject([
      { file, found: expect.stringContaining('an address of 121 characters') },
    ]);
  });

  it('refuses a page that has the name of a folder next to it', () => {
    expect(find('updates/en/2024.md', 'updates/en/2024/rain.md')).toMatchObject([
      { file: 'updates/en/2024.md', found: 'a file and a folder of one name, updates/en/2024/' },
    ]);
    expect(find('updates/en/2024.md', 'updates/en/2024-2/rain.md')).toEqual([]);
  });

  it('refuses more pages than a manifest has lines for', () => {
    const update = (n: number) => `updates/en/${Math.floor(n / 800)}/note-${n}.md`;
    expect(find(...many(90_001, update))).toMatchObject([
      { file: 'updates/', found: '90001 pages of 90001' },
    ]);
  });
});
