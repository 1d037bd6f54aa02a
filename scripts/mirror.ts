/**
 * `npm run mirror -- SOURCE FOLDER`: fetches an edition from any mirror, verifies it, and only then
 * puts it in the place of the old copy.
 */
import { startCheckSession } from './cli/check-session.ts';
import { findTrust, readKeys, readThreshold } from './cli/find-trust.ts';
import { printReport } from './cli/print-report.ts';
import { parseWords, resolveHere, UsageError } from './cli/parse-args.ts';
import { runCommand } from './cli/run-command.ts';
import { isAddress, openSource } from '../src/kit/node/source/open-source.ts';
import { updateMirror } from '../src/kit/node/mirror/update-mirror.ts';
import { showName } from '../src/kit/core/text/quote-name.ts';
import { exitCodeOf } from '../src/kit/core/verify/verdict.ts';
import { campaignFolder } from '../src/campaign/read/folder.ts';

const usage = `npm run mirror -- SOURCE FOLDER [--key RW…]… [--threshold N] [--allow-stale] [--proxy socks5h://…] [--no-memory]

Makes FOLDER a copy of the edition that SOURCE holds, if it is authentic; run again, it updates. What is not authentic changes nothing.
  SOURCE         an address (https://…/) of any mirror, or a folder, a zip, a CAR
  FOLDER         an empty folder, one that is not there yet, or an earlier copy
  --key          a public key that has to have signed it; without it, the keys that this clone of the campaign knows
  --threshold    how many of the keys are enough (if not said: all, and as many as the edition asks for)
  --allow-stale  takes an edition past its date, too
  --proxy        asks through Tor: socks5h://127.0.0.1:9050
  --no-memory    neither reads nor writes the file of the newest editions seen on this device

Ends with 0 if FOLDER holds the edition of SOURCE, 1 if that is not authentic, 2 wrong use or no key, 3 unreachable.`;

const options = {
  key: { type: 'string', multiple: true },
  threshold: { type: 'string' },
  'allow-stale': { type: 'boolean' },
  proxy: { type: 'string' },
  'no-memory': { type: 'boolean' },
} as const;

await runCommand(async () => {
  const { values, positionals } = parseWords(process.argv.slice(2), options, usage, 2);
  const [source, folder] = positionals;
  if (source === undefined || folder === undefined)
    throw new UsageError(
      `Found ${positionals.length} words, expected a source and a folder.\n\n${usage}`,
    );
  const keys = readKeys(values.key ?? []);
  const trust = await findTrust(
    { keys, threshold: readThreshold(values.threshold, keys.length), allowUnsigned: false },
    campaignFolder(),
  );
  const check = startCheckSession(!values['no-memory']);
  const { copy } = await openSource(isAddress(source) ? source : resolveHere(source), values.proxy);
  try {
    const outcome = await updateMirror(copy, resolveHere(folder), trust, {
      ...check.options,
      allowStale: values['allow-stale'] ?? false,
    }).finally(check.end);
    if (outcome.kind === 'refused') {
      console.error(
        `${printReport(source, outcome.report, false)}\n\n${showName(folder)} was left as it was.`,
      );
      return exitCodeOf(outcome.report.verdict, false);
    }
    const { edition, before, difference, fetched, hasArchives, kept, notes, report } = outcome;
    console.log(
      `${showName(folder)}: edition ${edition.number} of ${edition.campaign}, ${edition.date}, ${report.verdict}${before === undefined ? '' : before === edition.number ? ' (as before)' : ` (before: edition ${before})`}`,
    );
    console.log(
      `  ${difference.added.length} files added, ${difference.changed.length} changed, ${difference.removed.length} removed; ${fetched} fetched${hasArchives ? ', with the archives' : ', without archives'}`,
    );
    if (kept.length > 0) console.log(`  kept beside it: ${kept.join(', ')}`);
    for (const note of notes) console.log(`  ${note}`);
    check.remember(report);
    return 0;
  } finally {
    await copy.close();
  }
}, 1);
