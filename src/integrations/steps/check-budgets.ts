import { budgets, isProduct, measureGzip } from '../../lib/page-size.ts';
import { applyEdits, type BuiltPage } from '../built-page.ts';
import type { Dist } from '../dist.ts';

export interface PageSize {
  path: string;
  gzip: number;
  plain: number;
  frame: number;
}

/** The sizes of a page, in bytes: compressed, plain, and compressed with empty <main>, without the search page's script. */
export function measurePage(page: BuiltPage): PageSize {
  const html = applyEdits(page);
  const frame = html.replace(/(<main[^>]*>)[\s\S]*(<\/main>)/, '$1$2').replace(/<script[\s\S]*?<\/script>/g, '');
  return { path: page.path, gzip: measureGzip(html), plain: Buffer.byteLength(html), frame: measureGzip(frame) };
}

/** Checks that pages stay within what a slow network carries at once. */
export function checkBudgets(dist: Dist): void {
  const sizes = dist.pages.map(measurePage);
  const complain = ({ path }: PageSize, found: string, expected: string, mend: string) => dist.faults.push({ file: path, found, expected, mend });
  for (const size of sizes) {
    if (size.gzip > budgets.page) complain(size, `${size.gzip} bytes, compressed`, `at most ${budgets.page}`, 'cut the page in two');
    if (size.plain > budgets.plain) complain(size, `${size.plain} bytes`, `at most ${budgets.plain}`, 'cut the page in two');
    const mostFrame = isProduct(size.path) ? budgets.productFrame : budgets.frame;
    if (size.frame > mostFrame) complain(size, `a frame of ${size.frame} bytes, compressed`, `at most ${mostFrame} for everything but the words`, 'shorten the menu, the style or the ornament');
  }
  const large = sizes.filter(({ gzip }) => gzip > budgets.ordinary).sort((a, b) => b.gzip - a.gzip);
  const [largest] = large;
  if (largest && large.length > sizes.length * (1 - budgets.share)) {
    complain(largest, `${large.length} of ${sizes.length} pages over ${budgets.ordinary} bytes, compressed: ${large.slice(0, 5).map(({ path, gzip }) => `${path} ${gzip}`).join(', ')}`, 'at least 95 % of the pages below it', 'shorten these pages, or cut them in two');
  }
}
