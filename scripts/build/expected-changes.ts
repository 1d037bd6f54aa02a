import { archiveName, type BuildName } from '../../src/kit/core/edition/edition-files.ts';
import type { ListedFile } from '../../src/kit/core/manifest/manifest.ts';
import type { PageContent } from '../../src/kit/core/page-diff/page-content.ts';

/**
 * A row of a list of files, as a page shows it: path, size, hash.
 * Attack: an account in place of the size, in a row that nobody is shown: no size has so many digits.
 */
const row = /^(\S+) (?:[.,'’\s\u00A0\u202F]*\p{N}){1,9} ([0-9a-f]{64})$/u;

/**
 * A page without what differs between any two editions, and would hide what a signer has to see: its edition line, rows of lists of
 * files, and the number in the names of the archives.
 * @param from the edition that the page is of, and `to` the one whose names to use
 */
export function withoutExpected(
  page: PageContent,
  list: readonly ListedFile[],
  from: BuildName,
  to: BuildName,
): PageContent {
  const paths = new Set(list.map(({ path }) => path));
  const rename = (text: string): string => text.replaceAll(archiveName(from), archiveName(to));
  return {
    ...page,
    edition: undefined,
    root: undefined,
    blocks: page.blocks
      .filter(({ text }) => text !== page.edition && !row.test(text))
      .map((block) => ({ ...block, text: rename(block.text), form: rename(block.form) })),
    links: page.links
      .filter(({ text, href }) => !(text === href && paths.has(href)))
      .map(({ text, href }) => ({ text: rename(text), href: rename(href) })),
  };
}

/** Attack: a list for people that differs from the one that is signed. Returns the paths whose rows on a page have another hash. */
export function findFalseRows(page: PageContent, list: readonly ListedFile[]): string[] {
  const hashes = new Map(list.map(({ path, hash }) => [path, hash]));
  return page.blocks.flatMap(({ text }) => {
    const [, path = '', hash] = row.exec(text) ?? [];
    return hash !== undefined && hashes.get(path) !== hash ? [path] : [];
  });
}
