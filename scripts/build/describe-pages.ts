import { type BuildName, archiveName } from '../../src/kit/core/edition/edition-files.ts';
import type { ListedFile } from '../../src/kit/core/manifest/manifest.ts';
import { comparePages } from '../../src/kit/core/page-diff/compare-pages.ts';
import { decodePage } from '../../src/kit/core/page-diff/page-file.ts';
import {
  describeWholeChange,
  type ChangeKind,
  type PageChange,
} from '../../src/kit/core/page-diff/page-change.ts';
import type { PageContent } from '../../src/kit/core/page-diff/page-content.ts';
import { readPage } from '../../src/kit/core/page-diff/read-page.ts';
import { isCarried } from '../../src/lib/paths.ts';
import { quoteName } from '../../src/kit/core/text/plain-characters.ts';

/** An edition whose files can be read. */
export interface ReadableEdition {
  readonly name: BuildName;
  readonly list: readonly ListedFile[];
  /** Gives the bytes of a file. */
  readonly read: (path: string) => Promise<Uint8Array>;
}

/** What can cost a reader most, first. */
const grave: readonly ChangeKind[] = ['account', 'contact', 'script', 'link', 'figure', 'warning'];

/**
 * What is new on pages, as lines: what frames many pages alike is said once.
 * @param changed paths of pages that both editions have, `added` of those that came
 * @returns the grave changes, the gravest first, and the others
 */
export async function describePages(
  before: ReadableEdition,
  after: ReadableEdition,
  { changed, added }: { changed: readonly string[]; added: readonly string[] },
): Promise<{ grave: string[]; other: string[] }> {
  const found = new Map<string, { rank: number; paths: string[] }>();
  const add = (path: string, kind: ChangeKind, text: string): void => {
    const known = found.get(text) ?? {
      rank: grave.includes(kind) ? grave.indexOf(kind) : grave.length,
      paths: [],
    };
    known.paths.push(path);
    found.set(text, known);
  };
  for (const path of pagesFirst(changed)) {
    const [old, fresh] = [await readContent(before, path), await readContent(after, path)];
    const changes = comparePages(
      withoutExpected(old, before.list, before.name, after.name),
      withoutExpected(fresh, after.list, after.name, after.name),
      path,
    );
    for (const change of changes) add(path, change.kind, describeWholeChange(change));
    if (old.edition !== fresh.edition)
      add(path, 'text', `its edition line reads ${quoteName(fresh.edition ?? '', Infinity)}`);
    for (const listed of findFalseRows(fresh, after.list))
      add(path, 'link', describeFalseRow(listed));
  }
  for (const path of pagesFirst(added)) {
    const fresh = await readContent(after, path);
    // Attack: the account that a signer would see on a known page comes on a new one, of which only
    // the name is shown.
    for (const change of comparePages(nothing, fresh, path).filter(leadsAway))
      add(path, change.kind, describeWholeChange(change));
    for (const listed of findFalseRows(fresh, after.list))
      add(path, 'link', describeFalseRow(listed));
  }
  const lines = [...found]
    .sort(([, a], [, b]) => a.rank - b.rank)
    .map(([text, { rank, paths }]) => ({
      isGrave: rank < grave.length,
      line: `  ${paths[0]}${paths.length > 1 ? ` and ${paths.length - 1} more` : ''}: ${text}`,
    }));
  return {
    grave: lines.filter(({ isGrave }) => isGrave).map(({ line }) => line),
    other: lines.filter(({ isGrave }) => !isGrave).map(({ line }) => line),
  };
}

/** What is copied into a file to take along is named by the page that it is from. */
const pagesFirst = (paths: readonly string[]): string[] =>
  [...paths].sort((a, b) => Number(isCarried(a)) - Number(isCarried(b)));

const readContent = async ({ read }: ReadableEdition, path: string): Promise<PageContent> =>
  readPage(decodePage(await read(path)));

const describeFalseRow = (listed: string): string =>
  `it names ${quoteName(listed)} with another hash than the list`;

/** What a page that came is held against. */
const nothing = readPage('');

/**
 * Of a page that came, its words are new anyway: only what a reader could follow, pay or run is
 * found.
 */
const leadsAway = ({ kind, after }: PageChange): boolean =>
  kind === 'account' ||
  kind === 'contact' ||
  kind === 'script' ||
  (kind === 'link' && /^(?!data:)[a-z][a-z0-9+.-]*:/i.test(after ?? ''));

/**
 * A row of a list of files, as a page shows it: path, size, hash.
 * Attack: an account in place of the size, in a row that nobody is shown: no size has so many
 * digits.
 */
const row = /^(\S+) (?:[.,'’\s\u00A0\u202F]*\p{N}){1,9} ([0-9a-f]{64})$/u;

/**
 * A page without what differs between any two editions, and would hide what a signer has to see:
 * its edition line, rows of lists of files, and the number in the names of the archives.
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
    root: undefined,
    edition: undefined,
    blocks: page.blocks
      .filter(({ text }) => text !== page.edition && !row.test(text))
      .map((block) => ({ ...block, text: rename(block.text), form: rename(block.form) })),
    links: page.links
      .filter(({ text, href }) => !(text === href && paths.has(href)))
      .map(({ text, href }) => ({ text: rename(text), href: rename(href) })),
  };
}

/**
 * Attack: a list for people that differs from the one that is signed. Returns the paths whose rows
 * on a page have another hash.
 */
export function findFalseRows(page: PageContent, list: readonly ListedFile[]): string[] {
  const hashes = new Map(list.map(({ path, hash }) => [path, hash]));
  return page.blocks.flatMap(({ text }) => {
    const [, path = '', hash] = row.exec(text) ?? [];
    return hash !== undefined && hashes.get(path) !== hash ? [path] : [];
  });
}
