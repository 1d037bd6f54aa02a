import { inBytes, type ArchiveReader } from '../archive.ts';
import { InflateError, type Platform } from '../../platform.ts';
import { deflated, type ZipRecord } from './central-directory.ts';

/**
 * The bytes of an entry as they come, in fixed memory. Attack: a bomb that declares a small size
 * and never ends, so it stops at the first byte too many; bytes other than those that were packed;
 * data behind the end of a deflate stream, which nobody sees and everybody passes on.
 * @param data where the packed bytes begin
 * @throws ArchiveError while it is read, if the bytes are not as many as declared, or their CRC-32
 *   is another (APPNOTE 4.4.7)
 */
export async function* readData(
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
    crc = crc32(bytes, crc);
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

/** CRC-32 of APPNOTE 4.4.7, each byte by one step of this table. */
const crcTable = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit += 1) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

/** The CRC-32 of bytes that follow those of an earlier one. */
function crc32(bytes: Uint8Array, before: number): number {
  let crc = ~before;
  for (const byte of bytes) crc = (crc >>> 8) ^ (crcTable[(crc ^ byte) & 0xff] ?? 0);
  return ~crc >>> 0;
}

const hex = (crc: number): string => crc.toString(16).padStart(8, '0');
