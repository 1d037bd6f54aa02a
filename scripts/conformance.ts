/** `npm run conformance -- FOLDER`: one folder on real hosts, read by real programs; a table of what holds. */
import { existsSync, writeFileSync } from 'node:fs';
import { readOptions, UsageError, type Options } from './conformance/options.ts';
import { hasFailed, printFailures, printTable, toJson } from './conformance/report.ts';
import { runLab } from './conformance/run-lab.ts';
import { SizeTableError } from './conformance/size-table.ts';
import { runBuild } from './site/run-build.ts';

function readOrExplain(): Options {
  try {
    return readOptions(process.argv.slice(2));
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message);
    process.exit(2);
  }
}

const options = readOrExplain();
if (options.own && !existsSync(options.folder)) {
  console.log('dist is not there yet: building it');
  await runBuild();
}
const started = performance.now();
try {
  const tables = await runLab(options, (line) => console.log(`… ${line}`));
  for (const table of tables) console.log(`\n${printTable(table)}`);
  if (options.json !== undefined) writeFileSync(options.json, toJson(tables));
  const failures = tables.flatMap((table) => printFailures(table));
  console.log(`\n${((performance.now() - started) / 1000).toFixed(0)} s`);
  if (tables.some(hasFailed)) {
    console.error(`\n${failures.length} faults:\n\n${failures.join('\n')}`);
    process.exitCode = 1;
  }
} catch (error) {
  if (!(error instanceof SizeTableError)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
