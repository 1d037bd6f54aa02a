import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { trust, writeCertificate, type CertificateFiles } from './certificate.ts';
import { checkBytes } from './checks/answers.ts';
import { checkDeadEnds } from './checks/hosting/dead-ends.ts';
import { checkGrade } from './checks/hosting/grade.ts';
import { checkHeaders } from './checks/hosting/headers.ts';
import { checkLogs } from './checks/hosting/logs.ts';
import { checkTypes } from './checks/hosting/types.ts';
import { checkSearch } from './checks/search.ts';
import { launchChromium, offline } from './clients/chromium.ts';
import { subPath } from './document-roots.ts';
import { apacheFile } from './hosting/apache-file.ts';
import { caddyFile } from './hosting/caddy-file.ts';
import type { Configuration, ServedMirror, Variant } from './hosting/configuration.ts';
import { headersFiles } from './hosting/headers-file.ts';
import { makeMirrorRoot } from './hosting/mirror-root.ts';
import { nginxFile } from './hosting/nginx-file.ts';
import { brokenOff, type Row, type Table, type CheckResult } from './report.ts';
import { runRow } from './run-row.ts';
import type { StaticSite } from './site.ts';

/**
 * Every text of `hosting/`, in the order of the table. Those without `needs` come with the project.
 */
export const allConfigurations: readonly Configuration[] = [
  nginxFile,
  caddyFile,
  apacheFile,
  ...headersFiles,
];

const checks: [
  name: string,
  check: (place: ServedMirror, browser: Browser) => Promise<CheckResult>,
][] = [
  ['bytes', checkBytes],
  ['headers', checkHeaders],
  ['types', checkTypes],
  ['dead ends', checkDeadEnds],
  ['search', checkSearch],
  ['logs', checkLogs],
  ['grade', checkGrade],
];

/**
 * Starts each configuration of the site's folder `hosting/` for real, at the root and below a path,
 * with TLS and without, and runs all checks on each of these mirrors.
 * @param scratch an empty folder
 * @returns undefined where the site has no such folder
 */
export async function runHosting(
  configurations: readonly Configuration[],
  site: StaticSite,
  scratch: string,
  report: (line: string) => void,
): Promise<Table | undefined> {
  const columns = checks.map(([name]) => name);
  const mirrors = configurations
    .filter(({ file }) => site.files.has(file))
    .flatMap((configuration) =>
      configuration.variants.flatMap((variant) =>
        (['', subPath] as const).map((under) => ({ configuration, variant, under })),
      ),
    );
  if (mirrors.length === 0) return undefined;
  const certificate = await writeCertificate(scratch);
  const browser = await launchChromium([...offline, '--ignore-certificate-errors']);
  const rows: Row[] = [];
  try {
    await trust(certificate, async () => {
      for (const mirror of mirrors) {
        const { configuration, variant, under } = mirror;
        const name = `${configuration.name}, ${variant}, ${under}/`;
        const run = () =>
          withMirror({ ...mirror, site, certificate, scratch }, async (place): Promise<Row> => {
            const cells = new Map<string, CheckResult>();
            for (const [column, check] of checks)
              cells.set(column, await check(place, browser).catch(brokenOff));
            return { name, cells };
          });
        rows.push(await runRow({ name, needs: configuration.needs, columns }, report, run));
      }
    });
  } finally {
    await browser.close();
  }
  return { title: 'Configurations', kind: 'file', columns, rows };
}

export interface MirrorSetup {
  configuration: Configuration;
  variant: Variant;
  under: '' | typeof subPath;
  site: StaticSite;
  certificate: CertificateFiles;
  scratch: string;
}

/** Runs a mirror for as long as a task takes. */
export async function withMirror<T>(
  { configuration, variant, under, site, certificate, scratch }: MirrorSetup,
  task: (place: ServedMirror) => Promise<T>,
): Promise<T> {
  const own = join(scratch, `${configuration.name} ${variant} ${under}`.replace(/\W+/g, '-'));
  const [root, state] = [join(own, 'root'), join(own, 'state')];
  for (const folder of [own, root, state]) mkdirSync(folder, { mode: 0o755 });
  const whole = makeMirrorRoot(site, root, under);
  const text = site.files.get(configuration.file)?.toString('utf8') ?? '';
  const { address, plain, readLogs, stop } = await configuration.start(text, {
    variant,
    root,
    under,
    scratch: state,
    certificate,
  });
  try {
    return await task({
      site: whole,
      base: `${address}${under}/`,
      plain: `${plain}${under}/`,
      limits: {},
      variant,
      readLogs,
      hostsOwn: configuration.hostsOwn,
    });
  } finally {
    await stop();
  }
}
