/**
 * The checker of this project by the command of the vectors: `node tests/vectors/vyrai.ts verify …`
 * (README.md). `npm run verify` is the one for people: it takes the day from the clock, and
 * remembers.
 */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { findTrust, readKeyOptions } from '../../scripts/checker/check-session.ts';
import { parseWords, UsageError } from '../../scripts/cli/command-line.ts';
import { exitCodeOf } from '../../src/kit/core/verify/verdict.ts';
import { decodeUtf8 } from '../../src/kit/core/text/bytes.ts';
import { isCalendarDate } from '../../src/kit/core/text/dates.ts';
import { UserError } from '../../src/kit/core/text/user-error.ts';
import { nodePlatform } from '../../src/kit/node/platform.ts';
import { checkTarget } from '../../src/kit/node/verify/check-target.ts';
import type { Trust } from '../../src/kit/core/trust/trust.ts';
import type { Outcome } from './contract.ts';

const usage = 'verify (--trust FOLDER | --key FILE …) [--threshold N] --today DATE TARGET';
const options = {
  trust: { type: 'string' },
  key: { type: 'string', multiple: true },
  threshold: { type: 'string' },
  today: { type: 'string' },
} as const;

/** The text of a key file (docs/spec.md, K-3). Throws UsageError. */
function readKeyFile(file: string): string {
  try {
    const text = decodeUtf8(readFileSync(resolve(file)));
    if (text !== undefined) return text;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new UsageError(`${file} cannot be read (${String(error.code)}), expected a key file.`);
  }
  throw new UsageError(`${file} is not UTF-8, expected a key file.`);
}

/** Clones by their folder, each read once: the same few are asked for with thousands of copies. */
const clones = new Map<string, Promise<Trust>>();

function trustIn(clone: string): Promise<Trust> {
  const trust =
    clones.get(clone) ?? findTrust({ keys: [], threshold: undefined, allowUnsigned: false }, clone);
  clones.set(clone, trust);
  return trust;
}

/** Checks what the words after the program say. */
export async function check(words: readonly string[]): Promise<Outcome> {
  try {
    const { values, positionals } = parseWords(words, options, usage, 2);
    const [, target] = positionals;
    const day = values.today ?? '';
    if (target === undefined || day.length !== 10 || !isCalendarDate(day))
      throw new UsageError(`Expected ${usage}, and a day that exists.`);
    if (values.trust !== undefined && values.key)
      throw new UsageError('--trust and --key are there, expected one of them.');
    const { keys, threshold } = readKeyOptions({ ...values, key: values.key?.map(readKeyFile) });
    const trust =
      values.trust === undefined
        ? await findTrust({ keys, threshold, allowUnsigned: false }, undefined)
        : await trustIn(resolve(values.trust));
    const { report } = await checkTarget(
      { place: resolve(target), against: undefined, proxy: undefined, call: 'npm run verify --' },
      trust,
      {
        today: day,
        seen: () => [],
        progress: () => {},
        platform: nodePlatform,
      },
    );
    return {
      exit: exitCodeOf(report.verdict, false),
      verdict: report.verdict,
      output: [
        ...report.evidence.map(({ verdict, text }) => `${verdict}: ${text}`),
        ...report.notes,
      ].join('\n'),
    };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    return { exit: 2, verdict: null, output: error.message };
  }
}

async function answerEach(): Promise<void> {
  for await (const line of createInterface({ input: process.stdin })) {
    const words = JSON.parse(line) as string[];
    const { exit, verdict } = await check(['verify', ...words]);
    console.log(`${exit} ${verdict ?? '-'}`);
  }
}

async function answer(words: readonly string[]): Promise<void> {
  const { exit, verdict, output } = await check(words);
  if (verdict === null) console.error(output);
  else console.log(`verdict: ${verdict}\n${output}`);
  process.exitCode = exit ?? 1;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await (process.argv[2] === 'verify-each' ? answerEach() : answer(process.argv.slice(2)));
