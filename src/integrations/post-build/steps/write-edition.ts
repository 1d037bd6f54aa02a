import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { printDraft, type Draft, type Edition } from '../../../kit/edition/edition.ts';
import { editionFolder } from '../../../kit/edition/edition-folder.ts';
import { campaignFolder } from '../../../campaign/read/folder.ts';
import { editionFile } from '../../../kit/edition/edition-files.ts';

/** Writes what the site says of itself: the file of its edition byte for byte, since that is what is signed, or that it is a draft. */
export function writeEdition(folder: string, build: Edition | Draft): void {
  const target = join(folder, editionFile);
  if ('of' in build) writeFileSync(target, printDraft(build));
  else copyFileSync(join(editionFolder(campaignFolder(), build.number), editionFile), target);
}
