import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findKind, openLocalCopy } from '../mirror/copy/open-copy.ts';
import { editionFolder } from '../mirror/edition-folder.ts';
import { parseManifest, type ListedFile } from '../mirror/manifest.ts';
import { compareLists, isEmpty } from '../mirror/publish/compare-lists.ts';
import { hashBytes } from '../mirror/hash-bytes.ts';
import { listFile } from '../../src/lib/edition-files.ts';
import { readEdition } from './campaign-editions.ts';
import { describeDifference } from './describe-difference.ts';
import type { ReadableEdition } from './describe-pages.ts';
import { SigningError } from './keep-signature.ts';
import type { Sources } from './rebuild-commit.ts';
import { rebuildEarlier, type RebuiltEdition } from './rebuild-edition.ts';

const mostBytesOfAPage = 4 * 2 ** 20;

/**
 * What is new since the edition before, as lines for whoever is to sign. The earlier edition is a copy that is at hand, or is built
 * again from its commit; each page of it is held against its signed list.
 * @param against a folder, zip or CAR; undefined to build
 * @throws SigningError if the earlier edition cannot be had; GitError, RebuildError, CopyError, PageError
 */
export async function showChanges(sources: Sources, { kept: { edition }, folder, list }: RebuiltEdition, against: string | undefined, scratch: string, report: (line: string) => void): Promise<string[]> {
  const after = parseManifest(list);
  if (edition.number === 1) return [`This is the first edition: ${after.length} files, all of them new. Read them before you sign.`, ''];
  const before = parseManifest(readFileSync(join(editionFolder(sources.campaignFolder, edition.number - 1), listFile)));
  if (isEmpty(compareLists(before, after))) return [`Nothing is new since edition ${edition.number - 1}.`, ''];

  const place = against ?? (await rebuildEarlier(sources, edition.number - 1, scratch, report));
  if (place === undefined) throw new SigningError(`No commit holds edition ${edition.number - 1}, so what is new cannot be shown. Give a copy of it: --against FOLDER (or a zip or CAR).`);
  const kind = findKind(place);
  if (kind !== 'folder' && kind !== 'zip' && kind !== 'car') throw new SigningError(`${place} is no folder, zip or CAR.`);
  const { copy } = await openLocalCopy(place, kind);
  try {
    const earlier = readEdition(sources.campaignFolder, edition.number - 1).edition;
    return await describeDifference({ name: earlier, list: before, read: readListed(before, (path) => copy.read(path, mostBytesOfAPage), earlier.number) }, { name: edition, list: after, read: async (path) => readFileSync(join(folder, path)) });
  } finally {
    await copy.close();
  }
}

/** Attack: a false earlier edition, beside which the change that matters does not show. */
function readListed(list: readonly ListedFile[], read: (path: string) => Promise<Buffer | undefined>, number: number): ReadableEdition['read'] {
  const hashes = new Map(list.map(({ path, hash }) => [path, hash]));
  return async (path) => {
    const bytes = await read(path);
    if (!bytes || hashBytes(bytes) !== hashes.get(path)) throw new SigningError(`${path} of the earlier copy is not that of edition ${number}. Give a true copy of it: --against FOLDER (npm run verify says whether it is one).`);
    return bytes;
  };
}

