import { chmodSync, cpSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The path below which every host gets the site a second time. */
export const subPath = '/deep/sub/path';

export interface DocumentRoots {
  /** The site itself. */
  plain: string;
  /** An otherwise empty folder with the site at `subPath`. */
  deep: string;
}

/**
 * Copies a site to where hosts can serve it from: the folder under test may lie where a server that gives up its rights (nginx,
 * Apache) cannot read. Nothing of the site is changed but who may read it.
 */
export function makeDocumentRoots(folder: string, scratch: string): DocumentRoots {
  const [plain, deep] = [join(scratch, 'plain'), join(scratch, 'deep')];
  chmodSync(scratch, 0o755);
  cpSync(folder, plain, { recursive: true });
  mkdirSync(join(deep, subPath), { recursive: true });
  cpSync(folder, join(deep, subPath), { recursive: true });
  for (const root of [plain, deep]) openForAll(root);
  return { plain, deep };
}

function openForAll(folder: string): void {
  chmodSync(folder, 0o755);
  for (const item of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, item.name);
    if (item.isDirectory()) openForAll(path);
    else chmodSync(path, 0o644);
  }
}
