import { closeSync, openSync, readSync, statSync, constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { ArchiveError, type Archive, type ByteSource } from '../../core/archive/archive.ts';
import type { CarLimits } from '../../core/archive/car/blocks.ts';
import { readCar, type CarArchive } from '../../core/archive/car/read-car.ts';
import { readZip, type ZipLimits } from '../../core/archive/zip/read-zip.ts';
import { makeCarCopy, makeZipCopy } from '../../core/source/archive-copy.ts';
import {
  bytesOfKind,
  findFileKind,
  findInnerSite,
  CopyError,
  type FileKind,
  type OpenedCopy,
} from '../../core/source/site-copy.ts';
import { quoteName } from '../../core/text/plain-characters.ts';
import { nodePlatform } from '../platform.ts';
import { openFolder } from './folder-copy.ts';
import { openWebCopy } from './web-copy.ts';

/** Whether a word names a web address, and not a path. */
export const isAddress = (text: string): boolean => /^https?:/i.test(text);

/** Opens a copy by its address or path. Throws CopyError, ArchiveError. */
export async function openSource(source: string, proxy: string | undefined): Promise<OpenedCopy> {
  if (isAddress(source)) {
    const web = openWebCopy(source, { proxy });
    return { copy: web, web, irregular: [] };
  }
  const kind = findKind(source);
  if (kind === 'missing')
    throw new CopyError(
      'unreadable',
      `${quoteName(source)} is not there. Expected a folder, a zip, a CAR, or an address that begins with https:// or http://.`,
    );
  if (kind === 'other' || kind === 'page' || kind === 'mail')
    throw new CopyError('unreadable', `${quoteName(source)} is no folder, zip or CAR.`);
  return openLocalCopy(source, kind);
}

/** What a path on this machine is, for a checker. */
type Kind = FileKind | 'folder' | 'missing';

/** Looks at the file itself. */
export function findKind(path: string): Kind {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 'missing';
  if (stat.isDirectory()) return 'folder';
  if (!stat.isFile()) return 'other';
  return findFileKind(path, readStart(path));
}

function readStart(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(bytesOfKind);
    return start.subarray(0, readSync(file, start, 0, start.length, 0));
  } finally {
    closeSync(file);
  }
}

/**
 * Opens a folder, zip or CAR of this machine, or the one folder in it that holds the site; throws
 * as its opener does.
 */
export async function openLocalCopy(
  path: string,
  kind: 'folder' | 'zip' | 'car',
): Promise<OpenedCopy> {
  return findInnerSite(
    kind === 'folder'
      ? openFolder(path)
      : kind === 'zip'
        ? makeZipCopy(path, await openZip(path), nodePlatform)
        : makeCarCopy(path, await openCar(path), nodePlatform),
  );
}

/**
 * Opens a file as a source of bytes; the caller closes it.
 * @throws ArchiveError if it is no regular file; the error of the system if it cannot be opened
 */
export async function openBytes(path: string): Promise<ByteSource> {
  // Attack: a named pipe in place of the archive keeps the checker waiting for ever, a device has
  // no end. So nothing is waited for.
  // Windows does not have the latter
  const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const facts = await handle.stat();
    if (!facts.isFile())
      throw new ArchiveError(path, 'this is a folder, a pipe or a device', 'a file');
    return {
      path,
      size: facts.size,
      read: (offset, length) => readRange(handle, offset, length),
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** Fewer bytes than asked for if the file has become shorter. */
async function readRange(handle: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafe(length);
  for (let filled = 0; filled < length;) {
    const { bytesRead } = await handle.read(bytes, filled, length - filled, offset + filled);
    if (bytesRead === 0) return bytes.subarray(0, filled);
    filled += bytesRead;
  }
  return bytes;
}

/**
 * Opens a zip on this machine's disk as `readZip` reads it; the caller closes it. Throws like
 * `readZip` and the system.
 */
export const openZip = (path: string, limits?: ZipLimits): Promise<Archive> =>
  openWith(path, (source) => readZip(source, nodePlatform, limits));

/**
 * Opens a CAR on this machine's disk as `readCar` reads it; the caller closes it. Throws like
 * `readCar` and the system.
 */
export const openCar = (path: string, limits?: CarLimits): Promise<CarArchive> =>
  openWith(path, (source) => readCar(source, nodePlatform, limits));

async function openWith<T>(path: string, read: (source: ByteSource) => Promise<T>): Promise<T> {
  const source = await openBytes(path);
  try {
    return await read(source);
  } catch (error) {
    await source.close();
    throw error;
  }
}
