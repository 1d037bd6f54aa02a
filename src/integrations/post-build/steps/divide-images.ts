import { mkdirSync, readFileSync, renameSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { hashBytes } from '../../../kit/node/platform.ts';
import type { Dist } from '../dist.ts';

/**
 * Divides the images, which the bundler puts into one folder, into 256 by the hash of their bytes,
 * so that no folder grows with the site. Comes before links are rewritten, which then lead to the
 * new places.
 */
export function divideImages({ folder, files, moved }: Dist): void {
  for (const file of [...files].filter((path) => /^assets\/[^/]+$/.test(path))) {
    const hash = hashBytes(readFileSync(join(folder, file)));
    const target = `assets/${hash.slice(0, 2)}/${basename(file)}`;
    mkdirSync(dirname(join(folder, target)), { recursive: true });
    renameSync(join(folder, file), join(folder, target));
    files.delete(file);
    files.add(target);
    moved.set(file, target);
  }
}
