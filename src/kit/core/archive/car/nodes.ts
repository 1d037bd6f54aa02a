import { decodeUtf8 } from '../../text/bytes.ts';
import type { Fail } from '../archive.ts';
import { cidBytes, readCid, readVarint, type Cid } from './blocks.ts';

export interface PbLink {
  cid: Cid;
  name: string;
}

export interface PbNode {
  links: PbLink[];
  /** A message of UnixFS. */
  data: Uint8Array;
}

/**
 * Decodes a block of kind dag-pb in the only form that its specification lets be written: links,
 * then data; of each link address, name and size.
 * @throws through `fail` if it has another form. Attack: two fields of one kind, of which tools
 *   take the first or the last.
 */
export function decodeNode(block: Uint8Array, fail: Fail): PbNode {
  const links: PbLink[] = [];
  let data: Uint8Array | undefined;
  for (const { number, value } of readFields(block, fail)) {
    const isKnown = data === undefined && (number === 1 || number === 2);
    if (!isKnown || typeof value === 'number')
      return fail('a block with parts that dag-pb does not have', 'links, then data');
    if (number === 1) data = value;
    else links.push(decodeLink(value, fail));
  }
  if (data === undefined) return fail('a block without data', 'a file or folder of UnixFS');
  return { links, data };
}

function decodeLink(message: Uint8Array, fail: Fail): PbLink {
  const [hash, name, size, ...others] = readFields(message, fail);
  // The third is what the link weighs with all below it. It decides nothing, and no name or byte
  // depends on it.
  const hasForm =
    hash?.number === 1 &&
    name?.number === 2 &&
    size?.number === 3 &&
    typeof size.value === 'number' &&
    others.length === 0;
  if (!hasForm || typeof hash.value === 'number' || typeof name.value === 'number')
    return fail('a link in another form than dag-pb has', 'address, name and size');
  if (hash.value.length !== cidBytes)
    fail(`an address of ${hash.value.length} bytes`, `a CIDv1 of ${cidBytes}`);
  const text = decodeUtf8(name.value) ?? fail('a name that is not UTF-8', 'names in UTF-8');
  return { cid: readCid(hash.value, fail), name: text };
}

/** What a node of the profile is: a folder, or a file with the size of each piece that it links. */
export type UnixFsNode = { kind: 'folder' } | { kind: 'file'; size: number; pieces: number[] };

const kinds = [
  'a piece of a file in a node (Raw)',
  'folder',
  'file',
  'metadata',
  'a symbolic link',
  'a folder that is cut into shards (HAMT)',
];
const folder = 1;
const file = 2;
const typeField = 1;
const dataField = 2;
const sizeField = 3;
const pieceField = 4;

/**
 * Decodes the UnixFS message in a node, as far as the profile `unixfs-v1-2025` goes: folders
 * without shards, files whose bytes are all in raw blocks, no times, no rights. Attack: a link that
 * leads out of the folder where it is unpacked; bytes in a node besides those in its pieces.
 * @throws through `fail` if it is something else
 */
export function decodeUnixFs(data: Uint8Array, fail: Fail): UnixFsNode {
  const pieces: number[] = [];
  const once = new Map<number, number>();
  for (const { number, value } of readFields(data, fail)) {
    if (number === dataField)
      return fail('bytes in a node', 'bytes in raw blocks only (profile unixfs-v1-2025)');
    if (typeof value !== 'number')
      return fail(`bytes as field ${number} of a node`, 'a kind and sizes');
    if (number === pieceField) pieces.push(value);
    else if (once.has(number)) fail(`field ${number} of a node twice`, 'once');
    else once.set(number, value);
  }

  const kind = once.get(typeField);
  const size = once.get(sizeField);
  if (kind !== folder && kind !== file)
    return fail(
      kinds[kind ?? -1] ?? 'a node of an unknown kind',
      'plain files and folders (profile unixfs-v1-2025)',
    );
  const other = [...once.keys()].find(
    (number) => number !== typeField && (kind === folder || number !== sizeField),
  );
  if (other !== undefined)
    fail(
      `field ${other} of a node, which the profile does not have`,
      'a node without times and rights (profile unixfs-v1-2025)',
    );
  if (kind === folder)
    return pieces.length === 0
      ? { kind: 'folder' }
      : fail('a folder with sizes of pieces', 'a folder without');
  return { kind: 'file', size: size ?? 0, pieces };
}

/** A field of a message of protocol buffers. */
interface Field {
  number: number;
  value: number | Uint8Array;
}

/**
 * The fields of a message one after another: numbers, and bytes (texts, messages). Other kinds do
 * not occur in UnixFS.
 * @throws through `fail` if the message is not well-formed
 */
function* readFields(message: Uint8Array, fail: Fail): Generator<Field> {
  for (let at = 0; at < message.length;) {
    const key = readVarint(message, at, fail);
    const number = Math.floor(key.value / 8);
    const value = readVarint(message, key.next, fail);
    at = value.next;
    if (key.value % 8 === 0) {
      yield { number, value: value.value };
    } else if (key.value % 8 === 2) {
      if (value.value > message.length - at)
        fail('a part of a block that is longer than the block', 'whole parts');
      yield { number, value: message.subarray(at, at + value.value) };
      at += value.value;
    } else {
      fail(`a field of kind ${key.value % 8} in a block`, 'numbers and bytes');
    }
  }
}
