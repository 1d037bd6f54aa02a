import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Dist } from '../dist.ts';

/**
 * Takes out images that no page shows: the bundler publishes each image of the campaign folder and the original of each resized
 * one, with its place and camera still in it.
 */
export function dropUnusedImages(dist: Dist): void {
  const shown = new Set(
    dist.pages.flatMap(({ links }) =>
      [...links.values()].flatMap((link) => (link.kind === 'inside' ? [link.path] : [])),
    ),
  );
  for (const file of dist.files) {
    if (!file.startsWith('assets/') || shown.has(file)) continue;
    rmSync(join(dist.folder, file), { force: true });
    dist.files.delete(file);
  }
}
