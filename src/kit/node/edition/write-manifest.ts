import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { archiveLimits } from '../../core/archive/archive.ts';
import {
  archiveFolder,
  archiveKinds,
  archivePath,
  belongsInManifest,
  cidPath,
  isArchivePath,
  manifestFile,
  type ArchiveKind,
} from '../../core/edition/edition-files.ts';
import { parseManifest, printManifest, type ListedFile } from '../../core/manifest/manifest.ts';
import { quoteName } from '../../core/text/plain-characters.ts';
import { UserError } from '../../core/text/user-error.ts';
import { findCid, writeCar } from '../pack/write-car.ts';
import { writeZip } from '../pack/write-zip.ts';
import { openFolder } from '../source/folder-copy.ts';

/** A folder that cannot become an edition; in words for whoever publishes it. */
export class PublishError extends UserError {
  override readonly name = 'PublishError';
}

/**
 * Lists files of a folder with their hashes, in byte order.
 * @param wanted which of its files belong in the list
 * @throws PublishError if something in it is no plain file; ManifestError if a name must not be in
 *   a list
 */
export async function hashFolder(
  folder: string,
  wanted: (path: string) => boolean,
): Promise<ListedFile[]> {
  const { copy, irregular } = openFolder(folder);
  const odd = irregular.find(({ kind }) => kind !== 'empty');
  if (odd)
    throw new PublishError(
      `${quoteName(odd.path)} is ${odd.what}, expected plain files only. Take it out.`,
    );
  const files: ListedFile[] = [];
  for (const path of copy.paths ?? []) {
    if (!wanted(path)) continue;
    const hash = await copy.hash(path);
    if (hash === undefined)
      throw new PublishError(
        `${quoteName(path)} went away while it was read. Try again when nothing else writes there.`,
      );
    files.push({ hash, path });
  }
  return files;
}

/** Writes the list of a site into its folder. Returns its bytes; throws as `hashFolder`. */
export async function writeManifest(folder: string): Promise<Buffer> {
  const bytes = Buffer.from(printManifest(await hashFolder(folder, belongsInManifest)));
  writeFileSync(join(folder, manifestFile), bytes);
  return bytes;
}

/** How an archive of each kind is packed, and the CID that the files have in it, if it says one. */
const packers: Record<
  ArchiveKind,
  (...what: Parameters<typeof writeZip>) => Promise<string | undefined>
> = {
  zip: async (...what) => {
    await writeZip(...what);
    return undefined;
  },
  car: writeCar,
};

export interface ArchiveOptions {
  /** Which archives to make; all if nothing is said. */
  readonly kinds?: readonly ArchiveKind[];
  /** The most bytes that checkers take. */
  readonly maxBytes?: number;
}

/**
 * Packs a finished site, with its list and signatures, into its own `download/`, and writes the CID
 * that its files have on IPFS next to that, whether a CAR is made or not.
 * @param name of the archives, without ending
 * @returns the CID; and the archives that were left out, since checkers would not take so many
 *   bytes
 */
export async function writeArchives(
  folder: string,
  name: string,
  { kinds = archiveKinds, maxBytes = archiveLimits.bytesOfAFile }: ArchiveOptions = {},
): Promise<{ cid: string; leftOut: string[] }> {
  rmSync(join(folder, archiveFolder), { recursive: true, force: true });
  const paths = listOwnFiles(folder);
  mkdirSync(join(folder, archiveFolder));
  const files: string[] = [];
  let cid: string | undefined;
  for (const kind of kinds) {
    const file = join(folder, archivePath(name, kind));
    cid = (await packers[kind](folder, paths, file)) ?? cid;
    files.push(file);
  }
  cid ??= await findCid(folder, paths);
  const tooLarge = files.filter((file) => statSync(file).size > maxBytes);
  for (const file of tooLarge) rmSync(file);
  // Nothing but an archive proves its CID.
  if (tooLarge.length < files.length) writeFileSync(join(folder, cidPath), `${cid}\n`);
  return { cid, leftOut: tooLarge.map((file) => basename(file)) };
}

/**
 * Packs a finished site as a CAR wherever that is wanted: its own `download/` may hold none. Only
 * what its list names is packed, with list and signatures, so that the CID is that of the edition:
 * a host may want files more.
 * @returns the CID
 */
export async function packCar(folder: string, target: string): Promise<string> {
  const listed = new Set(
    parseManifest(readFileSync(join(folder, manifestFile))).map(({ path }) => path),
  );
  const paths = listOwnFiles(folder).filter((path) => listed.has(path) || !belongsInManifest(path));
  return writeCar(folder, paths, target);
}

/** The paths of the files that archives hold: all but the archives themselves. */
const listOwnFiles = (folder: string): string[] =>
  [...(openFolder(folder).copy.paths ?? [])].filter((path) => !isArchivePath(path));
