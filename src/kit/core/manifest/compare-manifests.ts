import type { ListedFile } from './manifest.ts';

/** How a list differs from an earlier one: paths, each in byte order. */
export interface ListDifference {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly changed: readonly string[];
}

/** Compares two lists of files by path and hash. */
export function compareLists(
  before: readonly ListedFile[],
  after: readonly ListedFile[],
): ListDifference {
  const old = new Map(before.map(({ path, hash }) => [path, hash]));
  const fresh = new Set(after.map(({ path }) => path));
  return {
    added: after.filter(({ path }) => !old.has(path)).map(({ path }) => path),
    removed: before.filter(({ path }) => !fresh.has(path)).map(({ path }) => path),
    changed: after
      .filter(({ path, hash }) => old.has(path) && old.get(path) !== hash)
      .map(({ path }) => path),
  };
}

/**
 * A difference as lines for people: "+ new", "- gone", "~ changed".
 * @param most lines; what is more is counted in one of its own
 */
export function printDifference(
  { added, removed, changed }: ListDifference,
  most: number,
): string[] {
  const lines = [
    ...added.map((path) => `+ ${path}`),
    ...removed.map((path) => `- ${path}`),
    ...changed.map((path) => `~ ${path}`),
  ];
  return lines.length <= most
    ? lines
    : [...lines.slice(0, most), `… and ${lines.length - most} more`];
}

/** Whether two lists were the same. */
export const isEmpty = ({ added, removed, changed }: ListDifference): boolean =>
  added.length + removed.length + changed.length === 0;
