import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { project } from '../../build/project.ts';
import { findFirstDifference } from './compare-folders.ts';
import { findNode } from './node-versions.ts';
import { buildClone, CloneError, makeClone, type Inside, type Surroundings } from './clone.ts';
import { machineMarks, makeStranger, type OtherMachine } from './other-machine.ts';
import { explainMissing, type Program } from '../programs.ts';
import { CheckFindings, failed, leftOut, type CheckResult } from '../report.ts';
import { readFiles, type StaticSite } from '../site.ts';
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

const day = 86_400_000;

/** One thing that is otherwise than on the machine that built the folder under test. */
interface Circumstance {
  name: string;
  /** What starts the build, where it is not the Node of this process. */
  command?: string[];
  settings?: NodeJS.ProcessEnv;
  inside?: Inside;
  /** What the process that renders has to see, or the row proves nothing. */
  expected?: Partial<Surroundings>;
  /** How far its clock has to be ahead, in days. */
  ahead?: number;
  /** What this machine could not do. */
  notes?: string[];
  /** Why it cannot be had here at all. */
  reason?: string | undefined;
}

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
    stranger.admit();
    const find = (major: number) => findNode(major, install, report);
    for (const circumstance of listBuilds(stranger, find, each)) {
      const { name, reason } = circumstance;
      if (reason !== undefined) {
        rows.push([name, leftOut(reason)]);
        continue;
      }
      const outDir = join(stranger.outDirs, String(rows.length));
      const { result, files } = await compare(site, clone, outDir, circumstance, report);
      rows.push([name, result]);
      if (!files) continue; // nothing was built, or not as meant
      built++;
      for (const trace of findTraces(files, machineMarks)) traces.fail(trace);
    }
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

/**
 * Builds in one circumstance, and compares. A row that did not come about as meant says so, and is
 * left out if nothing of it did.
 */
async function compare(
  site: StaticSite,
  clone: string,
  outDir: string,
  { name, command = [process.execPath], settings, inside = {}, ...rest }: Circumstance,
  report: (line: string) => void,
): Promise<{ result: CheckResult; files?: Map<string, Buffer> }> {
  const { expected = {}, ahead = 0, notes = [] } = rest;
  const began = performance.now();
  let surroundings: Surroundings;
  try {
    surroundings = await buildClone(clone, outDir, {
      command,
      inside,
      settings: { ...campaignOf(), ...settings },
    });
  } catch (error) {
    if (error instanceof CloneError) return { result: failed(error.message) };
    throw error;
  }
  const findings = new CheckFindings();
  const wanted = Object.entries(expected).map(([what, value]) => ({
    what,
    value,
    seen: surroundings[what as keyof Surroundings],
  }));
  const days = (surroundings.now - Date.now()) / day;
  if (Math.abs(days - ahead) > 0.05)
    wanted.push({
      what: 'clock',
      value: `${ahead} days ahead`,
      seen: `${days.toFixed(1)} days ahead`,
    });
  const missed = wanted
    .filter(({ value, seen }) => value !== seen)
    .map(
      ({ what, value, seen }) =>
        `The process that rendered saw "${seen}" as its ${what}, not "${value}".`,
    );
  for (const note of [...notes, ...missed]) findings.note(note);
  const files = readFiles(outDir);
  const difference = findFirstDifference(site.files, files, [
    'the folder under test',
    'built again',
  ]);
  if (difference !== undefined)
    findings.fail(
      `${difference}\n  (If the campaign or the code has changed since that folder was built, build it again first.)`,
    );
  if (expected.node !== undefined && surroundings.node !== expected.node)
    findings.fail(missed.join(' '));
  else if (difference === undefined && missed.length > 0 && missed.length === wanted.length)
    return { result: leftOut(missed.join(' ')) };
  findings.figure = `${files.size} files`;
  const seen = `${surroundings.user} at ${surroundings.host}, ${surroundings.zone}, ${surroundings.locale}, ${new Date(surroundings.now).toISOString().slice(0, 16)}, Node ${surroundings.node}`;
  report(
    `${name}: ${difference === undefined ? 'same' : 'DIFFERENT'}, ` +
      `${((performance.now() - began) / 1000).toFixed(1)} s (rendered by ${seen})`,
  );
  return { result: findings.result(), files };
}

/**
 * The campaign that the folder under test shows, where CONTENT_DIR names another one: its copy in
 * the clone, if it has one.
 */
function campaignOf(): NodeJS.ProcessEnv {
  const given = process.env['CONTENT_DIR'];
  if (given === undefined) return {};
  const inside = relative(project, resolve(given));
  return { CONTENT_DIR: inside.startsWith('..') || isAbsolute(inside) ? resolve(given) : inside };
}
