import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { printPublicKey } from '../../src/kit/core/minisign/public-key.ts';
import { makeEdition, makeKeys } from '../helpers/signed-sites.ts';

/**
 * Pages of this size are a little smaller than those of the default campaign: per file, a checker
 * costs more where files are small.
 */
const pageBytes = 20_000;
const [key] = makeKeys(1);
const makeSite = (pages: number): Promise<string> =>
  makeEdition(
    Object.fromEntries(
      Array.from({ length: pages }, (_, page) => [
        `en/${page % 50}/page-${page}.html`,
        `page ${page} `.padEnd(pageBytes, String(page)),
      ]),
    ),
    { number: 1, keys: [key!], archives: false },
  );

/** A module that each process loads first, so that it says at its end what it has cost. */
const meter = `data:text/javascript,${encodeURIComponent("process.on('exit', () => { const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage(); process.stderr.write(JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, memory: maxRSS / 1024 })); });")}`;

/** CPU seconds and MiB at most of one check. */
function verify(folder: string): { cpu: number; memory: number } {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--import',
      meter,
      'scripts/verify.ts',
      folder,
      '--no-memory',
      '--key',
      printPublicKey(key!.publicKey),
    ],
    { encoding: 'utf8' },
  );
  expect(stdout).toMatch(/AUTHENTIC/);
  return JSON.parse(stderr.slice(stderr.lastIndexOf('{'))) as { cpu: number; memory: number };
}

/** CPU seconds of sha256sum over the list, by the shell's own clock. */
function sum(folder: string): number {
  const { stdout } = spawnSync(
    'bash',
    ['-c', 'TIMEFORMAT="%U %S"; { time sha256sum -c --quiet SHA256SUMS; } 2>&1'],
    { cwd: folder, encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } },
  );
  expect(stdout).toMatch(/^\d+\.\d+ \d+\.\d+\n$/); // and no line of a file that does not fit
  return stdout
    .trim()
    .split(' ')
    .map(Number)
    .reduce((a, b) => a + b);
}

/** The least of several: what the work needs, without what the machine did beside it. */
const least = <T>(measure: () => T, by: (value: T) => number): T =>
  Array.from({ length: 4 }, measure).reduce((best, next) => (by(next) < by(best) ? next : best));

test.skipIf(spawnSync('sha256sum', ['--version']).error !== undefined)(
  'a check of 5,000 files costs at most 1.2 times what sha256sum does, beside its start, and little memory',
  async () => {
    const [large, small] = [await makeSite(5000), await makeSite(1)];
    const [start, whole] = [
      least(
        () => verify(small),
        ({ cpu }) => cpu,
      ),
      least(
        () => verify(large),
        ({ cpu }) => cpu,
      ),
    ];
    const known = least(
      () => sum(large),
      (cpu) => cpu,
    );
    console.log(
      `verify: start ${start.cpu.toFixed(2)} s, 5,000 files ${whole.cpu.toFixed(2)} s, ${whole.memory.toFixed(0)} MiB; sha256sum: ${known.toFixed(2)} s of CPU`,
    );
    expect(whole.cpu - start.cpu).toBeLessThan(1.2 * known);
    expect(whole.memory).toBeLessThan(200);
  },
);
