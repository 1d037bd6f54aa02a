import { createHash } from 'node:crypto';

/** A block and its address. */
export interface Block {
  cid: Buffer;
  bytes: Buffer;
}

export interface Link {
  cid: Buffer;
  name?: string;
  weight?: number;
}

export const varint = (value: number): Buffer => {
  const bytes: number[] = [];
  for (; value >= 0x80; value = Math.floor(value / 128)) bytes.push((value % 128) | 0x80);
  return Buffer.from([...bytes, value]);
};

/** Any address, however wrong; by default CIDv1 with SHA-256. */
export const makeCid = (
  codec: number,
  bytes: Buffer,
  head: readonly number[] = [1, codec, 0x12, 32],
): Buffer => Buffer.concat([Buffer.from(head), createHash('sha256').update(bytes).digest()]);

export const rawBlock = (content: string | Buffer): Block => {
  const bytes = Buffer.from(content);
  return { cid: makeCid(0x55, bytes), bytes };
};

/** A field of protocol buffers: a number, or bytes with their length. */
export const field = (number: number, value: number | Buffer): Buffer =>
  typeof value === 'number'
    ? Buffer.concat([varint(number * 8), varint(value)])
    : Buffer.concat([varint(number * 8 + 2), varint(value.length), value]);

export const pbBlock = (...fields: Buffer[]): Block => {
  const bytes = Buffer.concat(fields);
  return { cid: makeCid(0x70, bytes), bytes };
};

export const link = ({ cid, name = '', weight = 0 }: Link): Buffer =>
  field(2, Buffer.concat([field(1, cid), field(2, Buffer.from(name)), field(3, weight)]));

export const folderBlock = (links: readonly Link[], data = field(1, 1)): Block =>
  pbBlock(...links.map(link), field(1, data));

/** A file in pieces; sizes as they are told. */
export const fileBlock = (
  pieces: readonly (Link & { size: number })[],
  size = pieces.reduce((sum, piece) => sum + piece.size, 0),
): Block =>
  pbBlock(
    ...pieces.map(link),
    field(
      1,
      Buffer.concat([field(1, 2), field(3, size), ...pieces.map((piece) => field(4, piece.size))]),
    ),
  );

export const section = ({ cid, bytes }: Block): Buffer =>
  Buffer.concat([varint(cid.length + bytes.length), cid, bytes]);

export const makeHeader = (...roots: readonly Buffer[]): Buffer => {
  const list = roots.map((cid) =>
    Buffer.concat([Buffer.from([0xd8, 0x2a, 0x58, cid.length + 1, 0]), cid]),
  );
  const map = Buffer.concat([
    Buffer.from('\xa2\x65roots', 'latin1'),
    Buffer.from([0x80 + roots.length]),
    ...list,
    Buffer.from('\x67version\x01', 'latin1'),
  ]);
  return Buffer.concat([varint(map.length), map]);
};

/** A CARv1; the first block is the root. */
export const makeCar = (...blocks: readonly [Block, ...Block[]]): Buffer =>
  Buffer.concat([makeHeader(blocks[0].cid), ...blocks.map(section)]);
