/** `npm run verify -- COPY`: says whether a copy of a site is a true and whole edition. Uses `node:*` alone: it runs without an install. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beginCheck } from './cli/begin-check.ts';
import { findTrust } from './cli/find-trust.ts';
import { printReport, toJson } from './cli/print-report.ts';
import { resolveHere } from './cli/read-words.ts';
import { runCommand } from './cli/run-command.ts';
import { readVerifyOptions } from './cli/verify-options.ts';
import { checkTarget } from '../src/kit/node/verify/check-target.ts';
import { isAddress } from '../src/kit/node/source/open-source.ts';
import { exitCodeOf } from '../src/kit/core/verify/verdict.ts';
import { campaignFolder, project } from './build/campaign-folder.ts';

await runCommand(async () => {
  const options = readVerifyOptions(process.argv.slice(2));
  const trust = await findTrust(options, campaignFolder());
  const check = beginCheck(trust, options.memory);
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

/** The copy that a single page is held against: the one that was named, or what this clone has built. */
function findReference(against: string | undefined): string | undefined {
  if (against !== undefined) return resolveHere(against);
  const built = join(project, 'dist');
  return existsSync(built) ? built : undefined;
}
