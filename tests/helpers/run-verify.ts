import { join } from 'node:path';
import { inClone } from '../../scripts/checker/invocation.ts';
import { runCheck } from '../../scripts/checker/verify.ts';
import type { Evidence, Verdict } from '../../src/kit/core/verify/verdict.ts';
import { makeFolder } from './build.ts';
import { runNode, type NodeOutcome } from './run-node.ts';

/** Runs the command as a volunteer does who has a clone, Node and nothing else. */
export const runVerify = (
  words: readonly string[],
  settings: Record<string, string> = {},
): Promise<NodeOutcome> =>
  runNode(['scripts/verify.ts', ...words], {
    VYRAI_STATE: join(makeFolder('state-'), 'seen.json'),
    ...settings,
  });

export interface JsonReport {
  verdict: Verdict;
  evidence: Evidence[];
  notes: string[];
  files: number;
  edition?: { number: number };
}

/** The same, with the report for programs. */
export async function verifyAsJson(
  words: readonly string[],
  settings: Record<string, string> = {},
): Promise<{ code: number; report: JsonReport }> {
  const { code, stdout, stderr } = await runVerify([...words, '--json'], settings);
  if (stdout === '') throw new Error(`verify ${words.join(' ')} ended with ${code}: ${stderr}`);
  return { code, report: JSON.parse(stdout) as JsonReport };
}

/**
 * The same without a process, which costs more than the check: for the many rows of a table, some
 * of which are run by the command, too.
 * @param campaignFolder of the clone that has the keys
 */
export async function checkAsJson(
  words: readonly string[],
  campaignFolder: string,
): Promise<{ code: number; report: JsonReport }> {
  const { call, clone } = inClone();
  const { output, code } = await runCheck([...words, '--no-memory', '--json'], {
    call,
    clone: clone && { ...clone, campaignFolder },
  });
  return { code, report: JSON.parse(output) as JsonReport };
}
