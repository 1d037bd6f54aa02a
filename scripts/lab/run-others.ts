import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { checkCircumstances } from './checks/circumstances.ts';
import { checkHtml } from './checks/html.ts';
import { checkMachine } from './checks/machine.ts';
import { checkMetadata } from './checks/metadata.ts';
import { checkNames } from './checks/names.ts';
import { checkPaper } from './checks/paper.ts';
import { checkEncoding, checkReferences } from './checks/references.ts';
import { checkReferrer } from './checks/referrer.ts';
import { checkSameness, samenessColumn } from './checks/sameness.ts';
import { checkSilence } from './checks/silence.ts';
import { checkSize, makeSizeTable } from './checks/size.ts';
import type { Options } from './options.ts';
import { brokenOff, failed, leftOut, type Row, type Table, type Verdict } from './report.ts';
import type { Site } from './site.ts';
import { printSizeTable, readSizeTable, type SizeTable } from './size-table.ts';
import { measurePages } from './weigh.ts';

const column = 'holds';

/** What is asked of the site itself, whatever the host and reader, and of the build that made it. */
export async function runOthers(
  options: Options,
  site: Site,
  base: string,
  layouts: string[],
  browser: Browser,
  makeScratch: (name: string) => string,
  report: (line: string) => void,
): Promise<Table> {
  const rows: Row[] = [];
  const add = (name: string, verdict: Verdict) =>
    rows.push({ name, cells: new Map([[column, verdict]]) });
  const check = async (name: string, task: () => Verdict | Promise<Verdict>) =>
    add(name, await Promise.resolve().then(task).catch(brokenOff));
  const table = readTable(options);
  report('all pages, with all addresses logged');
  let requests = new Map<string, number>();
  await check('silence: all pages, all addresses logged', async () => {
    const silence = await checkSilence(site, base, makeScratch('silence'));
    requests = silence.requests;
    return silence.verdict;
  });
  await check('silence: links out of the site', () => checkReferrer(site, base));
  await check('references', () => checkReferences(site));
  await check('encoding', () => checkEncoding(site));
  await check('sizes', () =>
    options.own && !table
      ? failed('tests/sizes.md is not there; write it with --write-sizes')
      : checkSize(site, measurePages(site, requests), table),
  );
  report('all pages, with the Nu checker');
  await check('HTML by the Nu checker', () => checkHtml(site));
  await check('names of files', () => checkNames(site));
  await check('no metadata in images', () => checkMetadata(site));
  await check('no name of this machine', () => checkMachine(site));
  try {
    rows.push(...(await checkCircumstances(base, layouts, browser, column)));
  } catch (error) {
    add('circumstances of readers', brokenOff(error));
  }
  await check('printed to PDF', () =>
    checkPaper(site, base, layouts, browser, makeScratch('paper')),
  );
  if (!options.own)
    add('built again', leftOut('how this folder was built is not known; only dist is built again'));
  else
    for (const { name, cells } of await checkSameness(
      site,
      makeScratch('sameness'),
      report,
      options.install,
    ))
      add(`built again: ${name}`, cells.get(samenessColumn) ?? leftOut('not done'));
  return { title: 'The site', kind: 'check', columns: [column], rows };
}

/** Measures every page, and writes the table that the project keeps. */
export async function writeSizes(
  options: Options,
  site: Site,
  base: string,
  scratch: string,
  report: (line: string) => void,
): Promise<Table> {
  const { sizes: file = '' } = options;
  const { requests } = await checkSilence(site, base, scratch);
  const sizes = measurePages(site, requests);
  const table = makeSizeTable(site, sizes, readTable(options));
  writeFileSync(file, printSizeTable(table));
  report(`wrote ${file}`);
  return {
    title: 'The site',
    kind: 'check',
    columns: [column],
    rows: [{ name: 'sizes', cells: new Map([[column, checkSize(site, sizes, table)]]) }],
  };
}

const readTable = ({ sizes: file }: Options): SizeTable | undefined =>
  file !== undefined && existsSync(file)
    ? readSizeTable(readFileSync(file, 'utf8'), file)
    : undefined;
