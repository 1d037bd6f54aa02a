import { decodeUtf8, showUtf8 } from '../../text/bytes.ts';
import {
  ArchiveError,
  inBytes,
  type Fail,
  readU16,
  readU32,
  type ArchiveReader,
} from '../archive.ts';
import type { DirectoryPlace } from './end-record.ts';

/** What the central directory says of one entry (APPNOTE 4.3.12). */
export interface ZipRecord {
  /** As it is spelled, with a `/` at the end if it is a folder. */
  name: string;
  nameBytes: Uint8Array;
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
/** Bit 3: the sizes follow the data. */
export const hasDescriptor = 0x0008;
const isUtf8Name = 0x0800;
/** Bits 1 and 2 tell how hard the packer tried. */
const knownFlags = 0x0006 | hasDescriptor | isUtf8Name;

const signature = 0x02014b50;
const fixedBytes = 46;

/**
 * Reads the list of entries, and checks what can be known of each from it alone.
 * @throws ArchiveError if the list is not exactly as long as the end record says, or an entry is of
 *   a kind that is not read
 */
export async function readDirectory(
  file: ArchiveReader,
  place: DirectoryPlace,
): Promise<ZipRecord[]> {
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

function measureRecord(directory: Uint8Array, at: number, file: ArchiveReader): number {
  if (at + fixedBytes > directory.length)
    file.fail('its list of files is cut off', 'whole entries');
  if (readU32(directory, at) !== signature)
    file.fail('its list of files has something else than an entry in it', 'entries only');
  const length =
    fixedBytes +
    readU16(directory, at + 28) +
    readU16(directory, at + 30) +
    readU16(directory, at + 32);
  if (at + length > directory.length) file.fail('its list of files is cut off', 'whole entries');
  return length;
}

function readRecord(record: Uint8Array, file: ArchiveReader): ZipRecord {
  const extraAt = fixedBytes + readU16(record, 28);
  const commentAt = extraAt + readU16(record, 30);
  const nameBytes = record.subarray(fixedBytes, extraAt);
  const fail = (found: string, expected: string): never => {
    throw new ArchiveError(file.path, found, expected, showUtf8(nameBytes));
  };

  const flags = readU16(record, 8);
  if (flags & 0x2041) fail('an encrypted entry', 'entries that all can read');
  if (flags & ~knownFlags) fail(`the unknown flags ${hex(flags & ~knownFlags)}`, 'a plain entry');
  // Attack: bytes that are one name in the code page of one machine and another elsewhere.
  const isMarked = (flags & isUtf8Name) !== 0 || nameBytes.every((byte) => byte < 0x80);
  const name = isMarked ? decodeUtf8(nameBytes) : undefined;
  if (name === undefined)
    return fail(
      'a name that is not marked as UTF-8, or is not UTF-8',
      'names in UTF-8 with flag 11, or in ASCII',
    );
  checkExtraFields(record.subarray(extraAt, commentAt), fail);
  if (commentAt < record.length)
    fail('a comment, which unpacking tools show and no list covers', 'an entry without a comment');
  if (readU16(record, 34) !== 0) fail('an entry that lies in another part', 'a zip in one file');

  const zip = {
    name,
    nameBytes,
    flags,
    method: readU16(record, 10),
    crc: readU32(record, 16),
    packedSize: readU32(record, 20),
    size: readU32(record, 24),
    offset: readU32(record, 42),
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
  checkAttributes(readU32(record, 38), zip, fail);
  return zip;
}

const hex = (flags: number): string => `0x${flags.toString(16).padStart(4, '0')}`;

const kindMask = 0o170000;
const regularKind = 0o100000;
const folderKind = 0o040000;
const dosFolder = 0x10;
const dosLabel = 0x08;

/**
 * Takes plain files and folders only, by the external attributes (APPNOTE 4.4.15): DOS in the low
 * byte, the mode of Unix in the high half. The mode counts whatever system is named as the maker,
 * since some tools believe it anyway. Attack: a link "en" to "/home/reader", after which "en/x" is
 * written there; a device that hangs whoever reads it.
 */
function checkAttributes(
  attributes: number,
  { name, size, packedSize }: { name: string; size: number; packedSize: number },
  fail: Fail,
): void {
  const isFolder = name.endsWith('/');
  const kind = (attributes >>> 16) & kindMask;
  if (kind === 0o120000) fail('a symbolic link', 'plain files and folders');
  if (kind !== 0 && kind !== regularKind && kind !== folderKind)
    fail('a device, pipe or socket', 'plain files and folders');
  if (attributes & dosLabel) fail('the name of a disk', 'plain files and folders');
  // Attack: what is a file for one tool is a folder for the next, and hides or takes in what
  // follows.
  const saysFolder = kind === folderKind || (kind === 0 && (attributes & dosFolder) !== 0);
  const saysFile = kind === regularKind;
  if (isFolder ? saysFile : saysFolder)
    fail(
      'an entry that is a file by its name and a folder by its attributes, or the other way round',
      'one of both',
    );
  if (isFolder && (size !== 0 || packedSize !== 0))
    fail('a folder with bytes of its own', 'a folder without');
}

/** Fields that are refused by name, with what they would do (APPNOTE 4.5 and 4.6). */
const refusedFields = new Map([
  [0x0001, 'sizes in ZIP64 form'],
  [0x0017, 'strong encryption'],
  [0x9901, 'encryption'],
  // Attack: a second name. Info-ZIP unpacks under it, others under the name that was checked.
  [0x7075, 'a second name for the entry'],
  // Attack: ASi, Info-ZIP's "Unix extra field": it can hold the target of a link.
  [0x756e, 'a link or device'],
]);

/**
 * Times and owners, as Info-ZIP, bsdtar, 7-Zip and macOS write them, by their lengths and fixed
 * bytes.
 * Attack: an extra field of some other kind holds a document, and the archive, under another name,
 * is read as that: a page that runs a script, a PDF. So there is room for numbers, and for nothing
 * else.
 */
const knownFields = new Map<number, (field: Uint8Array) => boolean>([
  [0x5455, (field) => [1, 5, 9, 13].includes(field.length) && (field[0] ?? 0) <= 7],
  // The older form, which the Finder of macOS writes: without owners in the list of files.
  [0x5855, (field) => field.length === 8 || field.length === 12],
  [0x7875, (field) => field.length === 11 && field[0] === 1 && field[1] === 4 && field[6] === 4],
  [
    0x000a,
    (field) => field.length === 32 && readU32(field, 0) === 0 && readU32(field, 4) === 0x0018_0001,
  ],
]);

/**
 * @throws through `fail` if the extra field of an entry (APPNOTE 4.5.1) is not well-formed, or
 * holds more than times and owners
 */
export function checkExtraFields(extra: Uint8Array, fail: Fail): void {
  for (let at = 0; at < extra.length;) {
    if (at + 4 > extra.length) fail('extra data that is cut off', 'whole extra fields');
    const [id, length] = [readU16(extra, at), readU16(extra, at + 2)];
    const meaning = refusedFields.get(id);
    if (meaning !== undefined) fail(`an extra field with ${meaning}`, 'a plain entry');
    if (at + 4 + length > extra.length)
      fail('an extra field that is longer than its room', 'whole extra fields');
    if (knownFields.get(id)?.(extra.subarray(at + 4, at + 4 + length)) !== true)
      fail(
        `an extra field (0x${id.toString(16).padStart(4, '0')}) of ${inBytes(length)}, in which anything can be`,
        'no extra fields but times and owners',
      );
    at += 4 + length;
  }
}
