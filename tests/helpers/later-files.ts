import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDraft } from '../../scripts/mirror/edition.ts';
import { editionFile, promisedFiles } from '../../src/lib/edition-files.ts';

/** What comes into the folder of a draft after its pages: the list, and the site as one file. */
export const laterFiles = (folder: string): string[] =>
  promisedFiles(parseDraft(readFileSync(join(folder, editionFile))));
