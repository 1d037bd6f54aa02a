import { quoteName, showName } from '../text/quote-name.ts';
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

/** An archive whose shape has been checked whole; the bytes of a zip's files are checked while they are read. */
export interface Archive {
  /** All files, in the order of the archive. */
  readonly entries: readonly ArchiveEntry[];
  /** Folders that the archive names though no file is in them: no list of files covers their names. */
  readonly emptyFolders: readonly string[];
  close: () => Promise<void>;
}

/** What an archive may hold at most; who made it may want to fill the disk or the hours of the one who checks it. */
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

/** Where in which file what was found, and what was expected; the message says it as a sentence that is safe to print. */
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
