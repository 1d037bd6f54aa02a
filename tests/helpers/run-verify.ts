import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Evidence, Verdict } from '../../scripts/mirror/verdict.ts';
import { makeFolder } from './build.ts';

export interface VerifyOutcome {
  code: number;
  output: string;
  errors: string;
}

/** Runs the command as a volunteer does who has a clone, Node and nothing else. */
export function runVerify(words: readonly string[], settings: Record<string, string> = {}): Promise<VerifyOutcome> {
  const env = { ...process.env, VYRAI_STATE: join(makeFolder('state-'), 'seen.json'), ...settings };
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ['scripts/verify.ts', ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [output, errors] = ['', ''];
    child.stdout.on('data', (text) => (output += text));
    child.stderr.on('data', (text) => (errors += text));
    child.on('error', fail);
    child.on('close', (code) => done({ code: code ?? -1, output, errors }));
  });
}

export interface JsonReport {
  verdict: Verdict;
  evidence: Evidence[];
  notes: string[];
  files: number;
  edition?: { number: number };
}

/** The same, with the report for programs. */
export async function verifyAsJson(words: readonly string[], settings: Record<string, string> = {}): Promise<{ code: number; report: JsonReport }> {
  const { code, output, errors } = await runVerify([...words, '--json'], settings);
  if (output === '') throw new Error(`verify ${words.join(' ')} ended with ${code}: ${errors}`);
  return { code, report: JSON.parse(output) as JsonReport };
}
