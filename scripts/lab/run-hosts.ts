import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { checkBytes, checkMissing } from './checks/answers.ts';
import { checkInjection } from './checks/injection.ts';
import { checkLinks } from './checks/links.ts';
import { checkReading, type Looks } from './checks/reading.ts';
import { checkSearch } from './checks/search.ts';
import { subPath, type DocumentRoots } from './document-roots.ts';
import type { Host } from './hosts/host.ts';
import { brokenOff, type Row, type Table, type CheckResult } from './report.ts';
import { runRow } from './run-row.ts';
import type { ServedSite } from './served-site.ts';
import type { StaticSite } from './site.ts';

const checks: [
  name: string,
  check: (served: ServedSite, run: HostRun) => Promise<CheckResult | undefined>,
][] = [
  ['bytes', (served) => checkBytes(served)],
  ['links', (served) => checkLinks(served)],
  ['missing page', (served) => checkMissing(served)],
  ['reading', (served, { browser, looks }) => checkReading(served, browser, looks)],
  ['search', (served, { browser }) => checkSearch(served, browser)],
  ['added scripts', (served, { browser, injected }) => checkInjection(served, browser, injected)],
];

export interface HostRun {
  site: StaticSite;
  roots: DocumentRoots;
  scratch: string;
  browser: Browser;
  /** How the pages that are read on every host should look. */
  looks: Looks;
  /** The pages that are opened on hosts that add scripts. */
  injected: readonly string[];
  report: (line: string) => void;
}

/**
 * Puts the site on each host, at its root and below a path, and runs all checks on each of these
 * places.
 */
export async function runHosts(hosts: readonly Host[], run: HostRun): Promise<Table> {
  const columns = checks.map(([name]) => name);
  const rows: Row[] = [];
  for (const host of hosts) {
    for (const under of host.rootOnly ? [''] : ['', subPath]) {
      const row = { name: `${host.name} ${under}/`, needs: host.needs, columns };
      rows.push(await runRow(row, run.report, () => runHost(host, under, run)));
    }
  }
  return { title: 'Hosts', kind: 'host', columns, rows };
}

async function runHost(host: Host, under: string, run: HostRun): Promise<Row> {
  const { site, roots, scratch } = run;
  const own = join(scratch, `${host.name.replace(/\W+/g, '-')}${under.replaceAll('/', '-')}`);
  mkdirSync(own, { mode: 0o755 });
  const running = await host.start(under === '' ? roots.plain : roots.deep, own);
  const served = {
    site,
    base: `${running.address}${under}/`,
    limits: host.limits ?? {},
  };
  const cells = new Map<string, CheckResult>();
  try {
    for (const [column, check] of checks) {
      const result = await check(served, run).catch(brokenOff);
      if (result) cells.set(column, result);
    }
  } finally {
    await running.stop();
  }
  return { name: `${nameOf(host, running.version)} ${under}/`, cells };
}

/** The host with the version that really ran, without saying one name twice. */
function nameOf({ name }: Host, version: string): string {
  const bare = name.replace(/ \(.*\)$/, '');
  if (version === '') return bare;
  return version.toLowerCase().startsWith(bare.toLowerCase()) ? version : `${bare} (${version})`;
}
