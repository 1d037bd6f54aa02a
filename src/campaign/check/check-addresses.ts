import type { Fault } from '../read/fault.ts';
import { isImageFile } from '../read/folder.ts';
import { collectionNames, rowOf, type CollectionName } from '../schema/collections.ts';
import type { Entries, Entry } from '../schema/entries.ts';
import type { Locales } from '../schema/fields.ts';
import { manifestLimits } from '../../kit/core/manifest/manifest.ts';

/**
 * What the addresses of a site can be. They follow the files of the campaign, so that what does not
 * fit is found here, before anything is built.
 */
export const addressLimits = {
  /**
   * Hosts, archives and programs for IPFS have limits from about 1,000 on; some is left for ours.
   */
  folderEntries: 900,
  /** Characters of a path: some hosts and archives cut longer ones. */
  path: 120,
} as const;

/** Of the list of a subject, the longest address. */
const furthestPage = '/500/500';
/** What the build adds to the name of an image: a folder, two hashes, its own ending. */
const imageAddress = { folder: 'assets/00/', suffix: '.12345678_1234567.webp' };

/**
 * Checks that every file of a campaign can have its address: that no folder has too many entries,
 * no path is too long, no page is where a folder has to be, and that all of them fit into one
 * manifest.
 * @param files all files of the campaign, below its folder
 */
export function checkAddresses(
  files: readonly string[],
  entries: Entries,
  locales: Locales,
): Fault[] {
  const addresses = collectionNames().flatMap((name) =>
    (entries[name] as Entry[]).map((entry) => ({
      entry,
      path: findLongestPath(name, entry, locales),
    })),
  );
  return [
    ...checkFolders(files),
    ...checkNamesakes(files),
    ...addresses.flatMap(({ entry, path }) => checkLength(entry.file, path)),
    ...files
      .filter((file) => isImageFile(file))
      .flatMap((file) => checkLength(file, findImagePath(file))),
    ...checkTotal(entries, locales),
  ];
}

/** The longest address that is made of an entry's own; undefined where it has none. */
function findLongestPath(
  name: CollectionName,
  { slug, language }: Entry,
  { all }: Locales,
): string | undefined {
  const tag = name === 'updates' && language !== undefined ? language : findLongest(all);
  const { page } = rowOf(name);
  if (page !== undefined) return `${tag}/${page}/${slug}.html`;
  return name === 'subjects' ? `${tag}/updates/about/${slug}${furthestPage}.html` : undefined;
}

const findLongest = (texts: readonly string[]): string =>
  texts.reduce((longest, text) => (text.length > longest.length ? text : longest), '');

const findImagePath = (file: string): string => {
  const name = file.slice(file.lastIndexOf('/') + 1, file.lastIndexOf('.'));
  return `${imageAddress.folder}${name}${imageAddress.suffix}`;
};

function checkLength(file: string, path: string | undefined): Fault[] {
  if (path === undefined || path.length <= addressLimits.path) return [];
  return [
    {
      file,
      found: `an address of ${path.length} characters: ${path}`,
      expected: `at most ${addressLimits.path}: some hosts and archives cut longer ones`,
      fix: 'shorten the name of the file, or of a folder that it is in',
    },
  ];
}

/** How many files and folders are in each folder, from the paths of all files. */
export function countEntries(files: readonly string[]): Map<string, number> {
  const entries = new Map<string, Set<string>>();
  for (const file of files) {
    const names = file.split('/');
    for (const [depth, name] of names.entries()) {
      const folder = names.slice(0, depth).join('/');
      entries.set(folder, (entries.get(folder) ?? new Set()).add(name));
    }
  }
  return new Map([...entries].map(([folder, { size }]) => [folder, size]));
}

/** A folder of the site has an entry for each of the campaign's; editions have no pages. */
function checkFolders(files: readonly string[]): Fault[] {
  const counted = countEntries(files.filter((file) => !file.startsWith('editions/')));
  return [...counted].flatMap(([folder, size]): Fault[] => {
    if (size <= addressLimits.folderEntries) return [];
    return [
      {
        file: `${folder}/`,
        found: `${size} entries`,
        expected:
          `at most ${addressLimits.folderEntries} in a folder, since the addresses of pages follow ` +
          'the files, and hosts, archives and IPFS limit what a folder holds',
        fix: `start a folder below it for what comes now, such as ${folder}/2/; leave what is published where it is`,
      },
    ];
  });
}

/**
 * Some hosts take the ending out of addresses: then `2024.html` and the folder `2024/` have one
 * address, and which of the two a reader gets depends on the host.
 */
function checkNamesakes(files: readonly string[]): Fault[] {
  const folders = new Set(
    files.flatMap((file) => [...file.matchAll(/\//g)].map(({ index }) => file.slice(0, index))),
  );
  return files.flatMap((file): Fault[] => {
    const stem = file.replace(/\.(?:mdx?|yaml)$/, '');
    if (stem === file || !folders.has(stem)) return [];
    return [
      {
        file,
        found: `a file and a folder of one name, ${stem}/`,
        expected: 'different names: on some hosts both would have one address',
        fix: 'rename what is not published yet',
      },
    ];
  });
}

/** Pages of the entries, each with the excerpt that the search index may hold of it. */
function checkTotal(entries: Entries, { all }: Locales): Fault[] {
  const pages = collectionNames()
    .filter((name) => rowOf(name).page !== undefined)
    .map((name) => ({
      name,
      count: name === 'updates' ? entries[name].length : entries[name].length * all.length,
    }));
  const total = pages.reduce((sum, { count }) => sum + count, 0);
  const most = Math.floor(manifestLimits.maxLines * 0.9);
  if (total <= most) return [];
  const largest = pages.reduce((a, b) => (b.count > a.count ? b : a));
  return [
    {
      file: `${largest.name}/`,
      found: `${largest.count} pages of ${total}`,
      expected: `at most ${most} pages in a site: a manifest has at most ${manifestLimits.maxLines} lines`,
      fix: 'make a campaign of its own of what is old, and name its copies in mirrors/',
    },
  ];
}
