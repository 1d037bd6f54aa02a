import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { explainMissing, findProgram, type Program } from '../programs.ts';
import { CheckFindings, leftOut, type CheckResult } from '../report.ts';
import { encodePath, mainOf, rawTextOf, textOf, type SitePage, type StaticSite } from '../site.ts';
import { findLostWords } from './lost-words.ts';

export const paperNeeds: readonly Program[] = [{ command: 'pdftotext', debian: 'poppler-utils' }];

/**
 * A page that sets the size of its paper is a sheet to print, a leaflet or a form: it shows words
 * on the screen (how to print it) that do not belong onto paper, and no stranger can tell which.
 */
const isSheet = ({ elements }: SitePage): boolean =>
  elements.some(
    (element) =>
      element.tagName === 'style' && /@page\b[^{]*\{[^}]*\bsize:/.test(rawTextOf(element)),
  );

/**
 * Prints pages to PDF, on A4, and reads what is on the paper: all words of the text, without the
 * ways to other pages, no name of a file that a link leads to, and no heading that has its text on
 * the next sheet.
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
    for (const fault of [...findFileNames(page, text), ...findStranded(page, text)])
      findings.fail(`${page.path} on paper ${fault}`);
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

/** Names of files that style writes behind links: who reads paper can open none of them. */
export function findFileNames(page: SitePage, text: string): string[] {
  const main = mainOf(page);
  const own = main ? textOf(main) : '';
  return [...new Set(text.match(/[\w./-]+\.html\b/g))]
    .filter((name) => !own.includes(name))
    .map((name) => `says "${name}", a file of the site`);
}

/** Headings that are the last words of a sheet, and are apart from what they are about. */
export function findStranded(page: SitePage, text: string): string[] {
  const headings = page.elements
    .filter(({ tagName }) => /^h[1-6]$/.test(tagName))
    .map((element) => lettersOf(textOf(element)))
    .filter((heading) => heading !== '');
  const sheets = text.split('\f').map((sheet) => sheet.split('\n').map(lettersOf));
  const all = ` ${sheets.flat().join(' ')} `;
  // Where other words are the same, a list of contents or a link, paper does not tell which is which.
  const isOnlyHeading = (heading: string) =>
    all.split(` ${heading} `).length - 1 <= headings.filter((other) => other === heading).length;
  return sheets
    .slice(0, -2) // the last sheet ends where the page does
    .flatMap((lines, index) => {
      const written = lines.filter((line) => line !== '');
      if (/^\p{N}{1,3}$/u.test(written.at(-1) ?? '')) written.pop(); // the number of the sheet
      // whole lines: a sentence may end in the words of a heading, such as a year
      const ends = [1, 2, 3, 4].map((lineCount) => written.slice(-lineCount).join(' '));
      const found = headings.find((heading) => ends.includes(heading) && isOnlyHeading(heading));
      return found === undefined ? [] : [`ends sheet ${index + 1} with the heading "${found}"`];
    });
}

const lettersOf = (text: string): string =>
  (text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).join(' ');

const leftOutOnPaper: readonly SitePage['elements'][number]['tagName'][] = ['nav'];

/** Words that the end of a line has cut in two. */
const joinLines = (text: string): string => `${text} ${text.replace(/[-\u00AD\u2010]\n/g, '')}`;
