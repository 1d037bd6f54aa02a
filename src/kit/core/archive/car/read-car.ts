import type { Platform } from '../../platform.ts';
import { type Archive, ArchiveReader, type ByteSource } from '../archive.ts';
import { carLimits, indexBlocks, type CarLimits } from './blocks.ts';
import { writeCid } from './cid.ts';
import { Walk, type FoundFile } from './walk.ts';

export interface CarArchive extends Archive {
  /**
   * The CID of the site, as text (`bafy…`): one hash over all names and bytes. Two CARs with the
   * same root are the same site.
   */
  readonly root: string;
  /**
   * CIDs of blocks that the site does not need, in the order of the file: something else is hidden
   * in it, and is passed on with it.
   */
  readonly unreferenced: readonly string[];
  /** Blocks that are in the file more than once. Some gateways write them so; they hide nothing. */
  readonly repeated: number;
}

/**
 * Reads a CARv1 with one root that a stranger made, and gives the files of its UnixFS folder
 * (profile `unixfs-v1-2025`: CIDv1, SHA-256, raw leaves, no shards). Each block is checked against
 * its address in one pass from front to end, then names, links and sizes of all files are; only the
 * places of blocks are kept, and nothing is written. Closing the archive closes the source.
 * @throws ArchiveError if it is not such a CAR; what the source throws
 */
export async function readCar(
  source: ByteSource,
  platform: Platform,
  limits: CarLimits = carLimits,
): Promise<CarArchive> {
  const file = new ArchiveReader(source);
  const index = await indexBlocks(file, platform, limits);
  const walk = new Walk(file, index, limits);
  await walk.run();
  return {
    root: writeCid(index.root),
    entries: walk.files.map((found) => ({
      path: found.path,
      size: found.size,
      open: () => readPieces(file, found),
    })),
    emptyFolders: walk.paths.emptyFolders(),
    unreferenced: [...index.blocks]
      .filter(([, { isLinked }]) => !isLinked)
      .map(([key]) => writeCid({ key })),
    repeated: index.repeated,
    close: source.close,
  };
}

/**
 * The blocks were checked when the file was opened; who can change it since can also change what
 * checks it.
 */
async function* readPieces(
  file: ArchiveReader,
  { path, pieces }: FoundFile,
): AsyncGenerator<Uint8Array> {
  for (const { offset, length } of pieces) yield* file.readRange(offset, length, path);
}
