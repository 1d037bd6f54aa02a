import {
  editionFile,
  manifestFile,
  type BuildName,
} from '../../src/kit/core/edition/edition-files.ts';
import { parseDraft, parseEdition } from '../../src/kit/core/edition/edition.ts';
import { EditionError } from '../../src/kit/core/edition/edition-lines.ts';
import { ManifestError, parseManifest } from '../../src/kit/core/manifest/manifest.ts';
import { quoteName } from '../../src/kit/core/text/plain-characters.ts';
import { decodeUtf8 } from '../../src/kit/core/text/bytes.ts';
import { hostingCopies } from '../../src/kit/core/verify/check-files.ts';
import { findByProducts } from '../../src/kit/core/verify/by-products.ts';
import { hashBytes } from '../../src/kit/node/platform.ts';
import { PlaceError } from './place-error.ts';
import { isOfHost, planPublication, type Placed, type Plan } from './plan.ts';
import type { Publication } from './publication.ts';

/** What a place of files holds. */
export interface Listing {
  readonly placed: Placed;
  /** The lists of editions that were not put there to the end. */
  readonly unfinished: readonly Uint8Array[];
  /** The bytes of one of its files, which are small. */
  readonly read: (path: string) => Promise<Uint8Array>;
}

/**
 * Plans how a place of files gets an edition, if it may have it there.
 * @param name of the place, for sentences
 * @throws PlaceError if the place holds something else, or something newer
 */
export async function planFor(
  name: string,
  { placed, unfinished, read }: Listing,
  publication: Publication,
): Promise<{ plan: Plan; notes: string[] }> {
  const list = placed.has(manifestFile) ? readPaths(await read(manifestFile)) : undefined;
  const head = placed.has(editionFile) ? readHead(name, await read(editionFile)) : undefined;
  const isOurs = list !== undefined || head !== undefined || unfinished.length > 0;
  const foreign = [...placed.keys()].find(
    (path) => !isOfHost(path) && findByProducts(path).length === 0,
  );
  // Attack on oneself: a slip in the name, and the files of another site are mixed with these.
  if (!isOurs && foreign !== undefined)
    throw new PlaceError(
      `${name} holds ${quoteName(foreign)}, and no edition of a site. Name an empty place, or empty this one first.`,
    );
  if (head) checkOrder(name, head, publication.build);
  const before = new Map([
    ...unfinished.flatMap((bytes) => [...(readPaths(bytes) ?? [])]),
    ...(list ?? []),
  ]);

  const site = new Map([...publication.files].map(([path, { hash }]) => [path, hash]));
  const notes: string[] = [];
  for (const [path, original] of hostingCopies) {
    if (!placed.has(path) || site.has(path)) continue;
    const fresh = site.get(original);
    if (fresh !== undefined && before.get(original) === hashBytes(await read(path)))
      site.set(path, fresh);
    else
      notes.push(
        `${quoteName(path)} there is no copy of ${original} and stays as it is; --with ${path} would replace it.`,
      );
  }
  const plan = planPublication(placed, site, (path) => before.has(path));
  for (const path of plan.strange.slice(0, 10))
    notes.push(
      `${quoteName(path)} is there and in no edition. It stays; if you have not put it there, somebody else has.`,
    );
  return { plan, notes };
}

/** Hashes by path; undefined for what is no list. */
function readPaths(bytes: Uint8Array): Map<string, string> | undefined {
  try {
    return new Map(parseManifest(bytes).map(({ path, hash }) => [path, hash]));
  } catch (error) {
    if (error instanceof ManifestError) return undefined;
    throw error;
  }
}

/**
 * What a place says to be of; undefined where it is damaged, which publishing repairs.
 * @throws PlaceError if it is in a newer format
 */
function readHead(name: string, bytes: Uint8Array): BuildName | undefined {
  try {
    return (decodeUtf8(bytes) ?? '').includes('\ndraft-of: ')
      ? parseDraft(bytes)
      : parseEdition(bytes);
  } catch (error) {
    if (!(error instanceof EditionError)) throw error;
    if (!error.isNewer) return undefined;
    throw new PlaceError(
      `${name} holds an edition in a newer format than this program knows. Get a newer program first.`,
    );
  }
}

/**
 * Refuses to put an edition in the place of what readers must not lose.
 * @param head the EDITION.txt that is there
 * @throws PlaceError
 */
export function checkHead(name: string, head: Uint8Array, build: BuildName): void {
  const there = readHead(name, head);
  if (there) checkOrder(name, there, build);
}

/** Readers must not lose what they have: another campaign, a newer edition, a signed one. */
function checkOrder(name: string, there: BuildName, build: BuildName): void {
  if (there.campaign !== build.campaign)
    throw new PlaceError(
      `${name} holds the campaign ${quoteName(there.campaign)}, and this one is ${quoteName(build.campaign)}. Name another place for it.`,
    );
  if ('of' in there) return;
  if ('of' in build)
    throw new PlaceError(
      `${name} holds edition ${there.number}, which readers can check, and a draft would replace it. Name another place for a draft.`,
    );
  if (there.number > build.number)
    throw new PlaceError(
      `${name} holds edition ${there.number}, and this is edition ${build.number}: older than what its readers have. Get the newest edition first.`,
    );
}
