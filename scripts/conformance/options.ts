import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

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
  /** Where to write what was found, for programs. */
  json: string | undefined;
}

/** A mistake of who started the lab, in words. */
export class UsageError extends Error {
  override name = 'UsageError';
  readonly exitCode: number;
  constructor(message: string, exitCode = 2) {
    super(message);
    this.exitCode = exitCode;
  }
}

export const usage = `npm run conformance -- FOLDER [--install] [--only NAME,…] [--sizes FILE] [--write-sizes] [--json FILE]

Puts a folder of static files on real hosts, reads it with real programs, and prints tables of what holds.
  FOLDER         any static site; dist is built first if it is not there
  --install      gets what the machine lacks from Debian, and other versions of Node from the npm registry
  --only         only hosts and programs whose names have one of these words, and no other checks: --only nginx,lynx
  --sizes        the table of sizes to compare with (of dist: tests/sizes.md)
  --write-sizes  only measures, and writes that table anew
  --json         writes all findings to a file, for programs`;

/** @throws UsageError */
export function readOptions(words: string[]): Options {
  const { values, positionals } = parse(words);
  const [given, ...more] = positionals;
  if (values.help) throw new UsageError(usage, 0);
  for (const name of ['only', 'install', 'json', 'sizes', 'write_sizes']) if (process.env[`npm_config_${name}`] !== undefined) throw new UsageError(`npm took --${name.replace('_', '-')} for itself. Put -- before the folder: npm run conformance -- FOLDER --${name.replace('_', '-')} …`);
  if (given === undefined || more.length > 0) throw new UsageError(`${positionals.length === 0 ? 'no folder is named' : `found ${positionals.length} folders`}, expected one.\n\n${usage}`);
  const here = process.env['INIT_CWD'] ?? process.cwd(); // npm starts in the project, whoever asks stands elsewhere
  const folder = resolve(here, given);
  const own = folder === join(project, 'dist');
  if (!own && !(existsSync(folder) && statSync(folder).isDirectory())) throw new UsageError(`${given} is no folder. Give the folder of a built site, for instance dist.`);
  const sizes = values.sizes !== undefined ? resolve(here, values.sizes) : (own ? join(project, 'tests', 'sizes.md') : undefined);
  if (values['write-sizes'] && sizes === undefined) throw new UsageError('--write-sizes needs --sizes FILE, since only dist has a table of its own.');
  if (sizes !== undefined && values.sizes !== undefined && !values['write-sizes'] && !existsSync(sizes)) throw new UsageError(`there is no table ${values.sizes}. --write-sizes makes one.`);
  const json = values.json === undefined ? undefined : resolve(here, values.json);
  if (json !== undefined && (!existsSync(dirname(json)) || (existsSync(json) && statSync(json).isDirectory()))) throw new UsageError(`--json: ${values.json} is a folder, or would stand in one that is not there. Name a file.`);
  return { folder, own, install: values.install ?? false, only: values.only?.toLowerCase().split(',').map((word) => word.trim()).filter((word) => word !== ''), sizes, writeSizes: values['write-sizes'] ?? false, json };
}

function parse(words: string[]) {
  try {
    return parseArgs({
      args: words,
      allowPositionals: true,
      options: { install: { type: 'boolean' }, only: { type: 'string' }, sizes: { type: 'string' }, 'write-sizes': { type: 'boolean' }, json: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    throw new UsageError(`${error.message}\n\n${usage}`);
  }
}
