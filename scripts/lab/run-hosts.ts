import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { checkBytes } from './checks/bytes.ts';
import { checkInjection } from './checks/injection.ts';
import { checkLinks } from './checks/links.ts';
import { checkMissing } from './checks/missing.ts';
import { checkReading, type Looks } from './checks/reading.ts';
import { checkSearch } from './checks/search.ts';
import { subPath, type DocumentRoots } from './document-roots.ts';
import type { Host } from './hosts/host.ts';
import type { Place } from './place.ts';
import { ProgramError } from './process.ts';
import { explainMissing } from './programs.ts';
import { brokenOff, failed, leftOut, type Row, type Table, type Verdict } from './report.ts';
import type { Site } from './site.ts';

const checks: [
  name: string,
  check: (place: Place, browser: Browser, looks: Looks) => Promise<Verdict | undefined>,
][] = [
  ['bytes', (place) => checkBytes(place)],
  ['links', (place) => checkLinks(place)],
  ['missing page', (place) => checkMissing(place)],
  ['reading', checkReading],
  ['search', (place, browser) => checkSearch(place, browser)],
  ['added scripts', (place, browser) => checkInjection(place, browser)],
];

export interface HostRun {
  site: Site;
  roots: DocumentRoots;
  scratch: string;
  browser: Browser;
  /** How the pages that are read on every host should look. */
  looks: Looks;
  report: (line: string) => void;
}

/** Puts the site on each host, at its root and below a path, and runs all checks on each of these places. */
export async function runHosts(hosts: readonly Host[], run: HostRun): Promise<Table> {
  const rows: Row[] = [];
  for (const host of hosts) {
    for (const under of host.rootOnly ? [''] : ['', subPath])
      rows.push(await runHost(host, under, run));
  }
  return { title: 'Hosts', kind: 'host', columns: checks.map(([name]) => name), rows };
}

/** The host with the version that really ran, without saying one name twice. */
function nameOf({ name }: Host, version: string): string {
  const bare = name.replace(/ \(.*\)$/, '');
  if (version === '') return bare;
  return version.toLowerCase().startsWith(bare.toLowerCase()) ? version : `${bare} (${version})`;
}

async function runHost(
  host: Host,
  under: string,
  { site, roots, scratch, browser, looks, report }: HostRun,
): Promise<Row> {
  const all = (verdict: Verdict) => new Map(checks.map(([name]) => [name, verdict]));
  const missing = explainMissing(host.needs);
  if (missing !== undefined)
    return { name: `${host.name} ${under}/`, cells: all(leftOut(missing)) };
  const started = performance.now();
  const own = join(scratch, `${host.name.replace(/\W+/g, '-')}${under.replaceAll('/', '-')}`);
  mkdirSync(own, { mode: 0o755 });
  let name = `${host.name} ${under}/`;
  try {
    const standing = await host.start(under === '' ? roots.plain : roots.deep, own);
    name = `${nameOf(host, standing.version)} ${under}/`;
    const cells = new Map<string, Verdict>();
    try {
      for (const [column, check] of checks) {
        const verdict = await check(
          { site, base: `${standing.address}${under}/`, limits: host.limits ?? {} },
          browser,
          looks,
        ).catch(brokenOff);
        if (verdict) cells.set(column, verdict);
      }
    } finally {
      await standing.stop();
    }
    report(`${name}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
    return { name, cells };
  } catch (error) {
    return {
      name,
      cells: all(error instanceof ProgramError ? failed(error.message) : brokenOff(error)),
    };
  }
}
