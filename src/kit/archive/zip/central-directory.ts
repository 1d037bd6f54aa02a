import { isAscii, isUtf8 } from 'node:buffer';
import { ArchiveError } from '../archive.ts';
import type { BinaryFile } from '../binary-file.ts';
import { checkAttributes } from './attributes.ts';
import type { DirectoryPlace } from './end-record.ts';
import { checkExtraFields } from './extra-fields.ts';

/** What the central directory says of one entry (APPNOTE 4.3.12). */
export interface ZipRecord {
  /** As it is spelled, with a `/` at the end if it is a folder. */
  name: string;
  nameBytes: Buffer;
  flags: number;
  method: number;
  crc: number;
  packedSize: number;
  size: number;
  /** Of the local header, from the beginning of the file. */
  offset: number;
}

export const stored = 0;
export const deflated = 8;
/** Bit 3: the sizes stand behind the data. */
export const hasDescriptor = 0x0008;
const isUtf8Name = 0x0800;
/** Bits 1 and 2 tell how hard the packer tried. */
const knownFlags = 0x0006 | hasDescriptor | isUtf8Name;

const signature = 0x02014b50;
const fixedBytes = 46;

/**
 * Reads the list of entries, and checks what can be known of each from it alone.
 * @throws ArchiveError if the list is not exactly as long as the end record says, or an entry is of a kind that is not read
 */
export async function readDirectory(file: BinaryFile, place: DirectoryPlace): Promise<ZipRecord[]> {
  const directory = await file.read(place.offset, place.bytes);
  const records: ZipRecord[] = [];
  let at = 0;
  while (at < directory.length) {
    const length = measureRecord(directory, at, file);
    records.push(readRecord(directory.subarray(at, at + length), file));
    at += length;
    // Attack: an entry that is not counted is seen by some tools only.
    if (records.length > place.count) break;
  }
  if (records.length !== place.count)
    file.fail(
      `its list of files does not have the ${place.count} entries that its end record counts`,
      'as many as are counted',
    );
  return records;
}

function measureRecord(directory: Buffer, at: number, file: BinaryFile): number {
  if (at + fixedBytes > directory.length)
    file.fail('its list of files is cut off', 'whole entries');
  if (directory.readUInt32LE(at) !== signature)
    file.fail('its list of files has something else than an entry in it', 'entries only');
  const length =
    fixedBytes +
    directory.readUInt16LE(at + 28) +
    directory.readUInt16LE(at + 30) +
    directory.readUInt16LE(at + 32);
  if (at + length > directory.length) file.fail('its list of files is cut off', 'whole entries');
  return length;
}

function readRecord(record: Buffer, file: BinaryFile): ZipRecord {
  const extraAt = fixedBytes + record.readUInt16LE(28);
  const commentAt = extraAt + record.readUInt16LE(30);
  const nameBytes = record.subarray(fixedBytes, extraAt);
  const fail = (found: string, expected: string): never => {
    throw new ArchiveError(file.path, found, expected, nameBytes.toString());
  };

  const flags = record.readUInt16LE(8);
  if (flags & 0x2041) fail('an encrypted entry', 'entries that all can read');
  if (flags & ~knownFlags) fail(`the unknown flags ${hex(flags & ~knownFlags)}`, 'a plain entry');
  // Attack: bytes that are one name in the code page of one machine and another elsewhere.
  const isReadable = flags & isUtf8Name ? isUtf8(nameBytes) : isAscii(nameBytes);
  if (!isReadable)
    fail(
      'a name that is not marked as UTF-8, or is not UTF-8',
      'names in UTF-8 with flag 11, or in ASCII',
    );
  checkExtraFields(record.subarray(extraAt, commentAt), fail);
  if (commentAt < record.length)
    fail('a comment, which unpacking tools show and no list covers', 'an entry without a comment');
  if (record.readUInt16LE(34) !== 0)
    fail('an entry that lies in another part', 'a zip in one file');

  const zip = {
    name: nameBytes.toString(),
    nameBytes,
    flags,
    method: record.readUInt16LE(10),
    crc: record.readUInt32LE(16),
    packedSize: record.readUInt32LE(20),
    size: record.readUInt32LE(24),
    offset: record.readUInt32LE(42),
  };
  if (zip.method !== stored && zip.method !== deflated)
    fail(`packing method ${zip.method}`, 'stored (0) or deflate (8)');
  if ([zip.packedSize, zip.size, zip.offset].includes(0xffffffff))
    fail('sizes in ZIP64 form', 'a plain zip of less than 4 GB');
  if (zip.method === stored && zip.packedSize !== zip.size)
    fail(
      `${zip.packedSize} and ${zip.size} bytes of an entry that is not packed`,
      'the same number',
    );
  checkAttributes(record.readUInt32LE(38), zip, fail);
  return zip;
}

const hex = (flags: number): string => `0x${flags.toString(16).padStart(4, '0')}`;
