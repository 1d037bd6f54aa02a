import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEdition, type Edition } from '../mirror/edition.ts';
import { editionFile } from '../../src/lib/edition-files.ts';

/** An edition as the campaign keeps it. */
export interface KeptEdition {
  readonly edition: Edition;
  /** `editions/<n>` of the campaign. */
  readonly folder: string;
}

/** The folder of an edition in a campaign. */
export const editionFolder = (campaignFolder: string, number: number): string => join(campaignFolder, 'editions', String(number));

/** The edition with the highest number in a campaign folder, signed or not. Throws EditionError on a file that is none. */
export function findNewestEdition(campaignFolder: string): KeptEdition | undefined {
  const parent = join(campaignFolder, 'editions');
  const numbers = existsSync(parent) ? readdirSync(parent).filter((name) => /^[1-9][0-9]{0,5}$/.test(name) && existsSync(join(parent, name, editionFile))).map(Number) : [];
  return numbers.length === 0 ? undefined : readEdition(campaignFolder, Math.max(...numbers));
}

/** An edition of a campaign; throws EditionError, and the error of the system if it is not there. */
export function readEdition(campaignFolder: string, number: number): KeptEdition {
  const folder = editionFolder(campaignFolder, number);
  return { edition: parseEdition(readFileSync(join(folder, editionFile))), folder };
}
