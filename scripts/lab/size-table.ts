import { encodePath } from './site.ts';
import type { PageSize } from './weigh.ts';
import { UserError } from '../../src/kit/text/user-error.ts';

/** A page's line in the table that is kept with the project. */
export interface SizeLine extends PageSize {
  /** Most bytes after gzip that it may have before somebody has to look. */
  budget: number;
}

export interface SizeTable {
  files: number;
  bytes: number;
  pages: SizeLine[];
}

/** Steps in which budgets grow, in bytes: a corrected sentence fits into one, a new section does not. */
const step = 256;

/** The budget of a page that was just looked at: its size, with room for corrections. */
export const makeBudget = (gzip: number): number => Math.ceil((gzip + step / 2) / step) * step;

const columns = ['page', 'compressed', 'plain', 'requests', 'budget'];

/** The table in Markdown, by path. */
export function printSizeTable({ files, bytes, pages }: SizeTable): string {
  const lines = [...pages]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(
      ({ path, gzip, plain, requests, budget }) =>
        `| ${encodePath(path)} | ${gzip} | ${plain} | ${requests} | ${budget} |`,
    );
  return `# Sizes

Bytes of each page as it was when the table was last written: compressed (gzip, level 6) and plain; the requests that opening it
causes, itself included; and the compressed size beyond which the tests want somebody to look. To write it anew:
\`npm run conformance -- dist --write-sizes\`.

Whole site: ${files} files, ${bytes} bytes.

| ${columns.join(' | ')} |
| --- |${' ---: |'.repeat(columns.length - 1)}
${lines.join('\n')}
`;
}

/**
 * Reads such a table.
 * @param name the file's name, for the message
 * @throws SizeTableError where a line is none
 */
export function readSizeTable(text: string, name: string): SizeTable {
  const total = /^Whole site: (\d+) files, (\d+) bytes\.$/m.exec(text);
  if (!total)
    throw new SizeTableError(
      `${name}: found no line "Whole site: … files, … bytes."; write the table anew with --write-sizes`,
    );
  const rows = text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2);
  const pages = rows.map((row) => {
    const match = /^\| (\S+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$/.exec(row);
    if (!match)
      throw new SizeTableError(
        `${name}: found the line "${row}", expected "| page | compressed | plain | requests | budget |" with numbers; write the table anew with --write-sizes`,
      );
    const [, path = '', ...numbers] = match;
    const [gzip = 0, plain = 0, requests = 0, budget = 0] = numbers.map(Number);
    return { path: decodeURIComponent(path), gzip, plain, requests, budget };
  });
  return { files: Number(total[1]), bytes: Number(total[2]), pages };
}

export class SizeTableError extends UserError {
  override name = 'SizeTableError';
}
