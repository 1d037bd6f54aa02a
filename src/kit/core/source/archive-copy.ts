import { concatBytes, toHex } from '../text/bytes.ts';
import {
  ArchiveError,
  CutOffError,
  inBytes,
  type Archive,
  type ArchiveEntry,
} from '../archive/archive.ts';
import type { CarArchive } from '../archive/car/read-car.ts';
import type { Platform } from '../platform.ts';
import { quoteName } from '../text/plain-characters.ts';
import { CopyError, type IrregularEntry, type OpenedCopy } from './site-copy.ts';

/** An opened zip as a copy; nothing is unpacked to disk. */
export const makeZipCopy = (name: string, archive: Archive, platform: Platform): OpenedCopy =>
  makeCopy('zip', name, archive, [], platform);

/** An opened CAR as a copy, all of whose blocks fit their addresses. */
export function makeCarCopy(name: string, archive: CarArchive, platform: Platform): OpenedCopy {
  const hidden = archive.unreferenced.map((cid): IrregularEntry => ({
    path: cid,
    what: 'a block that no file of the site needs',
  }));
  return { ...makeCopy('car', name, archive, hidden, platform), root: archive.root };
}

function makeCopy(
  kind: 'zip' | 'car',
  name: string,
  archive: Archive,
  hidden: readonly IrregularEntry[],
  { sha256 }: Platform,
): OpenedCopy {
  const entries = new Map(archive.entries.map((entry) => [entry.path, entry]));
  const irregular = [
    ...hidden,
    ...archive.emptyFolders.map((path): IrregularEntry => ({
      path,
      what: 'an empty folder',
      kind: 'empty',
    })),
  ];
  const copy: OpenedCopy['copy'] = {
    kind,
    name,
    paths: new Set(entries.keys()),
    read: async (path, maxBytes) => {
      const entry = entries.get(path);
      if (!entry) return undefined;
      if (entry.size > maxBytes)
        throw new CopyError(
          'too long',
          `${quoteName(path)} has ${inBytes(entry.size)}, expected at most ${maxBytes}.`,
        );
      const pieces: Uint8Array[] = [];
      for await (const part of readEntry(entry)) pieces.push(part);
      return concatBytes(...pieces);
    },
    hash: async (path) => {
      const entry = entries.get(path);
      if (!entry) return undefined;
      const sum = sha256();
      for await (const part of readEntry(entry)) sum.update(part);
      return toHex(await sum.digest());
    },
    open: async (path) => {
      const entry = entries.get(path);
      return entry && readEntry(entry);
    },
    close: () => archive.close(),
  };
  return { copy, irregular };
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
