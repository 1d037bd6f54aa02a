import { open, rename, rm } from 'node:fs/promises';

/** Adds bytes to the end of a file. */
export type Append = (bytes: Uint8Array) => Promise<void>;

/**
 * Writes a file piece by piece, and gives it its name only when it is whole: whoever finds an
 * archive finds all of it.
 * @returns what `write` returns
 * @throws what `write` throws, or the error of the system; the file that was there before is then
 *   still there
 */
export async function writeTarget<T>(
  target: string,
  write: (append: Append) => Promise<T>,
): Promise<T> {
  const unfinished = `${target}.part`;
  const handle = await open(unfinished, 'w');
  try {
    const result = await write((bytes) => handle.appendFile(bytes));
    await handle.close();
    await rename(unfinished, target);
    return result;
  } catch (error) {
    await handle.close();
    await rm(unfinished, { force: true });
    throw error;
  }
}
