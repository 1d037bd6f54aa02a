import { compareRuns, median, summarizeRuns, type Round, type Series } from './statistics.ts';

/** A generator as the tables name it. */
export interface Named {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly makes: string;
}

/** Under which conditions it was measured. */
export interface Conditions {
  /** YYYY-MM-DD. */
  readonly date: string;
  readonly processor: string;
  readonly cores: number;
  /** Bytes. */
  readonly memory: number;
  readonly system: string;
  readonly node: string;
  readonly commit: string;
  readonly runs: number;
  /** Processes that wanted a core in the minute before (load average). */
  readonly load: number;
}

/** The load of a machine that does little else. */
const quiet = 0.5;

/** A table in Markdown; all columns but the first hold numbers. */
export function printTable(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = head.map((_, at) => (at === 0 ? '---' : '--:'));
  return [head, rule, ...rows].map(line).join('\n');
}

const seconds = (value: number): string => value.toFixed(value < 10 ? 2 : 1);
const megabytes = (bytes: number): string => (bytes / 1e6).toFixed(bytes < 1e7 ? 1 : 0);

/** All that was found, as a part of a page in Markdown. */
export function printRounds(
  rounds: readonly Round[],
  generators: readonly Named[],
  conditions: Conditions,
): string {
  return [
    printConditions(conditions),
    printGenerators(generators),
    ...rounds.map((round) => printRound(round, generators)),
    printGrowth(rounds, generators),
    ...rounds.flatMap((round) => printStages(round)),
  ].join('\n\n');
}

const printConditions = (conditions: Conditions): string => {
  const { date, processor, cores, memory, system, node, commit, runs, load } = conditions;
  const often = runs === 1 ? 'one run' : `medians of ${runs} runs in turn`;
  const busy =
    load > quiet ? ' **The machine was busy with other work:** compare ratios only.' : '';
  return (
    `Measured on ${date} at commit ${commit}: ${processor}, ${cores} cores, ` +
    `${Math.round(memory / 2 ** 30)} GiB, ${system}, Node ${node}; ${often}.${busy}`
  );
};

const printGenerators = (generators: readonly Named[]): string =>
  generators
    .map(({ name, version, makes }) => `- **${name} ${version}** makes ${makes}.`)
    .join('\n');

const nameOf = (generators: readonly Named[], id: string): string =>
  generators.find((generator) => generator.id === id)?.name ?? id;

function printRound({ pages, series }: Round, generators: readonly Named[]): string {
  const [ours] = series;
  const rows = series.map((each) => {
    const { cpu, wall, memory } = summarizeRuns(each);
    const { size } = each;
    return [
      nameOf(generators, each.id),
      seconds(cpu),
      seconds(wall),
      megabytes(memory),
      ((cpu * 1000) / pages).toFixed(1),
      ours === undefined || each === ours ? '' : compareRuns(ours, each).toFixed(2),
      ...[String(size.pages), megabytes(size.bytes), String(Math.round(size.page))],
    ];
  });
  const head = [
    '',
    ...['CPU, s', 'wall, s', 'memory, MB', 'CPU a page, ms', 'ours : it, CPU'],
    ...['HTML files', 'site, MB', 'a text, gzip B'],
  ];
  return `### ${pages} pages of content\n\n${printTable(head, rows)}`;
}

/** How the CPU time of a page changes from the smallest corpus to the largest; 1 is linear. */
function printGrowth(rounds: readonly Round[], generators: readonly Named[]): string {
  const [first, last] = [rounds[0], rounds.at(-1)];
  if (first === undefined || last === undefined || first === last)
    return 'One size was measured: no slope.';
  const perPage = (round: Round, series: Series) => summarizeRuns(series).cpu / round.pages;
  const rows = last.series.flatMap((series) => {
    const before = first.series.find(({ id }) => id === series.id);
    if (before === undefined) return [];
    const slope =
      (summarizeRuns(series).cpu - summarizeRuns(before).cpu) / (last.pages - first.pages);
    return [
      [
        nameOf(generators, series.id),
        (slope * 1000).toFixed(1),
        (perPage(last, series) / perPage(first, before)).toFixed(2),
      ],
    ];
  });
  const head = ['', 'CPU a further page, ms', `CPU a page at ${last.pages} : at ${first.pages}`];
  return `### Growth\n\n${printTable(head, rows)}`;
}

/** The stages of our builds, and the dearest steps over pages. */
function printStages({ pages, series }: Round): string[] {
  const runs = series[0]?.runs ?? [];
  const stages = runs[0]?.stages ?? [];
  if (stages.length === 0) return [];
  const rows = stages.map(({ name }) => {
    const all = runs.flatMap((run) => run.stages.filter((stage) => stage.name === name));
    return [
      name,
      seconds(median(all.map(({ wall }) => wall))),
      seconds(median(all.map(({ cpu }) => cpu))),
    ];
  });
  const names = [...(runs[0]?.steps.keys() ?? [])];
  const steps = names
    .map((name) => ({ name, cpu: median(runs.map((run) => run.steps.get(name) ?? NaN)) }))
    .sort((a, b) => b.cpu - a.cpu)
    .slice(0, 6);
  return [
    `### Where ours goes, at ${pages} pages\n\n${printTable(['stage', 'wall, s', 'CPU, s'], rows)}`,
    `The dearest steps over pages: ${steps
      .map(({ name, cpu }) => `${name} ${seconds(cpu)} s`)
      .join(', ')} of CPU.`,
  ];
}
