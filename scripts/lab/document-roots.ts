import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { StaticSite } from './site.ts';

/** The path below which every host gets the site a second time. */
export const subPath = '/deep/sub/path';

export interface DocumentRoots {
  /** The site itself. */
  plain: string;
  /** An otherwise empty folder with the site at `subPath`. */
  deep: string;
}

/**
 * Writes the files of a site to where hosts can serve them from: the folder under test may lie
 * where a server that gives up its rights (nginx, Apache) cannot read. Written from what was read,
 * not copied from the disk: a link in a stranger's folder could make rights of this machine change.
 */
export function makeDocumentRoots({ files }: StaticSite, scratch: string): DocumentRoots {
  const [plain, deep] = [join(scratch, 'plain'), join(scratch, 'deep')];
  chmodSync(scratch, 0o755);
  for (const base of [plain, join(deep, subPath)]) {
    mkdirSync(base, { recursive: true, mode: 0o755 });
    for (const [path, bytes] of files) {
      mkdirSync(dirname(join(base, path)), { recursive: true, mode: 0o755 });
      writeFileSync(join(base, path), bytes, { mode: 0o644 });
    }
  }
  return { plain, deep };
}
