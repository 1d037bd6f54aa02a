/** `npm run lab`: a folder on real hosts, read by real programs; tables of what holds. */
import { existsSync, writeFileSync } from 'node:fs';
import { runBuild } from './build/run-build.ts';
import { runCommand } from './cli/command-line.ts';
import { findMetadata } from '../src/lib/image-metadata.ts';
import { recordLab, runLongTests } from './lab/long-run.ts';
import { makeCheckPage } from './release/check-page.ts';
import { readOptions } from './lab/options.ts';
import { hasFailed, printFailures, printTable, tablesToJson } from './lab/report.ts';
import { runLab } from './lab/run-lab.ts';

await runCommand(async () => {
  const started = performance.now();
  const options = readOptions(process.argv.slice(2));
  const { long } = options;
  if (long.length > 0 && !long.includes('lab')) return runLongTests() ? 0 : 1;
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
    show: (table) => console.log(`\n${printTable(table)}\n`),
  });
  if (options.json !== undefined) writeFileSync(options.json, tablesToJson(tables));
  const time = `${((performance.now() - started) / 1000).toFixed(0)} s`;
  console.log(time);
  if (tables.some(hasFailed))
    console.error(`\nFaults:\n\n${tables.flatMap((table) => printFailures(table)).join('\n')}`);
  if (long.includes('lab')) recordLab(tables, time);
  const testsHold = !long.includes('tests') || runLongTests();
  return testsHold && !tables.some(hasFailed) ? 0 : 1;
}, 2);
