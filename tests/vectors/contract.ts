import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { VectorCase } from './case.ts';

/** What a program says of a case: its exit code, and the verdict that it prints. */
export interface Outcome {
  readonly exit: number | null;
  readonly verdict: string | null;
  /** What it printed besides, for whoever looks for the fault. */
  readonly output: string;
}

/** The folder of the vectors; paths of cases are relative to it. */
export const vectors = import.meta.dirname;

export const readCases = (): readonly VectorCase[] =>
  JSON.parse(readFileSync(join(vectors, 'cases.json'), 'utf8')) as VectorCase[];

/** The words after the program, with absolute paths (README.md, "The command"). */
export function wordsOf(each: VectorCase): string[] {
  const { trust, today } = each;
  const origin =
    trust === null
      ? []
      : 'clone' in trust
        ? ['--trust', join(vectors, trust.clone)]
        : [
            ...trust.keys.flatMap((key) => ['--key', join(vectors, key)]),
            ...(trust.threshold === undefined ? [] : ['--threshold', String(trust.threshold)]),
          ];
  return ['verify', ...origin, '--today', today, targetOf(each)];
}

/**
 * Keys with which a case can be checked by a program that knows no clones: its own, or those of the
 * usual editions, two of which have to have signed.
 */
export function keysOfCase({ trust }: VectorCase): {
  readonly keys: readonly string[];
  readonly threshold: number | undefined;
} {
  const own = trust !== null && 'keys' in trust ? trust : undefined;
  const files = own?.keys ?? ['keys/anna.pub', 'keys/boris.pub', 'keys/clara.pub'];
  return {
    keys: files.map((file) => readFileSync(join(vectors, file), 'utf8')),
    threshold: own ? own.threshold : 2,
  };
}

/**
 * The target of a case, with the symbolic links that it needs in a copy of it.
 * @throws the error of a system that does not let this user make links
 */
function targetOf({ name, target, links }: VectorCase): string {
  const kept = join(vectors, target);
  if (!links) return kept;
  const copy = copies.get(name) ?? mkdtempSync(join(tmpdir(), 'vectors-'));
  if (!copies.has(name)) {
    copies.set(name, copy);
    process.once('exit', () => rmSync(copy, { recursive: true, force: true }));
    cpSync(kept, copy, { recursive: true });
    for (const [link, to] of Object.entries(links)) symlinkSync(to, join(copy, link));
  }
  return copy;
}
/** By the name of the case: each is made once. */
const copies = new Map<string, string>();

/** Starts a program for a case. */
export function askProgram(command: readonly string[], each: VectorCase): Outcome {
  const [program = '', ...words] = command;
  const { status, stdout, stderr, error } = spawnSync(program, [...words, ...wordsOf(each)], {
    encoding: 'utf8',
    timeout: 60_000,
  });
  const [firstLine = ''] = (stdout ?? '').split('\n');
  return {
    exit: status,
    verdict: /^verdict: (.*?)\r?$/.exec(firstLine)?.[1] ?? null,
    output: [error?.message ?? '', stdout, stderr].join('\n').trim(),
  };
}

/**
 * Asks a program for many checks at once (README.md, "Many at once").
 * @param checks of each the words after `verify`
 * @throws if it gives another number of lines than it was asked for
 */
export function askEach(
  command: readonly string[],
  checks: readonly (readonly string[])[],
): Outcome[] {
  const [program = '', ...words] = command;
  const { stdout, stderr, error } = spawnSync(program, [...words, 'verify-each'], {
    encoding: 'utf8',
    input: checks.map((check) => `${JSON.stringify(check)}\n`).join(''),
    maxBuffer: 2 ** 26,
  });
  const lines = (stdout ?? '').split(/\r?\n/).slice(0, -1);
  if (lines.length !== checks.length)
    throw new Error(
      `${command.join(' ')} gives ${lines.length} lines for ${checks.length} checks: ${error?.message ?? stderr}`,
    );
  return lines.map((line) => {
    const [, exit = '', verdict = '-'] = /^(\d+) (.+)$/.exec(line) ?? [];
    return { exit: Number(exit), verdict: verdict === '-' ? null : verdict, output: line };
  });
}

/** How an outcome differs from what a case expects, as a line; undefined if it does not. */
export function findDifference(each: VectorCase, outcome: Outcome): string | undefined {
  const { name, rules, says, exit, verdict } = each;
  if (outcome.exit === exit && outcome.verdict === verdict) return undefined;
  const show = (of: Pick<Outcome, 'exit' | 'verdict'>): string =>
    `${of.verdict ?? 'no verdict'} (exit code ${of.exit})`;
  return `${name}: ${show(outcome)}, expected ${show(each)} by ${rules.join(', ')}: ${says}`;
}
