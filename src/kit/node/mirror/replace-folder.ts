import { existsSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

/** A new folder next to the target, since a rename works on one disk only. */
export const makeStaging = (target: string): string =>
  mkdtempSync(join(dirname(target), `.${basename(target)}.building-`));

/** Puts the staging folder in the target's place. Between the two renames there is no target, for less than a millisecond; nothing is lost if the process ends there. */
export function replaceFolder(staging: string, target: string): void {
  if (!existsSync(target)) return renameSync(staging, target);
  const old = join(mkdtempSync(join(dirname(target), `.${basename(target)}.old-`)), 'was');
  renameSync(target, old);
  try {
    renameSync(staging, target);
  } catch (error) {
    if (!existsSync(target)) renameSync(old, target); // what was there is better than nothing
    throw error;
  }
  rmSync(dirname(old), { recursive: true, force: true });
}
