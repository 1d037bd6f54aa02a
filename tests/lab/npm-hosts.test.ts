import type { AddressInfo } from 'node:net';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { readLooks, type Looks } from '../../scripts/lab/checks/reading.ts';
import { launchChromium } from '../../scripts/lab/clients/chromium.ts';
import {
  makeDocumentRoots,
  subPath,
  type DocumentRoots,
} from '../../scripts/lab/document-roots.ts';
import { allHosts } from '../../scripts/lab/hosts/all-hosts.ts';
import { chooseLayouts } from '../../scripts/lab/layouts.ts';
import { printFailures, type Table } from '../../scripts/lab/report.ts';
import { runHosts } from '../../scripts/lab/run-hosts.ts';
import { readSite } from '../../scripts/lab/site.ts';
import { serveFolder } from '../../scripts/build/serve.ts';
import { makeFolder } from '../helpers/build.ts';
import { longTest } from '../helpers/depth.ts';

const site = readSite(inject('defaultSite'));
const hosts = allHosts.filter(({ needs }) => needs.length === 0);

let browser: Browser;
let roots: DocumentRoots;
let looks: Looks;
beforeAll(async () => {
  browser = await launchChromium();
  roots = makeDocumentRoots(site, makeFolder('roots-'));
  const server = await serveFolder(roots.plain, 0, subPath);
  looks = await readLooks(
    browser,
    `http://localhost:${(server.address() as AddressInfo).port}${subPath}/`,
    chooseLayouts(site),
  );
  server.close();
  server.closeAllConnections();
});
afterAll(() => browser.close());

test('one page of each layout takes part, in each language', () => {
  const names = chooseLayouts(site).map((path) =>
    path.replace(/^[a-z]{2}\//, '').replace(/\.html$|[-/].*/, ''),
  );
  const layouts = [
    'index',
    '404',
    'home',
    'about',
    'action',
    'actions',
    'day',
    'guides',
    'initiatives',
    'leaflet',
    'letter',
    'mirrors',
    'poster',
    'search',
    'terms',
    'timeline',
    'updates',
    'guide',
    'initiative',
    'update',
  ];
  expect(layouts.filter((name) => !names.includes(name))).toEqual([]);
});

test('the project itself brings six hosts, and ten habits of others', () => {
  expect(hosts.filter(({ name }) => !name.startsWith('ours: '))).toHaveLength(6);
  expect(hosts).toHaveLength(16);
});

describe('at its root and below a path, the site holds on', () => {
  // The lab's table of hosts has each of them: here one represents all, in the long run.
  longTest.each(
    hosts.filter(({ name }) => name.startsWith('sirv')).map((host) => [host.name, host] as const),
  )(
    '%s',
    async (_name, host) => {
      const table: Table = await runHosts([host], {
        site,
        roots,
        scratch: makeFolder('host-'),
        browser,
        looks,
        injected: [],
        report: () => undefined,
      });
      expect(printFailures(table)).toEqual([]);
      expect(table.rows).toHaveLength(2);
      for (const { cells } of table.rows)
        expect(cells.get('reading')?.figure).toBe(`${looks.size} pages`);
    },
    120_000,
  );
});
