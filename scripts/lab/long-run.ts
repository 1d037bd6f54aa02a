import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, release, totalmem } from 'node:os';
import { join, relative } from 'node:path';
import { project } from '../build/project.ts';
import { labParts, testParts, type LabPart, type TestPart } from './options.ts';
import { printFailures, type Table } from './report.ts';

/** What vitest's reporter `json` writes; only what is read here. */
interface TestReport {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  testResults: { name: string; assertionResults: { fullName: string; status: string }[] }[];
}

/** Where the result of the long run is kept, with the project. */
const resultFile = join(project, 'tests/long-run.md');

/**
 * How much more is fuzzed than in `npm test`: the cases of each reader. Of copies, on which both
 * checkers have to agree, five times as many (`tests/kit/vectors.test.ts`).
 */
const fuzzCases = 20_000;

const parts = [...labParts, ...testParts] as const;
type LongPart = (typeof parts)[number];

const head = `# The last long run

Written by \`npm run lab -- long\`, or by \`npm run lab -- long PART\` a part at a time, on any day: every
page in every place; every test with every row of its tables, ${fuzzCases} damaged inputs for each reader
of bytes, and ${5 * fuzzCases} damaged copies for both checkers.
`;

/** Writes what a table of the lab came to into the file that is committed. */
export function recordTable(part: LabPart, table: Table, time: string): void {
  record(part, printResult(table, time));
}

/**
 * Runs tests with all rows of their tables, and long fuzzing, and writes what that came to into the
 * file that is committed.
 * @returns whether all is well
 */
export function runLongTests(part: TestPart): boolean {
  const started = performance.now();
  const reportFile = join(project, 'node_modules/.cache/long-run.json');
  rmSync(reportFile, { force: true }); // a run that is cut off must not pass for the one before
  const { status } = spawnSync(
    process.execPath,
    [
      join(project, 'node_modules/vitest/vitest.mjs'),
      ...['run', part, '--mode', 'long', '--reporter=default', '--reporter=json'],
      `--outputFile=${reportFile}`,
    ],
    { cwd: project, stdio: 'inherit', env: { ...process.env, FUZZ_CASES: String(fuzzCases) } },
  );
  if (!existsSync(reportFile)) {
    console.error(`${part}: the tests ended without a report, see above. Nothing was written.`);
    return false;
  }
  const report = JSON.parse(readFileSync(reportFile, 'utf8')) as TestReport;
  record(part, printTests(report, since(started)));
  return status === 0;
}

/** The time from a moment on, as the file and the reader of a run get it. */
export const since = (started: number): string =>
  `${((performance.now() - started) / 1000).toFixed(0)} s`;

function record(part: LongPart, text: string): void {
  const before = existsSync(resultFile) ? readFileSync(resultFile, 'utf8') : '';
  writeFileSync(resultFile, putPart(before, part, text));
  console.log(`wrote ${relative(project, resultFile)}: commit it`);
}

/**
 * The file with one part anew. What is there of the others stays, with the commit and machine that
 * they were run with.
 */
export function putPart(before: string, part: LongPart, text: string): string {
  const known = new Map(
    before
      .split(/^## /m)
      .slice(1)
      .map((section) => [section.slice(0, section.indexOf('\n')), section.trimEnd()]),
  );
  known.set(part, `${part}\n\n${text.trimEnd()}`);
  const sections = parts.map((name) => `## ${known.get(name) ?? `${name}\n\nNot run yet.`}\n`);
  return [head, ...sections].join('\n');
}

/** A table of the lab in Markdown: how much of it holds, and each fault. */
export function printResult(table: Table, time: string): string {
  const cells = table.rows.flatMap((row) => [...row.cells.values()]);
  const count = (...states: readonly string[]) =>
    cells.filter(({ state }) => states.includes(state)).length;
  return `${describeRun()}

${table.title}: ${table.rows.length} rows; cells: ${count('ok', 'limited')} hold, ${count('failed')} fail, ${count('left out')} left out. It took ${time}.
${list(
  'Faults',
  printFailures(table).map((line) => `- ${line}`),
)}`;
}

/** The tests in Markdown: how many passed, and which did not. */
export function printTests(report: TestReport, time: string): string {
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = report;
  const named = (...states: readonly string[]) =>
    testResults.flatMap(({ name, assertionResults }) =>
      assertionResults.flatMap(({ fullName, status }) =>
        states.includes(status) ? [`- ${relative(project, name)}: ${fullName}`] : [],
      ),
    );
  // Whoever reads that all is well has to see what was not looked at, for want of a program.
  const leftOut = named('skipped', 'pending', 'todo');
  return `${describeRun()}

${numPassedTests} passed, ${numFailedTests} failed, ${numPendingTests} were left out. It took ${time}.
${list('Faults', named('failed'))}${list('Tests that were left out', leftOut)}`;
}

const list = (title: string, lines: readonly string[]): string =>
  lines.length === 0 ? '' : `\n${title}:\n\n${lines.join('\n')}\n`;

/**
 * The commit of the clone, and whether something in it was changed since; and the machine: so that
 * whoever reads the result knows what it says something about.
 */
function describeRun(): string {
  const git = (...words: string[]) =>
    spawnSync('git', words, { cwd: project, encoding: 'utf8' }).stdout.trim();
  const changes = git(
    'status',
    '--porcelain',
    '--untracked-files=no',
    '--',
    '.',
    ':!tests/long-run.md',
  );
  return `Commit: ${git('rev-parse', 'HEAD')}${changes === '' ? '' : ', with changes'}
Machine: ${cpus().length} × ${cpus()[0]?.model.trim() ?? 'an unknown processor'}, ${(totalmem() / 2 ** 30).toFixed(0)} GiB, ${process.platform} ${release()}, Node ${process.versions.node}`;
}
