import { UserError } from '../../src/kit/core/text/user-error.ts';
import { nameLargestParts } from '../../src/lib/page-parts.ts';
import { measureGzip } from '../../src/lib/page-size.ts';

export interface MeasuredPage {
  path: string;
  /** Bytes after gzip, level 6, as most hosts compress. */
  gzip: number;
  plain: number;
}

/** A page's line in the table that is kept with the project. */
export interface BudgetedPage extends MeasuredPage {
  /** Most bytes after gzip that it may have before somebody has to look. */
  budget: number;
}

/** A table of sizes with a line that is none; in words for whoever edited it. */
export class PageSizesError extends UserError {
  override readonly name = 'PageSizesError';
}

/**
 * Steps in which budgets grow, in bytes: a corrected sentence fits into one, a new section does
 * not.
 */
const step = 256;

/** A page that has shrunk by more has a budget that holds nobody back. */
const slack = 1024;

/** The budget of a page that was just looked at: its size, with room for corrections. */
export const makeBudget = (gzip: number): number => Math.ceil((gzip + step / 2) / step) * step;

/** @param pages bytes of each page by its path */
export const measurePages = (pages: ReadonlyMap<string, Buffer>): MeasuredPage[] =>
  [...pages].map(([path, bytes]) => ({ path, gzip: measureGzip(bytes), plain: bytes.length }));

/** The table as it has to be for pages as they are now. Budgets that still fit stay. */
export function budgetPages(
  pages: readonly MeasuredPage[],
  before: readonly BudgetedPage[] = [],
): BudgetedPage[] {
  const budgets = new Map(before.map(({ path, budget }) => [path, budget]));
  return pages.map((page) => {
    const known = budgets.get(page.path);
    const fits = known !== undefined && page.gzip <= known && page.gzip > known - slack;
    return { ...page, budget: fits ? known : makeBudget(page.gzip) };
  });
}

/**
 * Pages that have grown past what the table allows. A page that the table does not know, of a new
 * text or language, is held by the budgets of all pages alone, until the table is written anew; a
 * line whose page has gone is passed over.
 * @param pages bytes of each page by its path
 * @returns a sentence for each, with its largest parts
 */
export function findGrownPages(
  pages: ReadonlyMap<string, Buffer>,
  table: readonly BudgetedPage[],
): string[] {
  return table.flatMap(({ path, budget }) => {
    const bytes = pages.get(path);
    const gzip = bytes === undefined ? 0 : measureGzip(bytes);
    return bytes === undefined || gzip <= budget
      ? []
      : [
          `${path} has grown past its budget: ${gzip} bytes compressed, expected at most ${budget}. ` +
            `Its largest parts: ${nameLargestParts(new TextDecoder().decode(bytes))}. ` +
            'Shorten it, or let it be so: npm run sizes',
        ];
  });
}

const columns = ['page', 'compressed', 'plain', 'budget'];

/** The table in Markdown, by path. */
export function printPageSizes(pages: readonly BudgetedPage[]): string {
  const lines = [...pages]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(({ path, gzip, plain, budget }) => `| ${path} | ${gzip} | ${plain} | ${budget} |`);
  return `# Sizes

Bytes of each page as it was when the table was last written: compressed (gzip, level 6) and plain; and the compressed size beyond
which the tests want somebody to look. Pages that are not in it are held by the budgets of all pages alone. To write it anew:
\`npm run sizes\`.

| ${columns.join(' | ')} |
| --- |${' ---: |'.repeat(columns.length - 1)}
${lines.join('\n')}
`;
}

/**
 * Reads such a table.
 * @param name the file's name, for the message
 * @throws PageSizesError where a line is none
 */
export function readPageSizes(text: string, name: string): BudgetedPage[] {
  const rows = text
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2);
  return rows.map((row) => {
    const [, path = '', ...numbers] = /^\| (\S+) \| (\d+) \| (\d+) \| (\d+) \|$/.exec(row) ?? [];
    if (path === '')
      throw new PageSizesError(
        `${name}: found the line "${row}", expected "| ${columns.join(' | ')} |" with numbers. ` +
          `Write the table anew: npm run sizes`,
      );
    const [gzip = 0, plain = 0, budget = 0] = numbers.map(Number);
    return { path, gzip, plain, budget };
  });
}
