import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { checkBytes } from './checks/bytes.ts';
import { checkGrade } from './checks/hosting/grade.ts';
import { checkHeaders } from './checks/hosting/headers.ts';
import { checkLogs } from './checks/hosting/logs.ts';
import { checkDeadEnds } from './checks/hosting/missing.ts';
import { checkTypes } from './checks/hosting/types.ts';
import { checkSearch } from './checks/search.ts';
import { launchChromium, offline } from './clients/chromium.ts';
import { subPath } from './document-roots.ts';
import { makeCertificate, trust, type Certificate } from './hosting/certificate.ts';
import type { Configuration, Variant } from './hosting/configuration.ts';
import type { MirrorPlace } from './hosting/mirror-place.ts';
import { makeMirrorRoot } from './hosting/mirror-root.ts';
import { ProgramError } from './process.ts';
import { explainMissing } from './programs.ts';
import { brokenOff, failed, leftOut, type Row, type Table, type Verdict } from './report.ts';
import type { Site } from './site.ts';

const checks: [name: string, check: (place: MirrorPlace, browser: Browser) => Promise<Verdict>][] =
  [
    ['bytes', checkBytes],
    ['headers', checkHeaders],
    ['types', checkTypes],
    ['dead ends', checkDeadEnds],
    ['search', checkSearch],
    ['logs', checkLogs],
    ['grade', checkGrade],
  ];

/**
 * Starts each configuration of the site's folder `hosting/` for real, at the root and below a path, with TLS and without, and runs
 * all checks on each of these mirrors.
 * @param scratch an empty folder
 * @returns undefined where the site has no such folder
 */
export async function runHosting(
  configurations: readonly Configuration[],
  site: Site,
  scratch: string,
  report: (line: string) => void,
): Promise<Table | undefined> {
  const present = configurations.filter(({ file }) => site.files.has(file));
  if (present.length === 0) return undefined;
  const certificate = await makeCertificate(scratch);
  const browser = await launchChromium([...offline, '--ignore-certificate-errors']);
  const rows: Row[] = [];
  try {
    await trust(certificate, async () => {
      for (const configuration of present) {
        for (const variant of configuration.variants)
          for (const under of ['', subPath] as const)
            rows.push(
              await runMirror(
                configuration,
                variant,
                under,
                site,
                certificate,
                scratch,
                browser,
                report,
              ),
            );
      }
    });
  } finally {
    await browser.close();
  }
  return { title: 'Configurations', kind: 'file', columns: checks.map(([name]) => name), rows };
}

async function runMirror(
  configuration: Configuration,
  variant: Variant,
  under: '' | typeof subPath,
  site: Site,
  certificate: Certificate,
  scratch: string,
  browser: Browser,
  report: (line: string) => void,
): Promise<Row> {
  const all = (verdict: Verdict) => new Map(checks.map(([name]) => [name, verdict]));
  const name = `${configuration.name}, ${variant}, ${under}/`;
  const missing = explainMissing(configuration.needs);
  if (missing !== undefined) return { name, cells: all(leftOut(missing)) };
  const started = performance.now();
  try {
    const cells = await withMirror(
      { configuration, variant, under, site, certificate, scratch },
      async (place) => {
        const verdicts = new Map<string, Verdict>();
        for (const [column, check] of checks)
          verdicts.set(column, await check(place, browser).catch(brokenOff));
        return verdicts;
      },
    );
    report(`${name}: ${((performance.now() - started) / 1000).toFixed(1)} s`);
    return { name, cells };
  } catch (error) {
    return {
      name,
      cells: all(error instanceof ProgramError ? failed(error.message) : brokenOff(error)),
    };
  }
}

export interface Mirror {
  configuration: Configuration;
  variant: Variant;
  under: '' | typeof subPath;
  site: Site;
  certificate: Certificate;
  scratch: string;
}

/** Lets a mirror stand for as long as a task takes. */
export async function withMirror<T>(
  { configuration, variant, under, site, certificate, scratch }: Mirror,
  task: (place: MirrorPlace) => Promise<T>,
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
