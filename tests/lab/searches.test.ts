import type { AddressInfo } from 'node:net';
import { describe, expect, test } from 'vitest';
import { serveFolder } from '../../scripts/build/serve.ts';
import { findQueries } from '../../scripts/lab/checks/search.ts';
import { firefoxClients } from '../../scripts/lab/clients/firefox.ts';
import { webkitClients } from '../../scripts/lab/clients/webkit.ts';
import { explainMissing } from '../../scripts/lab/programs.ts';
import { runSearches } from '../../scripts/lab/run-searches.ts';
import { makeFolder } from '../helpers/build.ts';
import { isLong } from '../helpers/depth.ts';
import { page, plant } from '../helpers/plant.ts';

/** A search that gives the pages of its list in their order, or turned round where `reversed` is true. */
const searchPage = (reversed: string): string =>
  page(
    'Search',
    `<p><input type="search"></p><ul><li><a href="beds/marjoram.html">Marjoram</a></li><li><a
    href="beds/rosemary.html">Rosemary</a></li><li><a href="beds/lavender.html">Lavender</a></li></ul>
    <script>
    const box = document.querySelector('input');
    box.addEventListener('input', () => {
      for (const old of box.parentElement.querySelectorAll('a')) old.remove();
      const names = ['marjoram', 'rosemary', 'lavender'].sort((a, b) => box.value.includes(b) - box.value.includes(a));
      for (const name of ${reversed} ? names.reverse() : names) {
        const link = document.createElement('a');
        link.href = 'beds/' + name + '.html?highlight=' + box.value;
        link.textContent = name;
        box.parentElement.append(link);
      }
    });
    </script>`,
  );
const plantSearch = (reversed: string) =>
  plant({
    'search.html': searchPage(reversed),
    'beds/marjoram.html': page('Marjoram', '<p>Marjoram.</p>'),
    'beds/rosemary.html': page('Rosemary', '<p>Rosemary.</p>'),
    'beds/lavender.html': page('Lavender', '<p>Lavender.</p>'),
  });

const browsers = [firefoxClients[0]!, webkitClients[0]!];

/** WebKitGTK needs a display of its own, and half a minute: the long run has it. */
describe.each(browsers.filter(({ name }) => isLong || !name.startsWith('WebKit')))(
  'the search in $name',
  (client) => {
    const left = explainMissing(client.needs) !== undefined;
    const compare = async (reversed: string): Promise<string[]> => {
      const site = plantSearch(reversed);
      const server = await serveFolder(site.folder, 0, '/a');
      const base = `http://localhost:${(server.address() as AddressInfo).port}/a/`;
      try {
        const table = await runSearches([client], site, base, makeFolder('search-'), () => {});
        return table!.rows.flatMap(({ cells }) =>
          [...cells.values()].flatMap(({ failures }) => failures),
        );
      } finally {
        server.close();
        server.closeAllConnections();
      }
    };

    test.skipIf(left)('is as in Chromium', async () => {
      expect(await compare('false')).toEqual([]);
    });

    test.skipIf(left)('is seen to give other results first', async () => {
      const failures = await compare('!navigator.userAgent.includes("Chrome")');
      expect(failures).toContain(
        'the search for "marjoram" begins with beds/lavender.html, beds/rosemary.html, ' +
          'beds/marjoram.html, in Chromium with beds/marjoram.html, beds/rosemary.html, ' +
          'beds/lavender.html',
      );
    });
  },
);

test('the queries of a site are words of single titles, the last of ten misspelt', () => {
  const titles = Array.from('abcdefghijkl', (letter) => `${letter.repeat(5)}berry`);
  const beds = titles.map((title) => [`beds/${title}.html`, page(title, '<p>A bed.</p>')]);
  const links = titles.map((title) => `<a href="beds/${title}.html">${title}</a>`).join(' ');
  const site = plant({
    ...(Object.fromEntries(beds) as Record<string, string>),
    'search.html': page('Search', `<input type="search"><script>a()</script>${links}`),
  });
  const [query] = findQueries(site);
  expect(query?.words).toHaveLength(10);
  expect(query?.words.slice(0, 2)).toEqual(['aaaaaberry', 'bbbbbberry']);
  expect(query?.words.at(-1)).toBe('jjjjberry');
});
