import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { explainMissing, findProgram, type Program } from '../programs.ts';
import { CheckFindings, leftOut, type CheckResult } from '../report.ts';
import { encodePath, rawTextOf, type SitePage, type StaticSite } from '../site.ts';
import { findLostWords } from './lost-words.ts';

export const paperNeeds: readonly Program[] = [{ command: 'pdftotext', debian: 'poppler-utils' }];

/**
 * A page that sets the size of its paper is a sheet to print, a leaflet or a form: it shows words
 * on the screen (how to print it) that do not belong onto paper, and no stranger can tell which.
 */
const isSheet = ({ elements }: SitePage): boolean =>
  elements.some((element) => element.tagName === 'style' && rawTextOf(element).includes('@page'));

/**
 * Prints pages to PDF, on A4, and reads what is on the paper: all words of the text, without the
 * ways to other pages.
 */
export async function checkPaper(
  { pages }: StaticSite,
  base: string,
  paths: readonly string[],
  browser: Browser,
  scratch: string,
): Promise<CheckResult> {
  const missing = explainMissing(paperNeeds);
  if (missing !== undefined) return leftOut(missing);
  const findings = new CheckFindings();
  const context = await browser.newContext({ javaScriptEnabled: false });
  const tab = await context.newPage();
  let sheets = 0;
  const asked = pages.filter(({ path }) => paths.includes(path));
  for (const page of asked) {
    await tab.goto(base + encodePath(page.path));
    const file = join(scratch, 'page.pdf');
    await tab.pdf({ path: file, format: 'A4' });
    const text = execFileSync(findProgram('pdftotext') ?? 'pdftotext', [file, '-'], {
      encoding: 'utf8',
      maxBuffer: 1 << 26,
    });
    sheets += text.split('\f').length - 1;
    if (isSheet(page)) {
      if (text.trim() === '') findings.fail(`${page.path} on paper has no word`);
      continue;
    }
    const lost = findLostWords(page, joinLines(text), leftOutOnPaper);
    if (lost !== undefined) findings.fail(`${page.path} on paper ${lost}`);
  }
  await context.close();
  const own = asked.filter(isSheet).length;
  if (own > 0)
    findings.note(
      `${own} of the pages ${own === 1 ? 'is a sheet' : 'are sheets'} to print, and ` +
        `${own === 1 ? 'says' : 'say'} by @page what goes onto paper`,
    );
  findings.figure = `${paths.length} pages on ${sheets} sheets`;
  return findings.result();
}

const leftOutOnPaper: readonly SitePage['elements'][number]['tagName'][] = ['nav'];

/** Words that the end of a line has cut in two. */
const joinLines = (text: string): string => `${text} ${text.replace(/[-\u00AD\u2010]\n/g, '')}`;
