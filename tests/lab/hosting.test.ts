import { chmodSync } from 'node:fs';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { checkGrade } from '../../scripts/lab/checks/hosting/grade.ts';
import { checkHeaders } from '../../scripts/lab/checks/hosting/headers.ts';
import { checkLogs } from '../../scripts/lab/checks/hosting/logs.ts';
import { checkDeadEnds } from '../../scripts/lab/checks/hosting/dead-ends.ts';
import { checkTypes } from '../../scripts/lab/checks/hosting/types.ts';
import { checkSearch } from '../../scripts/lab/checks/search.ts';
import { launchChromium, offline } from '../../scripts/lab/clients/chromium.ts';
import type { subPath } from '../../scripts/lab/document-roots.ts';
import { allConfigurations } from '../../scripts/lab/run-hosting.ts';
import { trust, writeCertificate, type CertificateFiles } from '../../scripts/lab/certificate.ts';
import type { Variant } from '../../scripts/lab/hosting/configuration.ts';
import type { ServedMirror } from '../../scripts/lab/hosting/configuration.ts';
import { explainMissing } from '../../scripts/lab/programs.ts';
import { printFailures, type CheckResult } from '../../scripts/lab/report.ts';
import { runHosting, withMirror } from '../../scripts/lab/run-hosting.ts';
import { readSite, type StaticSite } from '../../scripts/lab/site.ts';
import { makeFolder } from '../helpers/build.ts';
import { chooseRows, isLong, longTest } from '../helpers/depth.ts';

const site = readSite(inject('defaultSite'));

let browser: Browser;
let certificate: CertificateFiles;
beforeAll(async () => {
  browser = await launchChromium([...offline, '--ignore-certificate-errors']);
  certificate = await writeCertificate(makeFolder('certificate-'));
});
afterAll(() => browser.close());

/** A folder that servers can read, which give up the rights of root. */
function makeOpenFolder(name: string): string {
  chmodSync(inject('scratch'), 0o711);
  const folder = makeFolder(name);
  chmodSync(folder, 0o755);
  return folder;
}

const find = (name: string) => {
  const found = allConfigurations.find((each) => each.name.includes(name));
  if (!found) throw new Error(`no configuration ${name}`);
  return found;
};
const [netlify, cloudflare, nginx, caddy, apache] = [
  find('Netlify'),
  find('Cloudflare'),
  find('nginx'),
  find('caddy'),
  find('apache'),
];

const checks = {
  headers: checkHeaders,
  types: checkTypes,
  'dead ends': checkDeadEnds,
  logs: checkLogs,
  grade: checkGrade,
  search: (place: ServedMirror) => checkSearch(place, browser),
};

/** The site with one of its configurations changed; the change must find its place. */
function change(file: string, from: string | RegExp, to: string): StaticSite {
  const text = site.files.get(file)?.toString('utf8') ?? '';
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`${file} does not hold ${from}`);
  return { ...site, files: new Map([...site.files, [file, Buffer.from(changed)]]) };
}

/** Puts a configuration up with one fault, and gives what a check says. */
function judge(
  configuration: typeof netlify,
  changed: StaticSite,
  check: keyof typeof checks,
  under: '' | typeof subPath = '',
  variant: Variant = 'TLS',
): Promise<CheckResult> {
  const scratch = makeOpenFolder('mirror-');
  return trust(certificate, () =>
    withMirror({ configuration, variant, under, site: changed, certificate, scratch }, (place) =>
      checks[check](place),
    ),
  );
}

const line = (name: string) =>
  new RegExp(`^ *(?:add_header|Header always set|header)? *${name}:? .*\n`, 'm');
const policy = "Content-Security-Policy: frame-ancestors 'none'";

/** Faults of the file for hosts that read `_headers`; they need no program of the machine. */
const headersFaults: [
  name: string,
  from: string | RegExp,
  to: string,
  check: keyof typeof checks,
  expected: string,
][] = [
  ...[
    'Cache-Control',
    'X-Frame-Options',
    'X-Content-Type-Options',
    'Referrer-Policy',
    'Cross-Origin-Opener-Policy',
    'Cross-Origin-Resource-Policy',
    'X-DNS-Prefetch-Control',
    'Permissions-Policy',
    'Strict-Transport-Security',
  ].map((name): (typeof headersFaults)[number] => [
    `no ${name}`,
    line(name),
    '',
    'headers',
    `the header ${name.toLowerCase()} is not there`,
  ]),
  [
    'pages that may be kept for an hour',
    'Cache-Control: no-store',
    'Cache-Control: max-age=3600',
    'headers',
    'the header cache-control is "max-age=3600", expected "no-store"',
  ],
  [
    'a policy that others may frame',
    policy,
    "Content-Security-Policy: base-uri 'none'",
    'headers',
    'less lets others frame the page',
  ],
  [
    'reports to a third party',
    policy,
    `${policy}\n  NEL: {"report_to":"x","max_age":9}`,
    'headers',
    'the header nel is',
  ],
  [
    'a policy that stops the search',
    policy,
    `${policy}; default-src 'none'`,
    'search',
    'does not lead to',
  ],
  [
    'a list of hashes as something to save',
    '/SHA256SUMS\n  Content-Type: text/plain; charset=utf-8\n',
    '/SHA256SUMS\n  Content-Type: application/octet-stream\n',
    'types',
    'SHA256SUMS comes as "application/octet-stream"',
  ],
  [
    'an archive without its type',
    'application/vnd.ipld.car',
    'text/html',
    'types',
    'download/sample.car comes as "text/html"',
  ],
];

describe('without a line of the file for _headers, a check finds', () => {
  test.each(chooseRows(headersFaults, ([, , , check]) => check))(
    '%s',
    async (_name, from, to, check, expected) => {
      const result = await judge(netlify, change('hosting/headers.txt', from, to), check);
      expect(result.failures.join('\n')).toContain(expected);
    },
  );

  longTest('what a host adds by itself, where the file does not take it back', async () => {
    const result = await judge(
      cloudflare,
      change('hosting/headers.txt', '  ! Access-Control-Allow-Origin\n', ''),
      'headers',
    );
    expect(result.failures.join('\n')).toContain(
      'the header access-control-allow-origin is "*", expected none',
    );
  });

  longTest('a line that Cloudflare would pass over', async () => {
    await expect(
      judge(
        cloudflare,
        change('hosting/headers.txt', '  X-Frame-Options: DENY', '  X-Frame-Options DENY'),
        'headers',
      ),
    ).rejects.toThrow('is no header below a path: X-Frame-Options DENY');
    await expect(
      judge(cloudflare, change('hosting/headers.txt', '\n/*.car', '\n/*/*.zip\n/*.car'), 'headers'),
    ).rejects.toThrow('has two asterisks, one is allowed');
  });
});

describe("by the rules of MDN's Observatory", () => {
  // The best grade begins at 100 and its extra points hide a small loss, so the points are compared
  // as well.
  const grades: [name: string, from: string | RegExp, grade: string][] = [
    ['pages without the file get C', /^ {2}(?!Content-Type)[\w-]+: .*\n/gm, 'C 55'],
    ['without HSTS it is not the best grade', line('Strict-Transport-Security'), 'B+ 80'],
    [
      'without a word on frames it is not the best grade',
      /^ {2}(?:X-Frame-Options: DENY|Content-Security-Policy: frame-ancestors 'none')\n/gm,
      'B+ 80',
    ],
    ['without X-Content-Type-Options points are lost', line('X-Content-Type-Options'), 'A+ 125'],
    [
      'without Cross-Origin-Resource-Policy points are lost',
      line('Cross-Origin-Resource-Policy'),
      'A+ 120',
    ],
  ];
  test.each(chooseRows(grades))('%s', async (_name, from, grade) => {
    const { figure, state } = await judge(
      netlify,
      change('hosting/headers.txt', from, ''),
      'grade',
    );
    expect(figure).toBe(grade);
    expect(state).toBe(grade.startsWith('A+') ? 'ok' : 'failed');
  });
});

/**
 * Faults of the configurations of servers, left out by name where the machine has no such server.
 */
const serverFaults: [
  configuration: typeof nginx,
  name: string,
  from: string | RegExp,
  to: string,
  check: keyof typeof checks,
  expected: string,
][] = [
  [
    nginx,
    'keeps a log of who reads',
    /^ {4}access_log off;\n/gm,
    '',
    'logs',
    "a log holds the reader's address",
  ],
  [
    nginx,
    'keeps errors of requests',
    /^ {4}error_log .*\n/gm,
    '',
    'logs',
    "a log holds the reader's address",
  ],
  [
    nginx,
    'shows hidden files',
    /^ {4}location ~ \/\\\. .*\n/m,
    '',
    'dead ends',
    'which is hidden, is given to everybody',
  ],
  [
    nginx,
    'has a page of its own for what is missing',
    'error_page 403 404 ',
    'error_page 410 ',
    'dead ends',
    'expected 404.html',
  ],
  [
    nginx,
    'loses its headers in one place',
    'location / { try_files',
    'location / { add_header X-Other 1; try_files',
    'headers',
    'the header cache-control is not there',
  ],
  [nginx, 'compresses nothing', 'gzip on;', 'gzip off;', 'types', 'expected gzip'],
  [
    nginx,
    'tells its version',
    /^ {4}server_tokens off;\n/gm,
    '',
    'headers',
    'the header server tells the version',
  ],
  [
    caddy,
    'writes failed requests down',
    /^\t\texclude .*\n/m,
    '\t\tlevel DEBUG\n',
    'logs',
    "a log holds the reader's address",
  ],
  [
    caddy,
    'shows hidden files',
    '\terror @hidden 404\n',
    '',
    'dead ends',
    'which is hidden, is given to everybody',
  ],
  [
    caddy,
    'has no page for what is missing',
    '\t\trewrite * /404.html\n',
    '\t\trewrite * /404.html\n\t\trespond "gone"\n',
    'dead ends',
    'expected 404.html',
  ],
  [caddy, 'guesses types', /^\theader @(?:car|text) .*\n/gm, '', 'types', 'SHA256SUMS comes as'],
  [
    apache,
    'keeps a log of who reads',
    '#| CustomLog /dev/null common\n',
    '',
    'logs',
    "a log holds the reader's address",
  ],
  [
    apache,
    'lists folders',
    'Options -Indexes',
    'Options +Indexes',
    'dead ends',
    'is answered with 200, expected 404',
  ],
  [
    apache,
    'shows hidden files',
    'RewriteRule (^|/)\\. -',
    'RewriteRule ^never$ -',
    'dead ends',
    'which is hidden, is given to everybody',
  ],
  [
    apache,
    'has no redirect to TLS',
    'RewriteRule ^ https',
    'RewriteRule ^never$ https',
    'headers',
    'expected a lasting redirect',
  ],
];

describe('a check finds that', () => {
  const rows = chooseRows(serverFaults, ([, , , , check]) => check);
  for (const [configuration, name, from, to, check, expected] of rows) {
    const missing = explainMissing(configuration.needs);
    test.skipIf(missing !== undefined)(
      `${configuration.name} ${name}${missing === undefined ? '' : ` (left out: ${missing})`}`,
      async () => {
        const result = await judge(configuration, change(configuration.file, from, to), check);
        expect(result.failures.join('\n')).toContain(expected);
      },
    );
  }

  const missing = explainMissing(nginx.needs);
  test.skipIf(!isLong || missing !== undefined)(
    `nginx.txt as an onion service sends what belongs to TLS${missing === undefined ? '' : ` (left out: ${missing})`}`,
    async () => {
      const result = await judge(
        nginx,
        change(nginx.file, /(add_header Strict-Transport-Security .*;) *# TLS/, '$1'),
        'headers',
        '',
        'onion',
      );
      expect(result.failures.join('\n')).toContain(
        'the header strict-transport-security is "max-age=31536000", expected none',
      );
    },
  );
});

// The lab's table of configurations has each of them: here the one that needs no program represents
// all, in the long run.
longTest(
  'for real, at the root and below a path, all holds for the file for _headers',
  async () => {
    const table = await runHosting([netlify], site, makeOpenFolder('hosting-'), () => undefined);
    if (!table) throw new Error('the site has no folder hosting/');
    expect(printFailures(table)).toEqual([]);
    expect(table.rows).toHaveLength(2);
    for (const { cells } of table.rows) expect(cells.get('grade')?.figure).toBe('A+ 130');
  },
);

longTest('a text that has lost what must be changed is not tested as if it had it', async () => {
  await expect(
    judge(netlify, change('hosting/headers.txt', '\n/*\n', '\n/all/*\n'), 'headers'),
  ).rejects.toThrow('the configuration does not hold');
});
