import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { ArchiveError, type Archive, type ByteSource } from '../core/archive/archive.ts';
import type { CarLimits } from '../core/archive/car/blocks.ts';
import { readCar, type CarArchive } from '../core/archive/car/read-car.ts';
import { readZip, type ZipLimits } from '../core/archive/zip/read-zip.ts';
import { nodePlatform } from './platform.ts';

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
