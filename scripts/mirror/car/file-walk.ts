import { inBytes } from '../archive.ts';
import { raw } from './cid.ts';
import type { BlockPlace } from './index-blocks.ts';
import type { Node, Walk } from './walk.ts';

type FileNode = Node & { kind: 'file' };

/** Finds the pieces of one file that is cut into several blocks. */
export class FileWalk {
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
