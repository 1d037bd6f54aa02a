/**
 * `npm run bench`: what a build costs, next to other generators, for docs/performance.md.
 * Development only.
 */
import { spawnSync } from 'node:child_process';
import { arch, cpus, loadavg, release, totalmem } from 'node:os';
import { drawChart } from './bench/chart.ts';
import { generators } from './bench/generators.ts';
import { installPeers } from './bench/install-peers.ts';
import { readOptions } from './bench/options.ts';
import { printRounds, type Conditions } from './bench/report.ts';
import { runRound } from './bench/run-bench.ts';
import { writeDocs } from './bench/write-docs.ts';
import { project } from './build/project.ts';
import { runCommand, stopped, UsageError } from './cli/command-line.ts';

await runCommand(async () => {
  const { pages, peers, runs, print } = readOptions(process.argv.slice(2));
  if (process.platform !== 'linux')
    throw new UsageError('What processes use is read in /proc: run the bench on Linux.');
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => process.exit(stopped));

  const conditions = describeConditions(runs);
  const report = (line: string): void => console.log(`… ${line}`);
  const wanted = generators.filter(({ id }) => id === 'vyrai' || peers.includes(id));
  const folder = wanted.some(({ isInstalled }) => isInstalled) ? installPeers(report) : '';
  const found = wanted.flatMap((generator) => {
    const version = generator.version(folder);
    if (version === undefined)
      report(`left out: ${generator.name}, since a program of it is not on the path`);
    return version === undefined ? [] : [{ generator, version }];
  });
  const rounds = [];
  for (const size of pages)
    rounds.push(
      await runRound(
        found.map(({ generator }) => generator),
        { pages: size, runs, peers: folder },
        report,
      ),
    );

  const named = found.map(({ generator: { id, name, makes }, version }) => ({
    ...{ id, name, makes, version },
  }));
  const measured = printRounds(rounds, named, conditions);
  console.log(`\n${measured}`);
  if (!print) await writeDocs(measured, drawChart(rounds, named));
  return 0;
});

function describeConditions(runs: number): Conditions {
  const [processor] = cpus();
  const { stdout } = spawnSync('git', ['rev-parse', '--short=12', 'HEAD'], {
    ...{ cwd: project, encoding: 'utf8' },
  });
  return {
    date: new Date().toISOString().slice(0, 10),
    processor: processor?.model.trim() ?? 'unknown processor',
    cores: cpus().length,
    memory: totalmem(),
    system: `Linux ${release().replace(/-.*/, '')} ${arch()}`,
    node: process.versions.node,
    commit: stdout.trim() || 'unknown',
    ...{ runs, load: loadavg()[0] ?? 0 },
  };
}
