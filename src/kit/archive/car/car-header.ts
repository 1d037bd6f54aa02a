import type { Fail } from '../archive.ts';
import { cidBytes, readCid, type Cid } from './cid.ts';

/** DAG-CBOR has one way to write each value, so the header around its only root is always these bytes. */
const beforeRoots = Buffer.from('\xa2\x65roots', 'latin1'); // a map of two: "roots",
const oneRoot = Buffer.from([0x81, 0xd8, 0x2a, 0x58, cidBytes + 1, 0x00]); // a list of one, tag 42, 37 bytes, the first of which is 0
const afterRoots = Buffer.from('\x67version\x01', 'latin1'); // "version": 1
/** How a CARv2 begins: `{ "version": 2 }`. */
const version2 = Buffer.from('\xa1\x67version\x02', 'latin1');

/** Bytes of a header with one root, without the length before it. */
export const headerBytes = beforeRoots.length + oneRoot.length + cidBytes + afterRoots.length;

/**
 * Reads the header of a CARv1 (the DAG-CBOR behind the length), and gives its root.
 * Attack: a second root is a second site in the same file, and tools differ in which they open.
 * @throws through `fail` if it is not exactly `{ roots: [one CIDv1], version: 1 }`
 */
export function readHeader(header: Buffer, fail: Fail): Cid {
  if (header.equals(version2)) fail('this is a CARv2', 'a CARv1');
  if (!startsWith(header, 0, beforeRoots))
    fail('this does not begin like a CAR file', 'a CARv1 with one root');
  const list = header[beforeRoots.length];
  if (list === 0x80) fail('it has no root', 'one root');
  if (list !== undefined && list > 0x81 && list < 0xa0) fail('it has several roots', 'one root');

  const root = header.subarray(beforeRoots.length + oneRoot.length);
  const tagged = header.subarray(beforeRoots.length, beforeRoots.length + oneRoot.length);
  if (tagged.length === oneRoot.length && tagged[4] === 35)
    fail('an address of version 0 (CIDv0) as root', 'a CIDv1');
  if (!tagged.equals(oneRoot)) fail('something else than an address as root', 'a CIDv1');
  const cid = readCid(root.subarray(0, cidBytes), fail);
  if (!root.subarray(cidBytes).equals(afterRoots))
    fail('its header does not end with version 1', 'a CARv1');
  return cid;
}

const startsWith = (bytes: Buffer, at: number, part: Buffer): boolean =>
  bytes.subarray(at, at + part.length).equals(part);
