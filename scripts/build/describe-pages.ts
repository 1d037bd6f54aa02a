import type { BuildName } from '../../src/kit/core/edition/edition-files.ts';
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
import { quoteName } from '../../src/kit/core/text/quote-name.ts';
import { findFalseRows, withoutExpected } from './expected-changes.ts';

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
 * What is new on pages, as lines: what frames many pages alike is told once.
 * @param changed paths of pages that both editions have, `added` of those that came
 * @returns the grave changes, the gravest first, and the others
 */
export async function describePages(
  before: ReadableEdition,
  after: ReadableEdition,
  { changed, added }: { changed: readonly string[]; added: readonly string[] },
): Promise<{ grave: string[]; other: string[] }> {
  const told = new Map<string, { rank: number; paths: string[] }>();
  const tell = (path: string, kind: ChangeKind, text: string): void => {
    const known = told.get(text) ?? {
      rank: grave.includes(kind) ? grave.indexOf(kind) : grave.length,
      paths: [],
    };
    known.paths.push(path);
    told.set(text, known);
  };
  for (const path of changed) {
    const [old, fresh] = [await readContent(before, path), await readContent(after, path)];
    const changes = comparePages(
      withoutExpected(old, before.list, before.name, after.name),
      withoutExpected(fresh, after.list, after.name, after.name),
      path,
    );
    for (const change of changes) tell(path, change.kind, describeWholeChange(change));
    if (old.edition !== fresh.edition)
      tell(path, 'text', `its edition line reads ${quoteName(fresh.edition ?? '', Infinity)}`);
    for (const listed of findFalseRows(fresh, after.list))
      tell(path, 'link', describeFalseRow(listed));
  }
  for (const path of added) {
    const fresh = await readContent(after, path);
    // Attack: the account that a signer would see on a known page comes on a new one, of which only the name is told.
    for (const change of comparePages(nothing, fresh, path).filter(leadsAway))
      tell(path, change.kind, describeWholeChange(change));
    for (const listed of findFalseRows(fresh, after.list))
      tell(path, 'link', describeFalseRow(listed));
  }
  const lines = [...told]
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

const readContent = async ({ read }: ReadableEdition, path: string): Promise<PageContent> =>
  readPage(decodePage(await read(path)));

const describeFalseRow = (listed: string): string =>
  `it names ${quoteName(listed)} with another hash than the list`;

/** What a page that came is held against. */
const nothing = readPage('');

/** Of a page that came, its words are new anyway: only what a reader could follow, pay or run is told. */
const leadsAway = ({ kind, after }: PageChange): boolean =>
  kind === 'account' ||
  kind === 'contact' ||
  kind === 'script' ||
  (kind === 'link' && /^(?!data:)[a-z][a-z0-9+.-]*:/i.test(after ?? ''));
