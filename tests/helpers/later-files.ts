import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseDraft } from '../../scripts/mirror/edition.ts';
import { editionFile, promisedFiles } from '../../src/lib/edition-files.ts';
import { makeFolder } from './build.ts';

/** What pages of a draft link to though Astro does not write it: the list, and the site as one file. */
export const laterFiles = (folder: string): string[] => promisedFiles(parseDraft(readFileSync(join(folder, editionFile))));

/** A copy of a built site in which something stands in for each file that the commands after Astro have not written. */
export function withLaterFiles(site: string): string {
  const folder = join(makeFolder('whole-'), 'site');
  cpSync(site, folder, { recursive: true });
  for (const path of laterFiles(site).filter((file) => !existsSync(join(folder, file)))) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), `in place of ${path}\n`);
  }
  return folder;
}
