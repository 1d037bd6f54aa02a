import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { checkCircumstances } from './checks/circumstances.ts';
import { checkHtml } from './checks/html.ts';
import { checkMachine } from './checks/machine.ts';
import { checkMetadata, type FindMetadata } from './checks/metadata.ts';
import { checkNames } from './checks/names.ts';
import { checkPaper } from './checks/paper.ts';
import { checkEncoding, checkReferences } from './checks/references.ts';
import { checkReferrer } from './checks/referrer.ts';
import { checkSilence } from './checks/silence.ts';
import type { LabOptions } from './options.ts';
import { checkSameness } from './rebuild/check-sameness.ts';
import { brokenOff, leftOut, type CheckResult, type Row, type Table } from './report.ts';
import type { StaticSite } from './site.ts';

const column = 'holds';

export interface SiteRun {
  options: LabOptions;
  site: StaticSite;
  /** Where the site is on a host that does nothing of its own, with a slash at the end. */
  base: string;
  /** One page of each layout. */
  layouts: readonly string[];
  browser: Browser;
  findMetadata: FindMetadata;
  /** An empty folder. */
  scratch: string;
  report: (line: string) => void;
}

/**
 * What is asked of the site itself, whatever the host and reader, and of the build that made it.
 */
export async function runSiteChecks(run: SiteRun): Promise<Table> {
  const { options, site, base, layouts, browser, findMetadata, scratch, report } = run;
  const makeScratch = (name: string) => {
    mkdirSync(join(scratch, name), { mode: 0o755 });
    return join(scratch, name);
  };
  const rows: Row[] = [];
  const add = (name: string, result: CheckResult) =>
    rows.push({ name, cells: new Map([[column, result]]) });
  const timed = async <T>(name: string, task: () => T | Promise<T>): Promise<T> => {
    const started = performance.now();
    try {
      return await task();
    } finally {
      report(`${name}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
    }
  };
  const check = async (name: string, task: () => CheckResult | Promise<CheckResult>) =>
    add(name, await timed(name, async () => task()).catch(brokenOff));

  await check('silence: all pages, all addresses logged', () =>
    checkSilence(site, base, makeScratch('silence')),
  );
  await check('silence: links out of the site', () => checkReferrer(site, base));
  await check('references', () => checkReferences(site));
  await check('encoding', () => checkEncoding(site));
  await check('HTML by the Nu checker', () => checkHtml(site));
  await check('names of files', () => checkNames(site));
  await check('no metadata in images', () => checkMetadata(site, findMetadata));
  await check('no name of this machine', () => checkMachine(site));
  await timed('circumstances of readers', () => checkCircumstances(base, layouts, browser)).then(
    (found) => found.forEach((result, name) => add(name, result)),
    (error: unknown) => add('circumstances of readers', brokenOff(error)),
  );
  await check('printed to PDF', () =>
    checkPaper(site, base, layouts, browser, makeScratch('paper')),
  );
  if (!options.own)
    add('built again', leftOut('how this folder was built is not known; only dist is built again'));
  else
    for (const [name, result] of await checkSameness(site, makeScratch('sameness'), {
      report,
      install: options.install,
      each: options.long,
    }))
      add(`built again: ${name}`, result);
  return { title: 'The site', kind: 'check', columns: [column], rows };
}
