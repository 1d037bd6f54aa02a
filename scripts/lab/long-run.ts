import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join, relative } from 'node:path';
import { project } from '../build/project.ts';
import { hasFailed, printFailures, type Table } from './report.ts';

/** What vitest's reporter `json` writes; only what is read here. */
interface TestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: { name: string; assertionResults: { fullName: string; status: string }[] }[];
}

/** Where the result of the long run is kept, with the project. */
const resultFile = join(project, 'tests/long-run.md');

/** How much more is fuzzed than in `npm test`: the cases of each reader. */
const fuzzCases = 20_000;

const seconds = (since: number): string => `${((performance.now() - since) / 1000).toFixed(0)} s`;

/**
 * Runs all tests with all rows of their tables, and long fuzzing, and writes what that and the
 * tables of the lab came to into the file that is committed: with commit and machine, so that
 * whoever reads it knows what it says something about.
 * @param tables of the lab, with how long they took
 * @returns whether all is well
 */
export function finishLongRun(tables: readonly Table[], labTime: string): boolean {
  const started = performance.now();
  const reportFile = join(project, 'node_modules/.cache/long-run.json');
  const { status } = spawnSync(
    process.execPath,
    [
      join(project, 'node_modules/vitest/vitest.mjs'),
      ...['run', '--mode', 'long', '--reporter=default', '--reporter=json'],
      `--outputFile=${reportFile}`,
    ],
    { cwd: project, stdio: 'inherit', env: { ...process.env, FUZZ_CASES: String(fuzzCases) } },
  );
  const report = JSON.parse(readFileSync(reportFile, 'utf8')) as TestReport;
  writeFileSync(resultFile, printLongRun(tables, labTime, report, seconds(started)));
  console.log(`wrote ${relative(project, resultFile)}: commit it`);
  return status === 0 && !tables.some(hasFailed);
}

/** The result in Markdown. */
export function printLongRun(
  tables: readonly Table[],
  labTime: string,
  report: TestReport,
  testTime: string,
): string {
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = report;
  const failed = testResults.flatMap(({ name, assertionResults }) =>
    assertionResults.flatMap(({ fullName, status }) =>
      status === 'failed' ? [`- ${relative(project, name)}: ${fullName}`] : [],
    ),
  );
  const count = (table: Table, state: string) =>
    table.rows.flatMap(({ cells }) => [...cells.values()]).filter((cell) => cell.state === state)
      .length;
  const rows = tables.map(
    (table) =>
      `| ${table.title} | ${table.rows.length} | ${count(table, 'ok') + count(table, 'limited')} | ${count(table, 'failed')} | ${count(table, 'left out')} |`,
  );
  const faults = tables.flatMap((table) => printFailures(table)).map((line) => `- ${line}`);
  return `# The last long run

Written by \`npm run lab -- long\`: every page in every place, then every test with every row of its tables, and ${fuzzCases} damaged
inputs for each reader of bytes.

Commit: ${describeCommit()}
Machine: ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'an unknown processor'}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, ${process.platform} ${release()}, Node ${process.versions.node}

| table | rows | cells that hold | faults | left out |
| --- | ---: | ---: | ---: | ---: |
${rows.join('\n')}

The lab took ${labTime}, the tests ${testTime}: ${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} were left out.
${[...failed, ...faults].length > 0 ? `\n${[...failed, ...faults].join('\n')}\n` : ''}`;
}

/** The commit of the clone, and whether something in it was changed since. */
function describeCommit(): string {
  const git = (...words: string[]) =>
    spawnSync('git', words, { cwd: project, encoding: 'utf8' }).stdout.trim();
  const changes = git('status', '--porcelain', '--untracked-files=no');
  return `${git('rev-parse', 'HEAD')}${changes === '' ? '' : ', with changes'}`;
}
