import { makeCase, type MadeCase, type VectorVerdict } from '../case.ts';
import {
  field,
  fileBlock,
  folderBlock,
  link,
  makeCar,
  makeCid,
  makeHeader,
  pbBlock,
  rawBlock,
  section,
  varint,
  type Block,
} from '../../helpers/make-car.ts';
import { blocksOf, carNode, carOf, folderNode, type NamedNode } from '../writers/archives.ts';
import type { Site } from '../writers/edition.ts';
import { carCase, givenSole, sole } from './world.ts';

const { site } = sole;
const mint = rawBlock('Mint');

/** Ways to write the CAR of a site with something else in it. */
class Writer {
  readonly root: Buffer;
  readonly blocks: readonly Block[];
  readonly plain: Buffer;
  readonly #files: Site;

  constructor(files: Site) {
    this.#files = files;
    this.blocks = blocksOf(folderNode(files));
    this.root = this.blocks[0]?.cid ?? Buffer.alloc(0);
    this.plain = carOf(files);
  }

  withNodes = (...nodes: readonly NamedNode[]): Buffer =>
    makeCar(...blocksOf(folderNode(this.#files, '', nodes)));
  withNode = (name: string, block: Block, ...below: Block[]): Buffer =>
    this.withNodes({ name, node: carNode(block, below) });
  /** A node with whatever is given as its UnixFS message. */
  withUnixFs = (data: Buffer): Buffer =>
    this.withNode('a', pbBlock(link({ ...mint, weight: 4 }), field(1, data)), mint);
  withBlocks = (blocks: readonly Block[]): Buffer =>
    Buffer.concat([makeHeader(this.root), ...blocks.map(section)]);
  withBehind = (...parts: readonly Buffer[]): Buffer => Buffer.concat([this.plain, ...parts]);
}

const whole = new Writer(site);
/** As little as a CAR can be that is not read at all. */
const small = new Writer(new Map([...site].filter(([path]) => /^(?:index|en.home)/.test(path))));

const packed = (
  name: string,
  rules: string,
  says: string,
  car: Buffer,
  verdict: VectorVerdict = 'tampered',
): MadeCase => carCase([name, verdict, rules, says], car, givenSole);
const fileOf = (size: number, ...pieces: number[]): Buffer =>
  Buffer.concat([field(1, 2), field(3, size), ...pieces.map((piece) => field(4, piece))]);

/** Nodes above each other, each with one link. */
function tower(levels: number): Block[] {
  const made: Block[] = [mint];
  for (let level = 0; level < levels; level += 1)
    made.unshift(fileBlock([{ cid: (made[0] ?? mint).cid, size: 4 }]));
  return made;
}
/** Folders of ten links each to the next: a million paths in a few kilobytes. */
function folders(levels: number): Block[] {
  const made: Block[] = [mint];
  for (let level = 0; level < levels; level += 1) {
    const { cid } = made[0] ?? mint;
    made.unshift(
      folderBlock(Array.from({ length: 10 }, (_, index) => ({ cid, name: `${index}` }))),
    );
  }
  return made;
}
const [tallTop = mint, ...tallRest] = tower(9);
const [eightTop = mint, ...eightRest] = tower(8);
const [wideTop = mint, ...wideRest] = folders(6);
const single = (name: string, block: Block, below: readonly Block[] = []): NamedNode => ({
  name,
  node: carNode(block, below),
});

/** CARs (docs/spec.md, 9). */
export const carCases: readonly MadeCase[] = [
  packed('true-car', 'V-1 C-5', 'A first edition as a CAR.', whole.plain, 'authentic'),
  makeCase(['c-nothing', 'incomplete', 'C-2', 'A file without a byte, called .car.'], {
    ending: '.car',
    bytes: Buffer.alloc(0),
  }),
  packed('c-cut-off', 'C-2', 'It ends within a block.', small.plain.subarray(0, -1), 'incomplete'),
  packed(
    'c-cut-in-length',
    'C-2',
    'It ends within the length of a section.',
    small.withBehind(Buffer.from([0xff])),
    'incomplete',
  ),
  packed(
    'c-cut-in-header',
    'C-1',
    'It ends within the header.',
    small.plain.subarray(0, 40),
    'incomplete',
  ),
  packed(
    'c-page',
    'C-1',
    'Something else, under the name of a CAR.',
    Buffer.from(`\x20roots of the garden ${'and so on '.repeat(9)}`),
  ),
  packed(
    'c-two-roots',
    'C-1',
    'Two roots: two sites in one file.',
    Buffer.concat([makeHeader(small.root, mint.cid), ...small.blocks.map(section)]),
  ),
  packed(
    'c-version-2',
    'C-1',
    'A CARv2, whose second header some tools read first.',
    Buffer.concat([Buffer.from([10]), Buffer.from('\xa1\x67version\x02', 'latin1'), small.plain]),
  ),
  packed(
    'c-header-long',
    'C-1',
    'A header of more than 1,024 bytes.',
    Buffer.concat([
      varint(2000),
      makeHeader(small.root).subarray(1),
      Buffer.alloc(2000),
      ...small.blocks.map(section),
    ]),
  ),
  packed(
    'c-zeros',
    'C-2',
    'Zeros at the end, behind which something can hide.',
    small.withBehind(Buffer.alloc(4)),
  ),
  packed(
    'c-no-cid',
    'C-2',
    'A section without room for a CID, and the file ends within it: no more bytes would make it one.',
    small.withBehind(Buffer.from([3, 1])),
  ),
  packed(
    'c-number-long',
    'C-3',
    'A length in a longer form than it needs.',
    small.withBehind(Buffer.from([0xa8, 0x80, 0x00]), mint.cid, mint.bytes),
  ),
  packed(
    'c-number-endless',
    'C-3',
    'A length that does not end.',
    small.withBehind(Buffer.alloc(40, 0xff)),
  ),
  packed(
    'c-cid-version',
    'C-4',
    'A CID of version 0.',
    small.withBehind(section({ cid: makeCid(0, mint.bytes, [0x12, 32]), bytes: mint.bytes })),
  ),
  packed(
    'c-cid-hash',
    'C-4',
    'Another hash function, which this checker does not know.',
    small.withBehind(
      section({ cid: makeCid(0x55, mint.bytes, [1, 0x55, 0x1b, 32]), bytes: mint.bytes }),
    ),
  ),
  packed(
    'c-cid-codec',
    'C-4',
    'A block of another kind.',
    small.withBehind(section({ cid: makeCid(0x71, mint.bytes), bytes: mint.bytes })),
  ),
  packed(
    'c-block-changed',
    'C-5',
    'Other bytes under the address of a page.',
    small.withBlocks(
      small.blocks.map((block, at) =>
        at === 1
          ? {
              ...block,
              bytes: Buffer.from(block.bytes.map((byte, place) => (place === 9 ? byte ^ 1 : byte))),
            }
          : block,
      ),
    ),
  ),
  packed(
    'c-block-long',
    'C-6',
    'A length of a terabyte.',
    small.withBehind(varint(2 ** 40), mint.cid),
  ),
  packed(
    'c-link-order',
    'C-7',
    'Links behind the data.',
    small.withNode('a', pbBlock(field(1, fileOf(4, 4)), link({ ...mint, weight: 4 })), mint),
  ),
  packed(
    'c-link-form',
    'C-7',
    'A link without a name.',
    small.withNode('a', pbBlock(field(2, field(1, mint.cid)), field(1, fileOf(4, 4))), mint),
  ),
  packed(
    'c-no-data',
    'C-7',
    'A node without data.',
    small.withNode('a', pbBlock(link({ ...mint, weight: 4 })), mint),
  ),
  packed(
    'c-field-kind',
    'C-7',
    'A field of another kind.',
    small.withNode('a', pbBlock(Buffer.from([0x0d, 0, 0, 0, 0]))),
  ),
  packed(
    'c-symbolic-link',
    'C-8',
    'A symbolic link.',
    small.withNode(
      'a',
      pbBlock(field(1, Buffer.concat([field(1, 4), field(2, Buffer.from('/home/reader'))]))),
    ),
  ),
  packed(
    'c-shards',
    'C-8',
    'A folder in shards.',
    small.withNode('a', pbBlock(field(1, field(1, 5)))),
  ),
  packed(
    'c-node-bytes',
    'C-8',
    'Bytes in a node next to those of its pieces.',
    small.withUnixFs(Buffer.concat([fileOf(4, 4), field(2, Buffer.from('x'))])),
  ),
  packed(
    'c-node-times',
    'C-8',
    'Times and rights.',
    small.withUnixFs(Buffer.concat([fileOf(4, 4), field(7, 0o755)])),
  ),
  packed(
    'c-node-twice',
    'C-8',
    'A size twice.',
    small.withUnixFs(Buffer.concat([fileOf(4, 4), field(3, 4)])),
  ),
  packed(
    'c-piece-size',
    'C-9',
    'A piece of another size than its node says.',
    small.withUnixFs(fileOf(3, 3)),
  ),
  packed(
    'c-piece-sum',
    'C-9',
    'A size that is not the sum of its pieces.',
    small.withUnixFs(fileOf(9, 4)),
  ),
  packed('c-piece-none', 'C-9', 'A piece without a size.', small.withUnixFs(fileOf(4))),
  packed(
    'c-piece-name',
    'C-9',
    'A piece with a name.',
    small.withNode('a', fileBlock([{ ...mint, size: 4, name: 'b' }]), mint),
  ),
  packed(
    'c-piece-empty',
    'C-9',
    'A piece of no bytes.',
    small.withNode('a', fileBlock([{ cid: rawBlock('').cid, size: 0 }]), rawBlock('')),
  ),
  packed(
    'c-piece-folder',
    'C-9',
    'A folder as a piece.',
    small.withNode('a', fileBlock([{ cid: folderBlock([]).cid, size: 4 }]), folderBlock([])),
  ),
  packed(
    'c-tower',
    'C-9',
    'Nine nodes above each other.',
    small.withNode('a', tallTop, ...tallRest),
  ),
  packed(
    'c-tower-of-eight',
    'C-9 F-2',
    'Eight are read: it is a file too many.',
    whole.withNode('a', eightTop, ...eightRest),
    'injected',
  ),
  packed('c-root-file', 'C-10', 'The root is a file.', makeCar(mint)),
  packed(
    'c-name-slash',
    'C-11',
    'A path for a name.',
    small.withNodes(single('en/more.html', mint)),
  ),
  packed(
    'c-name-climbs',
    'C-11 P-5',
    'A name that leads out.',
    small.withNodes(single('..', mint)),
  ),
  packed('c-name-twice', 'C-11 P-8', 'A name twice.', small.withNodes(single('index.html', mint))),
  packed(
    'c-name-case',
    'C-11 P-8',
    'A name that replaces another on some disks.',
    small.withNodes(single('INDEX.html', mint)),
  ),
  packed(
    'c-missing',
    'C-12',
    'A block that is linked and not there.',
    small.withBlocks(small.blocks.slice(0, -1)),
  ),
  packed(
    'c-bomb',
    'C-12',
    'A million paths in seven blocks.',
    small.withNodes(single('a', wideTop, wideRest)),
  ),
  packed(
    'c-hidden',
    'C-13',
    'A block that no file needs, and everybody passes on.',
    whole.withBlocks([...whole.blocks, mint]),
    'injected',
  ),
  packed(
    'c-repeated',
    'C-13',
    'A block twice, as some gateways write.',
    whole.withBlocks([...whole.blocks, ...whole.blocks.slice(1, 3)]),
    'authentic',
  ),
  packed(
    'c-order',
    'C-2',
    'The blocks in another order.',
    whole.withBlocks(whole.blocks.toReversed()),
    'authentic',
  ),
  packed(
    'c-empty-folder',
    'F-3',
    'An empty folder whose name is the message.',
    whole.withNode('Write to mallory', folderBlock([])),
    'injected',
  ),
  packed(
    'c-file-in-node',
    'C-9',
    'A page of one piece under a node, as other tools cut it.',
    (() => {
      const content = site.get('index.html') ?? Buffer.alloc(0);
      const piece = rawBlock(content);
      const node = fileBlock([{ cid: piece.cid, size: content.length, weight: content.length }]);
      const without = new Map([...site].filter(([path]) => path !== 'index.html'));
      return makeCar(...blocksOf(folderNode(without, '', [single('index.html', node, [piece])])));
    })(),
    'authentic',
  ),
];
