/** What a zip says of an entry, in front of its data and again in the list of files. */
export interface ZipEntryRecord {
  nameBytes: Buffer;
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
export const printLocalHeader = (entry: ZipEntryRecord): Buffer =>
  Buffer.concat([Buffer.from('PK\x03\x04'), printCommon(entry), entry.nameBytes]);

/** The entry in the list of files, the central directory (APPNOTE 4.3.12). */
export function printListedEntry(entry: ZipEntryRecord): Buffer {
  const [comment, disk, textHint] = [0, 0, 0];
  const rest = numbers(
    [2, comment],
    [2, disk],
    [2, textHint],
    [4, mode * 2 ** 16],
    [4, entry.offset],
  );
  return Buffer.concat([
    Buffer.from('PK\x01\x02'),
    numbers([2, madeBy]),
    printCommon(entry),
    rest,
    entry.nameBytes,
  ]);
}

/**
 * The end of central directory record (APPNOTE 4.3.16), for a list of so many entries and bytes at
 * `offset`.
 */
export function printEnd(count: number, bytes: number, offset: number): Buffer {
  const [disk, listDisk, comment] = [0, 0, 0];
  return Buffer.concat([
    Buffer.from('PK\x05\x06'),
    numbers(
      [2, disk],
      [2, listDisk],
      [2, count],
      [2, count],
      [4, bytes],
      [4, offset],
      [2, comment],
    ),
  ]);
}

function printCommon({ nameBytes, method, crc, packedSize, size }: ZipEntryRecord): Buffer {
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
function numbers(...fields: (readonly [bytes: number, value: number])[]): Buffer {
  const buffer = Buffer.alloc(fields.reduce((sum, [bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [bytes, value] of fields) at = buffer.writeUIntLE(value, at, bytes);
  return buffer;
}
