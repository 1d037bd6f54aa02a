import { chmodSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { explainDiskError } from '../disk-error.ts';

/*
 * A folder is replaced by two renames: the old one goes away, the new one takes its place. Whoever
 * is killed between them leaves neither; the next run finds the old one by its name and puts it
 * back.
 */

const nameOf = (target: string, what: 'building' | 'old', process = ''): string =>
  `.${basename(target)}.${what}-${process}`;

/**
 * A new folder next to the target, since a rename works on one disk only; its name says which
 * process makes it.
 */
export const makeStaging = (target: string): string =>
  mkdtempSync(join(dirname(target), nameOf(target, 'building', `${process.pid}-`)));

/**
 * Puts the staging folder in the target's place. Between the two renames there is no target, for
 * less than a millisecond.
 * @returns a folder with what was there, if the system does not let it be deleted
 */
export function replaceFolder(staging: string, target: string): string | undefined {
  if (!existsSync(target)) {
    renameSync(staging, target);
    return undefined;
  }
  const aside = mkdtempSync(join(dirname(target), nameOf(target, 'old', `${process.pid}-`)));
  const old = join(aside, 'was');
  try {
    renameSync(target, old);
    renameSync(staging, target);
  } catch (error) {
    // what was there is better than nothing
    if (!existsSync(target) && existsSync(old)) renameSync(old, target);
    removeFolder(aside);
    throw error;
  }
  return removeFolder(aside) ? undefined : aside;
}

/**
 * Deletes a folder that nobody needs any more. What is done is done, and is no failure because of
 * what is left: a folder of another user in it, say, or a disk that has become read-only.
 * @returns whether it is gone
 */
export function removeFolder(folder: string): boolean {
  try {
    rmSync(folder, { recursive: true, force: true });
    return true;
  } catch (error) {
    if (explainDiskError(error) === undefined) throw error;
    return false;
  }
}

/**
 * Puts back what a run that was killed between the two renames has taken away, and takes away what
 * such runs have left. What a process that still runs is making stays.
 * @returns whether the target was put back
 */
export function recoverFolder(target: string): boolean {
  if (!existsSync(dirname(target))) return false;
  const left = readdirSync(dirname(target))
    .filter((name) => findMaker(target, name) !== undefined)
    .map((name) => join(dirname(target), name));
  const old = left.map((folder) => join(folder, 'was')).find((folder) => existsSync(folder));
  const isPutBack = old !== undefined && !existsSync(target);
  if (isPutBack) renameSync(old, target);
  for (const folder of left) removeFolder(folder);
  return isPutBack;
}

/**
 * The process that has left a folder of this name; undefined if it is no such folder, or the
 * process still runs.
 */
function findMaker(target: string, name: string): number | undefined {
  const [what] = [nameOf(target, 'building'), nameOf(target, 'old')].filter((start) =>
    name.startsWith(start),
  );
  const [, maker] = /^([0-9]+)-[A-Za-z0-9]{6}$/.exec(what ? name.slice(what.length) : '') ?? [];
  return maker !== undefined && !isRunning(Number(maker)) ? Number(maker) : undefined;
}

/** Whether a process runs, whoever has started it. */
export function isRunning(id: number): boolean {
  try {
    process.kill(id, 0); // asks only
    return true;
  } catch (error) {
    // Another user's process is one, too.
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Makes all of a folder readable for everybody, whatever the umask of who made it: web servers run
 * as somebody else.
 * @param folder of plain files and folders
 */
export function makePublic(folder: string): void {
  chmodSync(folder, 0o755);
  for (const item of readdirSync(folder, { withFileTypes: true, recursive: true }))
    chmodSync(join(item.parentPath, item.name), item.isDirectory() ? 0o755 : 0o644);
}
