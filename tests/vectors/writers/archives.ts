import { createHash } from 'node:crypto';
import { deflateSync } from 'fflate';
import { fileBlock, folderBlock, makeCar, rawBlock, type Block } from '../../helpers/make-car.ts';
import { makeZip, type ZipEnd, type ZipEntry } from '../../helpers/make-zip.ts';
import type { Site } from './edition.ts';

const fileAttributes = 0o100644 * 2 ** 16;

/** Packed files, each once: the same ones are in thousands of copies. */
const packed = new WeakMap<Buffer, Buffer>();

function pack(content: Buffer): Buffer {
  // Not Node's own zlib, which packs differently on other processors.
  const bytes = packed.get(content) ?? Buffer.from(deflateSync(content, { level: 9, mem: 4 }));
  packed.set(content, bytes);
  return bytes;
}

/** The entries of a zip as builds pack it (docs/spec.md, D-3), for a case to change. */
export const zipEntries = (site: Site): ZipEntry[] =>
  byBytes([...site.keys()]).map((path): ZipEntry => {
    const content = site.get(path) ?? Buffer.alloc(0);
    const data = pack(content);
    const isSmaller = data.length < content.length;
    return {
      name: path,
      content,
      attributes: fileAttributes,
      method: isSmaller ? 8 : 0,
      data: isSmaller ? data : content,
    };
  });

const byBytes = (paths: readonly string[]): string[] =>
  paths.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));

export const zipOf = (site: Site, end?: ZipEnd): Buffer => makeZip(zipEntries(site), end);

/** A folder or file of a CAR, with all blocks below it. */
interface CarNode {
  readonly block: Block;
  readonly below: readonly Block[];
  /** Bytes of the block and all below it. */
  readonly weight: number;
}

const pieceBytes = 2 ** 20;

function fileNode(content: Buffer): CarNode {
  if (content.length <= pieceBytes) {
    const block = rawBlock(content);
    return { block, below: [], weight: block.bytes.length };
  }
  const pieces = Array.from({ length: Math.ceil(content.length / pieceBytes) }, (_, index) =>
    rawBlock(content.subarray(index * pieceBytes, (index + 1) * pieceBytes)),
  );
  const block = fileBlock(
    pieces.map(({ cid, bytes }) => ({ cid, size: bytes.length, weight: bytes.length })),
  );
  return { block, below: pieces, weight: block.bytes.length + content.length };
}

/** A folder of the files below a path, and whatever else it is given. */
export function folderNode(site: Site, under = '', extra: readonly NamedNode[] = []): CarNode {
  const names = new Set(
    [...site.keys()]
      .filter((path) => path.startsWith(under))
      .map((path) => path.slice(under.length).split('/')[0] ?? ''),
  );
  const children = [
    ...[...names].map((name): NamedNode => {
      const content = site.get(under + name);
      return { name, node: content ? fileNode(content) : folderNode(site, `${under}${name}/`) };
    }),
    ...extra,
  ].sort((a, b) => Buffer.compare(Buffer.from(a.name), Buffer.from(b.name)));
  const block = folderBlock(
    children.map(({ name, node }) => ({ cid: node.block.cid, name, weight: node.weight })),
  );
  return {
    block,
    below: children.flatMap(({ node }) => [node.block, ...node.below]),
    weight: block.bytes.length + children.reduce((sum, { node }) => sum + node.weight, 0),
  };
}

export interface NamedNode {
  readonly name: string;
  readonly node: CarNode;
}

export const carNode = (block: Block, below: readonly Block[] = []): CarNode => ({
  block,
  below,
  weight: [block, ...below].reduce((sum, { bytes }) => sum + bytes.length, 0),
});

/** All blocks of a node, each once, in the order of builds (docs/spec.md, D-4). */
export function blocksOf({ block, below }: CarNode): [Block, ...Block[]] {
  const seen = new Set<string>();
  const [first = block, ...rest] = [block, ...below].filter(({ cid }) => {
    const key = cid.toString('hex');
    return seen.has(key) ? false : seen.add(key);
  });
  return [first, ...rest];
}

export const carOf = (site: Site): Buffer => makeCar(...blocksOf(folderNode(site)));

/** A CID as text: `b` and base32. */
export function cidText(cid: Buffer): string {
  const bits = [...cid].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const alphabet = 'abcdefghijklmnopqrstuvwxyz234567';
  return `b${(bits.match(/.{1,5}/g) ?? [])
    .map((five) => alphabet[parseInt(five.padEnd(5, '0'), 2)])
    .join('')}`;
}

/** The files of `download/` as a build makes them. */
export function withArchives(site: Site, name: string): Site {
  const files = new Map(site);
  files.set(`download/${name}.zip`, zipOf(site));
  files.set(`download/${name}.car`, carOf(site));
  files.set('download/CID.txt', Buffer.from(`${cidText(folderNode(site).block.cid)}\n`));
  return files;
}

export const sha256Of = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();
