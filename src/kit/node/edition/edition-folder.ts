import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { editionFile } from '../../core/edition/edition-files.ts';

/** Where a campaign keeps an edition: its EDITION.txt and, once it is signed, its list and signatures. */
export const editionFolder = (campaignFolder: string, number: number): string =>
  join(campaignFolder, 'editions', String(number));

/** The numbers of the editions that a campaign keeps, signed or not, in their order. */
export function listEditionNumbers(campaignFolder: string): number[] {
  const parent = join(campaignFolder, 'editions');
  const names = existsSync(parent)
    ? readdirSync(parent).filter(
        (name) => /^[1-9][0-9]{0,5}$/.test(name) && existsSync(join(parent, name, editionFile)),
      )
    : [];
  return names.map(Number).sort((a, b) => a - b);
}
