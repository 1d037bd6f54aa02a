import { UserError } from '../../src/kit/core/text/user-error.ts';
import { nameLargestParts } from '../../src/lib/page-parts.ts';
import { emptyFrame, measureGzip } from '../../src/lib/page-size.ts';

export interface MeasuredPage {
  path: string;
  /** Bytes after gzip, level 6, as most hosts compress. */
  gzip: number;
  plain: number;
  /**
   * What its own words take of the compressed bytes: all but the frame, which grows with each
   * language.
   */
  text: number;
}

/** A page's line in the table that is kept with the project. */
export interface BudgetedPage extends MeasuredPage {
  /** Most bytes that its words may take before somebody has to look. */
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
export const makeBudget = (text: number): number => Math.ceil((text + step / 2) / step) * step;

/**
 * Pages that nobody writes, of a list as long as the site has files or words: each is as full as it
 * may be.
 */
const isList = (path: string): boolean => /^(?:files|[\w-]+\/terms)(?:\/.*)?\.html$/.test(path);

/**
 * @param pages bytes of each page by its path
 * @returns sizes of all that somebody writes
 */
export const measurePages = (pages: ReadonlyMap<string, Buffer>): MeasuredPage[] =>
  [...pages].flatMap(([path, bytes]) => {
    if (isList(path)) return [];
    const html = bytes.toString('utf8');
    const gzip = measureGzip(html);
    return { path, gzip, plain: bytes.length, text: gzip - measureGzip(emptyFrame(html)) };
  });

/** The table as it has to be for pages as they are now. Budgets that still fit stay. */
export function budgetPages(
  pages: readonly MeasuredPage[],
  before: readonly BudgetedPage[] = [],
): BudgetedPage[] {
  const budgets = new Map(before.map(({ path, budget }) => [path, budget]));
  return pages.map((page) => {
    const known = budgets.get(page.path);
    const fits = known !== undefined && page.text <= known && page.text > known - slack;
    return { ...page, budget: fits ? known : makeBudget(page.text) };
  });
}

/**
 * Pages whose words have grown past what the table allows. A page that the table does not know, of
 * a new text or language, is held by the budgets of all pages alone, until the table is written
 * anew; a line whose page has gone is passed over.
 * @param pages bytes of each page by its path
 * @returns a sentence for each, with its largest parts
 */
export function findGrownPages(
  pages: ReadonlyMap<string, Buffer>,
  table: readonly BudgetedPage[],
): string[] {
  const budgets = new Map(table.map(({ path, budget }) => [path, budget]));
  return measurePages(pages).flatMap(({ path, text }) => {
    const budget = budgets.get(path) ?? Number.POSITIVE_INFINITY;
    return text <= budget
      ? []
      : [
          `${path} has grown past its budget: its words take ${text} bytes, compressed, expected at ` +
            `most ${budget}. Its largest parts: ${nameLargestParts(String(pages.get(path)))}. ` +
            'Shorten it, or let it be so: npm run sizes',
        ];
  });
}

const columns = ['page', 'compressed', 'plain', 'words', 'budget'];

/** The table in Markdown, by path. */
export function printPageSizes(pages: readonly BudgetedPage[]): string {
  const lines = [...pages]
    .sort((a, b) => (a.path < b.path ? -1 : 1))
    .map(
      ({ path, gzip, plain, text, budget }) =>
        `| ${path} | ${gzip} | ${plain} | ${text} | ${budget} |`,
    );
  return `# Sizes

Bytes of each page as it was when the table was last written: compressed (gzip, level 6), plain, and
what its words take of the compressed ones, that is all but the frame; and beyond which size of its
words the tests want somebody to look. Pages that are not in it are held by the budgets of all pages
alone. To write it anew: \`npm run build\`, then \`npm run sizes\`.

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
  const [pages = ''] = text.split('\n## '); // what follows are files, without a budget of their own
  const rows = pages
    .split('\n')
    .filter((line) => line.startsWith('| '))
    .slice(2);
  return rows.map((row) => {
    const [, path = '', ...numbers] =
      /^\| (\S+) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$/.exec(row) ?? [];
    if (path === '')
      throw new PageSizesError(
        `${name}: found the line "${row}", expected "| ${columns.join(' | ')} |" with numbers. ` +
          `Write the table anew: npm run sizes`,
      );
    const [gzip = 0, plain = 0, text = 0, budget = 0] = numbers.map(Number);
    return { path, gzip, plain, text, budget };
  });
}
