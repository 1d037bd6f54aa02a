import { archiveLimits } from '../core/archive/archive.ts';
import type { Platform } from '../core/platform.ts';
import { CopyError, type OpenedCopy, type SiteCopy } from '../core/source/site-copy.ts';
import { compareBytes, concatBytes, toHex } from '../core/text/bytes.ts';
import { quoteName } from '../core/text/plain-characters.ts';
import { readPart, type Stop } from './blob-source.ts';

/** What may be read of a folder: less of one file than Node reads, since nobody waits so long. */
const maxFiles = 200_000;
const maxBytes = 6 * archiveLimits.bytes;
const pieceBytes = 1024 * 1024;

/**
 * The files of a folder that somebody chose, as a copy. Browsers give its plain files alone: they
 * follow links, and pass over empty folders.
 * @param files of one folder, as `webkitdirectory` gives them: with their paths from above it
 * @param assertGoing throws if its user wants to stop
 * @throws CopyError if there are too many
 */
export function openFiles(
  name: string,
  files: readonly File[],
  { sha256 }: Platform,
  assertGoing: Stop,
): OpenedCopy {
  if (files.length > maxFiles)
    throw new CopyError(
      'unreadable',
      `${quoteName(name)} holds more than ${maxFiles} files, expected a copy of a site.`,
    );
  const byPath = new Map(files.map((file) => [pathOf(file), file]));
  let left = maxBytes;
  const open = (path: string, most: number): File | undefined => {
    const file = byPath.get(path);
    if (!file) return undefined;
    const bytes = Math.min(most, archiveLimits.bytesOfAFile, left);
    // Attack: a file of terabytes that takes no room on the adversary's disk.
    if (file.size > bytes)
      throw new CopyError(
        'too long',
        `${quoteName(path)} has ${file.size} bytes, expected at most ${bytes} with all that was read before.`,
      );
    left -= file.size;
    return file;
  };
  const copy: SiteCopy = {
    kind: 'folder',
    name,
    paths: new Set([...byPath.keys()].sort(compareBytes)),
    read: async (path, most) => {
      const file = open(path, most);
      if (!file) return undefined;
      const pieces: Uint8Array[] = [];
      for await (const piece of readPieces(path, file, assertGoing)) pieces.push(piece);
      return concatBytes(...pieces);
    },
    hash: async (path) => {
      const file = open(path, Infinity);
      if (!file) return undefined;
      const sum = sha256();
      for await (const piece of readPieces(path, file, assertGoing)) sum.update(piece);
      return toHex(await sum.digest());
    },
    open: async (path) => {
      const file = open(path, Infinity);
      return file && readPieces(path, file, assertGoing);
    },
    close: async () => {},
  };
  return { copy, irregular: [] };
}

/** The path of a file inside of the folder that was chosen. */
const pathOf = ({ webkitRelativePath, name }: File): string =>
  webkitRelativePath.slice(webkitRelativePath.indexOf('/') + 1) || name;

async function* readPieces(
  path: string,
  file: File,
  assertGoing: Stop,
): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < file.size; at += pieceBytes) {
    assertGoing();
    const length = Math.min(pieceBytes, file.size - at);
    const piece = await readPart(file, at, length).catch((cause: unknown) => {
      throw new CopyError('unreadable', `${quoteName(path)} cannot be read.`, { cause });
    });
    if (piece.length !== length)
      throw new CopyError('unreadable', `${quoteName(path)} became shorter while it was read.`);
    yield piece;
  }
}
