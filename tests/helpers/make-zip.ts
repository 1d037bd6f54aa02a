import { crc32, deflateRawSync } from 'node:zlib';

/** The fields of a header that both the local and the central one have. */
interface Header {
  flags: number;
  method: number;
  crc: number;
  packedSize: number;
  size: number;
  name: Buffer;
  extra: Buffer;
}

/** An entry of a zip, sound by default; whatever is named is written as it is, however wrong. */
export interface ZipEntry extends Partial<Omit<Header, 'name'>> {
  name: string | Buffer;
  content?: string | Buffer;
  /** The packed bytes, in place of what `method` makes of the content. */
  data?: Buffer;
  attributes?: number;
  comment?: Buffer;
  disk?: number;
  /** Bytes behind the data. */
  descriptor?: Buffer;
  /** Bytes before the local header. */
  gap?: Buffer;
  /** Where the central directory says that the entry is. */
  offset?: number;
  /** Says another thing in the header before the data than in the list. */
  local?: Partial<Header>;
  /** Only in the list. */
  isOnlyListed?: boolean;
}

/** The end record; whatever is named is written as it is. */
export interface ZipEnd {
  disk?: number;
  directoryDisk?: number;
  countHere?: number;
  count?: number;
  bytes?: number;
  offset?: number;
  comment?: Buffer;
  commentBytes?: number;
  /** Bytes before it, and behind the list of files. */
  gap?: Buffer;
  /** Bytes behind it. */
  after?: Buffer;
}

/** Writes a zip byte by byte (APPNOTE 4.3), as wrong as it is asked to. */
export function makeZip(entries: readonly ZipEntry[], end: ZipEnd = {}): Buffer {
  const parts: Buffer[] = [];
  const list: Buffer[] = [];
  let at = 0;
  for (const entry of entries) {
    const { header, data } = fill(entry);
    const gap = entry.gap ?? Buffer.alloc(0);
    if (entry.isOnlyListed !== true)
      parts.push(
        gap,
        writeLocal({ ...header, ...entry.local }),
        data,
        entry.descriptor ?? Buffer.alloc(0),
      );
    list.push(writeCentral(header, entry, entry.offset ?? at + gap.length));
    at = Buffer.concat(parts).length;
  }
  const directory = Buffer.concat(list);
  const comment = end.comment ?? Buffer.alloc(0);
  const fields = [
    [2, end.disk ?? 0],
    [2, end.directoryDisk ?? 0],
    [2, end.countHere ?? entries.length],
    [2, end.count ?? entries.length],
    [4, end.bytes ?? directory.length],
    [4, end.offset ?? at],
    [2, end.commentBytes ?? comment.length],
  ] as const;
  return Buffer.concat([
    ...parts,
    directory,
    end.gap ?? Buffer.alloc(0),
    Buffer.from('PK\x05\x06'),
    numbers(fields),
    comment,
    end.after ?? Buffer.alloc(0),
  ]);
}

/** A data descriptor (APPNOTE 4.3.9) with or without its signature. */
export function makeDescriptor(content: string, packedSize: number, hasSignature = true): Buffer {
  const fields = numbers([
    [4, crc32(content)],
    [4, packedSize],
    [4, Buffer.byteLength(content)],
  ]);
  return hasSignature ? Buffer.concat([Buffer.from('PK\x07\x08'), fields]) : fields;
}

/** An extra field (APPNOTE 4.5.1). */
export const makeExtra = (id: number, content: string | Buffer): Buffer =>
  Buffer.concat([
    numbers([
      [2, id],
      [2, content.length],
    ]),
    Buffer.from(content),
  ]);

/**
 * Deflate data of so many megabytes of zeros, without ever having them: the same block again and
 * again.
 */
export function makeBomb(megabytes: number): Buffer {
  // 3: Z_FULL_FLUSH, which ends at a whole byte
  const block = deflateRawSync(Buffer.alloc(2 ** 20), { finishFlush: 3, level: 9 });
  return Buffer.concat([...Array<Buffer>(megabytes).fill(block), deflateRawSync(Buffer.alloc(0))]);
}

function fill(entry: ZipEntry): { header: Header; data: Buffer } {
  const name = Buffer.from(entry.name);
  const content = Buffer.from(entry.content ?? '');
  const method = entry.method ?? 8;
  const data =
    entry.data ?? (method === 8 && content.length > 0 ? deflateRawSync(content) : content);
  const isFolder = name.at(-1) === 0x2f;
  const sound = {
    flags: name.some((byte) => byte > 0x7f) ? 0x800 : 0,
    method: isFolder || content.length + data.length === 0 ? 0 : method,
    crc: crc32(content),
    packedSize: data.length,
    size: content.length,
    extra: Buffer.alloc(0),
  };
  const { flags, method: asked, crc, packedSize, size, extra } = { ...sound, ...entry };
  return {
    header: {
      flags,
      method: entry.method === undefined ? sound.method : asked,
      crc,
      packedSize,
      size,
      extra,
      name,
    },
    data,
  };
}

const common = ({ flags, method, crc, packedSize, size, name, extra }: Header) =>
  [
    [2, 20],
    [2, flags],
    [2, method],
    [2, 0],
    [2, 0x21],
    [4, crc],
    [4, packedSize],
    [4, size],
    [2, name.length],
    [2, extra.length],
  ] as const;

const writeLocal = (header: Header): Buffer =>
  Buffer.concat([Buffer.from('PK\x03\x04'), numbers(common(header)), header.name, header.extra]);

function writeCentral(
  header: Header,
  { comment = Buffer.alloc(0), attributes = 0, disk = 0 }: ZipEntry,
  offset: number,
): Buffer {
  const fields = [
    [2, 0x0314],
    ...common(header),
    [2, comment.length],
    [2, disk],
    [2, 0],
    [4, attributes],
    [4, offset],
  ] as const;
  return Buffer.concat([
    Buffer.from('PK\x01\x02'),
    numbers(fields),
    header.name,
    header.extra,
    comment,
  ]);
}

function numbers(fields: readonly (readonly [bytes: number, value: number])[]): Buffer {
  return Buffer.concat(
    fields.map(([bytes, value]) => {
      const buffer = Buffer.alloc(bytes);
      buffer.writeUIntLE(value, 0, bytes);
      return buffer;
    }),
  );
}
