import { spawnSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { printPublicKey } from '../../src/kit/core/minisign/public-key.ts';
import { inventChain } from '../helpers/chains.ts';
import { makeEdition, makeKeys, type EditionOptions } from '../helpers/signed-sites.ts';

/**
 * Pages of this size are a little smaller than those of the default campaign: per file, a checker
 * costs more where files are small.
 */
const pageBytes = 20_000;
const [key] = makeKeys(1);
const makeSite = (pages: number, options?: EditionOptions): Promise<string> =>
  makeEdition(
    Object.fromEntries(
      Array.from({ length: pages }, (_, page) => [
        `en/${page % 50}/page-${page}.html`,
        `page ${page} `.padEnd(pageBytes, String(page)),
      ]),
    ),
    options ?? { number: 1, keys: [key!], archives: false },
  );

/** A module that each process loads first, so that it says at its end what it has cost. */
const meter = `data:text/javascript,${encodeURIComponent("process.on('exit', () => { const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage(); process.stderr.write(JSON.stringify({ cpu: (userCPUTime + systemCPUTime) / 1e6, memory: maxRSS / 1024 })); });")}`;

/** CPU seconds and MiB at most of one check. */
function verify(folder: string, keys = [key!]): { cpu: number; memory: number } {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      '--import',
      meter,
      'scripts/verify.ts',
      folder,
      '--no-memory',
      ...keys.flatMap(({ publicKey }) => ['--key', printPublicKey(publicKey)]),
    ],
    // as somebody has it who checks once, with no compiled code kept from before
    { encoding: 'utf8', env: { ...process.env, NODE_DISABLE_COMPILE_CACHE: '1' } },
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

/** The least of several: what the work needs, without what the machine did meanwhile. */
const least = <T>(measure: () => T, by: (value: T) => number): T =>
  Array.from({ length: 4 }, measure).reduce((best, next) => (by(next) < by(best) ? next : best));

test.skipIf(spawnSync('sha256sum', ['--version']).error !== undefined)(
  'a check of 5,000 files costs at most 1.2 times what sha256sum does, besides its start, and little memory',
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

test('keys of edition 1 prove edition 40 after seven changes at the cost of a check without a chain', async () => {
  const pages = 450; // as many files as the default campaign has
  const holders = makeKeys(10);
  const keysOf = (stage: number) => holders.slice(stage, stage + 3);
  const changes = new Map([1, 2, 3, 4, 5, 6, 7].map((n) => [n * 5, keysOf(n)] as const));
  const after = await inventChain(39, keysOf(0), { changes });
  const [plain, long] = [
    await makeSite(pages, { number: 1, keys: keysOf(7), archives: false }),
    await makeSite(pages, { number: 40, keys: keysOf(7), after, archives: false }),
  ];
  // In turns, so that what else the machine does meets both; on a busy one, the least of a few is
  // not yet what the work needs.
  let [before, now] = [Infinity, Infinity];
  for (let round = 0; round < 4 || (round < 16 && now >= 1.1 * before); round += 1) {
    before = Math.min(before, verify(plain, keysOf(7)).cpu);
    now = Math.min(now, verify(long, keysOf(0)).cpu);
  }
  console.log(
    `verify of ${pages} files: ${before} s without a chain, ${now} s over seven changes of keys`,
  );
  expect(now / before).toBeLessThan(1.1);
});
