import { crc32 } from 'node:zlib';
import { deflateSync } from 'fflate';
import { deflated, stored } from '../../core/archive/zip/central-directory.ts';
import { zipLimits } from '../../core/archive/zip/read-zip.ts';
import { findSourceFiles, readSourceFile } from './source-files.ts';
import { writeTarget } from './write-target.ts';
import {
  printEnd,
  printListedEntry,
  printLocalHeader,
  type ZipEntryRecord,
} from './zip-records.ts';

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
    const list: Buffer[] = [];
    let offset = 0;
    for (const file of files) {
      const content = await readSourceFile(file);
      const packed = packTighter(content);
      const method = packed === content ? stored : deflated;
      const entry: ZipEntryRecord = {
        nameBytes: Buffer.from(file.path),
        method,
        crc: crc32(content),
        packedSize: packed.length,
        size: content.length,
        offset,
      };
      const header = printLocalHeader(entry);
      await append(header);
      await append(packed);
      list.push(printListedEntry(entry));
      offset += header.length + packed.length;
    }
    const directory = Buffer.concat(list);
    await append(directory);
    await append(printEnd(files.length, directory.length, offset));
  });
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
