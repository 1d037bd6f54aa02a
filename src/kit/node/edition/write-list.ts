import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openFolder } from '../source/folder-copy.ts';
import { printManifest, type ListedFile } from '../../core/manifest/manifest.ts';
import { quoteName } from '../../core/text/quote-name.ts';
import { belongsInList, listFile } from '../../core/edition/edition-files.ts';
import { UserError } from '../../core/text/user-error.ts';

/** A folder that cannot become an edition; in words for whoever publishes it. */
export class PublishError extends UserError {
  override readonly name = 'PublishError';
}

/**
 * Lists files of a folder with their hashes, in byte order.
 * @param wanted which of its files belong in the list
 * @throws PublishError if something in it is no plain file; ManifestError if a name must not be in a list
 */
export async function listFiles(
  folder: string,
  wanted: (path: string) => boolean,
): Promise<ListedFile[]> {
  const { copy, irregular } = openFolder(folder);
  const odd = irregular.find(({ harmless }) => !harmless);
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

/** Writes the list of a site into its folder. Returns its bytes; throws as `listFiles`. */
export async function writeList(folder: string): Promise<Buffer> {
  const bytes = Buffer.from(printManifest(await listFiles(folder, belongsInList)));
  writeFileSync(join(folder, listFile), bytes);
  return bytes;
}
