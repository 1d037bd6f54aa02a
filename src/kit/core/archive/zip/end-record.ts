import { CutOffError, inBytes, readU16, readU32, type ArchiveReader } from '../archive.ts';

/** Where the central directory lies. */
export interface DirectoryPlace {
  offset: number;
  bytes: number;
  count: number;
}

/** "PK", 5, 6. */
const signature = 0x06054b50;
const recordBytes = 22;
const longestComment = 0xffff;
/** About 300 bytes for each of the most entries that are taken. */
const maxBytesOfADirectory = 16 * 2 ** 20;

/**
 * Finds the end of central directory record (APPNOTE 4.3.16), which has to be the very end of the
 * file.
 * @throws ArchiveError if there is none, if something follows it, or if it is of a kind that
 *   is not read (parts, ZIP64)
 */
export async function findDirectory(file: ArchiveReader): Promise<DirectoryPlace> {
  const start = Math.max(0, file.size - recordBytes - longestComment);
  const tail = await file.read(start, file.size - start);
  const at = findEnd(tail, file);
  const record = tail.subarray(at);
  const [disk, directoryDisk, countHere, count] = [
    readU16(record, 4),
    readU16(record, 6),
    readU16(record, 8),
    readU16(record, 10),
  ];
  const [bytes, offset] = [readU32(record, 12), readU32(record, 16)];

  // Attack: ZIP64 gives each number a second place, and tools differ in which they believe.
  const isZip64 =
    count === 0xffff || countHere === 0xffff || bytes === 0xffffffff || offset === 0xffffffff;
  if (isZip64)
    file.fail('this is a ZIP64 archive', 'a plain zip of less than 65,535 files and 4 GB');
  if (disk !== 0 || directoryDisk !== 0 || countHere !== count)
    file.fail('this is one part of an archive of several', 'a zip in one file');
  // Attack: a second directory that other tools find, or a file of another kind that begins or goes
  // on between directory and end.
  if (offset + bytes !== start + at) {
    const found = `the list of files is said to be at byte ${offset} with ${inBytes(bytes)}, but its end record is at byte ${start + at}`;
    file.fail(
      `${found}: something else is hidden in this file`,
      'the list to reach up to its end record',
    );
  }
  if (bytes > maxBytesOfADirectory)
    file.fail(`the list of files has ${inBytes(bytes)}`, `at most ${maxBytesOfADirectory}`);
  return { offset, bytes, count };
}

/**
 * Attack: a file that is a zip for one tool and something else for another: whoever checks it sees
 * the true site, whoever opens it another. So nothing may follow the record, not even its comment,
 * which `unzip` shows to the reader as if it were ours.
 */
function findEnd(tail: Uint8Array, file: ArchiveReader): number {
  const at = tail.length - recordBytes;
  if (at >= 0 && readU32(tail, at) === signature && readU16(tail, at + 20) === 0) {
    if (hasOtherEnd(tail, at))
      file.fail(
        'a second end of a zip in it takes the first for its comment: something else is hidden in this file',
        'one end',
      );
    return at;
  }

  const found = findSignatures(tail).at(-1) ?? -1;
  if (found === -1 || found > at)
    throw new CutOffError(
      file.path,
      'there is no end of a zip in it: it is cut off, or something else',
      'a whole zip file',
    );
  const comment = readU16(tail, found + 20);
  const behind = tail.length - found - recordBytes;
  if (comment > behind)
    file.fail(
      `its comment of ${inBytes(comment)} is cut off`,
      'a whole zip file without a comment',
    );
  if (comment === behind)
    file.fail(
      `it has a comment of ${inBytes(comment)}, which unpacking tools show and no list covers`,
      'a zip without a comment',
    );
  return file.fail(
    `${inBytes(behind - comment)} follow the end of the zip: something else is hidden in this file`,
    'nothing behind it',
  );
}

/**
 * Another record before the true one that would also end with the file: tools that search from the
 * front find that one.
 */
const hasOtherEnd = (tail: Uint8Array, end: number): boolean =>
  findSignatures(tail.subarray(0, end + 3)).some(
    (at) => at + recordBytes + readU16(tail, at + 20) === tail.length,
  );

/** All places where an end record may begin. */
function findSignatures(tail: Uint8Array): number[] {
  const places: number[] = [];
  for (let at = tail.indexOf(0x50); at !== -1; at = tail.indexOf(0x50, at + 1))
    if (at + 4 <= tail.length && readU32(tail, at) === signature) places.push(at);
  return places;
}
