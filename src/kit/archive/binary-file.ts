import { constants } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { ArchiveError, CutOffError, inBytes } from './archive.ts';

/** Bytes that are read at once where all of a range is wanted. */
const piece = 64 * 1024;

/** A file on the disk that is read at any place and never whole. */
export class BinaryFile {
  /** As it was given, for sentences. */
  readonly path: string;
  /** Bytes, when it was opened. */
  readonly size: number;
  readonly #handle: FileHandle;

  private constructor(path: string, size: number, handle: FileHandle) {
    this.path = path;
    this.size = size;
    this.#handle = handle;
  }

  /**
   * @throws ArchiveError if it is no regular file; the error of the system if it cannot be opened
   */
  static async open(path: string): Promise<BinaryFile> {
    // Attack: a named pipe in place of the archive keeps the checker waiting for ever, a device has no end. So nothing is waited for.
    const handle = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)); // Windows does not have the latter
    try {
      const facts = await handle.stat();
      if (!facts.isFile())
        throw new ArchiveError(path, 'this is a folder, a pipe or a device', 'a file');
      return new BinaryFile(path, facts.size, handle);
    } catch (error) {
      await handle.close();
      throw error;
    }
  }

  /**
   * Exactly the bytes of a range.
   * @throws ArchiveError if the file ends before
   */
  async read(offset: number, length: number, entry?: string): Promise<Buffer> {
    // Attack: a length of some gigabytes in a small file takes all memory. So the range is checked before room is made for it.
    if (offset + length > this.size)
      throw new CutOffError(
        this.path,
        `the file ends at byte ${this.size}`,
        `it to go on to byte ${offset + length}`,
        entry,
      );
    const bytes = Buffer.allocUnsafe(length);
    for (let filled = 0; filled < length;) {
      const { bytesRead } = await this.#handle.read(
        bytes,
        filled,
        length - filled,
        offset + filled,
      );
      if (bytesRead === 0)
        this.fail(
          'the file became shorter while it was read',
          `it to keep its ${inBytes(this.size)}`,
          entry,
        );
      filled += bytesRead;
    }
    return bytes;
  }

  /** A range in pieces of 64 KiB; throws like `read`. */
  async *readRange(offset: number, length: number, entry?: string): AsyncGenerator<Buffer> {
    for (let done = 0; done < length; done += piece)
      yield await this.read(offset + done, Math.min(piece, length - done), entry);
  }

  fail(found: string, expected: string, entry?: string, cause?: unknown): never {
    throw new ArchiveError(this.path, found, expected, entry, cause);
  }

  async close(): Promise<void> {
    await this.#handle.close();
  }
}

/** Reads many small ranges that follow each other without asking the disk for each. */
export class ReadAhead {
  readonly #file: BinaryFile;
  readonly #bytes: number;
  #start = 0;
  #window: Buffer = Buffer.alloc(0);

  /** @param bytes how much is read at once */
  constructor(file: BinaryFile, bytes: number) {
    this.#file = file;
    this.#bytes = bytes;
  }

  /** Exactly the bytes of a range; throws like `BinaryFile.read`. */
  async read(offset: number, length: number, entry?: string): Promise<Buffer> {
    if (offset < this.#start || offset + length > this.#start + this.#window.length) {
      const ahead = Math.max(length, Math.min(this.#bytes, this.#file.size - offset));
      this.#window = await this.#file.read(offset, ahead, entry);
      this.#start = offset;
    }
    return this.#window.subarray(offset - this.#start, offset - this.#start + length);
  }
}
