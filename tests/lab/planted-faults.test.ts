import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checkBytes } from '../../scripts/lab/checks/answers.ts';
import { checkInjection } from '../../scripts/lab/checks/injection.ts';
import { checkLinks } from '../../scripts/lab/checks/links.ts';
import { checkMissing } from '../../scripts/lab/checks/answers.ts';
import { checkReading, readLooks } from '../../scripts/lab/checks/reading.ts';
import { checkSearch } from '../../scripts/lab/checks/search.ts';
import { launchChromium } from '../../scripts/lab/clients/chromium.ts';
import { subPath } from '../../scripts/lab/document-roots.ts';
import { allHosts } from '../../scripts/lab/hosts/all-hosts.ts';
import type { Host } from '../../scripts/lab/hosts/host.ts';
import type { ServedSite } from '../../scripts/lab/served-site.ts';
import type { CheckResult } from '../../scripts/lab/report.ts';
import type { StaticSite } from '../../scripts/lab/site.ts';
import { chooseRows, longTest } from '../helpers/depth.ts';
import { startBrokenHost, startTextHost } from '../helpers/faulty-hosts.ts';
import { page, plant, withServedSite, type Files } from '../helpers/plant.ts';

const host = (name: string): Host => {
  const found = allHosts.find((each) => each.name.startsWith(name));
  if (!found) throw new Error(`no host ${name}`);
  return found;
};

let browser: Browser;
beforeAll(async () => {
  browser = await launchChromium();
});
afterAll(() => browser.close());

/** Reads the pages at a place against how they look on a plain host. */
const read = async (place: ServedSite): Promise<CheckResult> => {
  const looks = await withServedSite(host('sirv'), place.site, '', ({ base }) =>
    readLooks(
      browser,
      base,
      place.site.pages.map(({ path }) => path),
    ),
  );
  return checkReading(place, browser, looks);
};
/** All pages of a site. */
const pathsOf = ({ site }: ServedSite) => site.pages.map(({ path }) => path);

const checks = {
  bytes: checkBytes,
  links: checkLinks,
  missing: checkMissing,
  reading: read,
  search: (place: ServedSite) => checkSearch(place, browser),
  injection: (served: ServedSite) => checkInjection(served, browser, pathsOf(served)),
};

const policy = '<meta http-equiv="Content-Security-Policy" content="default-src \'none\'">';
const search = (list: string, script: string) =>
  page('Search', `<div id="search"></div>${list}<script>${script}</script>`);
const list =
  '<ul><li><a href="beds/mint.html">Mint</a></li><li><a ' +
  'href="beds/sage.html">Sage</a></li><li><a href="index.html">Start</a></li></ul>';

/** name, changes of the sound site, host, where on it, the check, and what its sentence says. */
const faults: [
  name: string,
  changes: Files,
  host: string,
  under: '' | typeof subPath,
  check: keyof typeof checks,
  expected: string,
][] = [
  [
    'a link from the root of the host',
    { 'beds/sage.html': page('Sage', '<a href="/beds/mint.html">Mint</a>') },
    'sirv',
    subPath,
    'links',
    'beds/sage.html, link /beds/mint.html, leads to',
  ],
  [
    'a link to a page that is not there',
    { 'beds/sage.html': page('Sage', '<a href="min.html">Mint</a>') },
    'sirv',
    '',
    'links',
    'link min.html, leads to beds/min.html, which is no file of the site',
  ],
  [
    'a dead link on the front page',
    {
      'index.html': page('Start', '<a href="beds/mint.html">Mint</a> <a href="gone.html">Gone</a>'),
    },
    'sirv',
    '',
    'links',
    'index.html, link gone.html, leads to gone.html, which is no file of the site',
  ],
  [
    'a link from the root on the front page',
    { 'index.html': page('Start', '<a href="/beds/mint.html">Mint</a>') },
    'sirv',
    subPath,
    'links',
    'link /beds/mint.html, leads to http',
  ],
  [
    'a link with a percent sign that encodes nothing',
    { 'beds/sage.html': page('Sage', '<a href="100%">Mint</a>') },
    'sirv',
    '',
    'links',
    'link 100%, leads to beds/100%, which is no file',
  ],
  [
    'a host that is not there any more',
    {},
    'breaks off',
    '',
    'bytes',
    'index.html is answered with 0',
  ],
  [
    'a link to a folder, in a bucket',
    {
      'beds/index.html': page('Beds', '<a href="mint.html">Mint</a>'),
      'beds/sage.html': page('Sage', '<a href="../beds/">Beds</a>'),
    },
    'S3',
    '',
    'links',
    'link ../beds/, leads to',
  ],
  [
    'a link to index.html, on serve',
    {
      'beds/index.html': page('Beds', '<a href="mint.html">Mint</a>'),
      'beds/sage.html': page('Sage', '<a href="index.html">Beds</a>'),
    },
    'serve',
    '',
    'links',
    'beds/index.html (at http',
  ],
  [
    'a page that no link leads to',
    { 'beds/thyme.html': page('Thyme', 'Thyme.') },
    'sirv',
    '',
    'links',
    'no link leads to beds/thyme.html',
  ],
  [
    'names that differ in case only',
    { 'beds/Mint.html': page('Other mint', 'Other mint.') },
    'ours: folds case',
    '',
    'bytes',
    'comes back as',
  ],
  [
    'a dot file that the host hides',
    { '.hidden.txt': 'x' },
    'sirv',
    '',
    'bytes',
    '.hidden.txt is answered with 404',
  ],
  [
    'a page that the host sends as something to save',
    { 'beds/sage.html': 'no markup' },
    'sends text',
    '',
    'bytes',
    'comes as text/plain, which a browser saves',
  ],
  [
    'a link on the page for missing addresses',
    { '404.html': page('Not here', '<a href="index.html">Start</a>') },
    'sirv',
    '',
    'missing',
    '404.html has the reference index.html',
  ],
  [
    'a style that lies at the root of the host',
    {
      'style.css': 'body{color:#123456}',
      'beds/sage.html': page(
        'Sage',
        'Sage. <a href="mint.html">Mint</a>',
        '<link rel="stylesheet" href="/style.css">',
      ),
    },
    'sirv',
    subPath,
    'reading',
    'beds/sage.html looks otherwise',
  ],
  [
    'a picture of another host',
    { 'beds/sage.html': page('Sage', '<img src="http://127.0.0.1:9/x.png">') },
    'sirv',
    '',
    'reading',
    'asks for http://127.0.0.1:9/x.png, outside of the site',
  ],
  [
    'a page that does not say that it is UTF-8, where the host says otherwise',
    { 'beds/sage.html': page('Sage', 'Sage’s bed.').slice(1) },
    'ours: latin-1',
    '',
    'reading',
    'beds/sage.html reads otherwise',
  ],
  [
    'a page that is empty without its style',
    {
      'beds/sage.html': page(
        'Sage',
        '<b></b>',
        '<style>b::after{content:"Sage"}p{display:none}</style>',
      ).replace('<b>', '<p>Hidden.</p><b>'),
    },
    'ours: stricter',
    '',
    'reading',
    'without styles reads otherwise',
  ],
  [
    'a search page without a list',
    { 'herbs/beds/rosemary.html': page('Rosemary', ''), 'search.html': search('', '') },
    'sirv',
    '',
    'search',
    'search.html without scripts has 0 links',
  ],
  [
    'a page without a policy, on a host that adds scripts',
    {},
    'ours: script after',
    '',
    'injection',
    'lets a script run that the host put after its policy (inline, file)',
  ],
  [
    'a page whose policy allows the host’s own files',
    {
      'index.html': page('Start', '', policy.replace("'none'", "'self'")),
      'beds/mint.html': page('Mint', '', policy),
      'beds/sage.html': page('Sage', '', policy),
      '404.html': page('Not', '', policy),
    },
    'ours: script after',
    '',
    'injection',
    'index.html lets a script run that the host put after its policy (file)',
  ],
];

/** Hosts with a fault of their own that no real one here has. */
const sendsText: Host = { name: 'sends text', needs: [], start: startTextHost };
const breaksOff: Host = { name: 'breaks off', needs: [], start: startBrokenHost };
const find = (name: string): Host =>
  [sendsText, breaksOff].find((each) => each.name === name) ?? host(name);

describe('the lab finds', () => {
  test.each(chooseRows(faults, ([, , , , check]) => check))(
    '%s',
    async (_name, changes, hostName, under, check, expected) => {
      const result = await withServedSite(find(hostName), plant(changes), under, (place) =>
        checks[check](place),
      );
      expect(result?.failures.join('\n')).toContain(expected);
      expect(result?.state).toBe('failed');
    },
  );

  test.each(
    chooseRows(['sirv', 'S3', 'serve', 'ours: latin-1', 'ours: strips', 'ours: folder without']),
  )('nothing in a sound site on %s', async (name) => {
    const site: StaticSite = plant({});
    for (const under of ['', subPath] as const) {
      const results = await withServedSite(host(name), site, under, async (place) =>
        Promise.all([checkBytes(place), checkLinks(place), checkMissing(place), read(place)]),
      );
      expect(results.flatMap(({ failures }) => failures)).toEqual([]);
    }
  });
});

longTest('what a host adds to no page is not said to be stopped', async () => {
  const quiet: Host = { ...host('sirv'), limits: { altered: 'it says so', added: 'stopped' } };
  const result = await withServedSite(quiet, plant({}), '', (place) =>
    checkInjection(place, browser, pathsOf(place)),
  );
  expect(result?.failures.join()).toContain(
    'comes without a script of the host, so nothing was tried',
  );
});

longTest(
  'the search of a site is asked for a word of a title, and has to lead to its page',
  async () => {
    const found = `const box=document.querySelector('#search');box.innerHTML='<input type=search>';box.firstChild.oninput=(e)=>{const a=document.createElement('a');a.href=new URL(e.target.value.startsWith('rosem')?'herbs/beds/rosemary.html':'beds/mint.html',location.href);a.textContent='Found';box.append(a)}`;
    const herbs: Files = { 'herbs/beds/rosemary.html': page('Rosemary', 'Rosemary.') };
    const right = await withServedSite(
      host('sirv'),
      plant({ ...herbs, 'search.html': search(list, found) }),
      subPath,
      (place) => checkSearch(place, browser),
    );
    expect(right).toMatchObject({ state: 'ok', failures: [] });
    const wrong = await withServedSite(
      host('sirv'),
      plant({
        ...herbs,
        'search.html': search(
          list,
          found.replace('herbs/beds/rosemary.html', '/herbs/beds/rosemary.html'),
        ),
      }),
      subPath,
      (place) => checkSearch(place, browser),
    );
    expect(wrong.failures.join()).toContain('the search for "rosemary"');
  },
);

longTest(
  'a host that puts scripts before the policy is said to be stronger than any page',
  async () => {
    const site = plant({
      'index.html': page('Start', '', policy),
      'beds/mint.html': page('Mint', '', policy),
      'beds/sage.html': page('Sage', '', policy),
      '404.html': page('Not', '', policy),
    });
    expect(
      await withServedSite(host('ours: script before'), site, '', (place) =>
        checkInjection(place, browser, pathsOf(place)),
      ),
    ).toMatchObject({ state: 'limited', figure: 'run, 4 pages' });
    expect(
      await withServedSite(host('ours: script after'), site, '', (place) =>
        checkInjection(place, browser, pathsOf(place)),
      ),
    ).toMatchObject({ state: 'ok', figure: 'stopped, 4 pages' });
  },
);
