import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'astro/zod';
import { manifestFile } from '../../../src/kit/core/edition/edition-files.ts';
import { ManifestError, parseManifest } from '../../../src/kit/core/manifest/manifest.ts';
import type { Listing } from '../check-place.ts';
import type { Publication } from '../publication.ts';
import { rclone, tryRclone } from './run-rclone.ts';

/** What rclone says of a kind of server; only what decides how an edition gets there. */
const featuresSchema = z.object({
  Hashes: z.array(z.string()).nullable(),
  Features: z.object({
    BucketBased: z.boolean(),
    Move: z.boolean(),
    /** Not in versions before 1.63: those write every file under its own name at once. */
    PartialUploads: z.boolean().optional(),
  }),
});

const listSchema = z.array(
  z.object({
    Path: z.string(),
    Size: z.number(),
    Hashes: z.record(z.string(), z.string()).optional(),
  }),
);

/** A folder or bucket on a server, as rclone names it. */
export interface Remote {
  /** `remote:path`. */
  readonly root: string;
  /** Whether a reader can never meet a half-written file: an object, or one that is renamed. */
  readonly writesWhole: boolean;
  readonly canRename: boolean;
  readonly isBucket: boolean;
  /** Whether a hash comes with each listing, at no cost. */
  readonly knowsMd5: boolean;
}

/**
 * The folder at a place that is there while a run puts an edition there. It has the list of that
 * edition and the one before, so that the next run knows which files may be of which, and files on
 * their way. No dot in its name: servers of FTP do not list those.
 */
export const working = 'publishing-now';

/** Where a list is kept meanwhile. @param hash its SHA-256 */
export const markerOf = (hash: string): string => `${working}/${hash.slice(0, 16)}.list`;
/** Where the files of a list wait until they are whole. */
export const incomingOf = (hash: string): string => `${working}/${hash.slice(0, 16)}`;
const isMarker = (path: string): boolean =>
  path.startsWith(`${working}/`) && /^[0-9a-f]{16}\.list$/.test(path.slice(working.length + 1));

/** Asks rclone what a server can do. Throws PlaceError. */
export async function openRemote(root: string): Promise<Remote> {
  const { Hashes, Features } = featuresSchema.parse(
    JSON.parse((await rclone(['backend', 'features', root])).toString('utf8')),
  );
  return {
    root,
    writesWhole: Features.BucketBased || Features.PartialUploads === true,
    canRename: Features.Move,
    isBucket: Features.BucketBased,
    knowsMd5: Features.BucketBased && (Hashes ?? []).includes('md5'),
  };
}

/** The name of something below a remote's root. */
export const below = (root: string, path: string): string =>
  /[:/]$/.test(root) ? root + path : `${root}/${path}`;

/** The same, with what a run needs to go on after another one. */
export interface RemoteListing extends Listing {
  /** The list that is there now. */
  readonly before: Buffer | undefined;
}

/**
 * Lists what is at a place. A file counts as the one of the publication only if that is proven: by
 * its hash, or, on servers without, by its size and the lists of the runs that put it there.
 */
export async function listRemote(
  { root, knowsMd5 }: Remote,
  publication: Publication,
): Promise<RemoteListing> {
  const printed = await tryRclone([
    ...['lsjson', '--recursive', '--files-only', '--no-mimetype', '--no-modtime'],
    ...(knowsMd5 ? ['--hash'] : []),
    root,
  ]);
  const items = listSchema.parse(JSON.parse(printed?.toString('utf8') || '[]'));
  const read = (path: string): Promise<Buffer> => rclone(['cat', below(root, path)]);
  const others = new Map(items.map((item) => [item.Path, item]));
  const unfinished: Buffer[] = [];
  for (const { Path } of items) {
    if (Path.startsWith(`${working}/`)) others.delete(Path);
    if (isMarker(Path)) unfinished.push(await read(Path));
  }
  const before = others.has(manifestFile) ? await read(manifestFile) : undefined;
  const isKnown = judgeBy(before, unfinished, publication);
  const placed = new Map<string, string | undefined>();
  for (const [path, { Size, Hashes }] of others) {
    const file = publication.files.get(path);
    const md5 = Hashes?.['md5'];
    const isSame =
      file !== undefined &&
      Size === file.size &&
      (md5 === undefined ? isKnown(path) : md5 === md5Of(publication.folder, path));
    placed.set(path, isSame ? file.hash : undefined);
  }
  return { placed, unfinished, read, before };
}

/**
 * Whether a file of the right size is the right one, on a server that knows no hashes: the lists of
 * all runs that may have put it there have to say so, since nobody knows how far one came that was
 * stopped.
 */
function judgeBy(
  before: Buffer | undefined,
  unfinished: readonly Buffer[],
  { files, folder }: Publication,
): (path: string) => boolean {
  const own = readFileSync(join(folder, manifestFile));
  const isSame = before?.equals(own) === true;
  const lists = [...(before ? [before] : []), ...unfinished].map(readList);
  return (path) => {
    if (path === manifestFile) return isSame;
    const named = lists.map((list) => list?.get(path));
    // What no list names (signatures, archives) came with the whole.
    if (named.every((hash) => hash === undefined)) return isSame && unfinished.length === 0;
    const hash = files.get(path)?.hash;
    return !lists.includes(undefined) && named.every((each) => each === undefined || each === hash);
  };
}

/** Hashes by path; undefined for a list that was cut off on its way. */
function readList(bytes: Buffer): ReadonlyMap<string, string> | undefined {
  try {
    return new Map(parseManifest(bytes).map(({ path, hash }) => [path, hash]));
  } catch (error) {
    if (error instanceof ManifestError) return undefined;
    throw error;
  }
}

const md5Of = (folder: string, path: string): string =>
  createHash('md5')
    .update(readFileSync(join(folder, path)))
    .digest('hex');
