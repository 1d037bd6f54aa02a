import { compareBytes, concatBytes, equalBytes, fromLatin1 } from '../../text/bytes.ts';
import { quoteName } from '../../text/plain-characters.ts';
import { ArchiveReader, type ByteSource } from '../archive.ts';
import { deflated, readDirectory } from './central-directory.ts';
import { findDirectory } from './end-record.ts';

/** What a zip says of an entry, in front of its data and again in the list of files. */
export interface ZipEntryRecord {
  nameBytes: Uint8Array;
  method: number;
  crc: number;
  packedSize: number;
  size: number;
  /** Where it begins. */
  offset: number;
}

/** 2.0: deflate. */
const neededVersion = 20;
/** The same version, by Unix (3): the high half of the attributes is a mode. */
const madeBy = 0x0300 + neededVersion;
/** 1980-01-01 00:00, the first moment that DOS knows, in whatever time zone. */
const time = 0;
const date = (1 << 5) | 1;
const mode = 0o100644;
/** Bit 11. */
const isUtf8Name = 0x0800;

/**
 * The header in front of the data (APPNOTE 4.3.7). It has the sizes, so that tools can unpack a
 * stream.
 */
export const printLocalHeader = (entry: ZipEntryRecord): Uint8Array =>
  concatBytes(fromLatin1('PK\x03\x04'), printCommon(entry), entry.nameBytes);

/** The entry in the list of files, the central directory (APPNOTE 4.3.12). */
export function printListedEntry(entry: ZipEntryRecord): Uint8Array {
  const [comment, disk, textHint] = [0, 0, 0];
  const rest = numbers(
    [2, comment],
    [2, disk],
    [2, textHint],
    [4, mode * 2 ** 16],
    [4, entry.offset],
  );
  return concatBytes(
    fromLatin1('PK\x01\x02'),
    numbers([2, madeBy]),
    printCommon(entry),
    rest,
    entry.nameBytes,
  );
}

/**
 * The end of central directory record (APPNOTE 4.3.16), for a list of so many entries and bytes at
 * `offset`.
 */
export function printEnd(count: number, bytes: number, offset: number): Uint8Array {
  const [disk, listDisk, comment] = [0, 0, 0];
  return concatBytes(
    fromLatin1('PK\x05\x06'),
    numbers(
      [2, disk],
      [2, listDisk],
      [2, count],
      [2, count],
      [4, bytes],
      [4, offset],
      [2, comment],
    ),
  );
}

function printCommon({ nameBytes, method, crc, packedSize, size }: ZipEntryRecord): Uint8Array {
  const flags = nameBytes.some((byte) => byte > 0x7f) ? isUtf8Name : 0;
  const extra = 0;
  return numbers(
    [2, neededVersion],
    [2, flags],
    [2, method],
    [2, time],
    [2, date],
    [4, crc],
    [4, packedSize],
    [4, size],
    [2, nameBytes.length],
    [2, extra],
  );
}

/**
 * Throws a RangeError where a value does not fit: a zip never holds other numbers than were meant.
 */
function numbers(...fields: (readonly [bytes: number, value: number])[]): Uint8Array {
  const bytes: number[] = [];
  for (const [length, value] of fields) {
    if (!Number.isInteger(value) || value < 0 || value >= 256 ** length)
      throw new RangeError(`${value} does not fit into ${length} bytes of a zip`);
    for (let at = 0; at < length; at += 1) bytes.push(Math.floor(value / 256 ** at) % 256);
  }
  return Uint8Array.from(bytes);
}

/**
 * Where a zip that `readZip` has taken differs from the canonical one of its files: files alone, in
 * byte order, with headers of which every byte follows from name, size and checksum. Then nothing
 * but the deflate data is the packer's choice, and what comes out of that is checked. Attack: words
 * in times, owners, versions, attributes or the order of entries, which no manifest covers and each
 * mirror hands on.
 * @returns a part of a sentence; undefined if it is canonical
 * @throws ArchiveError, what the source throws
 */
export async function findZipDeviation(source: ByteSource): Promise<string | undefined> {
  const file = new ArchiveReader(source);
  const place = await findDirectory(file);
  const records = await readDirectory(file, place);
  const has = async (bytes: Uint8Array, offset: number): Promise<boolean> =>
    offset + bytes.length <= file.size && equalBytes(await file.read(offset, bytes.length), bytes);

  let [offset, listed] = [0, place.offset];
  let before: string | undefined;
  for (const record of records) {
    const name = quoteName(record.name);
    if (record.name.endsWith('/')) return `${name} is an entry for a folder`;
    if (before !== undefined && compareBytes(before, record.name) >= 0)
      return `${name} is not in the order of names`;
    if (record.method === deflated && record.packedSize >= record.size)
      return `${name} is not smaller for being packed`;
    before = record.name;
    const entry = { ...record, offset };
    const header = printLocalHeader(entry);
    if (!(await has(header, offset))) return `the header of ${name} says more than it has to`;
    const inList = printListedEntry(entry);
    if (!(await has(inList, listed)))
      return `the entry of ${name} in the list of files says more than it has to`;
    offset += header.length + record.packedSize;
    listed += inList.length;
  }
  const end = printEnd(records.length, listed - place.offset, offset);
  return (await has(end, listed)) && listed + end.length === file.size
    ? undefined
    : 'its end record says more than it has to';
}
