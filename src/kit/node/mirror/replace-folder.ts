import { chmodSync, existsSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

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
 */
export function replaceFolder(staging: string, target: string): void {
  if (!existsSync(target)) return renameSync(staging, target);
  const aside = mkdtempSync(join(dirname(target), nameOf(target, 'old', `${process.pid}-`)));
  const old = join(aside, 'was');
  try {
    renameSync(target, old);
    renameSync(staging, target);
  } catch (error) {
    // what was there is better than nothing
    if (!existsSync(target) && existsSync(old)) renameSync(old, target);
    rmSync(aside, { recursive: true, force: true });
    throw error;
  }
  rmSync(aside, { recursive: true, force: true });
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
  for (const folder of left) rmSync(folder, { recursive: true, force: true });
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

function isRunning(id: number): boolean {
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

/** What the system says of a disk, for people; undefined for other errors. */
export function explainDiskError(error: unknown): string | undefined {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const words = diskErrors[code];
  return words === undefined ? undefined : `${words} (${code})`;
}

const diskErrors: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EBUSY: 'it is the root of a disk or in use, and cannot be replaced: name a folder inside of it',
  EDQUOT: 'no more room is left for this user',
  EFBIG: 'the disk does not take files of this size',
  EIO: 'the disk cannot be read or written: it may be damaged',
  ENAMETOOLONG: 'the disk does not take names of this length',
  ENOSPC: 'the disk is full',
  EPERM: 'the system does not let this user do so',
  EROFS: 'the disk is for reading only',
  EXDEV: 'it is the root of another disk, and cannot be replaced: name a folder inside of it',
};
