import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { LongPart } from './long-run.ts';
import { project } from '../build/project.ts';
import { parseWords, resolveHere, UsageError } from '../cli/command-line.ts';

export interface LabOptions {
  folder: string;
  /** Whether the folder is where this clone builds to: then the lab can build it again. */
  own: boolean;
  /** Which parts try all, in hours, where a run that people wait for tries one of each kind. */
  long: readonly LongPart[];
  install: boolean;
  /** Words of names: only hosts and programs with one of them take part; undefined for all. */
  only: string[] | undefined;
  /** Where to write what was found, for programs. */
  json: string | undefined;
}

export const usage = `npm run lab -- [FOLDER | long | long-lab | long-tests] [--install] [--only NAME,…] [--json FILE]

Puts a folder of static files on real hosts, reads it with real programs, and prints tables of what holds.
  FOLDER     any static site; dist of this clone, which is built first if it is not there, unless one is named
  long       dist, with every page in every place and built again on an emulated arm64, then all tests with all their
             planted faults; takes hours, and writes tests/long-run.md. long-lab and long-tests do one of both
  --install  gets what the machine lacks from Debian, and other Nodes and what is for arm64 from the npm registry
  --only     only hosts and programs whose names have one of these words, and no other checks: --only nginx,lynx
  --json     writes all findings to a file, for programs`;

const options = {
  install: { type: 'boolean' },
  only: { type: 'string' },
  json: { type: 'string' },
} as const;

const longRuns: ReadonlyMap<string, readonly LongPart[]> = new Map([
  ['long', ['lab', 'tests']],
  ['long-lab', ['lab']],
  ['long-tests', ['tests']],
]);

/** @throws UsageError */
export function readOptions(words: string[]): LabOptions {
  const { values, positionals } = parseWords(words, options, usage, 1);
  const [given] = positionals;
  const long = longRuns.get(given ?? '') ?? []; // a folder of that name is ./long
  const dist = join(project, 'dist');
  const folder = given === undefined || long.length > 0 ? dist : resolveHere(given);
  const own = folder === dist;
  if (!own && !(existsSync(folder) && statSync(folder).isDirectory()))
    throw new UsageError(
      `${given} is no folder. Give the folder of a built site, for instance dist.`,
    );
  if (long.length > 0 && values.only !== undefined)
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
    install: values.install ?? false,
    only: values.only
      ?.toLowerCase()
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== ''),
    json,
  };
}
