import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readlinkSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';

/** Says for which lock the packages of a folder were installed (`run.mjs`). */
export const installStamp = 'node_modules/.installed-lock';

/**
 * Gives one clone the installed packages of another, as hard links where the disk allows: nothing is fetched, and paths are really
 * other ones, as with no symbolic link.
 */
export function linkPackages(from: string, to: string): void {
  mkdirSync(join(to, 'node_modules'));
  for (const item of readdirSync(join(from, 'node_modules'))) {
    // Caches stay behind: they know the first folder, and a write through a hard link would reach it.
    if (!item.startsWith('.'))
      linkFolder(join(from, 'node_modules', item), join(to, 'node_modules', item));
  }
  if (existsSync(join(from, installStamp)))
    copyFileSync(join(from, installStamp), join(to, installStamp));
}

function linkFolder(from: string, to: string): void {
  mkdirSync(to);
  for (const item of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, item.name), join(to, item.name)];
    if (item.isDirectory()) linkFolder(source, target);
    else if (item.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkOrCopy(source, target);
  }
}

function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch (error) {
    if (!(
      error instanceof Error &&
      'code' in error &&
      ['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP'].includes(String(error.code))
    ))
      throw error;
    copyFileSync(source, target); // another disk, or one without hard links
  }
}
