/**
 * `npm run verify -- COPY`: says whether a copy of a site is a true and whole edition. Uses
 * `node:*` alone: it runs without an install.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { startCheckSession } from './cli/check-session.ts';
import { findTrust, readKeys, readThreshold } from './cli/find-trust.ts';
import { printReport, toJson } from './cli/print-report.ts';
import { parseWords, resolveHere, UsageError } from './cli/parse-args.ts';
import type { PublicKey } from '../src/kit/core/minisign/public-key.ts';
import { runCommand } from './cli/run-command.ts';
import { checkTarget } from '../src/kit/node/verify/check-target.ts';
import { isAddress } from '../src/kit/node/source/open-source.ts';
import { exitCodeOf } from '../src/kit/core/verify/verdict.ts';
import { project } from './build/project.ts';
import { campaignFolder } from '../src/campaign/read/folder.ts';

interface VerifyOptions {
  /** A path or an address. */
  readonly target: string;
  readonly keys: readonly PublicKey[];
  /** How many of the keys must have signed; undefined if it is not said. */
  readonly threshold: number | undefined;
  readonly allowUnsigned: boolean;
  readonly json: boolean;
  /** Whether to read and keep what was seen. */
  readonly memory: boolean;
  /** A copy to compare a single page with. */
  readonly against: string | undefined;
  readonly proxy: string | undefined;
}

const verifyUsage = `npm run verify -- COPY [--key RW…]… [--threshold N] [--allow-unsigned] [--json]
node scripts/verify.ts COPY …        the same with Node 22.18 or newer, without installing anything

Says whether a copy of a site is a true and whole edition.
  COPY              a folder, a zip, a CAR, a saved page, or an address (https://…/)
  --key             a public key that has to have signed it, as many times as there are keys; without it, the keys that this
                    clone of the campaign knows. Never take a key from the copy itself.
  --threshold       how many of the keys are enough (if not said: all, and as many as the edition asks for)
  --allow-unsigned  ends with 0 also if nobody has signed it and nothing else is wrong
  --against         for a saved page: a copy that holds the true one (if not said: dist)
  --proxy           for an address: socks5h://127.0.0.1:9050 asks through Tor
  --no-memory       neither reads nor writes the file of the newest editions seen on this device
  --json            prints all findings for programs

Ends with 0 authentic, 1 any other verdict, 2 wrong use or no key, 3 unreachable.`;

const options = {
  key: { type: 'string', multiple: true },
  threshold: { type: 'string' },
  'allow-unsigned': { type: 'boolean' },
  json: { type: 'boolean' },
  'no-memory': { type: 'boolean' },
  against: { type: 'string' },
  proxy: { type: 'string' },
} as const;

/** Reads the words after the command's name. Throws UsageError. */
function readVerifyOptions(words: readonly string[]): VerifyOptions {
  const { values, positionals } = parseWords(words, options, verifyUsage, 1);
  const [target] = positionals;
  if (target === undefined)
    throw new UsageError(`Found no copy to check, expected one.\n\n${verifyUsage}`);
  const keys = readKeys(values.key ?? []);
  return {
    target,
    keys,
    threshold: readThreshold(values.threshold, keys.length),
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
function findReference(against: string | undefined): string | undefined {
  if (against !== undefined) return resolveHere(against);
  const built = join(project, 'dist');
  return existsSync(built) ? built : undefined;
}

await runCommand(async () => {
  const options = readVerifyOptions(process.argv.slice(2));
  const trust = await findTrust(options, campaignFolder());
  const check = startCheckSession(options.memory);
  const place = isAddress(options.target) ? options.target : resolveHere(options.target);
  const { report, isWeb } = await checkTarget(
    { place, against: findReference(options.against), proxy: options.proxy },
    trust,
    check.options,
  ).finally(check.end);
  console.log(
    options.json ? toJson(options.target, report) : printReport(options.target, report, isWeb),
  );
  check.remember(report);
  return exitCodeOf(report.verdict, options.allowUnsigned);
}, 2);
