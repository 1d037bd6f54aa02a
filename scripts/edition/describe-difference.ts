import type { BuildName } from '../../src/lib/edition-files.ts';
import type { ListedFile } from '../mirror/manifest.ts';
import { comparePages } from '../mirror/page/compare-pages.ts';
import { decodePage } from '../mirror/page/decode-page.ts';
import { describeWholeChange } from '../mirror/page/describe-change.ts';
import { listGaps, matchSequences } from '../mirror/page/diff-sequences.ts';
import type { ChangeKind } from '../mirror/page/page-change.ts';
import { readPage } from '../mirror/page/read-page.ts';
import type { PageContent } from '../mirror/page/page-content.ts';
import { compareLists } from '../mirror/publish/compare-lists.ts';
import { quoteName, showText } from '../mirror/quote-name.ts';
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
 * What is new in an edition, in words: on top every change of an account, contact, script, link, figure or warning,
 * and of EDITION.txt and the settings for hosts, wherever it is; then pages that came and went, and texts that changed. What frames
 * many pages alike is told once.
 */
export async function describeDifference(before: ReadableEdition, after: ReadableEdition): Promise<string[]> {
  const difference = compareLists(before.list, after.list);
  const isPage = (path: string): boolean => path.endsWith('.html');
  const told = new Map<string, { rank: number; paths: string[] }>();
  const tell = (path: string, kind: ChangeKind, text: string): void => {
    const known = told.get(text) ?? { rank: grave.includes(kind) ? grave.indexOf(kind) : grave.length, paths: [] };
    known.paths.push(path);
    told.set(text, known);
  };
  const readContent = async ({ read }: ReadableEdition, path: string): Promise<PageContent> => readPage(decodePage(await read(path)));
  for (const path of difference.changed.filter(isPage)) {
    const [old, fresh] = [await readContent(before, path), await readContent(after, path)];
    const changes = comparePages(withoutExpected(old, before.list, before.name, after.name), withoutExpected(fresh, after.list, after.name, after.name), path);
    for (const change of changes) tell(path, change.kind, describeWholeChange(change));
    if (old.edition !== fresh.edition) tell(path, 'text', `its edition line reads ${quoteName(fresh.edition ?? '', Infinity)}`);
  }
  for (const path of [...difference.changed, ...difference.added].filter(isPage)) {
    for (const listed of findFalseRows(await readContent(after, path), after.list)) tell(path, 'link', `it names ${quoteName(listed)} with another hash than the list`);
  }
  const isText = (path: string): boolean => path.endsWith('.txt');
  const ofTexts = await Promise.all(difference.changed.filter(isText).map(async (path) => [`  ${path}:`, ...diffLines(await before.read(path), await after.read(path))]));
  const lines = [...told].sort(([, a], [, b]) => a.rank - b.rank).map(([text, { rank, paths }]) => ({ isGrave: rank < grave.length, line: `  ${paths[0]}${paths.length > 1 ? ` and ${paths.length - 1} more` : ''}: ${text}` }));
  const section = (title: string, items: readonly string[]): string[] => (items.length === 0 ? [] : [title, ...items, '']);
  const list = (paths: readonly string[]): string[] => paths.map((path) => `  ${path}`);
  return [
    ...section('LOOK CLOSELY: accounts, contacts, scripts, links, figures, warnings', [...lines.filter(({ isGrave }) => isGrave).map(({ line }) => line), ...ofTexts.flat()]),
    ...section('pages added', list(difference.added.filter(isPage))),
    ...section('pages removed', list(difference.removed.filter(isPage))),
    ...section('texts changed', lines.filter(({ isGrave }) => !isGrave).map(({ line }) => line)),
    ...section('other files added', list(difference.added.filter((path) => !isPage(path)))),
    ...section('other files removed', list(difference.removed.filter((path) => !isPage(path)))),
    ...section('other files changed', list(difference.changed.filter((path) => !isPage(path) && !isText(path)))),
  ];
}

/**
 * The lines that went and came, whole and in order: keys, dates and settings of hosts are a line each.
 * Attack: one of two equal lines taken out, two exchanged, or a change far behind in a long one, which nobody is shown.
 */
function diffLines(before: Uint8Array, after: Uint8Array): string[] {
  const [old, fresh] = [before, after].map((bytes) => Buffer.from(bytes).toString().split('\n')) as [string[], string[]];
  const show = (sign: string, lines: readonly string[]): string[] => lines.map((line) => `    ${sign} ${showText(line)}`);
  return listGaps(matchSequences(old, fresh), old.length, fresh.length).flatMap(({ aStart, aEnd, bStart, bEnd }) => [...show('-', old.slice(aStart, aEnd)), ...show('+', fresh.slice(bStart, bEnd))]);
}
