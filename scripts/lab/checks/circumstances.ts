import type { Browser, BrowserContextOptions, Page as Tab } from 'playwright-core';
import { CheckFindings, type CheckResult } from '../report.ts';
import { encodePath } from '../site.ts';
import { showDifference, squeeze } from './text-difference.ts';
import {
  findClipped,
  findInvisible,
  findMoving,
  findUngrown,
  findUnprinted,
} from './page-probes.ts';

interface Circumstance {
  name: string;
  options: BrowserContextOptions;
  /** Changes the page as the reader's settings would, once it is open. */
  prepare?: (tab: Tab) => Promise<void>;
  /** What is wrong then, in sentences that follow the page's name. */
  find: (tab: Tab) => Promise<string[]>;
}

const clipped = (tab: Tab) => tab.evaluate(findClipped);

const circumstances: Circumstance[] = [
  { name: 'at 320 pixels', options: { viewport: { width: 320, height: 700 } }, find: clipped },
  {
    name: 'with text at 200 %',
    options: { viewport: { width: 640, height: 900 } },
    prepare: (tab) => tab.evaluate(() => void (document.documentElement.style.fontSize = '200%')),
    find: async (tab) => [...(await clipped(tab)), ...(await tab.evaluate(findUngrown))],
  },
  {
    name: 'without styles',
    options: { viewport: { width: 390, height: 800 } },
    find: compareWithoutStyles,
  },
  {
    name: 'in forced colours',
    options: { forcedColors: 'active' },
    find: (tab) => tab.evaluate(findInvisible),
  },
  {
    name: 'in dark colours',
    options: { colorScheme: 'dark' },
    find: (tab) => tab.evaluate(findInvisible),
  },
  {
    name: 'with reduced motion',
    options: { reducedMotion: 'reduce' },
    find: (tab) => tab.evaluate(findMoving),
  },
  {
    name: 'printed',
    options: { viewport: { width: 794, height: 1123 } }, // A4 at 96 dots an inch
    prepare: (tab) => tab.emulateMedia({ media: 'print' }),
    find: (tab) => tab.evaluate(findUnprinted),
  },
];

/**
 * Reads pages as people do who need it otherwise: each circumstance is a setting that a real
 * browser has.
 */
export async function checkCircumstances(
  base: string,
  paths: readonly string[],
  browser: Browser,
): Promise<Map<string, CheckResult>> {
  const results = new Map<string, CheckResult>();
  for (const { name, options, prepare, find } of circumstances) {
    const findings = new CheckFindings();
    const context = await browser.newContext({ ...options, javaScriptEnabled: false });
    const tab = await context.newPage();
    for (const path of paths) {
      await tab.goto(base + encodePath(path));
      await prepare?.(tab);
      for (const sentence of await find(tab)) findings.fail(`${path} ${sentence}`);
    }
    await context.close();
    findings.figure = `${paths.length} pages`;
    results.set(`Chromium ${name}`, findings.result());
  }
  return results;
}

/** All words stay, in the same order, and each link can be seen and hit. */
async function compareWithoutStyles(tab: Tab): Promise<string[]> {
  const read = async () => squeeze(await tab.evaluate(() => document.body.innerText));
  const styled = await read();
  await tab.evaluate(() =>
    document
      .querySelectorAll('style, link[rel~=stylesheet]')
      .forEach((element) => element.remove()),
  );
  const bare = await read();
  const hidden = await tab.evaluate(() =>
    [...document.querySelectorAll('a[href]')]
      .filter((link) => link.getBoundingClientRect().width === 0)
      .map((link) => link.textContent),
  );
  return [
    ...(bare === styled ? [] : [`reads otherwise without styles: ${showDifference(bare, styled)}`]),
    ...hidden.map((text) => `has the link "${text}", which nobody can see`),
  ];
}
