import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  sessionOptions,
  startCheckSession,
  findCampaign,
  findTrust,
  readKeyOptions,
  printReport,
  toJson,
  type GivenKeys,
} from './check-session.ts';
import { parseWords, resolveHere, UsageError } from '../cli/command-line.ts';
import { checkTarget } from '../../src/kit/node/verify/check-target.ts';
import { isAddress } from '../../src/kit/node/source/open-source.ts';
import { exitCodeOf } from '../../src/kit/core/verify/verdict.ts';
import type { Invocation, RunChecker } from './invocation.ts';

interface VerifyOptions extends GivenKeys {
  /** A path or an address. */
  readonly target: string;
  /** The folder of a clone that has the keys. */
  readonly clone: string | undefined;
  readonly allowUnsigned: boolean;
  readonly json: boolean;
  /** Whether to read and keep what was seen. */
  readonly memory: boolean;
  /** A copy to compare a single page with. */
  readonly against: string | undefined;
  readonly proxy: string | undefined;
}

const printUsage = ({
  call,
  clone,
}: Invocation): string => `${call('verify')} COPY [--key RW…]… [--threshold N] [--allow-unsigned] [--json]
${clone ? 'node scripts/verify.ts COPY …        the same with Node 22.18 or newer, without installing anything\n' : ''}
Says whether a copy of a site is a true and whole edition.
  COPY              a folder, a zip, a CAR, a saved page, or an address (https://…/)
  --key             a public key that has to have signed it, as many times as there are keys; without it, the keys that a
                    clone of the campaign knows. Never take a key from the copy itself.
  --clone           the folder of that clone${clone ? ' (if not said: this one)' : ''}
  --threshold       how many of the keys are enough (if not said: all, and as many as the edition asks for)
  --allow-unsigned  ends with 0 also if nobody has signed it and nothing else is wrong
  --against         for a saved page: a copy that holds the true one${clone ? ' (if not said: dist)' : ''}
  --proxy           for an address: socks5h://127.0.0.1:9050 asks through Tor
  --no-memory       neither reads nor writes the file of the newest editions seen on this device
  --json            prints all findings for programs

Ends with 0 authentic, 1 any other verdict, 2 wrong use or no key, 3 unreachable.`;

const options = {
  ...sessionOptions,
  'allow-unsigned': { type: 'boolean' },
  json: { type: 'boolean' },
  against: { type: 'string' },
} as const;

/** Reads the words after the command's name. Throws UsageError. */
function readVerifyOptions(words: readonly string[], invocation: Invocation): VerifyOptions {
  const usage = printUsage(invocation);
  const { values, positionals } = parseWords(words, options, usage, 1);
  const [target] = positionals;
  if (target === undefined)
    throw new UsageError(`Found no copy to check, expected one.\n\n${usage}`);
  return {
    target,
    ...readKeyOptions(values),
    clone: values.clone,
    allowUnsigned: values['allow-unsigned'] ?? false,
    json: values.json ?? false,
    memory: !values['no-memory'],
    against: values.against,
    proxy: values.proxy,
  };
}

/**
 * The copy that a single page is held against: the one that was named, or what this clone has
 * built.
 */
function findReference(against: string | undefined, { clone }: Invocation): string | undefined {
  if (against !== undefined) return resolveHere(against);
  const built = clone && join(clone.project, 'dist');
  return built !== undefined && existsSync(built) ? built : undefined;
}

/** Says whether a copy of a site is a true and whole edition. */
export const verify: RunChecker = async (words, invocation) => {
  const { output, code, remember } = await runCheck(words, invocation);
  console.log(output);
  remember();
  return code;
};

/**
 * Does what the words ask for.
 * @returns what is to be printed, what keeps the edition that was seen, and what the process ends
 *   with
 * @throws UserError
 */
export async function runCheck(
  words: readonly string[],
  invocation: Invocation,
): Promise<{ output: string; remember: () => void; code: number }> {
  const options = readVerifyOptions(words, invocation);
  const trust = await findTrust(options, findCampaign(options.clone, invocation));
  const check = startCheckSession(options.memory);
  const place = isAddress(options.target) ? options.target : resolveHere(options.target);
  const { report, isWeb } = await checkTarget(
    {
      place,
      against: findReference(options.against, invocation),
      proxy: options.proxy,
      call: invocation.call('verify'),
    },
    trust,
    check.options,
  ).finally(check.end);
  return {
    output: options.json
      ? toJson(options.target, report)
      : printReport(options.target, report, isWeb),
    remember: () => check.remember(report),
    code: exitCodeOf(report.verdict, options.allowUnsigned),
  };
}
