import { inBytes, type Fail } from '../archive.ts';
import { ReadAhead, type BinaryFile } from '../binary-file.ts';
import { readHeader } from './car-header.ts';
import type { CarLimits } from './car-limits.ts';
import { cidBytes, isBlockOf, readCid, writeCid, type Cid } from './cid.ts';
import { readVarint } from './varint.ts';

/** Where the bytes of a block lie in the file. */
export interface BlockPlace {
  offset: number;
  length: number;
  /** Whether the site needs it, as far as the walk from the root has come. */
  isLinked: boolean;
}

export interface BlockIndex {
  root: Cid;
  /** By the key of the CID, in the order of the file. */
  blocks: Map<string, BlockPlace>;
  /** How many blocks stand in the file again; their bytes are the same. */
  repeated: number;
}

const mostBytesOfAHeader = 1024;
const mostBytesOfAVarint = 8;

/**
 * Reads a CARv1 from the first byte to the last, one block at a time, and checks each block against its address.
 * @throws ArchiveError if a block is not what its address says, or the file is not exactly a header and blocks
 */
export async function indexBlocks(file: BinaryFile, limits: CarLimits): Promise<BlockIndex> {
  const reader = new ReadAhead(file, 256 * 1024);
  const fail: Fail = (found, expected) => file.fail(found, expected);
  const header = await readLength(file, reader, 0);
  if (header.value > mostBytesOfAHeader)
    fail(
      `a header of ${inBytes(header.value)}`,
      `at most ${mostBytesOfAHeader}, as a CARv1 with one root has`,
    );
  const root = readHeader(await reader.read(header.next, header.value), fail);

  const index: BlockIndex = { root, blocks: new Map(), repeated: 0 };
  for (let at = header.next + header.value; at < file.size;) {
    at = await readSection(file, reader, at, index, limits);
    if (index.blocks.size + index.repeated > limits.blocks)
      fail('it has too many blocks', `at most ${limits.blocks}`);
  }
  return index;
}

/** Gives the place behind the section (CARv1: length, CID, block). */
async function readSection(
  file: BinaryFile,
  reader: ReadAhead,
  at: number,
  index: BlockIndex,
  limits: CarLimits,
): Promise<number> {
  const fail: Fail = (found, expected) => file.fail(`${found} at byte ${at}`, expected);
  const section = await readLength(file, reader, at);
  const length = section.value - cidBytes;
  // Attack: a length of gigabytes, for which room would be made; zeros at the end, in which anything can hide.
  if (length > limits.bytesOfABlock)
    fail(`a block of ${inBytes(length)}`, `at most ${limits.bytesOfABlock}`);
  if (section.value === 0) fail('an empty section', 'blocks only');

  const cid = readCid(await reader.read(section.next, Math.min(section.value, cidBytes)), fail);
  const offset = section.next + cidBytes;
  const block = await reader.read(offset, length);
  if (!isBlockOf(cid, block))
    fail(`other bytes than those of block ${writeCid(cid)}`, 'the bytes that the address names');
  if (index.blocks.has(cid.key)) index.repeated += 1;
  else index.blocks.set(cid.key, { offset, length, isLinked: false });
  return offset + length;
}

async function readLength(
  file: BinaryFile,
  reader: ReadAhead,
  at: number,
): Promise<{ value: number; next: number }> {
  const bytes = await reader.read(at, Math.min(mostBytesOfAVarint, file.size - at));
  const { value, next } = readVarint(bytes, 0, (found, expected) =>
    file.fail(`${found} at byte ${at}`, expected),
  );
  return { value, next: at + next };
}
