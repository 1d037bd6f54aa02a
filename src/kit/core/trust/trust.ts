import { toHex } from '../text/bytes.ts';
import type { Edition, KeySet } from '../edition/edition.ts';
import type { ListedFile } from '../manifest/manifest.ts';

/** An edition that the checker has known before, from its clone. */
export interface KnownEdition {
  readonly edition: Edition;
  /** Of its list, if that was kept: hash and files. */
  readonly listHash: string | undefined;
  readonly files: readonly ListedFile[] | undefined;
}

/** Where keys come from: never from the copy under test. */
export interface Trust {
  /** As sentences name it: "the keys of this clone". */
  readonly origin: string;
  /** Whose editions these are; undefined where only keys were given. */
  readonly campaign: string | undefined;
  /** By number. */
  readonly editions: ReadonlyMap<number, KnownEdition>;
  /** The keys for editions that are not known. */
  readonly given: KeySet | undefined;
  /** Whether whoever gave the keys has said how many of them are enough. */
  readonly isThresholdSaid?: boolean;
}

/** What must have signed an edition; or why nothing can prove it. */
export type Requirement =
  { readonly keys: KeySet; readonly note?: string } | { readonly refused: string };

/**
 * The keys that an edition of this number needs. Each edition names those of the next, as a root of
 * trust names its successor (TUF specification, 5.3): so a key that was taken out signs nothing any
 * more, and a new one is believed only if the old ones have named it.
 */
export function findRequirement(trust: Trust, number: number): Requirement {
  if (trust.given) return { keys: trust.given };
  const known = trust.editions.get(number);
  if (known) return { keys: known.edition.keys };
  const newest = newestKnown(trust);
  if (!newest || number < newest.edition.number)
    return { refused: `edition ${number} is not known to ${trust.origin}` };
  const { edition } = newest;
  if (!edition.nextKeys)
    return { refused: `edition ${edition.number} was the last one: no later edition can be true` };
  if (number === edition.number + 1) return { keys: edition.nextKeys };
  return {
    keys: edition.nextKeys,
    note: `${trust.origin} knows editions up to ${edition.number}: if keys were changed since, get the newest clone (git pull) and check again.`,
  };
}

/** The edition with the highest number that is known. */
export function newestKnown({ editions }: Trust): KnownEdition | undefined {
  const numbers = [...editions.keys()];
  return numbers.length === 0 ? undefined : editions.get(Math.max(...numbers));
}

/** Ids of all keys that are trusted for any edition. */
export function listKeyIds({ editions, given }: Trust): string[] {
  const sets = given
    ? [given]
    : [...editions.values()].flatMap(({ edition }) => [
        edition.keys,
        ...(edition.nextKeys ? [edition.nextKeys] : []),
      ]);
  return [...new Set(sets.flatMap(({ keys }) => keys.map(({ id }) => id)))];
}

/** Whether two sets ask for the same: keys and threshold, in any order. */
export function isSameKeySet(a: KeySet, b: KeySet): boolean {
  const print = ({ threshold, keys }: KeySet) =>
    [threshold, ...keys.map(({ id, ed25519 }) => `${id} ${toHex(ed25519)}`).sort()].join('\n');
  return print(a) === print(b);
}

/**
 * For each path, which hash belongs to which editions: to tell a file of another edition from one
 * that was changed.
 */
export function indexKnownFiles(trust: Trust): {
  byPath: Map<string, Map<string, number[]>>;
  byHash: Map<string, string>;
} {
  const byPath = new Map<string, Map<string, number[]>>();
  const byHash = new Map<string, string>();
  for (const [number, { files = [] }] of trust.editions) {
    for (const { hash, path } of files) {
      const hashes = byPath.get(path) ?? new Map<string, number[]>();
      hashes.set(hash, [...(hashes.get(hash) ?? []), number]);
      byPath.set(path, hashes);
      byHash.set(hash, path);
    }
  }
  return { byPath, byHash };
}
