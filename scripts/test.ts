/**
 * `npm test`: types and lint, of the lab too, then all tests; at the end it names the slowest. With
 * arguments for vitest, only the tests that they name (`npm test -- tests/unit/dates.test.ts`):
 * whoever writes a test waits for nothing else. The packages of the lab are installed only for
 * tests of the lab.
 */
import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { project } from './build/project.ts';

/** What vitest's reporter `json` writes; only what is read here. */
interface TestReport {
  testResults: {
    name: string;
    assertionResults: { fullName: string; duration?: number }[];
  }[];
}

const selection = process.argv.slice(2);
const isAll = selection.length === 0;
const names = (folder: string) => new RegExp(`\\b(?:${folder})\\b`);
const needsLab =
  !selection.some((word) => names('unit|kit|build|browser').test(word)) ||
  selection.some((word) => names('lab').test(word));
const reportFile = join(project, 'node_modules/.cache/test-report.json');

/** Runs a script of package.json and keeps what it prints, since several run at once. */
const npmRun = (script: string): Promise<{ status: number; output: string }> =>
  new Promise((done, fail) => {
    // npm is npm.cmd on Windows, which only a shell starts.
    const child = spawn(`npm run --silent ${script}`, { shell: true });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => (output += text));
    child.on('error', fail);
    child.on('close', (code, signal) => done({ status: signal ? 130 : (code ?? 1), output }));
  });
const runVitest = () =>
  spawnSync(
    process.execPath,
    [
      join(project, 'scripts/run.mjs'),
      ...(needsLab ? ['--with=scripts/lab'] : []),
      ...['vitest', 'run', ...selection],
      ...(isAll ? ['--reporter=default', '--reporter=json', `--outputFile=${reportFile}`] : []),
    ],
    { stdio: 'inherit' },
  );

process.on('SIGINT', () => {}); // ends the step, and this process with the step's exit code
if (isAll) {
  // What two checks would write at once is written before; one after the other they would leave a
  // core idle, since each is busy on one alone.
  for (const scripts of [['sync'], ['synced:types', 'synced:lint', 'synced:lab']]) {
    const checks = await Promise.all(scripts.map(npmRun));
    for (const { output } of checks) process.stdout.write(output);
    const failed = checks.find(({ status }) => status !== 0);
    if (failed) process.exit(failed.status);
  }
}
const { status, signal, error } = runVitest();
if (error) throw error;
if (signal) process.exit(130);
if (isAll) printSlowest(10);
process.exitCode = status ?? 1;

/** Names the slowest tests, so that a run that has become slow says where to look. */
function printSlowest(count: number): void {
  const { testResults } = JSON.parse(readFileSync(reportFile, 'utf8')) as TestReport;
  const slowest = testResults
    .flatMap(({ name, assertionResults }) =>
      assertionResults.map(({ fullName, duration = 0 }) => ({ name, fullName, duration })),
    )
    .sort((a, b) => b.duration - a.duration)
    .slice(0, count);
  console.log('The slowest tests:');
  for (const { name, fullName, duration } of slowest)
    console.log(
      `${(duration / 1000).toFixed(1).padStart(7)} s  ${relative(project, name)}: ${fullName}`,
    );
}
