import type { Edition } from '../../src/kit/core/edition/edition.ts';
import {
  editionFolder,
  listEditionNumbers,
  readEditionFile,
} from '../../src/kit/node/edition/edition-folder.ts';

/** An edition as the campaign keeps it. */
export interface KeptEdition {
  readonly edition: Edition;
  /** `editions/<n>` of the campaign. */
  readonly folder: string;
}

/**
 * The edition with the highest number in a campaign folder, signed or not. Throws EditionError and
 * KeptFileError on a file that is none.
 */
export function findNewestEdition(campaignFolder: string): KeptEdition | undefined {
  const newest = listEditionNumbers(campaignFolder).at(-1);
  return newest === undefined ? undefined : readKeptEdition(campaignFolder, newest);
}

/** An edition of a campaign; throws EditionError, also if it is not there, and KeptFileError. */
export function readKeptEdition(campaignFolder: string, number: number): KeptEdition {
  const folder = editionFolder(campaignFolder, number);
  return { edition: readEditionFile(folder).edition, folder };
}
