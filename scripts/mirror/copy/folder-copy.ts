import { createHash, hash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { compareBytes } from '../manifest.ts';
import { quoteName } from '../quote-name.ts';
import { CopyError } from './copy-error.ts';
import type { OpenedCopy, Oddity } from './open-copy.ts';
import type { SiteCopy } from './site-copy.ts';

/** A folder with more than this is no copy of a site, and whoever made it wants the checker to be busy. */
const mostFiles = 200_000;
const deepest = 32;
const piece = 256 * 1024;

/**
 * Opens a folder as a copy. All of it is listed at once; files are read by blocking calls, which for thousands of small files cost
 * a third of what promises do.
 * @throws CopyError if it has too many files, or a folder in it cannot be read
 */
export function openFolder(folder: string): OpenedCopy {
  const { paths, oddities } = listFolder(folder);
  const buffer = Buffer.allocUnsafe(piece);
  const copy: SiteCopy = {
    kind: 'folder',
    name: folder,
    paths,
    read: async (path, mostBytes) => {
      if (!paths.has(path)) return undefined;
      const pieces: Buffer[] = [];
      let bytes = 0;
      for (const part of readFile(folder, path, buffer)) {
        bytes += part.length;
        if (bytes > mostBytes) throw new CopyError('too long', `${quoteName(path)} has more than ${mostBytes} bytes.`);
        pieces.push(Buffer.from(part));
      }
      return Buffer.concat(pieces);
    },
    hash: async (path) => (paths.has(path) ? hashFile(folder, path, buffer) : undefined),
    open: async (path) => (paths.has(path) ? copyPieces(folder, path) : undefined),
    close: async () => {},
  };
  return { copy, oddities };
}

function listFolder(root: string): { paths: Set<string>; oddities: Oddity[] } {
  const paths: string[] = [];
  const oddities: Oddity[] = [];
  const visit = (under: string, depth: number): void => {
    if (depth > deepest) throw new CopyError('unreadable', `${quoteName(under)} is ${depth} folders deep, expected at most ${deepest}.`);
    const items = attempt(root, under, () => readdirSync(join(root, under), { withFileTypes: true }));
    if (items.length === 0 && under !== '') oddities.push({ path: under, what: 'an empty folder', harmless: true });
    for (const item of items) {
      const path = under === '' ? item.name : `${under}/${item.name}`;
      if (item.isDirectory()) visit(path, depth + 1);
      else if (item.isFile()) paths.push(path);
      // Attack: a link shows the reader a file that nobody has checked, or one of the machine that serves the folder.
      else oddities.push({ path, what: item.isSymbolicLink() ? 'a symbolic link' : 'neither a file nor a folder' });
      if (paths.length + oddities.length > mostFiles) throw new CopyError('unreadable', `${quoteName(root)} holds more than ${mostFiles} files, expected a copy of a site.`);
    }
  };
  visit('', 0);
  return { paths: new Set(paths.sort(compareBytes)), oddities };
}

function hashFile(folder: string, path: string, buffer: Buffer): string {
  const { file, size } = openFile(folder, path);
  try {
    if (size < buffer.length) {
      // Nearly all files: one reading, and one call for the hash without an object.
      const bytes = attempt(folder, path, () => readSync(file, buffer, 0, size + 1, null));
      if (bytes === size) return hash('sha256', buffer.subarray(0, size));
    }
    const sum = createHash('sha256');
    for (let at = 0; ; ) {
      const bytes = attempt(folder, path, () => readSync(file, buffer, 0, buffer.length, at));
      if (bytes === 0) return sum.digest('hex');
      sum.update(buffer.subarray(0, bytes));
      at += bytes;
    }
  } finally {
    closeSync(file);
  }
}

/** The bytes of a file, each time in the same memory. */
function* readFile(folder: string, path: string, buffer: Buffer): Generator<Buffer> {
  const { file } = openFile(folder, path);
  try {
    for (;;) {
      const bytes = attempt(folder, path, () => readSync(file, buffer, 0, buffer.length, null));
      if (bytes === 0) return;
      yield buffer.subarray(0, bytes);
    }
  } finally {
    closeSync(file);
  }
}

async function* copyPieces(folder: string, path: string): AsyncGenerator<Buffer> {
  const buffer = Buffer.allocUnsafe(piece); // its own: others read meanwhile
  for (const part of readFile(folder, path, buffer)) yield Buffer.from(part);
}

/** Attack: between listing and reading, a link or a pipe takes the place of a file: the checker would follow it, or wait for ever. */
function openFile(folder: string, path: string): { file: number; size: number } {
  const flags = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0); // Windows has neither
  const file = attempt(folder, path, () => openSync(join(folder, path), flags));
  const facts = fstatSync(file);
  if (facts.isFile()) return { file, size: facts.size };
  closeSync(file);
  throw new CopyError('unreadable', `${quoteName(path)} is no plain file any more.`);
}

function attempt<T>(folder: string, path: string, act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new CopyError('unreadable', `${quoteName(path || folder)} cannot be read (${String(error.code)}).`, { cause: error });
  }
}
