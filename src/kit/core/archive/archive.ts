import { quoteName, showName } from '../text/plain-characters.ts';
import { UserError } from '../text/user-error.ts';

/** A file inside an archive. */
export interface ArchiveEntry {
  /** With `/`, relative, and safe in the sense of `safe-path.ts`. */
  readonly path: string;
  /** Bytes after unpacking: `open` gives exactly as many, or throws. */
  readonly size: number;
  /**
   * The bytes in order, in pieces of at most about 64 KiB; nothing is kept. Can be called again.
   * @throws ArchiveError while it is read, if the bytes are not what the archive declares
   */
  open: () => AsyncIterable<Uint8Array>;
}

/**
 * An archive whose shape has been checked whole; the bytes of a zip's files are checked while they
 * are read.
 */
export interface Archive {
  /** All files, in the order of the archive. */
  readonly entries: readonly ArchiveEntry[];
  /**
   * Folders that the archive names though no file is in them: no list of files covers their names.
   */
  readonly emptyFolders: readonly string[];
  close: () => Promise<void>;
}

/**
 * What an archive may hold at most; who made it may want to fill the disk or the hours of the one
 * who checks it.
 */
export interface ArchiveLimits {
  /** Files and folders. */
  entries: number;
  /** Bytes of one file, unpacked. */
  bytesOfAFile: number;
  /** Bytes of all files, unpacked. */
  bytes: number;
}

/** Ten times what a large site of this kind has. */
export const archiveLimits: ArchiveLimits = {
  entries: 50_000,
  bytesOfAFile: 256 * 2 ** 20,
  bytes: 2 * 2 ** 30,
};

/**
 * Where in which file what was found, and what was expected; the message says it as a sentence that
 * is safe to print.
 */
export class ArchiveError extends UserError {
  override name = 'ArchiveError';
  readonly file: string;
  readonly entry: string | undefined;
  readonly found: string;
  readonly expected: string;

  /** @param entry as the archive spells it: it is quoted here */
  constructor(file: string, found: string, expected: string, entry?: string, cause?: unknown) {
    super(
      `${showName(file)}${entry === undefined ? '' : `, ${quoteName(entry)}`}: ${found}; expected ${expected}.`,
      { cause },
    );
    this.file = file;
    this.entry = entry;
    this.found = found;
    this.expected = expected;
  }
}

/** An archive whose end is missing: more often a broken download than an attack. */
export class CutOffError extends ArchiveError {}

/** Ends the reading of an archive, from a place that knows neither the file nor the entry. */
export type Fail = (found: string, expected: string) => never;

/** A number with its unit, as sentences need it. */
export const inBytes = (count: number): string => `${count} ${count === 1 ? 'byte' : 'bytes'}`;

/**
 * The bytes of an archive, read at any place and never whole: a file on a disk, or a Blob in a
 * browser.
 */
export interface ByteSource {
  /** As its user called it, for sentences. */
  readonly path: string;
  /** Bytes, when it was opened. */
  readonly size: number;
  /** Exactly the bytes of a range inside of `size`. @throws ArchiveError if they cannot be had */
  readonly read: (offset: number, length: number) => Promise<Uint8Array>;
  readonly close: () => Promise<void>;
}

/** Bytes in memory as a source. @param path as it is called in sentences */
export const bytesInMemory = (path: string, bytes: Uint8Array): ByteSource => ({
  path,
  size: bytes.length,
  read: async (offset, length) => bytes.subarray(offset, offset + length),
  close: async () => {},
});

/** Bytes that are read at once where all of a range is wanted. */
const pieceBytes = 64 * 1024;

/** Reads ranges of a source that may lie about itself. */
export class ArchiveReader {
  readonly path: string;
  readonly size: number;
  readonly #source: ByteSource;

  constructor(source: ByteSource) {
    this.path = source.path;
    this.size = source.size;
    this.#source = source;
  }

  /**
   * Exactly the bytes of a range.
   * @throws ArchiveError if the source ends before
   */
  async read(offset: number, length: number, entry?: string): Promise<Uint8Array> {
    // Attack: a length of some gigabytes in a small file takes all memory. So the range is checked
    // before room is made for it.
    if (offset + length > this.size)
      throw new CutOffError(
        this.path,
        `the file ends at byte ${this.size}`,
        `it to go on to byte ${offset + length}`,
        entry,
      );
    const bytes = await this.#source.read(offset, length);
    if (bytes.length !== length)
      this.fail(
        'the file became shorter while it was read',
        `it to keep its ${inBytes(this.size)}`,
        entry,
      );
    return bytes;
  }

  /** A range in pieces of 64 KiB; throws like `read`. */
  async *readRange(offset: number, length: number, entry?: string): AsyncGenerator<Uint8Array> {
    for (let done = 0; done < length; done += pieceBytes)
      yield await this.read(offset + done, Math.min(pieceBytes, length - done), entry);
  }

  fail(found: string, expected: string, entry?: string, cause?: unknown): never {
    throw new ArchiveError(this.path, found, expected, entry, cause);
  }
}

/** Reads many small ranges that follow each other without asking the source for each. */
export class ReadAhead {
  readonly #reader: ArchiveReader;
  readonly #bytes: number;
  #start = 0;
  #window: Uint8Array = new Uint8Array();

  /** @param bytes how much is read at once */
  constructor(reader: ArchiveReader, bytes: number) {
    this.#reader = reader;
    this.#bytes = bytes;
  }

  /** Exactly the bytes of a range; throws like `ArchiveReader.read`. */
  async read(offset: number, length: number, entry?: string): Promise<Uint8Array> {
    if (offset < this.#start || offset + length > this.#start + this.#window.length) {
      const ahead = Math.max(length, Math.min(this.#bytes, this.#reader.size - offset));
      this.#window = await this.#reader.read(offset, ahead, entry);
      this.#start = offset;
    }
    return this.#window.subarray(offset - this.#start, offset - this.#start + length);
  }
}

const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** The number of two bytes, little end first. Throws RangeError beyond the bytes. */
export const readU16 = (bytes: Uint8Array, at: number): number => viewOf(bytes).getUint16(at, true);

/** The number of four bytes, little end first. Throws RangeError beyond the bytes. */
export const readU32 = (bytes: Uint8Array, at: number): number => viewOf(bytes).getUint32(at, true);
