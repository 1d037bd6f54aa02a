/** `npm run lab`: a folder on real hosts, read by real programs; tables of what holds. */
import { existsSync, writeFileSync } from 'node:fs';
import { runBuild } from './build/run-build.ts';
import { runCommand } from './cli/command-line.ts';
import { findMetadata } from '../src/lib/image-metadata.ts';
import { recordTable, runLongTests, since } from './lab/long-run.ts';
import { makeCheckPage } from './release/check-page.ts';
import { readOptions } from './lab/options.ts';
import { hasFailed, printFailures, printTable, tablesToJson } from './lab/report.ts';
import { runLab } from './lab/run-lab.ts';

await runCommand(async () => {
  const started = performance.now();
  const options = readOptions(process.argv.slice(2));
  const { long, parts, tests } = options;
  const runTests = () => tests.map(runLongTests).every(Boolean);
  if (parts.length === 0) return runTests() ? 0 : 1;
  if (options.own && !existsSync(options.folder)) {
    console.log('dist is not there yet: building it');
    process.env['OUT_DIR'] = options.folder;
    await runBuild();
  }
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ] as const) {
    // Whatever has been started or written takes itself back on exit.
    process.once(signal, () => process.exit(code));
  }
  const tables = await runLab({
    options,
    findMetadata,
    makeCheckPage: () => makeCheckPage('0.0.0'),
    report: (line) => console.log(`… ${line}`),
    show: (table, part, time) => {
      console.log(`\n${printTable(table)}\n`);
      // At once: whoever stops the run later keeps what it has found so far.
      if (long) recordTable(part, table, time);
    },
  });
  if (options.json !== undefined) writeFileSync(options.json, tablesToJson(tables));
  console.log(since(started));
  if (tables.some(hasFailed))
    console.error(`\nFaults:\n\n${tables.flatMap((table) => printFailures(table)).join('\n')}`);
  const testsHold = runTests();
  return testsHold && !tables.some(hasFailed) ? 0 : 1;
}, 2);
