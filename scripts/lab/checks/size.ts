import { nameLargestParts } from '../../../src/lib/page-parts.ts';
import { budgets } from '../../../src/lib/page-size.ts';
import { Findings, type Verdict } from '../report.ts';
import { decode, type Site } from '../site.ts';
import { makeBudget, type SizeTable } from '../size-table.ts';
import type { PageSize } from '../weigh.ts';

/** What holds for every page, and for a whole site in bytes and files. */
export const bounds = { ...budgets, siteBytes: 20_000_000, siteFiles: 2000 };

export const countBytes = ({ files }: Site): number =>
  [...files.values()].reduce((sum, { length }) => sum + length, 0);

/** The table of a site as it is now. Budgets of pages that are within theirs stay. */
export function makeSizeTable(
  site: Site,
  sizes: readonly PageSize[],
  before?: SizeTable,
): SizeTable {
  const written = new Map(before?.pages.map(({ path, budget }) => [path, budget]));
  const budgetOf = ({ path, gzip }: PageSize) => {
    const known = written.get(path);
    return known !== undefined && gzip <= known && gzip > known - 1024 ? known : makeBudget(gzip);
  };
  return {
    files: site.files.size,
    bytes: countBytes(site),
    pages: sizes.map((size) => ({ ...size, budget: budgetOf(size) })),
  };
}

/**
 * Pages stay within what a slow network carries at once, and each within the budget that the project has written down for it.
 * @param table the project's own; without one only the common bounds count
 */
export function checkSize(site: Site, sizes: readonly PageSize[], table?: SizeTable): Verdict {
  const findings = new Findings();
  const lines = new Map(table?.pages.map((line) => [line.path, line]));
  const fail = ({ path }: PageSize, sentence: string) =>
    findings.fail(`${path} has ${sentence}; its largest parts: ${nameParts(site, path)}`);
  for (const size of sizes) {
    if (size.gzip > bounds.page)
      fail(size, `${size.gzip} bytes compressed, expected at most ${bounds.page}`);
    if (size.plain > bounds.plain)
      fail(size, `${size.plain} bytes, expected at most ${bounds.plain}`);
    if (!table) continue;
    const line = lines.get(size.path);
    if (!line)
      findings.fail(
        `${size.path} is not in the table of sizes; look at it, then write the table anew with --write-sizes`,
      );
    else if (size.gzip > line.budget)
      fail(
        size,
        `grown past its budget: ${size.gzip} bytes compressed, expected at most ${line.budget}`,
      );
    if (line && size.requests > line.requests)
      findings.fail(`${size.path} causes ${size.requests} requests, expected ${line.requests}`);
  }
  const known = new Set(sizes.map(({ path }) => path));
  for (const { path } of table?.pages ?? [])
    if (!known.has(path))
      findings.fail(
        `the table of sizes has ${path}, which the site has no more; write the table anew with --write-sizes`,
      );
  const large = sizes.filter(({ gzip }) => gzip > bounds.ordinary).sort((a, b) => b.gzip - a.gzip);
  if (large[0] && large.length > sizes.length * (1 - bounds.share))
    fail(
      large[0],
      `${large[0].gzip} bytes compressed, and so ${large.length} of ${sizes.length} pages are over ${bounds.ordinary}, expected 95 % below`,
    );
  const bytes = countBytes(site);
  if (bytes > bounds.siteBytes)
    findings.fail(
      `the site has ${bytes} bytes, expected at most ${bounds.siteBytes}: some volunteers rehost it over a telephone`,
    );
  if (site.files.size > bounds.siteFiles)
    findings.fail(`the site has ${site.files.size} files, expected at most ${bounds.siteFiles}`);
  findings.figure = `${site.files.size} files, ${(bytes / 1e6).toFixed(2)} MB, largest page ${Math.max(0, ...sizes.map(({ gzip }) => gzip))} bytes`;
  return findings.verdict();
}

const nameParts = ({ files }: Site, path: string): string =>
  nameLargestParts(decode(files.get(path) ?? Buffer.alloc(0)));
