import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { findFileNames, findStranded } from '../../scripts/lab/checks/paper.ts';
import { findProgram } from '../../scripts/lab/programs.ts';
import { readSite } from '../../scripts/lab/site.ts';
import { launchBrowser } from '../helpers/browser.ts';
import { makeFolder } from '../helpers/build.ts';
import { makeHosts } from '../helpers/serve-sites.ts';

const site = inject('defaultSite');
const guides = readSite(site).pages.filter(({ path }) => /^[\w-]+\/guide\//.test(path));

let browser: Browser;
const { serve, stop } = makeHosts();
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  await stop();
});

/** What a reader who prints a page gets, on A4. */
async function print(page: Page): Promise<{ sheets: number; text: string }> {
  const file = join(makeFolder('paper-'), 'page.pdf');
  writeFileSync(file, await page.pdf({ format: 'A4', preferCSSPageSize: true }));
  const text = execFileSync('pdftotext', [file, '-'], { encoding: 'utf8' });
  return { sheets: text.split('\f').length - 1, text };
}

describe.runIf(findProgram('pdftotext'))('a guide on paper', () => {
  test.each(guides.map((guide) => [guide.path, guide] as const))(
    '%s names no file, ends no sheet with a heading, divides no warning',
    async (path, guide) => {
      const page = await browser.newPage();
      await page.goto((await serve(site)) + path);
      const { sheets, text } = await print(page);
      expect([...findFileNames(guide, text), ...findStranded(guide, text)]).toEqual([]);
      if (basename(path) === 'support.html') expect(sheets).toBeLessThanOrEqual(5);
      await page.emulateMedia({ media: 'print' });
      // what only a screen can use
      expect(
        await page
          .locator('nav, main .b, .in, .facts a, .edition a, .card p > a')
          .filter({ visible: true })
          .allInnerTexts(),
      ).toEqual([]);
      for (const notice of await page.locator('main .notice').all())
        expect(
          await notice.evaluate((element) => {
            const { breakInside, borderTopWidth, borderBottomWidth } = getComputedStyle(element);
            return [breakInside, borderTopWidth !== '0px', borderBottomWidth !== '0px'];
          }),
        ).toEqual(['avoid', true, true]);
      await page.close();
    },
  );
});

test.each(guides.map(({ path }) => path))('%s counts its sources from 1 as one reads', (path) => {
  const numbers = [...readFileSync(join(site, path), 'utf8').matchAll(/href="#s(\d+)"/g)].map(
    ([, number]) => Number(number),
  );
  const first = [...new Set(numbers)];
  expect(first).toEqual(first.map((_, index) => index + 1));
});
