import { crc32 } from 'node:zlib';
import { deflateSync } from 'fflate';
import { deflated, stored } from '../../core/archive/zip/central-directory.ts';
import { zipLimits } from '../../core/archive/zip/read-zip.ts';
import {
  printEnd,
  printListedEntry,
  printLocalHeader,
  type ZipEntryRecord,
} from '../../core/archive/zip/zip-records.ts';
import { findSourceFiles, readSourceFile } from './source-files.ts';
import { writeTarget } from './write-target.ts';

/**
 * Packs files into a zip (PKWARE APPNOTE 6.3, in the plain form that `openZip` takes), whose bytes
 * depend on their names and bytes alone: order of paths, no time, one mode, and a deflate in
 * JavaScript, since Node's own zlib packs differently on other processors. One file at a time is in
 * memory.
 * @param paths relative to `folder`, with `/`, in any order
 * @param target appears when it is whole
 * @throws ArchiveError if the files are not such that `openZip` would take the zip (see
 *   `findSourceFiles`), before anything is written
 */
export async function writeZip(
  folder: string,
  paths: readonly string[],
  target: string,
): Promise<void> {
  const files = await findSourceFiles(folder, paths);
  await writeTarget(target, async (append) => {
    const zip = new ZipPrinter();
    for (const file of files)
      for (const bytes of zip.add(file.path, await readSourceFile(file))) await append(bytes);
    for (const bytes of zip.end()) await append(bytes);
  });
}

/** A file of a zip that is in memory. */
export interface ZipContent {
  path: string;
  content: Buffer;
  /** As it is, where a format wants that: the first file of a book. */
  isStored?: boolean;
}

/** The bytes of a zip in the same form, with its files in the order in which they are given. */
export function printZip(files: readonly ZipContent[]): Buffer {
  const zip = new ZipPrinter();
  const parts = files.flatMap(({ path, content, isStored }) => zip.add(path, content, isStored));
  return Buffer.concat([...parts, ...zip.end()]);
}

class ZipPrinter {
  readonly #list: Uint8Array[] = [];
  #offset = 0;

  /** The parts of a file, and what the list at the end will say of it. */
  add(path: string, content: Buffer, isStored = false): Uint8Array[] {
    const packed = isStored ? content : packTighter(content);
    const entry: ZipEntryRecord = {
      nameBytes: Buffer.from(path),
      method: packed === content ? stored : deflated,
      crc: crc32(content),
      packedSize: packed.length,
      size: content.length,
      offset: this.#offset,
    };
    const header = printLocalHeader(entry);
    this.#list.push(printListedEntry(entry));
    this.#offset += header.length + packed.length;
    return [header, packed];
  }

  end(): Uint8Array[] {
    const directory = Buffer.concat(this.#list);
    return [directory, printEnd(this.#list.length, directory.length, this.#offset)];
  }
}

/**
 * The same bytes where deflate gains nothing, and where it gains so much that a checker would take
 * the file for a bomb.
 */
function packTighter(content: Buffer): Uint8Array {
  // `mem` is given, since fflate would take it from a logarithm, which engines may round as they
  // like.
  const packed = deflateSync(content, { level: 9, mem: 4 });
  const isBomb =
    content.length > zipLimits.bytesThatMayBeTight &&
    content.length > packed.length * zipLimits.ratio;
  return packed.length >= content.length || isBomb ? content : packed;
}
