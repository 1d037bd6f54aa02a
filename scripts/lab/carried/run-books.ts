import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { CheckResult, Row, Table } from '../report.ts';
import { runRow } from '../run-row.ts';
import type { StaticSite } from '../site.ts';
import type { BookProgram } from './book-program.ts';
import { bookReaders } from './book-readers.ts';
import { epubcheck } from './epubcheck.ts';

/** In the order of the table. */
export const allBookPrograms: readonly BookProgram[] = [epubcheck, ...bookReaders];

/** Opens the e-book of each language in each program. */
export async function runBooks(
  programs: readonly BookProgram[],
  { folder, files }: StaticSite,
  scratch: string,
  report: (line: string) => void,
): Promise<Table | undefined> {
  const books = [...files.keys()].filter((path) => path.endsWith('.epub'));
  if (books.length === 0 || programs.length === 0) return undefined;
  const rows: Row[] = [];
  for (const program of programs) {
    const { name, needs } = program;
    rows.push(
      await runRow({ name, needs, columns: books }, report, async () => {
        const own = join(scratch, name);
        mkdirSync(own);
        const cells = new Map<string, CheckResult>();
        for (const path of books) {
          const home = join(own, path.replaceAll('/', '-'));
          mkdirSync(home);
          cells.set(path, await program.check(join(folder, path), home));
        }
        return { name: await program.version(own), cells };
      }),
    );
  }
  return { title: 'Books', kind: 'program', columns: books, rows };
}
