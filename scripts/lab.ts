/** `npm run conformance -- FOLDER`: one folder on real hosts, read by real programs; tables of what holds. */
import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../src/kit/text/user-error.ts';
import { project, readOptions } from './lab/options.ts';
import { hasFailed, printFailures, printTable, toJson } from './lab/report.ts';
import { runLab } from './lab/run-lab.ts';
import { runBuild } from './build/run-build.ts';

const started = performance.now();
try {
  const options = readOptions(process.argv.slice(2));
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
    process.once(signal, () => process.exit(code)); // whoever has started or written something takes it back on exit
  }
  const tables = await runLab(
    options,
    (line) => console.log(`… ${line}`),
    (table) => console.log(`\n${printTable(table)}\n`),
  );
  if (options.json !== undefined) writeFileSync(options.json, toJson(tables));
  console.log(`${((performance.now() - started) / 1000).toFixed(0)} s`);
  if (tables.some(hasFailed)) {
    console.error(`\nFaults:\n\n${tables.flatMap((table) => printFailures(table)).join('\n')}`);
    process.exitCode = 1;
  }
  if (options.planted && !tryPlantedFaults()) process.exitCode = 1;
} catch (error) {
  // What the system refuses (a file that may not be read) names the file and the reason by itself.
  const isForUser = error instanceof UserError || (error instanceof Error && 'syscall' in error);
  if (!isForUser) throw error;
  console.error(error.message);
  process.exitCode = error instanceof UserError ? (error.exitCode ?? 2) : 1;
}

/** Runs all rows of the tables of which `npm test` tries a few: see `vitest.config.ts`. */
function tryPlantedFaults(): boolean {
  console.log('\n… planting a fault for each check');
  const vitest = join(project, 'node_modules/vitest/vitest.mjs');
  const { status } = spawnSync(process.execPath, [vitest, 'run', '--mode', 'planted'], {
    cwd: project,
    stdio: 'inherit',
  });
  return status === 0;
}
