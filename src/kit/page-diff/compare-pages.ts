import { compareBlocks } from './compare-blocks.ts';
import { compareLinks } from './compare-links.ts';
import { compareParts } from './compare-parts.ts';
import { changeKinds, type PageChange } from './page-change.ts';
import type { PageContent } from './page-content.ts';

/** More than anyone reads; the least of them are left out. */
const maxChanges = 500;

/**
 * Says what differs between a page and a known one, in bounded time and memory whatever the page holds; what matters most comes first.
 * Nothing for pages that are the same in words, links and structure, however a browser wrote them down when it saved them: only a
 * change of the kind `host` says then, where it found them.
 * @param path of the known page, from the root of its site; the other one is taken to stand there, too
 */
export function comparePages(known: PageContent, seen: PageContent, path: string): PageChange[] {
  const changes = [
    ...compareParts(known, seen),
    ...compareLinks(known.links, seen.links, path),
    ...compareBlocks(known.blocks, seen.blocks),
  ];
  const rank = new Map(changeKinds.map((kind, at) => [kind, at]));
  const sorted = changes.toSorted((a, b) => (rank.get(a.kind) ?? 0) - (rank.get(b.kind) ?? 0));
  if (sorted.length <= maxChanges) return sorted;
  const rest: PageChange = {
    kind: 'text',
    what: `${sorted.length - maxChanges} more differences`,
    before: undefined,
    after: undefined,
  };
  return [...sorted.slice(0, maxChanges), rest];
}
