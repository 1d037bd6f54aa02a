import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** Two cores feed no more. */
const tabs = 2;

/**
 * Runs axe on pages of a folder, from the disk: all rules in light colours, and in dark ones those
 * on colours, since nothing else differs there. About 0.3 s a page.
 * @returns a line for each violation
 */
export async function runAxe(
  browser: Browser,
  folder: string,
  paths: readonly string[],
): Promise<string[]> {
  const queue = [...paths];
  const lines: string[] = [];
  const work = async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 800 } });
    const page = await context.newPage();
    for (let path = queue.shift(); path !== undefined; path = queue.shift()) {
      await page.goto(pathToFileURL(join(folder, path)).href);
      await loadAxe(page);
      lines.push(...(await auditPage(page)).map((line) => `${path}${line}`));
    }
    await context.close();
  };
  await Promise.all(Array.from({ length: tabs }, work));
  return lines.sort();
}

/** Loads axe into a page whatever its policy is, for `auditPage`. */
export const loadAxe = (page: Page): Promise<unknown> => page.evaluate(axe);

/** What axe finds in a page as it is now, in light and in dark colours; axe is loaded in it. */
export async function auditPage(page: Page): Promise<string[]> {
  await page.emulateMedia({ colorScheme: 'light' });
  const found = await findViolations(page);
  await page.emulateMedia({ colorScheme: 'dark' });
  const inDark = (await findViolations(page, ['color-contrast', 'link-in-text-block'])).filter(
    (line) => !found.includes(line),
  );
  return [
    ...found.map((line) => `: ${line}`),
    ...inDark.map((line) => ` in dark colours: ${line}`),
  ];
}

/** @param rules only these, or all of axe's own choice */
const findViolations = (page: Page, rules?: readonly string[]): Promise<string[]> =>
  page.evaluate(async (values) => {
    const { axe } = window as unknown as {
      axe: {
        run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
      };
    };
    const { violations } = await axe.run({
      resultTypes: ['violations'],
      ...(values && { runOnly: { type: 'rule', values } }),
    });
    return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' | ')}`);
  }, rules);
