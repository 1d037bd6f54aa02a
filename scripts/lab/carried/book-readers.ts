import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runReader } from '../readers/run-reader.ts';
import { CheckFindings, type CheckResult } from '../report.ts';
import type { BookProgram } from './book-program.ts';
import { readBook } from './read-book.ts';

/** A program by which people read e-books, with what it makes of one as plain text. */
interface BookReader {
  name: string;
  command: string;
  debian: string;
  /** How it says its version. */
  ask: readonly string[];
  /** What makes it write the text of a book into a file. */
  write: (book: string, target: string) => readonly string[];
}

const readers: readonly BookReader[] = [
  {
    name: 'calibre',
    command: 'ebook-convert',
    debian: 'calibre',
    ask: ['--version'],
    write: (book, target) => [book, target],
  },
  {
    name: 'MuPDF',
    command: 'mutool',
    debian: 'mupdf-tools',
    ask: ['-v'],
    write: (book, target) => ['draw', '-q', '-F', 'txt', '-o', target, book],
  },
];

/** Words alone: programs break lines and set bullets each in their own way. */
const toLetters = (text: string): string => text.normalize('NFC').replace(/[^\p{L}\p{N}]+/gu, '');

/**
 * Opens a book in a reading program, and looks for all of its headings in the text that the program
 * makes of it, in their order.
 */
const checkReading =
  ({ name, command, write }: BookReader): BookProgram['check'] =>
  async (book, scratch): Promise<CheckResult> => {
    const findings = new CheckFindings();
    const target = join(scratch, 'book.txt');
    await runReader(command, write(book, target), scratch);
    const shown = toLetters(readFileSync(target, 'utf8'));
    const { headings } = await readBook(book, readFileSync(book));
    if (headings.length === 0) findings.fail('the book has no heading.');
    let at = 0;
    for (const heading of headings) {
      const found = shown.indexOf(toLetters(heading), at);
      if (found >= 0) at = found + toLetters(heading).length;
      else findings.fail(`${name} does not show the heading "${heading}" where it belongs.`);
    }
    findings.figure = `${headings.length} headings`;
    return findings.result();
  };

export const bookReaders: readonly BookProgram[] = readers.map((reader) => ({
  name: reader.name,
  needs: [{ command: reader.command, debian: reader.debian }],
  version: () => Promise.resolve(`${reader.name} ${readVersion(reader)}`.trim()),
  check: checkReading(reader),
}));

/** Some say it on the one stream, some on the other. */
function readVersion({ command, ask }: BookReader): string {
  const { stdout, stderr } = spawnSync(command, ask, { encoding: 'utf8' });
  return /\d+\.\d[\d.]*/.exec(`${stdout}${stderr}`)?.[0] ?? '';
}
