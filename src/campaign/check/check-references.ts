import { findNearest, type Fault } from '../read/fault.ts';
import { rowOf, type CollectionName, collectionNames } from '../schema/collections.ts';
import type { Relation } from '../schema/collection-row.ts';
import type { Entries, Entry } from '../schema/entries.ts';
import { proposeIdentifier } from '../schema/identifier.ts';
import { isOfferedState, states, type State } from '../schema/fields.ts';
import type { DesignationStatus } from '../schema/evidence.ts';

/** The state of an entry; undefined where its collection has none. */
export function stateOf({ data }: Pick<Entry, 'data'>): State | undefined {
  const state = 'state' in data ? data.state : undefined;
  return states.find((known) => known === state);
}

/**
 * Checks each name that an entry gives of another one, by the table of collections: that the other
 * one exists, and that nobody is sent to what is over or dangerous.
 * @param broken files with faults of their own, as `collection/slug`: whoever names them is not at
 * fault as well
 */
export function checkReferences(entries: Entries, broken: ReadonlySet<string>): Fault[] {
  return listRelations(entries).flatMap(({ from, path, relation, singular }) => {
    const to = relation.to as CollectionName;
    const known = new Map((entries[to] as Entry[]).map((entry) => [entry.slug, entry]));
    return from.flatMap((entry) =>
      namesAt(entry.data, path).flatMap((named) => {
        const target = known.get(named.id);
        if (target !== undefined)
          return [
            ...checkState(entry, named, target, relation, singular),
            ...checkMoney(entry, named, target, relation),
            ...checkBan(entry, target, relation),
          ];
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
  // What is printed stays in hands for years, without the reason why not: what might harm must not
  // be in it.
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

/**
 * Whether one pays for it: an organisation says so by what it costs, an action by the risk that is
 * named.
 */
const asksMoney = ({ data }: Entry): boolean =>
  'cost' in data
    ? data.cost === 'money' || data.cost === 'donations'
    : 'risk' in data && data.risk !== undefined;

/**
 * Nobody is sent to what takes money without a word on whether one pays; paper sends nobody there
 * at all.
 */
function checkMoney(entry: Entry, named: Named, target: Entry, { ifPaid }: Relation): Fault[] {
  if (ifPaid === undefined || ifPaid === 'keep' || !asksMoney(target)) return [];
  const place = placeOf(entry, named);
  if (ifPaid === 'refuse')
    return [
      {
        ...place,
        found: `"${named.id}", for which one pays`,
        expected:
          'an action without money: paper has no room for what it can cost both sides, and ' +
          'its address cannot be compared',
        fix: 'take it out',
      },
    ];
  const [own, other] = [stateOf(entry), stateOf(target)];
  const areOffered = [own, other].every((state) => state === undefined || isOfferedState(state));
  const { data } = entry;
  const isDeclared =
    ('kind' in data && data.kind === 'give') || ('pays' in data && data.pays !== undefined);
  if (!areOffered || isDeclared) return [];
  return [
    {
      ...place,
      found: `"${named.id}", which takes ${'cost' in target.data ? target.data.cost : 'money'}, and no word on money`,
      expected: '"pays: true" with "risk", or "pays: false"',
      fix: 'write whether one pays for this action',
    },
  ];
}

const statusOf = ({ data }: Entry): DesignationStatus | undefined =>
  'designation' in data && 'status' in data.designation ? data.designation.status : undefined;

/**
 * The address of a banned organisation would be a link in every text, though to follow the
 * organisation is punished.
 */
function checkBan(entry: Entry, target: Entry, { ifBanned }: Relation): Fault[] {
  const status = statusOf(target);
  if (ifBanned !== 'follow' || status === 'none' || statusOf(entry) !== 'none') return [];
  return [
    {
      file: entry.file,
      line: entry.lineOf(['designation']),
      where: 'field "designation.cleared"',
      found: 'one that is called free',
      expected: `none, since ${target.file} is ${status}`,
      fix: 'take "cleared" out: what is known of it by itself is a decision, or nothing',
    },
  ];
}

/** Checks that what belongs to one entry of a collection, by its row, is in no other. */
export function checkUnique(entries: Entries): Fault[] {
  return collectionNames().flatMap((name) =>
    Object.entries(rowOf(name).unique).flatMap(([path, kind]) => {
      const owners = new Map<string, string>();
      const list: Entry[] = kind === 'drawn' ? entries[name].toSorted(byAge) : entries[name];
      return list.flatMap((entry) =>
        namesAt(entry.data, path).flatMap((named): Fault[] => {
          const owner = owners.get(named.id);
          owners.set(named.id, owner ?? entry.file);
          if (owner === undefined) return [];
          const place = { ...placeOf(entry, named), found: named.id };
          const expected = `a value that no other ${rowOf(name).singular} has`;
          return [
            kind === 'drawn'
              ? {
                  ...place,
                  found: `${named.id}, the identifier of ${owner}`,
                  expected: `${expected}: readers of feeds show only the first of the two`,
                  fix: proposeIdentifier(),
                }
              : { ...place, expected, fix: `take it out here or in ${owner}` },
          ];
        }),
      );
    }),
  );
}

/** The one that was published first, whose identifier readers know, comes first. */
const byAge = (a: Entry, b: Entry): number => {
  const [first, second] = [a, b].map(
    ({ data, file }) => `${'published' in data ? data.published : ''} ${file}`,
  );
  return (first ?? '') < (second ?? '') ? -1 : 1;
};

/** A name that a record gives of another one, with its place in the record. */
export interface Named {
  id: string;
  path: PropertyKey[];
}

/** All relations of all collections, each with the entries that may use it. */
export const listRelations = (
  entries: Entries,
): { from: Entry[]; path: string; relation: Relation; singular: string }[] =>
  collectionNames().flatMap((name) => {
    const { relations, singular } = rowOf(name);
    const from: Entry[] = entries[name];
    return Object.entries(relations).map(([path, relation]) => ({
      from,
      path,
      relation,
      singular,
    }));
  });

/** The names at a path of the table of collections, where `*` stands for each item of a list. */
export function namesAt(data: unknown, path: string): Named[] {
  let found: { value: unknown; path: PropertyKey[] }[] = [{ value: data, path: [] }];
  for (const step of path.split('.')) {
    found = found.flatMap(({ value, path: before }) => {
      if (step === '*')
        return Array.isArray(value)
          ? value.map((item: unknown, index) => ({ value: item, path: [...before, index] }))
          : [];
      if (typeof value !== 'object' || value === null) return [];
      return [{ value: (value as Record<string, unknown>)[step], path: [...before, step] }];
    });
  }
  return found.flatMap(({ value, path: at }) =>
    typeof value === 'string' ? [{ id: value, path: at }] : [],
  );
}

/** Leaves out the names of a list that a test refuses. */
export function keepNames(data: unknown, path: string, keeps: (id: string) => boolean): void {
  const steps = path.replace(/\.\*$/, '').split('.');
  const last = steps.pop() ?? '';
  let parent = data;
  for (const step of steps) parent = (parent as Record<string, unknown> | undefined)?.[step];
  const owner = parent as Record<string, string[] | undefined> | undefined;
  if (owner?.[last]) owner[last] = owner[last].filter(keeps);
}
