import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveFolder } from '../build/serve.ts';
import { UsageError } from '../cli/command-line.ts';
import { htmlNeeds } from './checks/html.ts';
import type { FindMetadata } from './checks/metadata.ts';
import { paperNeeds } from './checks/paper.ts';
import { allCalendarPrograms } from './calendars/calendar-programs.ts';
import { readLooks } from './checks/reading.ts';
import { runCheckers } from './checkers/run-checkers.ts';
import { epubcheck, fetchEpubcheck } from './carried/epubcheck.ts';
import { allBookPrograms, runBooks } from './carried/run-books.ts';
import { runZim, zimReader } from './carried/run-zim.ts';
import { launchChromium } from './clients/chromium.ts';
import { makeDocumentRoots, subPath } from './document-roots.ts';
import { fetchValidator } from './feeds/feed-validator.ts';
import { feedValidator, runFeeds } from './feeds/run-feeds.ts';
import { allHosts } from './hosts/all-hosts.ts';
import { chooseLayouts } from './layouts.ts';
import { since } from './long-run.ts';
import type { LabOptions, LabPart } from './options.ts';
import { makeOracleTable } from './oracle/oracle-table.ts';
import { allServers } from './publishing/all-servers.ts';
import { runPublishing } from './publishing/run-publishing.ts';
import { installPrograms, kitPrograms } from './programs.ts';
import { armNeeds } from './rebuild/arm-machine.ts';
import { samenessNeeds } from './rebuild/check-sameness.ts';
import type { Table } from './report.ts';
import { allClients, runClients } from './run-clients.ts';
import { allConfigurations, runHosting } from './run-hosting.ts';
import { runHosts } from './run-hosts.ts';
import { runCalendars } from './run-calendars.ts';
import { allReaders, runReaders } from './run-readers.ts';
import { runSearches } from './run-searches.ts';
import { runSiteChecks } from './run-site.ts';
import { readSite } from './site.ts';

export interface LabRun {
  options: LabOptions;
  /** What the project looks for in images: the lab itself knows nothing of the site's code. */
  findMetadata: FindMetadata;
  /** Gives the page that checks copies, as it is released. */
  makeCheckPage: () => Promise<string>;
  report: (line: string) => void;
  /** Is given each table as soon as it is ready, and how long it took. */
  show: (table: Table, part: LabPart, time: string) => void;
}

/**
 * Runs all that was asked for on a folder. Its own folder goes with the process, however that ends:
 * in some countries these files must not be found on a disk.
 * @returns the tables
 * @throws UsageError, SiteError
 */
export async function runLab({
  options,
  findMetadata,
  makeCheckPage,
  report,
  show,
}: LabRun): Promise<Table[]> {
  const { folder, only, install, long, parts } = options;
  const takesPart = ({ name }: { name: string }) =>
    only === undefined || only.some((word) => name.toLowerCase().includes(word));
  const [hosts, clients, readers, calendars, configurations, servers, books, others] = [
    allHosts.filter(takesPart),
    allClients.filter(takesPart),
    allReaders.filter(takesPart),
    allCalendarPrograms.filter(takesPart),
    allConfigurations.filter(takesPart),
    allServers.filter(takesPart),
    allBookPrograms.filter(takesPart),
    [zimReader, feedValidator].filter(takesPart),
  ];
  checkOnly(only);
  const site = readSite(folder);
  if (site.pages.length === 0)
    throw new UsageError(`${folder} has no page: expected files that end in .html.`);
  if (install) {
    const needs = [
      ...hosts,
      ...clients,
      ...readers,
      ...calendars,
      ...configurations,
      ...servers,
      ...books,
      ...others,
    ].flatMap((each) => each.needs);
    const refused = installPrograms(
      only
        ? needs
        : [
            ...needs,
            ...htmlNeeds,
            ...paperNeeds,
            ...samenessNeeds,
            ...(long ? armNeeds : []),
            ...kitPrograms,
          ],
      report,
    );
    if (refused !== undefined) report(refused);
    const fetched = [
      books.includes(epubcheck) ? fetchEpubcheck(report) : undefined,
      others.includes(feedValidator) ? fetchValidator(report) : undefined,
    ];
    for (const reason of fetched) if (reason !== undefined) report(reason);
  }
  const scratch = mkdtempSync(join(tmpdir(), 'vyrai-lab-'));
  const removeScratch = () => rmSync(scratch, { recursive: true, force: true });
  process.once('exit', removeScratch);
  const makeScratch = (name: string) => {
    mkdirSync(join(scratch, name), { mode: 0o755 });
    return join(scratch, name);
  };
  const layouts = chooseLayouts(site);
  report(
    `${site.files.size} files, ${site.pages.length} pages; one of each layout: ${layouts.join(', ')}`,
  );
  const roots = makeDocumentRoots(site, scratch);
  const server = await serveFolder(roots.deep, 0);
  const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const base = `${origin}${subPath}/`;
  const browser = await launchChromium();
  const tables: Table[] = [];
  /** How each table is made; undefined where nothing of it takes part. */
  const makers: Record<LabPart, (scratch: string) => Promise<Table | undefined>> = {
    site: (scratch) =>
      runSiteChecks({ options, site, base, layouts, browser, findMetadata, scratch, report }),
    checkers: async (scratch) => runCheckers(await makeCheckPage(), scratch, report),
    oracle: (scratch) => makeOracleTable(scratch, long, report),
    hosts: async (scratch) =>
      runHosts(hosts, {
        site,
        roots,
        scratch,
        browser,
        looks: await readLooks(browser, base, layouts),
        injected: long ? site.pages.map(({ path }) => path) : layouts,
        report,
      }),
    hosting: (scratch) => runHosting(configurations, site, scratch, report),
    clients: (scratch) => runClients(clients, site, base, layouts, scratch, report),
    searches: (scratch) => runSearches(clients, site, base, scratch, report),
    readers: (scratch) => runReaders(readers, site, scratch, report),
    feeds: (scratch) => runFeeds(site, scratch, report),
    calendars: (scratch) => runCalendars(calendars, site, scratch, report),
    books: (scratch) => runBooks(books, site, scratch, report),
    zim: (scratch) => runZim(site, layouts, scratch, report),
    publishing: (scratch) => runPublishing(servers, scratch, long ? 50 : 5, report),
  };
  const takesTable: Record<LabPart, boolean> = {
    site: !only,
    checkers: !only,
    oracle: !only,
    hosts: hosts.length > 0,
    hosting: configurations.length > 0,
    clients: clients.length > 0,
    searches: clients.length > 0,
    readers: readers.length > 0,
    feeds: others.includes(feedValidator),
    calendars: calendars.length > 0,
    books: books.length > 0,
    zim: others.includes(zimReader),
    publishing: servers.length > 0,
  };
  try {
    for (const part of parts.filter((name) => takesTable[name])) {
      const started = performance.now();
      const table = await makers[part](makeScratch(part));
      if (!table) continue;
      tables.push(table);
      show(table, part, since(started));
    }
    return tables;
  } finally {
    await browser.close();
    server.close();
    server.closeAllConnections();
    removeScratch();
    process.off('exit', removeScratch);
  }
}

/** A word that matches nothing would check nothing, and look like success. */
function checkOnly(only: readonly string[] | undefined): void {
  const names = [
    ...allHosts,
    ...allConfigurations,
    ...allClients,
    ...allReaders,
    ...allCalendarPrograms,
    ...allServers,
    ...allBookPrograms,
    zimReader,
    feedValidator,
  ].map(({ name }) => name);
  const unknown = only?.find((word) => !names.some((name) => name.toLowerCase().includes(word)));
  if (unknown !== undefined || only?.length === 0)
    throw new UsageError(
      `--only: no host or program is called "${unknown ?? ''}". There are: ${names.join('; ')}.`,
    );
}
