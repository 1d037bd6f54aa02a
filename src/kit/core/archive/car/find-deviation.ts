import { quoteName } from '../../text/plain-characters.ts';
import type { Platform } from '../../platform.ts';
import { writeCid } from './blocks.ts';
import { bytesOfAPiece, makeFolder, type Node } from './folder-cid.ts';
import type { CarArchive } from './read-car.ts';

/**
 * Pieces under one node; as many have a gigabyte, more than any archive that is checked this way.
 */
const maxPieces = 1024;

/**
 * Where a CAR that `readCar` has taken differs from the canonical one of its files: cut by the
 * profile `unixfs-v1-2025`, depth first from the root, each block once. Then every byte of it, and
 * so its CID, follows from names and bytes of the files. Attack: another CID for the same site, so
 * that those who pin it are split; words in the weights of links, which decide nothing; a block
 * that no file needs.
 * @returns a part of a sentence; undefined if it is canonical
 */
export async function findCarDeviation(
  { files, blocks, repeated, root }: CarArchive,
  platform: Platform,
): Promise<string | undefined> {
  const odd = files.find(({ pieces }) => !isCutByProfile(pieces.map(({ length }) => length)));
  if (odd) return `${quoteName(odd.path)} is cut into other pieces than the profile has`;
  const expected = await makeFolder(files, '', platform);
  if (writeCid(expected) !== root) return `its files have the CID ${writeCid(expected)}`;
  if (repeated > 0) return `${repeated} of its blocks are in it more than once`;
  const order = [...new Set(listKeys(expected))];
  const at = blocks.findIndex((key, index) => key !== order[index]);
  if (at >= 0) return `its block ${at + 1} is ${writeCid({ key: blocks[at] ?? '' })}`;
  return undefined;
}

const isCutByProfile = (lengths: readonly number[]): boolean =>
  lengths.length <= maxPieces &&
  lengths.every((length, index) =>
    index < lengths.length - 1
      ? length === bytesOfAPiece
      : length <= bytesOfAPiece && (length > 0 || lengths.length === 1),
  );

/** The key of a block, and of those below it: a block before those that it links. */
function* listKeys({ key, below }: Node): Generator<string> {
  yield key;
  for (const node of below) yield* listKeys(node);
}
