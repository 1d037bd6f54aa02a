import { diffLists } from '../../kit/core/text/plain-characters.ts';
import type { TextName } from '../schema/collections.ts';
import { citingOf, textsOf, type Entries, type Entry } from '../schema/entries.ts';
import { findNearest, type Fault } from '../read/fault.ts';
import { parseBody, walk, type MarkdownNode } from '../read/markdown.ts';

/** The ids that a text cites with `<Source id="…" />`, in its order, each with its place. */
function* listCitations(tree: MarkdownNode): Generator<{ id: string; node: MarkdownNode }> {
  for (const node of walk(tree)) {
    if (node.name !== 'Source') continue;
    const value = node.attributes?.find(({ name }) => name === 'id')?.value;
    if (typeof value !== 'string') continue; // said by `check-components.ts`
    for (const id of value.split(/\s+/)) if (id !== '') yield { id, node };
  }
}

/**
 * Checks that each citation of a text names a source of its file, and that each source with an id
 * is cited. Attack: a sentence on the law that seems to have a source, and has none that a reader
 * could look up.
 */
export function checkCitations(
  { file, data, bodyLine, lineOf }: Entry<TextName>,
  tree: MarkdownNode,
): Fault[] {
  const known = data.sources.flatMap(({ id }) => id ?? []);
  const cited = [...listCitations(tree)];
  const unknown = cited
    .filter(({ id }) => !known.includes(id))
    .map(({ id, node }): Fault => {
      const near = findNearest(id, known);
      return {
        file,
        line: bodyLine + (node.position?.start.line ?? 1) - 1,
        found: `<Source id="${id}">`,
        expected:
          known.length > 0
            ? `an id of the sources of this file: ${known.join(', ')}`
            : 'a source with this id at the head of this file',
        fix: near ? `did you mean "${near}"?` : 'add the source with its id, or fix the name',
      };
    });
  const unused = data.sources.flatMap(({ id }, index): Fault[] => {
    if (id === undefined || cited.some((citation) => citation.id === id)) return [];
    return [
      {
        file,
        line: lineOf(['sources', index, 'id']),
        where: `field "sources.${index}.id"`,
        found: `"${id}", which no sentence cites`,
        expected: 'a sentence that rests on each source with an id',
        fix: `write <Source id="${id}" /> behind the sentence, or take the source out`,
      },
    ];
  });
  return [...unknown, ...unused];
}

/**
 * Puts the sources of each text into the order in which it cites them first, so that their numbers
 * run from 1 as one reads. Those that no sentence cites come last.
 */
export function sortSources(entries: Entries): void {
  for (const entry of textsOf(entries)) {
    const { sources } = entry.data;
    if (sources.every(({ id }) => id === undefined)) continue;
    const tree = parseBody(entry);
    if ('found' in tree) continue; // said by `check-bodies.ts`
    const cited = [...new Set([...listCitations(tree)].map(({ id }) => id))];
    const placeOf = ({ id }: { id?: string | undefined }) =>
      id !== undefined && cited.includes(id) ? cited.indexOf(id) : cited.length;
    sources.sort((a, b) => placeOf(a) - placeOf(b));
  }
}

/**
 * Checks that a translation cites what its original cites, each as often.
 * Attack: a translation that adds a claim, and lends it the source of another one.
 */
export function compareCitations(trees: ReadonlyMap<Entry, MarkdownNode>): Fault[] {
  const texts = [...trees].map(([entry, tree]) => ({
    entry: entry,
    ids: [...listCitations(tree)].map(({ id }) => id).sort(),
  }));
  const groups = Map.groupBy(texts, ({ entry: { file, slug } }) => `${file.split('/')[0]}/${slug}`);
  return [...groups.values()].flatMap((versions) => {
    const original = versions.find(
      ({ entry: { data } }) => !('translation' in data && data.translation),
    );
    if (!original) return [];
    return versions.flatMap(({ entry: { file }, ids }): Fault[] => {
      const { onlyA, onlyB } = diffLists(original.ids, ids);
      if (onlyA.length + onlyB.length === 0) return [];
      const say = (only: string[]) => only.join(', ') || 'none more';
      return [
        {
          file,
          found: `other sources cited: ${original.entry.file} cites ${say(onlyA)}; this one ${say(onlyB)}`,
          expected: 'the same <Source id="…" /> in all languages of a page',
          fix: 'compare the two sentence by sentence, and cite what the original cites',
        },
      ];
    });
  });
}

/** The ids in each list that is called `cites`, with their paths. */
function* listCites(
  value: unknown,
  path: PropertyKey[],
): Generator<{ id: string; path: PropertyKey[] }> {
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    const isCitation = path.at(-1) === 'cites' && typeof item === 'string';
    if (isCitation) yield { id: item, path: [...path, key] };
    else yield* listCites(item, [...path, key]);
  }
}

/**
 * The same for records whose statements name their sources in `cites`: there no source is
 * uncited.
 */
export function checkRecordCitations(entries: Entries): Fault[] {
  return citingOf(entries).flatMap(({ file, data, lineOf }) => {
    const known = data.sources.flatMap(({ id }) => id ?? []);
    const cited = [...listCites(data, [])];
    const unknown = cited
      .filter(({ id }) => !known.includes(id))
      .map(({ id, path }): Fault => {
        const near = findNearest(id, known);
        return {
          file,
          line: lineOf(path),
          where: `field "${path.join('.')}"`,
          found: `"${id}"`,
          expected: `an id of "sources": ${known.join(', ') || 'none yet'}`,
          fix: near
            ? `did you mean "${near}"?`
            : 'add the source with its id, or take the claim out',
        };
      });
    const unused = data.sources.flatMap(({ id }, index): Fault[] => {
      if (id !== undefined && cited.some((citation) => citation.id === id)) return [];
      return [
        {
          file,
          line: lineOf(['sources', index]),
          where: `field "sources.${index}"`,
          found: id === undefined ? 'a source without an id' : `"${id}", which no statement cites`,
          expected: 'a statement that cites each source of the directory by its id',
          fix: 'give it an id and name that in "cites", or take the source out',
        },
      ];
    });
    return [...unknown, ...unused];
  });
}
