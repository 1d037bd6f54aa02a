import { PathRegister } from '../../text/safe-path.ts';
import type { Platform } from '../../platform.ts';
import {
  type Archive,
  ArchiveError,
  ArchiveReader,
  type ByteSource,
  type Fail,
  inBytes,
  ReadAhead,
} from '../archive.ts';
import {
  type BlockIndex,
  type BlockPlace,
  carLimits,
  type CarLimits,
  type Cid,
  indexBlocks,
  raw,
  writeCid,
} from './blocks.ts';
import { decodeNode, decodeUnixFs, type PbNode, type UnixFsNode } from './nodes.ts';

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
  /** Keys of the CIDs of all blocks, each once, in the order of the file. */
  readonly blocks: readonly string[];
  /** Its files with the blocks that hold them. */
  readonly files: readonly FoundFile[];
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
    blocks: [...index.blocks.keys()],
    files: walk.files,
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

export interface FoundFile {
  path: string;
  size: number;
  /** The blocks that hold its bytes, in order. */
  pieces: BlockPlace[];
}

export type CarNode = UnixFsNode & Pick<PbNode, 'links'>;

/**
 * Walks from the root of a CAR to all files, and marks the blocks that they need. Cycles cannot be,
 * since a block would have to hold its own hash. Attack: shared links: six folders with ten links
 * each to the next are a few kilobytes, and a million paths. So paths, links and bytes are counted
 * as they are met, not as they are stored.
 */
class Walk {
  readonly files: FoundFile[] = [];
  readonly paths = new PathRegister();
  readonly limits: CarLimits;
  readonly #file: ArchiveReader;
  readonly #index: BlockIndex;
  readonly #nodes: ReadAhead;
  #bytes = 0;
  #paths = 0;
  #links = 0;

  constructor(file: ArchiveReader, index: BlockIndex, limits: CarLimits) {
    this.#file = file;
    this.#index = index;
    this.#nodes = new ReadAhead(file, 16 * 1024);
    this.limits = limits;
  }

  /**
   * @throws ArchiveError if a block is missing, a name is not safe, a size is wrong or there is too
   * much of something
   */
  async run(): Promise<void> {
    const { root } = this.#index;
    if (root.codec === raw) this.failAt('', 'its root is a file', 'a folder');
    const node = await this.readNode(root, '');
    if (node.kind === 'file') this.failAt('', 'its root is a file', 'a folder');
    await this.#walkFolder(node, '');
  }

  /** The depth of folders is bounded by that of a safe path. */
  async #walkFolder(folder: CarNode, above: string): Promise<void> {
    for (const { cid, name } of folder.links) {
      const path = above + name;
      this.#paths += 1;
      if (this.#paths > this.limits.entries)
        this.failAt(path, 'it has too many files and folders', `at most ${this.limits.entries}`);
      // Attack: "/" in a name makes a path of it, so that the folder that was checked is not the
      // one that is written.
      if (name.includes('/')) this.failAt(path, 'a name with "/"', 'one name a link');
      const node = cid.codec === raw ? undefined : await this.readNode(cid, path);
      const fault = this.paths.add(path, node?.kind === 'folder' ? 'folder' : 'file');
      if (fault) this.failAt(path, fault.found, fault.expected);
      if (node?.kind === 'folder') await this.#walkFolder(node, `${path}/`);
      else await this.#addFile(path, cid, node);
    }
  }

  async #addFile(
    path: string,
    cid: Cid,
    node: (CarNode & { kind: 'file' }) | undefined,
  ): Promise<void> {
    const pieces = node
      ? await new FileWalk(this, path).collect(node)
      : [this.findBlock(cid, path)];
    const size = pieces.reduce((sum, { length }) => sum + length, 0);
    if (size > this.limits.bytesOfAFile)
      this.failAt(path, inBytes(size), `at most ${this.limits.bytesOfAFile}`);
    this.#bytes += size;
    if (this.#bytes > this.limits.bytes)
      this.failAt(
        path,
        `with it the files have ${inBytes(this.#bytes)}`,
        `at most ${this.limits.bytes}`,
      );
    this.files.push({ path, size, pieces });
  }

  async readNode(cid: Cid, path: string): Promise<CarNode> {
    const fail: Fail = (found, expected) => this.failAt(path, found, expected);
    const { offset, length } = this.findBlock(cid, path);
    const { links, data } = decodeNode(await this.#nodes.read(offset, length), fail);
    this.#links += links.length;
    if (this.#links > this.limits.links)
      fail(
        'it has too many links',
        `at most ${this.limits.links}, counted each time that they are met`,
      );
    const node = decodeUnixFs(data, fail);
    if (node.kind === 'file' && node.pieces.length !== links.length)
      fail(`${node.pieces.length} sizes for ${links.length} pieces`, 'a size for each piece');
    return { ...node, links };
  }

  findBlock(cid: Cid, path: string): BlockPlace {
    const place = this.#index.blocks.get(cid.key);
    if (!place)
      return this.failAt(
        path,
        `block ${writeCid(cid)} is missing`,
        'all blocks of the site in this file',
      );
    place.isLinked = true;
    return place;
  }

  failAt(path: string, found: string, expected: string): never {
    throw new ArchiveError(this.#file.path, found, expected, path === '' ? undefined : path);
  }
}

type FileNode = CarNode & { kind: 'file' };

/** Finds the pieces of one file that is cut into several blocks. */
class FileWalk {
  readonly #walk: Walk;
  readonly #path: string;

  constructor(walk: Walk, path: string) {
    this.#walk = walk;
    this.#path = path;
  }

  /**
   * The blocks that hold the bytes of the file, in order.
   * @throws ArchiveError if a size that a node declares is not that of what it links
   */
  async collect(node: FileNode): Promise<BlockPlace[]> {
    const found: BlockPlace[] = [];
    await this.#collect(node, 1, found);
    return found;
  }

  async #collect(node: FileNode, depth: number, found: BlockPlace[]): Promise<void> {
    const { depthOfAFile } = this.#walk.limits;
    // Attack: nodes above nodes, until the stack of whoever follows them is full.
    if (depth > depthOfAFile)
      this.#fail('a file with too many nodes above each other', `at most ${depthOfAFile}`);
    const sum = node.pieces.reduce((bytes, piece) => bytes + piece, 0);
    if (sum !== node.size)
      this.#fail(`a node of ${inBytes(node.size)} with pieces of ${sum}`, 'the same');

    for (const [index, { cid, name }] of node.links.entries()) {
      const declared = node.pieces[index] ?? 0;
      if (name !== '') this.#fail('a piece of a file with a name', 'pieces without names');
      // Attack: pieces without bytes: endless work for a file that is small by all its sizes.
      if (declared === 0) this.#fail('a piece of 0 bytes', 'pieces with bytes');
      if (cid.codec === raw) {
        const block = this.#walk.findBlock(cid, this.#path);
        if (block.length !== declared)
          this.#fail(`a piece of ${inBytes(block.length)}`, `${declared}, as its node declares`);
        found.push(block);
      } else {
        const child = await this.#walk.readNode(cid, this.#path);
        if (child.kind !== 'file')
          return this.#fail('a folder as a piece of a file', 'pieces of the file');
        if (child.size !== declared)
          this.#fail(`a piece of ${inBytes(child.size)}`, `${declared}, as its node declares`);
        await this.#collect(child, depth + 1, found);
      }
    }
  }

  #fail(found: string, expected: string): never {
    return this.#walk.failAt(this.#path, found, expected);
  }
}
