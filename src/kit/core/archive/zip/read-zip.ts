import { PathRegister } from '../../text/safe-path.ts';
import { InflateError, type Platform } from '../../platform.ts';
import { equalBytes } from '../../text/bytes.ts';
import {
  archiveLimits,
  ArchiveReader,
  inBytes,
  ReadAhead,
  readU16,
  readU32,
  type Archive,
  type ArchiveLimits,
  type ByteSource,
} from '../archive.ts';
import {
  deflated,
  readDirectory,
  checkExtraFields,
  hasDescriptor,
  type ZipRecord,
} from './central-directory.ts';
import { findDirectory } from './end-record.ts';

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

/**
 * The bytes of an entry as they come, in fixed memory. Attack: a bomb that declares a small size
 * and never ends, so it stops at the first byte too many; bytes other than those that were packed;
 * data behind the end of a deflate stream, which nobody sees and everybody passes on.
 * @param data where the packed bytes begin
 * @throws ArchiveError while it is read, if the bytes are not as many as declared, or their CRC-32
 *   is another (APPNOTE 4.4.7)
 */
async function* readData(
  file: ArchiveReader,
  record: ZipRecord,
  data: number,
  platform: Platform,
): AsyncGenerator<Uint8Array> {
  const packed = file.readRange(data, record.packedSize, record.name);
  let size = 0;
  let crc = 0;
  for await (const bytes of record.method === deflated
    ? inflate(packed, file, record, platform)
    : packed) {
    size += bytes.length;
    if (size > record.size)
      file.fail('more bytes come out than are declared', inBytes(record.size), record.name);
    crc = platform.crc32(bytes, crc);
    yield bytes;
  }
  if (size !== record.size)
    file.fail(`${inBytes(size)} come out`, inBytes(record.size), record.name);
  if (crc !== record.crc)
    file.fail(`checksum ${hex(crc)} of what came out`, hex(record.crc), record.name);
}

async function* inflate(
  packed: AsyncIterable<Uint8Array>,
  file: ArchiveReader,
  record: ZipRecord,
  { inflateRaw }: Platform,
): AsyncGenerator<Uint8Array> {
  try {
    yield* inflateRaw(packed, record.packedSize);
  } catch (error) {
    if (!(error instanceof InflateError)) throw error;
    file.fail(error.message, 'deflate data up to its end', record.name, error);
  }
}

const hex = (crc: number): string => crc.toString(16).padStart(8, '0');

const signature = 0x04034b50;
const fixedBytes = 30;
const descriptorSignature = 0x08074b50;

/**
 * Checks that the entries lie one behind the other from the first byte up to the central directory,
 * each with a local header (APPNOTE 4.3.7) that says the same as the directory, and says where the
 * data of each begins. Attacks: entries that share bytes (a "better zip bomb": 46 MB that unpack to
 * 4.5 PB, each byte read thousands of times), bytes before, between and behind them that another
 * tool takes for a file, local headers that show another site to tools that read from the front.
 * @throws ArchiveError
 */
export async function findData(
  file: ArchiveReader,
  records: readonly ZipRecord[],
  end: number,
): Promise<Map<ZipRecord, number>> {
  const headers = new ReadAhead(file, 16 * 1024);
  const places = new Map<ZipRecord, number>();
  const inOrder = records.toSorted((a, b) => a.offset - b.offset);
  let expected = 0;
  for (const [index, record] of inOrder.entries()) {
    if (record.offset > expected)
      file.fail(sayGap(expected, record.offset), 'entries without gaps', record.name);
    const data = record.offset + (await checkHeader(file, headers, record, end));
    const next = inOrder[index + 1]?.offset ?? end;
    expected = data + record.packedSize;
    if (expected > next)
      file.fail(
        `it reaches up to byte ${expected}, and something else begins at byte ${next}`,
        'entries side by side',
        record.name,
      );
    if (record.flags & hasDescriptor)
      expected += await checkDescriptor(file, headers, record, expected, next - expected);
    places.set(record, data);
  }
  if (expected !== end) file.fail(sayGap(expected, end), 'entries up to the list of files');
  return places;
}

const sayGap = (from: number, to: number): string =>
  `${inBytes(to - from)} at byte ${from} belong to no entry: something else is hidden in this file`;

/**
 * Gives the bytes of the header with name and extra field.
 * @param end of the room for entries: a zip with an end record is whole, so that a header which
 *   reaches further is false, and not cut off
 */
async function checkHeader(
  file: ArchiveReader,
  headers: ReadAhead,
  record: ZipRecord,
  end: number,
): Promise<number> {
  const fail = (found: string, expected: string): never => file.fail(found, expected, record.name);
  const fixed = await headers.read(record.offset, fixedBytes, record.name);
  if (readU32(fixed, 0) !== signature)
    fail(`no entry begins at byte ${record.offset}`, 'its header there');
  const nameBytes = readU16(fixed, 26);
  const extraBytes = readU16(fixed, 28);
  const data = record.offset + fixedBytes + nameBytes + extraBytes;
  if (data > end) fail(`a header up to byte ${data}`, `one before byte ${end}`);
  const rest = await headers.read(record.offset + fixedBytes, nameBytes + extraBytes, record.name);
  if (!equalBytes(rest.subarray(0, nameBytes), record.nameBytes))
    fail('another name in its own header than in the list of files', 'the same name');
  checkExtraFields(rest.subarray(nameBytes), fail);

  const expected = [record.flags, record.method, record.crc, record.packedSize, record.size];
  const found = [
    readU16(fixed, 6),
    readU16(fixed, 8),
    readU32(fixed, 14),
    readU32(fixed, 18),
    readU32(fixed, 22),
  ];
  const mayWait = (record.flags & hasDescriptor) !== 0;
  for (const [index, what] of [
    'flags',
    'packing method',
    'checksum',
    'packed size',
    'size',
  ].entries()) {
    if (found[index] === expected[index] || (mayWait && index >= 2 && found[index] === 0)) continue;
    fail(
      `${what} ${found[index]} in its own header and ${expected[index]} in the list of files`,
      'the same',
    );
  }
  return fixedBytes + nameBytes + extraBytes;
}

/**
 * Gives the bytes of the data descriptor (APPNOTE 4.3.9): its signature may be left out, so the
 * room tells which form it has.
 */
async function checkDescriptor(
  file: ArchiveReader,
  headers: ReadAhead,
  record: ZipRecord,
  at: number,
  room: number,
): Promise<number> {
  if (room !== 12 && room !== 16)
    file.fail(`${inBytes(room)} for the sizes behind its data`, '12 or 16', record.name);
  const descriptor = await headers.read(at, room, record.name);
  const sizes = descriptor.subarray(room - 12);
  const agrees =
    readU32(sizes, 0) === record.crc &&
    readU32(sizes, 4) === record.packedSize &&
    readU32(sizes, 8) === record.size;
  if (!agrees || (room === 16 && readU32(descriptor, 0) !== descriptorSignature)) {
    file.fail(
      'other sizes or another checksum behind its data than in the list of files',
      'the same',
      record.name,
    );
  }
  return room;
}
