import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { project } from '../../build/project.ts';
import { linkPackages } from '../../build/rebuild-commit.ts';
import { explainMissing, type Program } from '../programs.ts';
import { CheckFindings, leftOut, type CheckResult } from '../report.ts';
import type { StaticSite } from '../site.ts';
import { checkArm } from './check-arm.ts';
import { CloneError, makeClone, type Surroundings } from './clone.ts';
import { compareBuild, type Circumstance } from './compare-build.ts';
import { findNode } from './node-versions.ts';
import { machineMarks, makeStranger, type OtherMachine } from './other-machine.ts';
import { findTraces } from './traces.ts';

const fakeClock: Program = { command: 'faketime', debian: 'faketime' };

/**
 * Programs of the machine that the check can use; what lacks one is left out by name, or done in
 * part.
 */
export const samenessNeeds: readonly Program[] = [
  fakeClock,
  { command: 'unshare', debian: 'util-linux' },
  { command: 'setpriv', debian: 'util-linux' },
  { command: 'git', debian: 'git' },
];

export interface SamenessOptions {
  report: (line: string) => void;
  /** Whether other versions of Node may be fetched from the npm registry. */
  install: boolean;
  /**
   * Whether each circumstance gets a build of its own, which names the guilty one; else two builds
   * have them all.
   */
  each: boolean;
}

/**
 * Builds the project of this clone again in other circumstances, and compares each result with the
 * folder under test, byte by byte. In each build, the process that renders writes down what it
 * sees, so that a row says only what was really so.
 * @param scratch an empty folder; emptied at the end
 * @returns a row for each build, and one for traces of the machines that built
 */
export async function checkSameness(
  site: StaticSite,
  scratch: string,
  { report, install, each }: SamenessOptions,
): Promise<[name: string, result: CheckResult][]> {
  const clone = join(realpathSync(scratch), machineMarks.folder);
  const stranger = makeStranger(dirname(clone), clone);
  const rows: [string, CheckResult][] = [];
  const traces = new CheckFindings();
  let built = 0;
  try {
    mkdirSync(clone);
    makeClone(clone, machineMarks.branch);
    linkPackages(project, clone);
    stranger.admit();
    const find = (major: number) => findNode(major, install, report);
    for (const circumstance of listBuilds(stranger, find, each)) {
      const { name, reason } = circumstance;
      if (reason !== undefined) {
        rows.push([name, leftOut(reason)]);
        continue;
      }
      const outDir = join(stranger.outDirs, String(rows.length));
      const { result, files } = await compareBuild(site, clone, outDir, circumstance, report);
      rows.push([name, result]);
      if (!files) continue; // nothing was built, or not as meant
      built++;
      for (const trace of findTraces(files, machineMarks)) traces.fail(trace);
    }
    if (each)
      for (const row of await checkArm(site, clone, join(scratch, 'arm64'), report)) rows.push(row);
    traces.figure = `none in ${built} builds`;
    rows.push([
      'traces of the machines that built',
      built > 0 ? traces.result() : leftOut('nothing was built'),
    ]);
  } catch (error) {
    if (!(error instanceof CloneError)) throw error;
    rows.push(['another clone', leftOut(error.message)]);
  } finally {
    for (const folder of stranger.folders) rmSync(folder, { recursive: true, force: true });
  }
  return rows;
}

/** @param each whether each circumstance is a build of its own */
function listBuilds(
  { start, expected, notes }: OtherMachine,
  find: (major: number) => ReturnType<typeof findNode>,
  each: boolean,
): Circumstance[] {
  const machine: Circumstance = {
    name: 'another folder, user, home, host and branch',
    ...start,
    expected,
    notes,
  };
  const place = (zone: 'time zone' | 'other time zone', locale: string): Circumstance => {
    const TZ = machineMarks[zone];
    const settings = { TZ, LANG: `${locale}.UTF-8`, LC_ALL: `${locale}.UTF-8` };
    return {
      name: `time zone ${TZ}, locale ${locale}`,
      settings,
      inside: { settings },
      expected: { zone: TZ, locale: locale.replace('_', '-') },
    };
  };
  const clock: Circumstance = {
    name: 'the clock 200 days ahead',
    inside: { through: ['faketime', '-f', '+200d'] },
    ahead: 200,
    reason: explainMissing([fakeClock]),
  };
  const startedBy = (major: number): Circumstance => {
    const found = find(major);
    const name = `started by Node ${major}`;
    return 'path' in found
      ? { name, command: [found.path], expected: { node: process.version } }
      : { name, reason: found.reason };
  };
  const [east, west] = [place('time zone', 'be_BY'), place('other time zone', 'tr_TR')];
  return each
    ? [machine, east, west, clock, ...[20, 22, 24, 26].map(startedBy)]
    : [combine([machine, east]), combine([startedBy(20), west, clock])];
}

/** All circumstances at once. What cannot be had here is left out, with a note. */
function combine(all: readonly Circumstance[]): Circumstance {
  const present = all.filter(({ reason }) => reason === undefined);
  const missing = all.flatMap(({ reason }) => reason ?? []);
  const commands = present.flatMap(({ command }) => (command ? [command] : []));
  return {
    name: present.map(({ name }) => name).join('; '),
    ...(commands[0] && { command: commands[0] }),
    settings: Object.assign({}, ...present.map(({ settings }) => settings)) as NodeJS.ProcessEnv,
    inside: {
      through: present.flatMap(({ inside }) => inside?.through ?? []),
      settings: Object.assign({}, ...present.map(({ inside }) => inside?.settings)) as Record<
        string,
        string
      >,
    },
    expected: Object.assign(
      {},
      ...present.map(({ expected }) => expected),
    ) as Partial<Surroundings>,
    ahead: Math.max(...present.map(({ ahead = 0 }) => ahead)),
    notes: [...present.flatMap(({ notes }) => notes ?? []), ...missing],
  };
}
