import {
  archiveLimits,
  inBytes,
  type Archive,
  type ArchiveLimits,
  ArchiveReader,
  type ByteSource,
} from '../archive.ts';
import { PathRegister } from '../../manifest/path-register.ts';
import type { Platform } from '../../platform.ts';
import { readDirectory, type ZipRecord } from './central-directory.ts';
import { findData } from './check-layout.ts';
import { findDirectory } from './end-record.ts';
import { readData } from './read-data.ts';

export interface ZipLimits extends ArchiveLimits {
  /**
   * How many times larger than packed a file may be, if it is larger than `bytesThatMayBeTight`;
   * deflate reaches 1,032.
   */
  ratio: number;
  /** Small files may be as tight as they can: their number bounds them. */
  bytesThatMayBeTight: number;
}

/** Pages of one long table reach about 50. */
export const zipLimits: ZipLimits = { ...archiveLimits, ratio: 200, bytesThatMayBeTight: 2 ** 20 };

/**
 * Reads the shape of a zip that a stranger made (PKWARE APPNOTE 6.3), and gives its files. It is
 * read by random access, in fixed memory, and nothing is written. Everything that two tools could
 * read in two ways is refused: the archive has to be its entries, their list and the end record,
 * without a byte besides, stored or deflated, without ZIP64, encryption, comments, links or second
 * names. The bytes of a file are checked while `open` gives them. Closing the archive closes the
 * source.
 * @throws ArchiveError if it is not such a zip; what the source throws
 */
export async function readZip(
  source: ByteSource,
  platform: Platform,
  limits: ZipLimits = zipLimits,
): Promise<Archive> {
  const file = new ArchiveReader(source);
  const place = await findDirectory(file);
  if (place.count > limits.entries)
    file.fail(`it has ${place.count} entries`, `at most ${limits.entries}`);
  const records = await readDirectory(file, place);
  const emptyFolders = checkPaths(file, records);
  checkSizes(file, records, limits);
  const data = await findData(file, records, place.offset);
  const entries = records
    .filter(({ name }) => !name.endsWith('/'))
    .map((record) => ({
      path: record.name,
      size: record.size,
      open: () => readData(file, record, data.get(record) ?? 0, platform),
    }));
  return { entries, emptyFolders, close: source.close };
}

function checkPaths(file: ArchiveReader, records: readonly ZipRecord[]): string[] {
  const register = new PathRegister();
  for (const { name } of records) {
    const fault = name.endsWith('/')
      ? register.add(name.slice(0, -1), 'folder')
      : register.add(name, 'file');
    if (fault) file.fail(fault.found, fault.expected, name);
  }
  return register.emptyFolders();
}

/**
 * Attack: a bomb that says what it is: 10 MB that unpack to 10 GB fill the disk and the hours of
 * whoever checks it.
 */
function checkSizes(file: ArchiveReader, records: readonly ZipRecord[], limits: ZipLimits): void {
  let bytes = 0;
  for (const { name, size, packedSize } of records) {
    if (size > limits.bytesOfAFile)
      file.fail(`${inBytes(size)} unpacked`, `at most ${limits.bytesOfAFile}`, name);
    const isTight = size > limits.bytesThatMayBeTight && size > packedSize * limits.ratio;
    if (isTight)
      file.fail(
        `${inBytes(packedSize)} that unpack to ${size}`,
        `at most ${limits.ratio} times as many`,
        name,
      );
    bytes += size;
  }
  if (bytes > limits.bytes)
    file.fail(`its files have ${inBytes(bytes)} unpacked`, `at most ${limits.bytes}`);
}
