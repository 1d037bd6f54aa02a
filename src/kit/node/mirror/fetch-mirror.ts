import { nodePlatform } from '../platform.ts';
import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { openFolder } from '../source/folder-copy.ts';
import { CopyError, mapInRandomOrder, type SiteCopy } from '../../core/source/site-copy.ts';
import type { PublicKey } from '../../core/minisign/public-key.ts';
import { manifestLimits, type ListedFile } from '../../core/manifest/manifest.ts';
import {
  maxSignatureBytes,
  parseSignature,
  rewriteSignature,
} from '../../core/minisign/signature.ts';
import { manifestFile, signatureFile } from '../../core/edition/edition-files.ts';

const atOnce = 6;

/**
 * Fetches the files of a list into an empty folder: from the old copy where it has the same bytes,
 * else from the source. What is fetched is not believed yet: the caller verifies the folder whole.
 * @param old a folder with an earlier copy, undefined if there is none
 * @returns how many files came from the source
 * @throws CopyError if one cannot be had
 */
export async function fetchFiles(
  source: SiteCopy,
  list: readonly ListedFile[],
  target: string,
  old: string | undefined,
  progress: (done: number, all: number) => void,
): Promise<number> {
  const before = old === undefined ? undefined : openFolder(old).copy;
  const folders = new Set(list.map(({ path }) => dirname(join(target, path))));
  for (const folder of folders) await mkdir(folder, { recursive: true });
  let [done, fetched] = [0, 0];
  await mapInRandomOrder(list, atOnce, nodePlatform, async ({ hash, path }) => {
    const isKept = before !== undefined && (await before.hash(path)) === hash;
    const bytes = await (isKept ? before : source).open(path);
    if (!bytes)
      throw new CopyError('unreadable', `${path} is in the list, and the mirror does not have it.`);
    await pipeline(Readable.from(bytes), createWriteStream(join(target, path), { flags: 'wx' }));
    if (!isKept) fetched += 1;
    progress(++done, list.length);
  });
  return fetched;
}

/**
 * Fetches the list of a site and those of its signatures that the source has. What no signature
 * covers is written anew.
 */
export async function fetchProofs(
  source: SiteCopy,
  signers: readonly PublicKey[],
  target: string,
): Promise<void> {
  const put = (name: string, content: string | Uint8Array): Promise<void> =>
    writeFile(join(target, name), content, { flag: 'wx' });
  const list = await source.read(manifestFile, manifestLimits.maxBytes);
  if (list) await put(manifestFile, list);
  for (const { id } of signers) {
    const bytes = await source.read(signatureFile(id), maxSignatureBytes);
    if (bytes) await put(signatureFile(id), rewriteSignature(parseSignature(bytes)));
  }
}
