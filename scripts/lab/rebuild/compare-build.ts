import { isAbsolute, relative, resolve } from 'node:path';
import { project } from '../../build/project.ts';
import { CheckFindings, failed, leftOut, type CheckResult } from '../report.ts';
import { readFiles, type StaticSite } from '../site.ts';
import { buildClone, CloneError, type Inside, type Surroundings } from './clone.ts';
import { findFirstDifference } from './compare-folders.ts';

const day = 86_400_000;

/** One thing that is otherwise than on the machine that built the folder under test. */
export interface Circumstance {
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

/**
 * Builds in one circumstance, and compares. A row that did not come about as meant says so, and is
 * left out if nothing of it did.
 */
export async function compareBuild(
  site: Pick<StaticSite, 'files'>,
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
