import { pipeline, Readable } from 'node:stream';
import { crc32, createInflateRaw } from 'node:zlib';
import { inBytes } from '../archive.ts';
import type { BinaryFile } from '../binary-file.ts';
import { deflated, type ZipRecord } from './central-directory.ts';

/**
 * The bytes of an entry as they come, in fixed memory.
 * Attack: a bomb that declares a small size and never ends, so it stops at the first byte too many; bytes other than those that
 * were packed; data behind the end of a deflate stream, which nobody sees and everybody passes on.
 * @param data where the packed bytes begin
 * @throws ArchiveError while it is read, if the bytes are not as many as declared, or their CRC-32 is another (APPNOTE 4.4.7)
 */
export async function* readData(
  file: BinaryFile,
  record: ZipRecord,
  data: number,
): AsyncGenerator<Buffer> {
  const packed = file.readRange(data, record.packedSize, record.name);
  let size = 0;
  let crc = 0;
  for await (const bytes of record.method === deflated ? inflate(packed, file, record) : packed) {
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
  packed: AsyncIterable<Buffer>,
  file: BinaryFile,
  record: ZipRecord,
): AsyncGenerator<Buffer> {
  const source = Readable.from(packed, { objectMode: false });
  const inflater = createInflateRaw({ chunkSize: 64 * 1024 });
  pipeline(source, inflater, () => {}); // a fault of the source becomes one of the inflater
  try {
    for await (const bytes of inflater) yield bytes as Buffer;
    const behind = record.packedSize - inflater.bytesWritten;
    if (behind !== 0)
      file.fail(
        `${inBytes(behind)} behind the end of its data: something else is hidden there`,
        'data up to its end',
        record.name,
      );
  } catch (error) {
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')) {
      file.fail(
        `data that cannot be unpacked (${error.message})`,
        'deflate data',
        record.name,
        error,
      );
    }
    throw error;
  } finally {
    source.destroy();
    inflater.destroy();
  }
}

const hex = (crc: number): string => crc.toString(16).padStart(8, '0');
