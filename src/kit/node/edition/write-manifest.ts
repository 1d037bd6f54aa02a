import { writeFileSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  belongsInManifest,
  manifestFile,
  archiveFolder,
  cidFile,
  isArchivePath,
} from '../../core/edition/edition-files.ts';
import { printManifest, type ListedFile } from '../../core/manifest/manifest.ts';
import { quoteName } from '../../core/text/quote-name.ts';
import { UserError } from '../../core/text/user-error.ts';
import { writeCar } from '../pack/write-car.ts';
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

/**
 * Packs a finished site, with its list and signatures, as a zip and a CAR into its own `download/`,
 * with the CID and a list.
 * @param name of the archives, without ending
 * @returns the CID
 */
export async function writeArchives(folder: string, name: string): Promise<string> {
  const target = join(folder, archiveFolder);
  rmSync(target, { recursive: true, force: true });
  const paths = [...(openFolder(folder).copy.paths ?? [])].filter((path) => !isArchivePath(path));
  mkdirSync(target);
  await writeZip(folder, paths, join(target, `${name}.zip`));
  const cid = await writeCar(folder, paths, join(target, `${name}.car`));
  writeFileSync(join(target, cidFile), `${cid}\n`);
  writeFileSync(
    join(target, manifestFile),
    printManifest(await hashFolder(target, (path) => path !== manifestFile)),
  );
  return cid;
}
