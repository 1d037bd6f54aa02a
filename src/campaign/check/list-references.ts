import type { Entries, Entry, Relation } from '../schema/collections.ts';
import { collectionNames, rowOf } from '../schema/collections.ts';

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
