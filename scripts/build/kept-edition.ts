import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEdition, type Edition } from '../../src/kit/core/edition/edition.ts';
import { editionFolder, listEditionNumbers } from '../../src/kit/node/edition/edition-folder.ts';
import { editionFile } from '../../src/kit/core/edition/edition-files.ts';

/** An edition as the campaign keeps it. */
export interface KeptEdition {
  readonly edition: Edition;
  /** `editions/<n>` of the campaign. */
  readonly folder: string;
}

/**
 * The edition with the highest number in a campaign folder, signed or not. Throws EditionError on a
 * file that is none.
 */
export function findNewestEdition(campaignFolder: string): KeptEdition | undefined {
  const newest = listEditionNumbers(campaignFolder).at(-1);
  return newest === undefined ? undefined : readKeptEdition(campaignFolder, newest);
}

/**
 * An edition of a campaign; throws EditionError, and the error of the system if it is not there.
 */
export function readKeptEdition(campaignFolder: string, number: number): KeptEdition {
  const folder = editionFolder(campaignFolder, number);
  const file = join(folder, editionFile);
  return { edition: parseEdition(readFileSync(file), file), folder };
}
