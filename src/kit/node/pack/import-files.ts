import { MemoryBlockstore } from 'blockstore-core/memory';
import { importer, type FileCandidate } from 'ipfs-unixfs-importer';
import type { CID } from 'multiformats/cid';
import { ArchiveError, inBytes } from '../../core/archive/archive.ts';

/** A folder as IPFS holds it. */
export interface ImportedFolder {
  /** The address of the folder: every tool that follows the profile finds the same one. */
  cid: CID;
  blocks: MemoryBlockstore;
  /**
   * Folders with so many entries that they are cut into shards, by path; '' is the folder itself.
   */
  sharded: string[];
}

/**
 * In a larger block, entries have to be divided into shards, which this importer does not do for a
 * folder of folders.
 */
const maxBytesOfAFolder = 262_144;

/**
 * Cuts files into blocks by the profile `unixfs-v1-2025` (IPIP-499), so that other tools get the
 * same address, whatever the order of the files. Times and rights are not in it.
 * @param folder for sentences only
 * @param blocks where the blocks are put
 * @throws ArchiveError if a folder has more entries than one block holds
 */
export async function importFiles(
  folder: string,
  files: Iterable<FileCandidate> | AsyncIterable<FileCandidate>,
  blocks = new MemoryBlockstore(),
): Promise<ImportedFolder> {
  const sharded: string[] = [];
  let cid: CID | undefined;
  for await (const entry of importer(files, blocks, {
    profile: 'unixfs-v1-2025',
    wrapWithDirectory: true,
  })) {
    const { path = '' } = entry;
    if (entry.unixfs?.type === 'hamt-sharded-directory') sharded.push(path);
    else if (entry.unixfs?.type === 'directory')
      checkSize(folder, path, (await readBlock(blocks, entry.cid)).length);
    cid = entry.cid; // the last one is the folder itself
  }
  if (cid === undefined)
    throw new ArchiveError(folder, 'the importer gave no address', 'that of the folder');
  return { cid, blocks, sharded };
}

/** The bytes of a block that was imported. */
export async function readBlock(blocks: MemoryBlockstore, cid: CID): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of blocks.get(cid)) parts.push(part);
  return Buffer.concat(parts);
}

function checkSize(folder: string, path: string, bytes: number): void {
  if (bytes <= maxBytesOfAFolder) return;
  throw new ArchiveError(
    folder,
    `its entries take a block of ${inBytes(bytes)}, and other tools would give the folder another address`,
    `at most ${maxBytesOfAFolder}: divide it into folders of fewer entries`,
    path === '' ? undefined : path,
  );
}
