import { nameLargestParts } from '../../../lib/page-parts.ts';
import { budgets, emptyFrame, measureGzip } from '../../../lib/page-size.ts';
import { applyEdits, type BuiltPage } from '../built-page.ts';
import type { Dist } from '../dist.ts';

/** The sizes of a page, in bytes: compressed, plain, and compressed with empty <main>. */
function measurePage(page: BuiltPage) {
  const html = applyEdits(page);
  const frame = emptyFrame(html);
  return {
    path: page.path,
    html,
    frame,
    gzip: measureGzip(html),
    plain: Buffer.byteLength(html),
    frameGzip: measureGzip(frame),
  };
}

/**
 * Checks that pages stay within what a slow network carries at once. Comes when all pages are
 * finished: each is measured once.
 */
export function checkBudgets(dist: Dist): void {
  const cut = 'cut the page in two';
  const large: { path: string; gzip: number }[] = [];
  const report = (file: string, size: number, html: string, expected: string, fix: string) =>
    dist.faults.push({
      file,
      found: `${size} bytes; the largest parts: ${nameLargestParts(html)}`,
      expected,
      fix,
    });
  for (const page of dist.pages) {
    const { path, html, frame, gzip, plain, frameGzip } = measurePage(page);
    if (gzip > budgets.page) report(path, gzip, html, `at most ${budgets.page}, compressed`, cut);
    if (plain > budgets.plain) report(path, plain, html, `at most ${budgets.plain}`, cut);
    if (frameGzip > budgets.frame) {
      const expected = `at most ${budgets.frame} for everything but the words, compressed`;
      report(path, frameGzip, frame, expected, 'shorten the menu, the style or the ornament');
    }
    if (gzip > budgets.ordinary) large.push({ path, gzip });
  }
  if (large.length <= dist.pages.length * (1 - budgets.share)) return;
  large.sort((a, b) => b.gzip - a.gzip);
  const largest = large.slice(0, 5).map(({ path, gzip }) => `${path} ${gzip}`);
  dist.faults.push({
    file: large[0]?.path ?? '',
    found:
      `${large.length} of ${dist.pages.length} pages over ${budgets.ordinary} bytes, compressed: ` +
      largest.join(', '),
    expected: 'at least 95 % of the pages below it',
    fix: 'shorten these pages, or cut them in two',
  });
}
