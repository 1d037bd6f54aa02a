import { findNearest, type Fault } from '../read/fault.ts';
import {
  rowOf,
  type CollectionName,
  type Entries,
  type Entry,
  type Relation,
} from '../schema/collections.ts';
import { isOfferedState, states, type State } from '../schema/fields.ts';
import { listRelations, namesAt, type Named } from './list-references.ts';

/** The state of an entry; undefined where its collection has none. */
export function stateOf({ data }: Pick<Entry, 'data'>): State | undefined {
  const state = 'state' in data ? data.state : undefined;
  return states.find((known) => known === state);
}

/**
 * Checks each name that an entry gives of another one, by the table of collections: that the other one exists, and that nobody is
 * sent to what is over or dangerous.
 * @param broken files with faults of their own, as `collection/slug`: whoever names them is not at fault as well
 */
export function checkReferences(entries: Entries, broken: ReadonlySet<string>): Fault[] {
  return listRelations(entries).flatMap(({ from, path, relation, singular }) => {
    const to = relation.to as CollectionName;
    const known = new Map((entries[to] as Entry[]).map((entry) => [entry.slug, entry]));
    return from.flatMap((entry) =>
      namesAt(entry.data, path).flatMap((named) => {
        const target = known.get(named.id);
        if (target !== undefined) return checkState(entry, named, target, relation, singular);
        return broken.has(`${to}/${named.id}`) ? [] : refuseUnknown(entry, named, to, known.keys());
      }),
    );
  });
}

const placeOf = ({ file, lineOf }: Entry, { path }: Named) => ({
  file,
  line: lineOf(path),
  where: `field "${path.join('.')}"`,
});

function refuseUnknown(
  entry: Entry,
  named: Named,
  to: CollectionName,
  known: Iterable<string>,
): Fault[] {
  const near = findNearest(named.id, known);
  return [
    {
      ...placeOf(entry, named),
      found: `"${named.id}"`,
      expected: `the file name of one of the ${to}, without its ending`,
      fix: near ? `did you mean "${near}"?` : `add the ${rowOf(to).singular}, or take the name out`,
    },
  ];
}

function checkState(
  entry: Entry,
  named: Named,
  target: Entry,
  { to, ifNotLive }: Relation,
  singular: string,
): Fault[] {
  const state = stateOf(target);
  if (state === undefined) return [];
  const other = rowOf(to as CollectionName).singular;
  const one = /^[aeiou]/.test(other) ? `an ${other}` : `a ${other}`;
  const place = { ...placeOf(entry, named), found: `"${named.id}", which is ${state}` };
  // What is printed stays in hands for years, without the reason why not: what might harm must not be in it.
  if (ifNotLive === 'omit' && state !== 'live')
    return [{ ...place, expected: `${one} that is live`, fix: 'take it out' }];
  const own = stateOf(entry);
  if (ifNotLive !== 'unverify' || own === undefined) return [];
  if (!isOfferedState(own) || isOfferedState(state)) return [];
  return [
    {
      ...place,
      expected: `${one} that is live or unverified, since the ${singular} is offered`,
      fix: `make the ${singular} ${state} too, with its reason, or take the ${other} out`,
    },
  ];
}
