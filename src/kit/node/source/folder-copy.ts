import crypto, { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  openSync,
  readdirSync,
  readSync,
  type Dirent,
} from 'node:fs';
import { join } from 'node:path';
import { archiveLimits } from '../../core/archive/archive.ts';
import { compareBytes } from '../../core/text/bytes.ts';
import { quoteName } from '../../core/text/plain-characters.ts';
import { hashBytes } from '../platform.ts';
import {
  CopyError,
  type IrregularEntry,
  type OpenedCopy,
  type SiteCopy,
} from '../../core/source/site-copy.ts';

/**
 * A folder with more than this is no copy of a site, and whoever made it wants the checker to be
 * busy.
 */
const maxFiles = 200_000;
const maxDepth = 32;
const pieceBytes = 256 * 1024;

/** What may be read of a folder, in bytes. */
export interface FolderLimits {
  /** Of one file: an archive can be as large as all that is in it. */
  readonly bytesOfAFile: number;
  /** Of all readings together: a site, its archives, and each of them a second time. */
  readonly bytes: number;
}
export const folderLimits: FolderLimits = {
  bytesOfAFile: archiveLimits.bytes,
  bytes: 6 * archiveLimits.bytes,
};

/**
 * Opens a folder as a copy. All of it is listed at once; files are read by blocking calls, which
 * for thousands of small files cost a third of what promises do.
 * @throws CopyError if it has too many files, or a folder in it cannot be read
 */
export function openFolder(folder: string, limits = folderLimits): OpenedCopy {
  const { paths, irregular } = listFolder(folder);
  const buffer = Buffer.allocUnsafe(pieceBytes);
  let left = limits.bytes;
  const open = (path: string): OpenFile => {
    const opened = openFile(folder, path, Math.min(limits.bytesOfAFile, left));
    left -= opened.size;
    return opened;
  };
  const copy: SiteCopy = {
    kind: 'folder',
    name: folder,
    paths,
    read: async (path, maxBytes) => {
      if (!paths.has(path)) return undefined;
      const opened = open(path);
      if (opened.size > maxBytes) {
        closeSync(opened.file);
        throw new CopyError(
          'too long',
          `${quoteName(path)} has ${opened.size} bytes, expected at most ${maxBytes}.`,
        );
      }
      const pieces: Buffer[] = [];
      for (const part of readFile(folder, path, opened, buffer)) pieces.push(Buffer.from(part));
      return Buffer.concat(pieces);
    },
    hash: async (path) =>
      paths.has(path) ? hashFile(folder, path, open(path), buffer) : undefined,
    open: async (path) => (paths.has(path) ? copyPieces(folder, path, open) : undefined),
    close: async () => {},
  };
  return { copy, irregular };
}

function listFolder(root: string): { paths: Set<string>; irregular: IrregularEntry[] } {
  const paths: string[] = [];
  const irregular: IrregularEntry[] = [];
  const visit = (under: string, depth: number): void => {
    if (depth > maxDepth)
      throw new CopyError(
        'unreadable',
        `${quoteName(under)} is ${depth} folders deep, expected at most ${maxDepth}.`,
      );
    const items = readFolder(root, under);
    // A verdict on the rest is better than none: what cannot be read is named.
    if (!items) {
      irregular.push({ path: under, what: 'a folder that cannot be read', kind: 'closed' });
      return;
    }
    if (items.length === 0 && under !== '')
      irregular.push({ path: under, what: 'an empty folder', kind: 'empty' });
    for (const item of items) {
      const path = under === '' ? item.name : `${under}/${item.name}`;
      if (item.isDirectory()) visit(path, depth + 1);
      else if (item.isFile()) paths.push(path);
      // Attack: a link shows the reader a file that nobody has checked, or one of the machine that
      // serves the folder.
      else
        irregular.push({
          path,
          what: item.isSymbolicLink() ? 'a symbolic link' : 'neither a file nor a folder',
        });
      if (paths.length + irregular.length > maxFiles)
        throw new CopyError(
          'unreadable',
          `${quoteName(root)} holds more than ${maxFiles} files, expected a copy of a site.`,
        );
    }
  };
  visit('', 0);
  return { paths: new Set(paths.sort(compareBytes)), irregular };
}

/** The items of a folder; undefined if one below the root may not be read by this user. */
function readFolder(root: string, under: string): Dirent[] | undefined {
  try {
    return attempt(root, under, () => readdirSync(join(root, under), { withFileTypes: true }));
  } catch (error) {
    if (under === '' || !(error instanceof CopyError)) throw error;
    return undefined;
  }
}

/** Node before 20.12 has no call without an object. */
const hashAtOnce = (bytes: Uint8Array): string =>
  (crypto.hash as typeof crypto.hash | undefined)?.('sha256', bytes) ?? hashBytes(bytes);

function hashFile(folder: string, path: string, { file, size }: OpenFile, buffer: Buffer): string {
  try {
    if (size < buffer.length) {
      // Nearly all files: one reading, and one call for the hash without an object.
      const bytes = attempt(folder, path, () => readSync(file, buffer, 0, size + 1, null));
      if (bytes === size) return hashAtOnce(buffer.subarray(0, size));
    }
    const sum = createHash('sha256');
    for (let at = 0; ;) {
      const bytes = attempt(folder, path, () => readSync(file, buffer, 0, buffer.length, at));
      if (bytes === 0) return sum.digest('hex');
      if (at + bytes > size) throw grown(path, size);
      sum.update(buffer.subarray(0, bytes));
      at += bytes;
    }
  } finally {
    closeSync(file);
  }
}

/** The bytes of a file, each time in the same memory. */
function* readFile(
  folder: string,
  path: string,
  { file, size }: OpenFile,
  buffer: Buffer,
): Generator<Buffer> {
  try {
    for (let at = 0; ;) {
      const bytes = attempt(folder, path, () => readSync(file, buffer, 0, buffer.length, null));
      if (bytes === 0) return;
      at += bytes;
      if (at > size) throw grown(path, size);
      yield buffer.subarray(0, bytes);
    }
  } finally {
    closeSync(file);
  }
}

async function* copyPieces(
  folder: string,
  path: string,
  open: (path: string) => OpenFile,
): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafe(pieceBytes); // its own: others read meanwhile
  for (const part of readFile(folder, path, open(path), buffer)) yield Buffer.from(part);
}

interface OpenFile {
  readonly file: number;
  /** Bytes, when it was opened; no more are read. */
  readonly size: number;
}

/** Attack: a file that grows while it is read, as logs do, is read for ever. */
const grown = (path: string, size: number): CopyError =>
  new CopyError(
    'unreadable',
    `${quoteName(path)} became longer than its ${size} bytes while it was read.`,
  );

/**
 * Attack: between listing and reading, a link or a pipe takes the place of a file: the checker
 * would follow it, or wait for ever.
 */
function openFile(folder: string, path: string, maxBytes: number): OpenFile {
  // Windows has neither
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);
  const file = attempt(folder, path, () => openSync(join(folder, path), flags));
  const facts = fstatSync(file);
  if (facts.isFile() && facts.size <= maxBytes) return { file, size: facts.size };
  closeSync(file);
  // Attack: a file with a hole of terabytes, which takes no room on the adversary's disk, and all
  // of the mirror's.
  if (facts.isFile())
    throw new CopyError(
      'too long',
      `${quoteName(path)} has ${facts.size} bytes, expected at most ${maxBytes} with all that was read before.`,
    );
  throw new CopyError('unreadable', `${quoteName(path)} is no plain file any more.`);
}

function attempt<T>(folder: string, path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new CopyError(
      'unreadable',
      `${quoteName(path || folder)} cannot be read (${String(error.code)}).`,
      { cause: error },
    );
  }
}
