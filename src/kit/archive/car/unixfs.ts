import type { Fail } from '../archive.ts';
import { readFields } from './protobuf.ts';

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
 * Decodes the UnixFS message in a node, as far as the profile `unixfs-v1-2025` goes: folders without shards, files whose bytes
 * are all in raw blocks, no times, no rights.
 * Attack: a link that leads out of the folder where it is unpacked; bytes in a node beside those in its pieces.
 * @throws through `fail` if it is something else
 */
export function decodeUnixFs(data: Buffer, fail: Fail): UnixFsNode {
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
