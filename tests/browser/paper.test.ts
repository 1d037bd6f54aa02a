import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { findProgram } from '../../scripts/lab/programs.ts';
import { launchBrowser } from '../helpers/browser.ts';
import { makeFolder } from '../helpers/build.ts';
import { makeHosts } from '../helpers/serve-sites.ts';
import { listLanguages } from '../helpers/site.ts';

/** Half an inch, the widest margin that a browser has unless its reader asks for another. */
const margin = { top: '12.7mm', bottom: '12.7mm', left: '12.7mm', right: '12.7mm' };
const site = inject('defaultSite');
let browser: Browser;
const { serve, stop } = makeHosts();
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await stop();
});

async function openOnPaper(path: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(`${await serve(site)}${path}`);
  await page.emulateMedia({ media: 'print' });
  return page;
}
const print = (page: Page): Promise<Buffer> => page.pdf({ format: 'A4', margin });
const countSheets = (pdf: Buffer): number =>
  [...pdf.toString('latin1').matchAll(/\/Type \/Page\b/g)].length;

describe.each(listLanguages(site))('in %s', (tag) => {
  test.each([
    ['guide/support.html', 5],
    ['guide/letters.html', 3],
    ['day.html', 4],
    ['home.html', 3],
  ])('%s takes at most %i sheets of A4', async (path, most) => {
    const page = await openOnPaper(`${tag}/${path}`);
    expect(countSheets(await print(page))).toBeLessThanOrEqual(most);
    await page.close();
  });
});

test('no page leaves a heading without its text, cuts a card, or prints pale words', async () => {
  for (const path of ['fr/guide/support.html', 'fr/day.html', 'fr/home.html']) {
    const page = await openOnPaper(path);
    const seen = await page.evaluate(() => {
      const stylesOf = (selector: string) =>
        [...document.querySelectorAll(selector)].map((element) => getComputedStyle(element));
      const ink = getComputedStyle(document.body).color;
      return {
        headings: stylesOf('h2, h3').filter((style) => style.breakAfter !== 'avoid').length,
        cards: stylesOf('.card, .notice, .day, dd').filter((style) => style.breakInside !== 'avoid')
          .length,
        // browsers print no grounds: white words on a dark one are white on white
        pale: stylesOf('.b, .panel, .panel h1, .leaf span').filter(({ color }) => color !== ink)
          .length,
        buttons: stylesOf('.b').length,
      };
    });
    expect(seen, path).toEqual({ headings: 0, cards: 0, pale: 0, buttons: expect.any(Number) });
    expect(seen.buttons, path).toBeGreaterThan(0);
    await page.close();
  }
});

test.runIf(findProgram('pdftotext'))(
  'the support guide prints the addresses of its links and of who helps, but of nobody who is banned',
  async () => {
    const page = await openOnPaper('fr/guide/support.html');
    const file = join(makeFolder('paper-'), 'support.pdf');
    writeFileSync(file, await print(page));
    await page.close();
    const words = execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' });
    for (const address of ['(tell-your-mp.html)', '(share.html)', 'www.libereco.org'])
      expect(words).toContain(address);
    expect(words).not.toContain('spring96');
    expect(words).not.toContain('(#'); // a place on the same paper
  },
);
