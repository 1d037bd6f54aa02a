import { equalBytes } from '../../text/bytes.ts';
import { inBytes, ReadAhead, readU16, readU32, type ArchiveReader } from '../archive.ts';
import { checkExtraFields, hasDescriptor, type ZipRecord } from './central-directory.ts';

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
    const data = record.offset + (await checkHeader(file, headers, record));
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

/** Gives the bytes of the header with name and extra field. */
async function checkHeader(
  file: ArchiveReader,
  headers: ReadAhead,
  record: ZipRecord,
): Promise<number> {
  const fail = (found: string, expected: string): never => file.fail(found, expected, record.name);
  const fixed = await headers.read(record.offset, fixedBytes, record.name);
  if (readU32(fixed, 0) !== signature)
    fail(`no entry begins at byte ${record.offset}`, 'its header there');
  const nameBytes = readU16(fixed, 26);
  const extraBytes = readU16(fixed, 28);
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
