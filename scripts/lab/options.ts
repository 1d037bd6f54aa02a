import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { project } from '../build/project.ts';
import { parseWords, resolveHere, UsageError } from '../cli/command-line.ts';

/** The tables of the lab, in the order of a run. */
export const labParts = [
  'site',
  'checkers',
  'oracle',
  'hosts',
  'hosting',
  'clients',
  'searches',
  'readers',
  'feeds',
  'calendars',
  'books',
  'zim',
  'publishing',
] as const;
export type LabPart = (typeof labParts)[number];

/** The tests, by folder, as the long run has them: with every row of their tables. */
export const testParts = [
  'tests/unit',
  'tests/kit',
  'tests/build',
  'tests/browser',
  'tests/lab',
] as const;
export type TestPart = (typeof testParts)[number];

export interface LabOptions {
  folder: string;
  /** Whether the folder is where this clone builds to: then the lab can build it again. */
  own: boolean;
  /** Whether all is tried, in hours, where a run that people wait for tries one of each kind. */
  long: boolean;
  /** Which tables are made. */
  parts: readonly LabPart[];
  /** Which tests follow; none but in a long run. */
  tests: readonly TestPart[];
  install: boolean;
  /** Words of names: only hosts and programs with one of them take part; undefined for all. */
  only: string[] | undefined;
  /** Where to write what was found, for programs. */
  json: string | undefined;
}

export const usage = `npm run lab -- [FOLDER | long [PART …]] [--install] [--only NAME,…] [--json FILE]

Puts a folder of static files on real hosts, reads it with real programs, and prints tables of what holds.
  FOLDER     any static site; dist of this clone, which is built first if it is not there, unless one is named
  long       dist, with every page in every place and built again on an emulated arm64, then all tests with all their
             planted faults; takes hours, and writes tests/long-run.md. With parts, only those, for instance on
             another day: ${[...labParts, ...testParts].join(' ')}
  --install  gets what the machine lacks from Debian, and other Nodes and what is for arm64 from the npm registry
  --only     only hosts and programs whose names have one of these words, and no other checks: --only nginx,lynx
  --json     writes all findings to a file, for programs`;

const options = {
  install: { type: 'boolean' },
  only: { type: 'string' },
  json: { type: 'string' },
} as const;

/** @throws UsageError */
export function readOptions(words: string[]): LabOptions {
  const { values, positionals } = parseWords(words, options, usage, Infinity);
  const [given, ...further] = positionals;
  const long = given === 'long'; // a folder of that name is ./long
  const { parts, tests } = long ? chooseParts(further) : { parts: labParts, tests: [] };
  if (!long && further.length > 0)
    throw new UsageError(`One folder at a time: ${further.join(' ')} is too much.\n\n${usage}`);
  const dist = join(project, 'dist');
  const folder = given === undefined || long ? dist : resolveHere(given);
  const own = folder === dist;
  if (!own && !(existsSync(folder) && statSync(folder).isDirectory()))
    throw new UsageError(
      `${given} is no folder. Give the folder of a built site, for instance dist.`,
    );
  if (long && values.only !== undefined)
    throw new UsageError('long tries all: leave --only out, or name a folder.');
  const json = values.json === undefined ? undefined : resolveHere(values.json);
  if (
    json !== undefined &&
    (!existsSync(dirname(json)) || (existsSync(json) && statSync(json).isDirectory()))
  )
    throw new UsageError(
      `--json: ${values.json} is a folder, or would be in one that is not there. Name a file.`,
    );
  return {
    folder,
    own,
    long,
    parts,
    tests,
    install: values.install ?? false,
    only: values.only
      ?.toLowerCase()
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== ''),
    json,
  };
}

/** The parts of a long run that somebody has named, in our order; all where none is named. */
function chooseParts(names: readonly string[]): Pick<LabOptions, 'parts' | 'tests'> {
  const all: readonly string[] = [...labParts, ...testParts];
  const unknown = names.find((name) => !all.includes(name));
  if (unknown !== undefined)
    throw new UsageError(`long has no part "${unknown}". There are: ${all.join(', ')}.`);
  const isChosen = (part: string) => names.length === 0 || names.includes(part);
  return { parts: labParts.filter(isChosen), tests: testParts.filter(isChosen) };
}
