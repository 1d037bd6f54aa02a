import {
  archiveFolder,
  chainFile,
  cidFile,
  editionFile,
  manifestFile,
  readSignatureName,
} from '../../src/kit/core/edition/edition-files.ts';
import { compareBytes } from '../../src/kit/core/text/bytes.ts';
import { hostingCopies, knownAdditions } from '../../src/kit/core/verify/check-files.ts';

/**
 * What is at a place: the SHA-256 of each file by its path; undefined where the place holds a file
 * and nobody can say what is in it without fetching it.
 */
export type Placed = ReadonlyMap<string, string | undefined>;

/**
 * The steps in their order. A page links only what is in its own edition: whatever a new page needs
 * is there before it, and nothing that an old page needs is deleted before the list has changed.
 * Whoever is stopped between two steps leaves pages of two signed editions, and no other one.
 */
export const stepNames = [
  'new files',
  'changed files',
  'manifest',
  'signatures',
  'deletions',
] as const;
export type StepName = (typeof stepNames)[number];

export interface Step {
  readonly name: StepName;
  /** In byte order. */
  readonly paths: readonly string[];
}

export interface Plan {
  /** Those that have something to do, in their order. */
  readonly steps: readonly Step[];
  /** What the host of the place needs, and no edition has: it stays. */
  readonly kept: readonly string[];
  /** What nobody can explain: it stays, and is named. */
  readonly strange: readonly string[];
}

/** What says which edition the files are of: it changes together with the list. */
const head: ReadonlySet<string> = new Set([
  manifestFile,
  editionFile,
  chainFile,
  `${archiveFolder}/${cidFile}`,
]);

/** Archives of any edition, whatever their campaign; signatures of any key. */
const ownNames = new RegExp(`^${archiveFolder}/(?:[a-z0-9-]+\\.(?:zip|car)|CID\\.txt)$`);

/**
 * Plans how a place gets the files of an edition.
 * @param site SHA-256 of each file that is to be there, by its path
 * @param earlier whether a path belongs to an edition that was put there before: it may be deleted
 */
export function planPublication(
  placed: Placed,
  site: ReadonlyMap<string, string>,
  earlier: (path: string) => boolean,
): Plan {
  const steps = new Map<StepName, string[]>(stepNames.map((name) => [name, []]));
  for (const [path, hash] of site)
    if (placed.get(path) !== hash) steps.get(findStep(path, placed))?.push(path);
  const [kept, strange]: [string[], string[]] = [[], []];
  for (const path of placed.keys()) {
    if (site.has(path)) continue;
    if (earlier(path) || isOwn(path)) steps.get('deletions')?.push(path);
    else (isOfHost(path) ? kept : strange).push(path);
  }
  return {
    steps: [...steps]
      .filter(([, paths]) => paths.length > 0)
      .map(([name, paths]) => ({ name, paths: paths.sort(compareBytes) })),
    kept: kept.sort(compareBytes),
    strange: strange.sort(compareBytes),
  };
}

function findStep(path: string, placed: Placed): StepName {
  if (readSignatureName(path) !== undefined) return 'signatures';
  if (head.has(path)) return 'manifest';
  return placed.has(path) ? 'changed files' : 'new files';
}

const isOwn = (path: string): boolean =>
  path === manifestFile || readSignatureName(path) !== undefined || ownNames.test(path);

/** Names that hosts need, as `verify` knows them. */
export const isOfHost = (path: string): boolean =>
  hostingCopies.has(path) || knownAdditions.some((addition) => addition.path.test(path));

/** A plan for people: a line for each step. */
export const printPlan = ({ steps }: Plan): string[] =>
  steps.map(({ name, paths }) => {
    const shown = paths.slice(0, 3).join(', ');
    const more = paths.length > 3 ? `, … and ${paths.length - 3} more` : '';
    return `${name}: ${shown}${more}`;
  });
