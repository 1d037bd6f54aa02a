import { describe, expect, test } from 'vitest';
import { allServers } from '../../scripts/lab/publishing/all-servers.ts';
import type { PublishServer } from '../../scripts/lab/publishing/publish-server.ts';
import { runPublishing } from '../../scripts/lab/publishing/run-publishing.ts';
import { printFailures, type Table } from '../../scripts/lab/report.ts';
import { makeFolder } from '../helpers/build.ts';
import { chooseRows, longTest } from '../helpers/depth.ts';

const run = async (servers: readonly PublishServer[], kills: number): Promise<Table> => {
  const table = await runPublishing(servers, makeFolder('publishing-'), kills, () => {});
  if (!table) throw new Error('It made no table.');
  return table;
};
const folder = allServers[0]!;

/** The same server, whose readers get something else than what it stores. */
const withReaders = (
  server: PublishServer,
  alter: (path: string, bytes: Buffer | undefined) => Buffer | undefined,
): PublishServer => ({
  ...server,
  start: async (scratch) => {
    const running = await server.start(scratch);
    return { ...running, read: async (path) => alter(path, await running.read(path)) };
  },
});

describe('the table of publishing', () => {
  const faults: [
    name: string,
    alter: (path: string, bytes: Buffer | undefined) => Buffer | undefined,
    expected: RegExp,
  ][] = [
    [
      'half a page',
      (path, bytes) => (path === 'en/account.html' ? bytes?.subarray(0, 90) : bytes),
      /en\/account\.html has other bytes/,
    ],
    [
      'a page of an edition before',
      (path, bytes) => (path === 'en/news/number-1.html' ? Buffer.from('old') : bytes),
      /number-1\.html is still there/,
    ],
  ];
  test.each(chooseRows(faults))('names %s', async (_name, alter, expected) => {
    const table = await run([withReaders(folder, alter)], 0);
    expect(printFailures(table).join('\n')).toMatch(expected);
  });

  longTest('has no fault with the servers that this machine has', async () => {
    const table = await run(allServers, 1);
    expect(printFailures(table)).toEqual([]);
    expect(table.rows.map(({ cells }) => cells.get('first')?.state)).toContain('ok');
  });
});
