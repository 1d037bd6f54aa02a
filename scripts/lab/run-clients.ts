import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkClient, clientColumns } from './checks/client.ts';
import { chromiumClients } from './clients/chromium.ts';
import type { Client } from './clients/client.ts';
import { firefoxClients } from './clients/firefox.ts';
import { netsurf } from './clients/netsurf.ts';
import { textBrowsers } from './clients/text-browsers.ts';
import { webkitClients } from './clients/webkit.ts';
import { mapInOrder } from './oracle/map-in-order.ts';
import type { Row, Table } from './report.ts';
import { runRow } from './run-row.ts';
import type { StaticSite } from './site.ts';

/**
 * Every program of the lab, in the order of the table. Those without `needs` come with the project.
 */
export const allClients: readonly Client[] = [
  ...chromiumClients,
  ...firefoxClients,
  ...webkitClients,
  ...textBrowsers,
  netsurf,
];

/** Reads the site with each program, from one host. */
export async function runClients(
  clients: readonly Client[],
  site: StaticSite,
  base: string,
  paths: readonly string[],
  scratch: string,
  report: (line: string) => void,
): Promise<Table> {
  // Two at a time: some wait more than they work, since they show nothing but a screen.
  const rows = await mapInOrder(clients, 2, (client) => {
    const run = async (): Promise<Row> => {
      const own = join(scratch, client.name.replace(/\W+/g, '-'));
      mkdirSync(own);
      const reader = await client.start(own);
      try {
        return {
          name: `${reader.version}, scripts ${client.scripts ? 'on' : 'off'}`,
          cells: await checkClient(client, reader, site, base, paths),
        };
      } finally {
        await reader.stop();
      }
    };
    const { name, needs } = client;
    return runRow({ name, needs, columns: clientColumns }, report, run);
  });
  return { title: 'Readers', kind: 'program', columns: [...clientColumns], rows };
}
