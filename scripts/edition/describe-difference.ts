import { comparePages } from '../mirror/page/compare-pages.ts';
import { decodePage } from '../mirror/page/decode-page.ts';
import { describeChange } from '../mirror/page/describe-change.ts';
import type { ChangeKind } from '../mirror/page/page-change.ts';
import { readPage } from '../mirror/page/read-page.ts';
import type { ListDifference } from '../mirror/publish/compare-lists.ts';

/** Gives the bytes of a file of an edition. */
export type FileReader = (path: string) => Promise<Uint8Array>;

/** What can cost a reader most, first. */
const grave: readonly ChangeKind[] = ['account', 'contact', 'script', 'link', 'figure', 'warning'];

/**
 * What is new in an edition, in words: on top every change of an account, contact, script, link, figure or warning, wherever it is;
 * then pages that came and went, and texts that changed. A line that frames all pages alike is told once.
 */
export async function describeDifference(difference: ListDifference, before: FileReader, after: FileReader): Promise<string[]> {
  const isPage = (path: string): boolean => path.endsWith('.html');
  const told = new Map<string, { rank: number; paths: string[] }>();
  for (const path of difference.changed.filter(isPage)) {
    const changes = comparePages(readPage(decodePage(await before(path))), readPage(decodePage(await after(path))), path);
    for (const change of changes) {
      const text = describeChange(change);
      const known = told.get(text) ?? { rank: grave.includes(change.kind) ? grave.indexOf(change.kind) : grave.length, paths: [] };
      known.paths.push(path);
      told.set(text, known);
    }
  }
  const lines = [...told].sort(([, a], [, b]) => a.rank - b.rank).map(([text, { rank, paths }]) => ({ isGrave: rank < grave.length, line: `  ${paths[0]}${paths.length > 1 ? ` and ${paths.length - 1} more` : ''}: ${text}` }));
  const section = (title: string, items: readonly string[]): string[] => (items.length === 0 ? [] : [title, ...items, '']);
  const list = (paths: readonly string[]): string[] => paths.map((path) => `  ${path}`);
  return [
    ...section('LOOK CLOSELY: accounts, contacts, scripts, links, figures, warnings', lines.filter(({ isGrave }) => isGrave).map(({ line }) => line)),
    ...section('pages added', list(difference.added.filter(isPage))),
    ...section('pages removed', list(difference.removed.filter(isPage))),
    ...section('texts changed', lines.filter(({ isGrave }) => !isGrave).map(({ line }) => line)),
    ...section('other files added', list(difference.added.filter((path) => !isPage(path)))),
    ...section('other files removed', list(difference.removed.filter((path) => !isPage(path)))),
    ...section('other files changed', list(difference.changed.filter((path) => !isPage(path)))),
  ];
}
