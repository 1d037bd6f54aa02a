/**
 * `npm test`: types and lint, of the lab too, then all tests; at the end it names the slowest. With
 * arguments for vitest, only the tests that they name (`npm test -- tests/unit/dates.test.ts`):
 * whoever writes a test waits for nothing else. The packages of the lab are installed only for
 * tests of the lab.
 */
import { spawnSync } from 'node:child_process';
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

const npmRun = (script: string) => () =>
  spawnSync(`npm run --silent ${script}`, { stdio: 'inherit', shell: true }); // npm.cmd on Windows
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
const steps = isAll
  ? [npmRun('types'), npmRun('lint'), npmRun('check:lab'), runVitest]
  : [runVitest];
for (const step of steps) {
  const { status, signal, error } = step();
  if (error) throw error;
  if (signal) process.exit(130);
  if (isAll && step === runVitest) printSlowest(10);
  if (status !== 0) process.exit(status ?? 1);
}

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
