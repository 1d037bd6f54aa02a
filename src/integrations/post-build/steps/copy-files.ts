import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { campaignFolder } from '../../../campaign/read/campaign-folder.ts';
import { chainFile, editionFile } from '../../../kit/core/edition/edition-files.ts';
import { editionFolder } from '../../../kit/node/edition/edition-folder.ts';
import { printDraft, type Draft, type Edition } from '../../../kit/core/edition/edition.ts';
import { printChainBefore } from '../../../campaign/editions/make-chain.ts';
import type { PublishedEdition } from '../../../campaign/editions/read-edition.ts';
import { homePage } from '../../../lib/paths.ts';
import type { Dist } from '../dist.ts';

/**
 * Copies the file of the edition byte for byte, since that is what is signed, and writes what
 * proves the editions before; a draft says that it is one, and proves nothing.
 */
export function writeEdition(
  folder: string,
  build: Edition | Draft,
  editions: readonly PublishedEdition[],
): void {
  const target = join(folder, editionFile);
  if ('of' in build) return writeFileSync(target, printDraft(build));
  copyFileSync(join(editionFolder(campaignFolder(), build.number), editionFile), target);
  const chain = printChainBefore(editions, build);
  if (chain !== undefined) writeFileSync(join(folder, chainFile), chain);
}

/**
 * Gives the folder of each language its `index.html`, for whoever types the folder's address: a
 * copy of its home page. No link leads there (see `homePage`).
 */
export function copyIndexDocuments({ folder, site }: Dist): void {
  for (const { tag } of site.languages)
    copyFileSync(join(folder, tag, homePage), join(folder, tag, 'index.html'));
}
