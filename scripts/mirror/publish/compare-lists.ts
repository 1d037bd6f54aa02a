import type { ListedFile } from '../manifest.ts';

/** How a list differs from an earlier one: paths, each in byte order. */
export interface ListDifference {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

export function compareLists(before: readonly ListedFile[], after: readonly ListedFile[]): ListDifference {
  const old = new Map(before.map(({ path, hash }) => [path, hash]));
  const fresh = new Set(after.map(({ path }) => path));
  return {
    added: after.filter(({ path }) => !old.has(path)).map(({ path }) => path),
    removed: before.filter(({ path }) => !fresh.has(path)).map(({ path }) => path),
    changed: after.filter(({ path, hash }) => old.has(path) && old.get(path) !== hash).map(({ path }) => path),
  };
}

/** A difference as lines for people: "+ new", "- gone", "~ changed". */
export const printDifference = ({ added, removed, changed }: ListDifference): string[] => [...added.map((path) => `+ ${path}`), ...removed.map((path) => `- ${path}`), ...changed.map((path) => `~ ${path}`)];

export const isEmpty = ({ added, removed, changed }: ListDifference): boolean => added.length + removed.length + changed.length === 0;
