import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { checkClient } from '../../scripts/lab/checks/client.ts';
import { chromiumWithoutScripts, chromiumWithScripts } from '../../scripts/lab/clients/chromium.ts';
import type { Client } from '../../scripts/lab/clients/client.ts';
import type { CheckResult } from '../../scripts/lab/report.ts';
import { serveFolder } from '../../scripts/build/serve.ts';
import { makeFolder } from '../helpers/build.ts';
import { chooseRows, longTest } from '../helpers/depth.ts';
import { page, plant, soundSite, type Files } from '../helpers/plant.ts';

async function read(client: Client, changes: Files): Promise<Map<string, CheckResult>> {
  const site = plant(changes);
  const server = await serveFolder(site.folder, 0, '/a/b');
  const reader = await client.start(makeFolder('client-'));
  try {
    return await checkClient(
      client,
      reader,
      site,
      `http://localhost:${(server.address() as AddressInfo).port}/a/b/`,
      site.pages.map(({ path }) => path),
    );
  } finally {
    await reader.stop();
    server.close();
    server.closeAllConnections();
  }
}

/** Pages in two languages, with a switch that something may go wrong with. */
const switchPages = (target: string): Files => ({
  'de/beds/salbei.html': page('Salbei', '<p>Salbei.</p>').replace('lang="en"', 'lang="de"'),
  'en/beds/sage.html': page(
    'Sage',
    `<p>Sage grows here. <a lang="de" href="${target}">Deutsch</a></p>`,
  ),
});
const box =
  '<div id="search"></div><ul><li><a href="../herbs/rosemary.html">Rosemary</a></li></ul>';
const searchPages = (script: string): Files => ({
  'en/herbs/rosemary.html': page('Rosemary', '<p>Rosemary.</p>'),
  'en/beds/search.html': page(
    'Search',
    `${box}<script>const place=document.querySelector('#search');place.innerHTML='<input ` +
      `type=search>';place.firstChild.oninput=()=>{${script}}</script>`,
  ),
});
const cover = '<style>body::after{content:"";position:fixed;inset:0}</style>';

const faults: [name: string, client: Client, changes: Files, column: string, expected: string][] = [
  [
    'a title that a script has changed',
    chromiumWithScripts,
    { 'beds/sage.html': page('Sage', '<script>document.title="Mint"</script>') },
    'text',
    'beds/sage.html has the title "Mint", expected "Sage"',
  ],
  [
    'words that a style hides',
    chromiumWithoutScripts,
    {
      'beds/sage.html': page(
        'Sage',
        '<p class="x">Never keep these files inside the country.</p>',
        '<style>.x{display:none}</style>',
      ),
    },
    'text',
    'beds/sage.html shows 1 of 8 words; lost are never, keep',
  ],
  [
    'links that another element leads astray',
    chromiumWithoutScripts,
    { 'beds/sage.html': page('Sage', '<a href="mint.html">Mint</a>', '<base href="/elsewhere/">') },
    'links',
    'the link mint.html should lead to http://localhost',
  ],
  [
    'a link that lies under something else',
    chromiumWithoutScripts,
    { 'beds/sage.html': page('Sage', '<a href="mint.html">Mint</a>', cover) },
    'follow',
    'beds/sage.html: ',
  ],
  [
    'a link that ends up at another address',
    chromiumWithScripts,
    { 'beds/mint.html': page('Mint', '<script>history.replaceState(0, "", "sage.html")</script>') },
    'follow',
    'beds/sage.html: the link to beds/mint.html leads to http',
  ],
  [
    'a switch of language to a page that is not there',
    chromiumWithoutScripts,
    switchPages('../../de/beds/salbe.html'),
    'language switch',
    'en/beds/sage.html: the link to de/beds/salbe.html leads to no page of the site',
  ],
  [
    'a style that the page’s own policy stops',
    chromiumWithoutScripts,
    {
      'beds/sage.html': page(
        'Sage',
        '<p>Sage.</p>',
        `<meta http-equiv="Content-Security-Policy" content="default-src ` +
          `'none'"><style>body{color:red}</style>`,
      ),
    },
    'style',
    'beds/sage.html comes without its style',
  ],
  [
    'a search that finds nothing',
    chromiumWithScripts,
    searchPages(''),
    'search',
    'en/beds/search.html: the search for "rosemary" gives 0 results, none of them en/herbs/rosemary.html',
  ],
  [
    'a search page that lists nothing without scripts',
    chromiumWithoutScripts,
    {
      ...searchPages(''),
      'en/beds/search.html': page('Search', '<div id="search"></div><script>0</script>'),
    },
    'search',
    'en/beds/search.html without a search does not list en/herbs/rosemary.html',
  ],
];

describe('a reader finds', () => {
  test.each(chooseRows(faults, ([, , , column]) => column))(
    '%s',
    async (_name, client, changes, column, expected) => {
      const result = (await read(client, changes)).get(column);
      expect(result?.failures.join('\n')).toContain(expected);
      expect(result?.state).toBe('failed');
    },
  );

  test.each(
    chooseRows([
      ['on', chromiumWithScripts],
      ['off', chromiumWithoutScripts],
    ] as const),
  )('nothing in a sound site, with scripts %s', async (_name, client) => {
    const result =
      'const ' +
      "a=document.createElement('a');a.href='../herbs/rosemary.html';a.textContent='Rosemary';place.append(a)";
    const results = await read(client, {
      ...switchPages('../../de/beds/salbei.html'),
      ...searchPages(result),
    });
    expect([...results.values()].flatMap(({ failures }) => failures)).toEqual([]);
    expect([...results.keys()]).toEqual([
      'text',
      'links',
      'follow',
      'language switch',
      'style',
      'search',
    ]);
    for (const { state } of results.values()) expect(state).not.toBe('left out');
  });

  longTest(
    'nothing to try in a site without links, languages, styles and search, and says so',
    async () => {
      const bare = page('Bare', '<p>Bare.</p>', '');
      const results = await read(
        chromiumWithoutScripts,
        Object.fromEntries(Object.keys(soundSite).map((path) => [path, bare])),
      );
      for (const column of ['follow', 'language switch', 'style', 'search'])
        expect(results.get(column)?.state, column).toBe('left out');
    },
  );
});
