import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDraft } from '../../src/kit/core/edition/edition.ts';
import {
  editionFile,
  promisedFiles,
  type ArchiveKind,
} from '../../src/kit/core/edition/edition-files.ts';

/**
 * What comes into the folder of a draft after its pages: the list, and the site as one file.
 * @param kinds of archives that its campaign wants
 */
export const laterFiles = (folder: string, kinds: readonly ArchiveKind[]): string[] =>
  promisedFiles(parseDraft(readFileSync(join(folder, editionFile))), kinds);
