import { mkdirSync, realpathSync, rmSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findFirstDifference } from '../compare-folders.ts';
import { findNode } from '../node-versions.ts';
import { buildClone, CloneError, makeClone, type Start, type Witness } from '../other-clone.ts';
import { makeStranger, marks } from '../other-machine.ts';
import { explainMissing, type Program } from '../programs.ts';
import { failed, Findings, leftOut, type Row, type Verdict } from '../report.ts';
import { readFiles, type Site } from '../site.ts';
import { findTraces } from './traces.ts';

/** The one column of the table. */
export const samenessColumn = 'same bytes';

const fakeClock: Program = { command: 'faketime', debian: 'faketime' };

/** Programs of the machine that the check can use; what lacks one is left out by name, or done in part. */
export const samenessNeeds: readonly Program[] = [
  fakeClock,
  { command: 'unshare', debian: 'util-linux' },
  { command: 'setpriv', debian: 'util-linux' },
  { command: 'git', debian: 'git' },
];

const day = 86_400_000;
const root = fileURLToPath(new URL('../../..', import.meta.url));

interface Circumstance {
  name: string;
  start: Start;
  /** What the process that renders has to see, or the row proves nothing. */
  expected: Partial<Witness>;
  /** How far its clock has to be ahead, in days. */
  ahead?: number;
  /** What this machine could not do. */
  notes?: string[];
  /** Why it is not done here at all. */
  reason?: string | undefined;
}

/**
 * Builds the project of this clone again in other circumstances, and compares each result with the folder under test, byte by
 * byte. In each build, the process that renders writes down what it sees, so that a row says only what was really so.
 * @param scratch an empty folder; emptied at the end
 * @param install whether other versions of Node may be fetched from the npm registry
 * @returns a row for each circumstance, and one for traces of the machines that built
 */
export async function checkSameness(
  site: Site,
  scratch: string,
  report: (line: string) => void,
  install = false,
): Promise<Row[]> {
  const clone = join(realpathSync(scratch), marks.folder);
  const stranger = makeStranger(dirname(clone), clone);
  const rows: Row[] = [];
  const add = (name: string, verdict: Verdict) =>
    rows.push({ name, cells: new Map([[samenessColumn, verdict]]) });
  const traces = new Findings();
  let built = 0;
  try {
    mkdirSync(clone);
    makeClone(clone, marks.branch);
    stranger.admit();
    for (const circumstance of listCircumstances(
      stranger.start,
      stranger.expected,
      stranger.notes,
      install,
      report,
    )) {
      const { name, reason } = circumstance;
      if (reason !== undefined) {
        add(name, leftOut(reason));
        continue;
      }
      const outDir = join(stranger.outDirs, String(rows.length));
      const { verdict, files } = await compare(site, clone, outDir, circumstance, report);
      add(name, verdict);
      if (!files) continue; // nothing was built, or not as meant
      built++;
      for (const trace of findTraces(files, marks)) traces.fail(trace);
    }
    traces.figure = `none in ${built} builds`;
    add(
      'traces of the machines that built',
      built > 0 ? traces.verdict() : leftOut('nothing was built'),
    );
  } catch (error) {
    if (!(error instanceof CloneError)) throw error;
    add('another clone', leftOut(error.message));
  } finally {
    for (const folder of stranger.folders) rmSync(folder, { recursive: true, force: true });
  }
  return rows;
}

function listCircumstances(
  strange: Start,
  expected: Partial<Witness>,
  notes: string[],
  install: boolean,
  report: (line: string) => void,
): Circumstance[] {
  const command = [process.execPath];
  const place = (TZ: string, locale: string): Circumstance => {
    const settings = { TZ, LANG: `${locale}.UTF-8`, LC_ALL: `${locale}.UTF-8` };
    return {
      name: `time zone ${TZ}, locale ${locale}`,
      start: { command, settings, inside: { settings } },
      expected: { zone: TZ, locale: locale.replace('_', '-') },
    };
  };
  const startedBy = (major: number): Circumstance => {
    const found = findNode(major, install, report);
    const known = 'path' in found;
    return {
      name: `started by Node ${major}`,
      start: { command: known ? [found.path] : [] },
      expected: { node: process.version },
      reason: known ? undefined : found.reason,
    };
  };
  return [
    { name: 'another folder, user, home, host and branch', start: strange, expected, notes },
    place(marks['time zone'], 'be_BY'),
    place(marks['other time zone'], 'tr_TR'),
    {
      name: 'the clock 200 days ahead',
      start: { command, inside: { through: ['faketime', '-f', '+200d'] } },
      expected: {},
      ahead: 200,
      reason: explainMissing([fakeClock]),
    },
    ...[20, 22, 24, 26].map(startedBy),
  ];
}

/** Builds in one circumstance, and compares. A row that did not come about as meant says so, and is left out if nothing of it did. */
async function compare(
  site: Site,
  clone: string,
  outDir: string,
  { name, start, expected, ahead = 0, notes = [] }: Circumstance,
  report: (line: string) => void,
): Promise<{ verdict: Verdict; files?: Map<string, Buffer> }> {
  const began = performance.now();
  let witness: Witness;
  try {
    witness = await buildClone(clone, outDir, {
      ...start,
      settings: { ...campaignOf(), ...start.settings },
    });
  } catch (error) {
    if (error instanceof CloneError) return { verdict: failed(error.message) };
    throw error;
  }
  const findings = new Findings();
  const wanted = Object.entries(expected).map(([what, value]) => ({
    what,
    value,
    seen: witness[what as keyof Witness],
  }));
  const days = (witness.now - Date.now()) / day;
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
  if (expected.node !== undefined && witness.node !== expected.node)
    findings.fail(missed.join(' '));
  else if (difference === undefined && missed.length > 0 && missed.length === wanted.length)
    return { verdict: leftOut(missed.join(' ')) };
  findings.figure = `${files.size} files`;
  const seen = `${witness.user} at ${witness.host}, ${witness.zone}, ${witness.locale}, ${new Date(witness.now).toISOString().slice(0, 16)}, Node ${witness.node}`;
  report(
    `${name}: ${difference === undefined ? 'same' : 'DIFFERENT'}, ${((performance.now() - began) / 1000).toFixed(1)} s (rendered by ${seen})`,
  );
  return { verdict: findings.verdict(), files };
}

/** The campaign that the folder under test shows, where CONTENT_DIR names another one: its copy in the clone, if it has one. */
function campaignOf(): NodeJS.ProcessEnv {
  const given = process.env['CONTENT_DIR'];
  if (given === undefined) return {};
  const inside = relative(root, resolve(given));
  return { CONTENT_DIR: inside.startsWith('..') || isAbsolute(inside) ? resolve(given) : inside };
}
