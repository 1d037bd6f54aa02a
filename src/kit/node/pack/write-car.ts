import { CarWriter } from '@ipld/car/writer';
import type { MemoryBlockstore } from 'blockstore-core/memory';
import type { FileCandidate } from 'ipfs-unixfs-importer';
import { CID } from 'multiformats/cid';
import { ArchiveError } from '../../core/archive/archive.ts';
import { dagPb } from '../../core/archive/car/blocks.ts';
import { decodeNode } from '../../core/archive/car/nodes.ts';
import { importFiles, readBlock, type ImportedFolder } from './import-files.ts';
import { findSourceFiles, readSourceFile, type SourceFile } from './source-files.ts';
import { writeTarget } from './write-target.ts';

/** A block and its address. */
interface Block {
  cid: CID;
  bytes: Buffer;
}

/**
 * Packs files into a CARv1 with one root in the profile `unixfs-v1-2025` (IPIP-499), each block
 * once, depth first from the root, as `ipfs dag export` writes it. Its bytes depend on the names
 * and bytes of the files alone. All files are in memory meanwhile.
 * @param paths relative to `folder`, with `/`, in any order
 * @param target appears when it is whole
 * @returns the CID of the folder, as text (`bafy…`)
 * @throws ArchiveError if the files are not such that `openCar` would take the CAR (see
 *   `findSourceFiles`; a folder with more entries than one block holds, about 3,500), before
 *   anything is written
 */
export async function writeCar(
  folder: string,
  paths: readonly string[],
  target: string,
): Promise<string> {
  const { cid, blocks } = await importWhole(folder, paths);
  await writeTarget(target, async (append) => {
    const { writer, out } = CarWriter.create(cid);
    const putAll = async (): Promise<void> => {
      for await (const block of walkDepthFirst(folder, cid, blocks)) await writer.put(block);
      await writer.close();
    };
    const writeAll = async (): Promise<void> => {
      for await (const bytes of out) await append(bytes);
    };
    await Promise.all([putAll(), writeAll()]);
  });
  return cid.toString();
}

/**
 * The CID that files have as a folder on IPFS, without the CAR: what `ipfs add` gives whoever adds
 * them by the same profile. Parameters and errors are those of `writeCar`.
 */
export const findCid = async (folder: string, paths: readonly string[]): Promise<string> =>
  (await importWhole(folder, paths)).cid.toString();

/** Cuts files into blocks, in one form that all programs share. Throws ArchiveError. */
async function importWhole(folder: string, paths: readonly string[]): Promise<ImportedFolder> {
  const imported = await importFiles(folder, readFiles(await findSourceFiles(folder, paths)));
  const [tooLarge] = imported.sharded;
  if (tooLarge !== undefined) {
    const expected =
      'at most about 3,500 entries, in a block of 262144 bytes: divide it into folders';
    throw new ArchiveError(
      folder,
      'a folder with too many entries for one block',
      expected,
      tooLarge === '' ? undefined : tooLarge,
    );
  }
  return imported;
}

async function* readFiles(files: readonly SourceFile[]): AsyncGenerator<FileCandidate> {
  for (const file of files) yield { path: file.path, content: await readSourceFile(file) };
}

/**
 * A block before those that it links, each once; read as `openCar` reads it, so that nothing is
 * written which that refuses.
 */
async function* walkDepthFirst(
  folder: string,
  cid: CID,
  blocks: MemoryBlockstore,
  seen = new Set<string>(),
): AsyncGenerator<Block> {
  if (seen.has(cid.toString())) return;
  seen.add(cid.toString());
  const bytes = await readBlock(blocks, cid);
  yield { cid, bytes };
  if (cid.code !== dagPb) return;
  const fail = (found: string, expected: string): never => {
    throw new ArchiveError(folder, `block ${cid.toString()}: ${found}`, expected);
  };
  for (const link of decodeNode(bytes, fail).links)
    yield* walkDepthFirst(folder, CID.decode(Buffer.from(link.cid.key, 'latin1')), blocks, seen);
}
