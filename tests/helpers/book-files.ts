import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { strToU8, unzipSync, zipSync } from 'fflate';
import { bytesInMemory } from '../../src/kit/core/archive/archive.ts';
import { readZip } from '../../src/kit/core/archive/zip/read-zip.ts';
import { nodePlatform } from '../../src/kit/node/platform.ts';
import { makeFolder } from './build.ts';

/** The files of an e-book as text, by path. */
export async function readBookFiles(book: string): Promise<Map<string, string>> {
  const zip = await readZip(bytesInMemory(book, readFileSync(book)), nodePlatform);
  const files = new Map<string, string>();
  for (const entry of zip.entries) {
    const parts = await Array.fromAsync(entry.open(), (part) => Buffer.from(part));
    files.set(entry.path, Buffer.concat(parts).toString('utf8'));
  }
  return files;
}

/** A copy of an e-book with one file changed. */
export function changeBook(book: string, file: string, change: (text: string) => string): string {
  const files = unzipSync(readFileSync(book));
  const before = Buffer.from(files[file] ?? []).toString('utf8');
  const after = change(before);
  if (after === before) throw new Error(`the change of ${file} changes nothing`);
  const target = join(makeFolder('book-'), 'book.epub');
  const packed = Object.entries({ ...files, [file]: strToU8(after) });
  // each with a date that zip can hold, and the type stored
  writeFileSync(
    target,
    zipSync(
      Object.fromEntries(
        packed.map(([name, bytes]) => [
          name,
          [bytes, { level: name === 'mimetype' ? 0 : 6, mtime: new Date(1980, 0, 1) }],
        ]),
      ),
    ),
  );
  return target;
}
