import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { project } from '../../build/project.ts';
import { ProgramError } from '../process.ts';
import { findProgram, type Program } from '../programs.ts';
import { runReader } from '../readers/run-reader.ts';

/** Where the W3C keeps its validator, and the commit of 16 December 2025; no registry has it. */
const repository = 'https://github.com/w3c/feedvalidator';
const commit = '43dabeb217bd8d8b0a3f12f3a6e7c39a8619d9a8';
const cache = join(project, 'node_modules/.cache', `feedvalidator-${commit.slice(0, 7)}`);
const modules = join(cache, 'src');

/** Debian's own, which sees Debian's modules; the first on the path may be another. */
const python = '/usr/bin/python3';

export const validatorNeeds: readonly Program[] = [
  { command: python, debian: 'python3' },
  { command: '/usr/lib/python3/dist-packages/html5lib/html5parser.py', debian: 'python3-html5lib' },
  {
    command: join(modules, 'feedvalidator/__init__.py'),
    otherwise: `${repository}; --install gets it by git`,
  },
];

export const validatorName = `W3C feed validator ${commit.slice(0, 7)}`;

/**
 * Fetches the validator by git, once; it stays in a cache of the project.
 * @returns what was in the way, in one sentence
 */
export function fetchValidator(report: (line: string) => void): string | undefined {
  if (existsSync(modules)) return undefined;
  report('fetching the W3C feed validator');
  mkdirSync(dirname(cache), { recursive: true });
  const scratch = mkdtempSync(join(dirname(cache), '.fetching-'));
  const git = (...words: string[]) =>
    spawnSync(findProgram('git') ?? 'git', ['-C', scratch, ...words], { encoding: 'utf8' });
  try {
    const steps = [
      ['init', '--quiet'],
      ['fetch', '--quiet', '--depth=1', repository, commit],
      ['checkout', '--quiet', commit], // which is what this name is the hash of
    ];
    for (const step of steps) {
      const { status, stderr, error } = git(...step);
      if (status !== 0)
        return `the W3C feed validator could not be fetched: ${(error?.message ?? stderr).trim().split('\n').slice(-1).join(' ')}`;
    }
    renameSync(scratch, cache);
    return undefined;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** A rule that a feed breaks, by the validator's own name for it. */
export interface BrokenRule {
  address: string;
  rule: string;
  level: 'error' | 'warning';
  line: number | null;
  element: string | null;
}

/**
 * Asks the validator about feeds, all of its rules of the levels "must" and "should".
 * @param feeds each with the address that it is taken to come from
 * @throws ProgramError if it does not answer
 */
export async function askValidator(
  feeds: readonly { file: string; address: string }[],
  scratch: string,
): Promise<BrokenRule[]> {
  const script = fileURLToPath(new URL('ask-validator.py', import.meta.url));
  const words = feeds.flatMap(({ file, address }) => [file, address]);
  const answer = await runReader(
    python,
    ['-B', '-W', 'ignore', script, modules, ...words],
    scratch,
  );
  try {
    return JSON.parse(answer) as BrokenRule[];
  } catch (error) {
    throw new ProgramError('the W3C feed validator gave no answer', { cause: error });
  }
}
