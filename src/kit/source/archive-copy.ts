import { createHash } from 'node:crypto';
import {
  ArchiveError,
  CutOffError,
  inBytes,
  type Archive,
  type ArchiveEntry,
} from '../archive/archive.ts';
import { openCar } from '../archive/car/read-car.ts';
import { quoteName } from '../text/quote-name.ts';
import { openZip } from '../archive/zip/read-zip.ts';
import { CopyError } from './copy-error.ts';
import type { OpenedCopy, Oddity } from './opened-copy.ts';

/**
 * Opens a zip as a copy; nothing is unpacked to disk.
 * @throws ArchiveError if it is not a zip of plain files that all tools read alike; the error of the system if it cannot be opened
 */
export async function openZipCopy(path: string): Promise<OpenedCopy> {
  const archive = await openZip(path);
  return makeCopy('zip', path, archive, []);
}

/** Opens a CAR as a copy, all of whose blocks fit their addresses; throws like `openZipCopy`. */
export async function openCarCopy(path: string): Promise<OpenedCopy> {
  const archive = await openCar(path);
  const hidden = archive.unreferenced.map((cid): Oddity => ({
    path: cid,
    what: 'a block that no file of the site needs',
  }));
  return { ...makeCopy('car', path, archive, hidden), root: archive.root };
}

function makeCopy(
  kind: 'zip' | 'car',
  name: string,
  archive: Archive,
  hidden: readonly Oddity[],
): OpenedCopy {
  const entries = new Map(archive.entries.map((entry) => [entry.path, entry]));
  const oddities = [
    ...hidden,
    ...archive.emptyFolders.map((path): Oddity => ({
      path,
      what: 'an empty folder',
      harmless: true,
    })),
  ];
  const copy: OpenedCopy['copy'] = {
    kind,
    name,
    paths: new Set(entries.keys()),
    read: async (path, mostBytes) => {
      const entry = entries.get(path);
      if (!entry) return undefined;
      if (entry.size > mostBytes)
        throw new CopyError(
          'too long',
          `${quoteName(path)} has ${inBytes(entry.size)}, expected at most ${mostBytes}.`,
        );
      const pieces: Uint8Array[] = [];
      for await (const part of readEntry(entry)) pieces.push(part);
      return Buffer.concat(pieces);
    },
    hash: async (path) => {
      const entry = entries.get(path);
      if (!entry) return undefined;
      const sum = createHash('sha256');
      for await (const part of readEntry(entry)) sum.update(part);
      return sum.digest('hex');
    },
    open: async (path) => {
      const entry = entries.get(path);
      return entry && readEntry(entry);
    },
    close: () => archive.close(),
  };
  return { copy, oddities };
}

async function* readEntry(entry: ArchiveEntry): AsyncGenerator<Uint8Array> {
  try {
    yield* entry.open();
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    throw new CopyError(error instanceof CutOffError ? 'unreadable' : 'damaged', error.message, {
      cause: error,
    });
  }
}
