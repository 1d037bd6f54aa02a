import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { allBookPrograms } from '../../scripts/lab/carried/run-books.ts';
import { explainMissing } from '../../scripts/lab/programs.ts';
import { changeBook } from '../helpers/book-files.ts';
import { makeFolder } from '../helpers/build.ts';

const book = join(inject('gardenSite'), 'en/book.epub');
const chapter = 'OEBPS/update_2024_first-rain.xhtml';

/** A fault for each program, and what it says of it. */
const planted: Record<string, [change: (text: string) => string, expected: RegExp]> = {
  EPUBCheck: [
    (text) => text.replace('</h1>', '</h1><p><a href="gone.xhtml">Mint</a></p>'),
    /^ERROR RSC-007: .*gone\.xhtml.*first-rain\.xhtml, line/,
  ],
  calibre: [
    (text) => text.replace('<h1>', '<h1 style="display:none">'),
    /does not show the heading "First rain"/,
  ],
  MuPDF: [
    (text) => text.replace('<h1>', '<h1 style="display:none">'),
    /does not show the heading "First rain"/,
  ],
};

describe.each(allBookPrograms)('$name', (program) => {
  const left = explainMissing(program.needs) !== undefined;
  const check = async (path: string) => (await program.check(path, makeFolder('reader-'))).failures;

  test.skipIf(left)('finds nothing wrong with a book', async () => {
    expect(await check(book)).toEqual([]);
  });

  test.skipIf(left)('is seen to find a planted fault', async () => {
    const [change, expected] = planted[program.name]!;
    expect(await check(changeBook(book, chapter, change))).toEqual([
      expect.stringMatching(expected),
    ]);
  });
});
