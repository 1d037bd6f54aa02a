import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MemoryBlockstore } from 'blockstore-core/memory';
import { importer, type FileCandidate } from 'ipfs-unixfs-importer';
import type { CID } from 'multiformats/cid';
import { ProgramError } from '../process.ts';
import { listFiles } from '../list-files.ts';

/** A folder as IPFS holds it. */
export interface ImportedFolder {
  /** The address of the folder: every tool that follows the profile finds the same one. */
  cid: CID;
  blocks: MemoryBlockstore;
}

/** A larger block of a folder has to be split, which this importer does not do for a folder of folders. */
const MOST_BYTES_OF_A_FOLDER = 262_144;

/**
 * Cuts a folder into blocks, in memory, by the profile `unixfs-v1-2025` (IPIP-499), so that other tools get the same address.
 * Dot files are taken along; times and rights are not.
 * @throws ProgramError if the folder is empty, or a folder of it has more entries than one block holds
 */
export async function importFolder(folder: string): Promise<ImportedFolder> {
  const blocks = new MemoryBlockstore();
  let cid: CID | undefined;
  for await (const entry of importer(readFiles(folder), blocks, { profile: 'unixfs-v1-2025', wrapWithDirectory: true })) {
    if (entry.unixfs?.isDirectory() === true) await checkSize(entry.path ?? '', entry.cid, blocks);
    cid = entry.cid; // the last one is the folder itself
  }
  if (cid === undefined) throw new ProgramError(`There is nothing to import in ${folder}.`);
  return { cid, blocks };
}

/** One after another, since a site can be larger than the memory that is left. */
function* readFiles(folder: string): Generator<FileCandidate<Uint8Array>> {
  for (const path of listFiles(folder)) yield { path, content: readFileSync(join(folder, path)) };
}

async function checkSize(path: string, cid: CID, blocks: MemoryBlockstore): Promise<void> {
  let bytes = 0;
  for await (const part of blocks.get(cid)) bytes += part.length;
  if (bytes <= MOST_BYTES_OF_A_FOLDER) return;
  throw new ProgramError(`${path === '' ? 'The folder' : path} has too many entries for one block of IPFS: other tools would give it another address.`);
}
