import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkClient, clientColumns } from './checks/client.ts';
import type { Client } from './clients/client.ts';
import { ProgramError } from './process.ts';
import { explainMissing } from './programs.ts';
import { brokenOff, failed, leftOut, type Row, type Table, type Verdict } from './report.ts';
import type { Site } from './site.ts';

/** Reads the site with each program, from one host. */
export async function runClients(
  clients: readonly Client[],
  site: Site,
  base: string,
  paths: readonly string[],
  scratch: string,
  report: (line: string) => void,
): Promise<Table> {
  const rows: Row[] = [];
  for (const client of clients) {
    const all = (verdict: Verdict) => new Map(clientColumns.map((column) => [column, verdict]));
    const missing = explainMissing(client.needs);
    if (missing !== undefined) {
      rows.push({ name: client.name, cells: all(leftOut(missing)) });
      continue;
    }
    const started = performance.now();
    const own = join(scratch, client.name.replace(/\W+/g, '-'));
    mkdirSync(own);
    try {
      const reader = await client.start(own);
      try {
        const name = `${reader.version}, scripts ${client.scripts ? 'on' : 'off'}`;
        rows.push({ name, cells: await checkClient(client, reader, site, base, paths) });
        report(`${name}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
      } finally {
        await reader.stop();
      }
    } catch (error) {
      rows.push({
        name: client.name,
        cells: all(error instanceof ProgramError ? failed(error.message) : brokenOff(error)),
      });
    }
  }
  return { title: 'Readers', kind: 'program', columns: [...clientColumns], rows };
}
