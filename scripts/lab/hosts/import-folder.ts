import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FileCandidate } from 'ipfs-unixfs-importer';
import { ArchiveError } from '../../../src/kit/archive/archive.ts';
import { importFiles, type ImportedFolder } from '../../../src/kit/archive/pack/import-files.ts';
import { ProgramError } from '../process.ts';
import { listFiles } from '../list-files.ts';

/**
 * Cuts a folder into blocks, in memory, as the mirror kit does for a CAR. Dot files are taken along.
 * @throws ProgramError if a folder of it has more entries than one block holds
 */
export async function importFolder(folder: string): Promise<ImportedFolder> {
  try {
    return await importFiles(folder, readFiles(folder));
  } catch (error) {
    if (error instanceof ArchiveError) throw new ProgramError(error.message);
    throw error;
  }
}

/** One after another, since a site can be larger than the memory that is left. */
function* readFiles(folder: string): Generator<FileCandidate> {
  for (const path of listFiles(folder)) yield { path, content: readFileSync(join(folder, path)) };
}
