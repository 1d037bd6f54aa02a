import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { explainMissing, findProgram, type Program } from '../programs.ts';
import { Findings, leftOut, type Verdict } from '../report.ts';
import { encodePath, type Page, type Site } from '../site.ts';
import { findLostWords } from './lost-words.ts';
import { isSheet } from './sheets.ts';

export const paperNeeds: readonly Program[] = [{ command: 'pdftotext', debian: 'poppler-utils' }];

/** Prints pages to PDF, on A4, and reads what is on the paper: all words of the text, without the ways to other pages. */
export async function checkPaper(
  { pages }: Site,
  base: string,
  paths: readonly string[],
  browser: Browser,
  scratch: string,
): Promise<Verdict> {
  const missing = explainMissing(paperNeeds);
  if (missing !== undefined) return leftOut(missing);
  const findings = new Findings();
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
      `${own} of the pages ${own === 1 ? 'is a sheet' : 'are sheets'} to print, and ${own === 1 ? 'says' : 'say'} by @page what goes onto paper`,
    );
  findings.figure = `${paths.length} pages on ${sheets} sheets`;
  return findings.verdict();
}

const leftOutOnPaper: readonly Page['elements'][number]['tagName'][] = ['nav'];

/** Words that the end of a line has cut in two. */
const joinLines = (text: string): string => `${text} ${text.replace(/[-\u00AD\u2010]\n/g, '')}`;
