import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { homePage } from '../../../lib/paths.ts';
import type { Dist } from '../dist.ts';

/**
 * Gives the folder of each language its `index.html`, for whoever types the folder's address: a copy of its home page. No link
 * leads there (see `homePage`).
 */
export function writeIndexDocuments({ folder, site }: Dist): void {
  for (const { tag } of site.languages)
    copyFileSync(join(folder, tag, homePage), join(folder, tag, 'index.html'));
}
