import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { serveFolder } from '../site/serve.ts';
import { checkCircumstances } from './checks/circumstances.ts';
import { checkMachine } from './checks/machine.ts';
import { checkMetadata } from './checks/metadata.ts';
import { checkNames } from './checks/names.ts';
import { checkPaper, paperNeeds } from './checks/paper.ts';
import { readLooks } from './checks/reading.ts';
import { checkReferrer } from './checks/referrer.ts';
import { checkSameness, samenessColumn, samenessNeeds } from './checks/sameness.ts';
import { checkSilence } from './checks/silence.ts';
import { checkSize, makeSizeTable } from './checks/size.ts';
import { allClients } from './clients/all-clients.ts';
import { launchChromium } from './clients/chromium.ts';
import { makeDocumentRoots, subPath } from './document-roots.ts';
import { allHosts } from './hosts/all-hosts.ts';
import { chooseLayouts } from './layouts.ts';
import type { Options } from './options.ts';
import { installPrograms } from './programs.ts';
import { leftOut, type Row, type Table } from './report.ts';
import { runClients } from './run-clients.ts';
import { runHosts } from './run-hosts.ts';
import { readSite, type Site } from './site.ts';
import { printSizeTable, readSizeTable } from './size-table.ts';
import { measurePages } from './weigh.ts';

/** Runs all that was asked for on a folder. @returns the tables, in the order in which people want to read them */
export async function runLab(options: Options, report: (line: string) => void): Promise<Table[]> {
  const { folder, only, install } = options;
  const takesPart = ({ name }: { name: string }) => only === undefined || only.some((word) => name.toLowerCase().includes(word));
  const [hosts, clients] = [allHosts.filter(takesPart), allClients.filter(takesPart)];
  if (install) {
    const needs = [...hosts, ...clients].flatMap((each) => each.needs);
    const refused = installPrograms(only ? needs : [...needs, ...paperNeeds, ...samenessNeeds], report);
    if (refused !== undefined) report(refused);
  }
  const scratch = mkdtempSync(join(tmpdir(), 'conformance-'));
  const makeScratch = (name: string) => {
    mkdirSync(join(scratch, name), { mode: 0o755 });
    return join(scratch, name);
  };
  const site = readSite(folder);
  const layouts = chooseLayouts(site);
  report(`${site.files.size} files, ${site.pages.length} pages; one of each layout: ${layouts.join(', ')}`);
  const roots = makeDocumentRoots(folder, scratch);
  const server = await serveFolder(roots.plain, 0, subPath);
  const base = `http://localhost:${(server.address() as AddressInfo).port}${subPath}/`;
  const browser = await launchChromium();
  try {
    if (options.writeSizes) return [await writeSizes(options, site, base, makeScratch('silence'), report)];
    const looks = await readLooks(browser, base, layouts);
    const tables = [
      await runHosts(hosts, { site, roots, scratch: makeScratch('hosts'), browser, looks, report }),
      await runClients(clients, site, base, layouts, makeScratch('clients'), report),
    ];
    if (only) return tables.filter(({ rows }) => rows.length > 0);
    return [...tables, await runOthers(options, site, base, layouts, browser, makeScratch, report)];
  } finally {
    await browser.close();
    server.close();
    server.closeAllConnections();
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Measures every page, and writes the table that the project keeps. */
async function writeSizes({ sizes: file = '' }: Options, site: Site, base: string, scratch: string, report: (line: string) => void): Promise<Table> {
  const { requests } = await checkSilence(site, base, scratch);
  const sizes = measurePages(site, requests);
  const table = makeSizeTable(site, sizes, existsSync(file) ? readSizeTable(readFileSync(file, 'utf8'), file) : undefined);
  writeFileSync(file, printSizeTable(table));
  report(`wrote ${file}`);
  return { title: 'The site', kind: 'check', columns: ['holds'], rows: [{ name: 'sizes', cells: new Map([['holds', checkSize(site, sizes, table)]]) }] };
}

/** What is asked of the site itself, and of the build that made it. */
async function runOthers(options: Options, site: Site, base: string, layouts: string[], browser: Browser, makeScratch: (name: string) => string, report: (line: string) => void): Promise<Table> {
  const column = 'holds';
  const row = (name: string, verdict: Parameters<Row['cells']['set']>[1]): Row => ({ name, cells: new Map([[column, verdict]]) });
  report('all pages, with all addresses logged');
  const { verdict: silence, requests } = await checkSilence(site, base, makeScratch('silence'));
  const sizes = measurePages(site, requests);
  const { sizes: file } = options;
  const table = file !== undefined && existsSync(file) ? readSizeTable(readFileSync(file, 'utf8'), file) : undefined;
  const rows = [
    row('silence: all pages, all addresses logged', silence),
    row('silence: links out of the site', await checkReferrer(site, base)),
    row('sizes', checkSize(site, sizes, table)),
    row('names of files', checkNames(site)),
    row('no metadata in images', await checkMetadata(site)),
    row('no name of this machine', checkMachine(site)),
    ...(await checkCircumstances(base, layouts, browser, column)),
    row('printed to PDF', await checkPaper(site, base, layouts, browser, makeScratch('paper'))),
  ];
  if (!options.own) return { title: 'The site', kind: 'check', columns: [column], rows: [...rows, row('built again', leftOut('how this folder was built is not known; only dist is built again'))] };
  const again = await checkSameness(site, makeScratch('sameness'), report, options.install);
  const renamed = again.map(({ name, cells }) => row(`built again: ${name}`, cells.get(samenessColumn) ?? leftOut('not done')));
  return { title: 'The site', kind: 'check', columns: [column], rows: [...rows, ...renamed] };
}
