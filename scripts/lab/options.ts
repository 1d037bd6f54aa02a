import { existsSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readWords, resolveHere } from '../cli/read-words.ts';
import { UsageError } from '../cli/usage-error.ts';

export const project = fileURLToPath(new URL('../..', import.meta.url));

export interface Options {
  folder: string;
  /** Whether the folder is where this clone builds to: then the lab can build it again, and knows its table of sizes. */
  own: boolean;
  install: boolean;
  /** Words of names: only hosts and programs with one of them take part; undefined for all. */
  only: string[] | undefined;
  /** The table of sizes to compare with. */
  sizes: string | undefined;
  writeSizes: boolean;
  /** Whether the lab's own checks are tried, too: each has to find a fault that is planted for it. */
  planted: boolean;
  /** Where to write what was found, for programs. */
  json: string | undefined;
}

export const usage = `npm run conformance -- FOLDER [--install] [--only NAME,…] [--sizes FILE] [--write-sizes] [--planted] [--json FILE]

Puts a folder of static files on real hosts, reads it with real programs, and prints tables of what holds.
  FOLDER         any static site; dist is built first if it is not there
  --install      gets what the machine lacks from Debian, and other versions of Node from the npm registry
  --only         only hosts and programs whose names have one of these words, and no other checks: --only nginx,lynx
  --sizes        the table of sizes to compare with (of dist: tests/sizes.md)
  --write-sizes  only measures, and writes that table anew
  --planted      then plants a fault for each check of the lab, on hosts and in browsers, and looks whether it is found
  --json         writes all findings to a file, for programs`;

const options = {
  install: { type: 'boolean' },
  only: { type: 'string' },
  sizes: { type: 'string' },
  'write-sizes': { type: 'boolean' },
  planted: { type: 'boolean' },
  json: { type: 'string' },
} as const;

/** @throws UsageError */
export function readOptions(words: string[]): Options {
  const { values, positionals } = readWords(words, options, usage, 1);
  const [given] = positionals;
  if (given === undefined) throw new UsageError(`no folder is named, expected one.\n\n${usage}`);
  const folder = resolveHere(given);
  const own = folder === join(project, 'dist');
  if (!own && !(existsSync(folder) && statSync(folder).isDirectory()))
    throw new UsageError(
      `${given} is no folder. Give the folder of a built site, for instance dist.`,
    );
  const sizes =
    values.sizes !== undefined
      ? resolveHere(values.sizes)
      : own
        ? join(project, 'tests', 'sizes.md')
        : undefined;
  if (values['write-sizes'] && sizes === undefined)
    throw new UsageError(
      '--write-sizes needs --sizes FILE, since only dist has a table of its own.',
    );
  if (
    sizes !== undefined &&
    values.sizes !== undefined &&
    !values['write-sizes'] &&
    !existsSync(sizes)
  )
    throw new UsageError(`there is no table ${values.sizes}. --write-sizes makes one.`);
  const json = values.json === undefined ? undefined : resolveHere(values.json);
  if (
    json !== undefined &&
    (!existsSync(dirname(json)) || (existsSync(json) && statSync(json).isDirectory()))
  )
    throw new UsageError(
      `--json: ${values.json} is a folder, or would stand in one that is not there. Name a file.`,
    );
  return {
    folder,
    own,
    install: values.install ?? false,
    only: values.only
      ?.toLowerCase()
      .split(',')
      .map((word) => word.trim())
      .filter((word) => word !== ''),
    sizes,
    writeSizes: values['write-sizes'] ?? false,
    planted: values.planted ?? false,
    json,
  };
}
