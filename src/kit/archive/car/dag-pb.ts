import { isUtf8 } from 'node:buffer';
import type { Fail } from '../archive.ts';
import { cidBytes, readCid, type Cid } from './cid.ts';
import { readFields } from './protobuf.ts';

export interface PbLink {
  cid: Cid;
  name: string;
}

export interface PbNode {
  links: PbLink[];
  /** A message of UnixFS. */
  data: Buffer;
}

/**
 * Decodes a block of kind dag-pb in the only form that its specification lets be written: links, then data; of each link address,
 * name and size.
 * @throws through `fail` if it has another form. Attack: two fields of one kind, of which tools take the first or the last.
 */
export function decodeNode(block: Buffer, fail: Fail): PbNode {
  const links: PbLink[] = [];
  let data: Buffer | undefined;
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

function decodeLink(message: Buffer, fail: Fail): PbLink {
  const [hash, name, size, ...others] = readFields(message, fail);
  // The third is what the link weighs with all below it. It decides nothing, and no name or byte depends on it.
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
  if (!isUtf8(name.value)) fail('a name that is not UTF-8', 'names in UTF-8');
  return { cid: readCid(hash.value, fail), name: name.value.toString() };
}
