import {
  sessionOptions,
  startCheckSession,
  findCampaign,
  findTrust,
  readKeyOptions,
  printReport,
} from './check-session.ts';
import { parseWords, resolveHere, UsageError } from '../cli/command-line.ts';
import { isAddress, openSource } from '../../src/kit/node/source/open-source.ts';
import { updateMirror } from '../../src/kit/node/mirror/update-mirror.ts';
import { showName } from '../../src/kit/core/text/plain-characters.ts';
import { exitCodeOf } from '../../src/kit/core/verify/verdict.ts';
import type { Invocation, RunChecker } from './invocation.ts';

const printUsage = ({
  call,
  clone,
}: Invocation): string => `${call('mirror')} SOURCE FOLDER [--key RW…]… [--threshold N] [--allow-stale] [--proxy socks5h://…] [--no-memory]

Makes FOLDER a copy of the edition that SOURCE holds, if it is authentic; run again, it updates. What is not authentic changes nothing.
  SOURCE         an address (https://…/) of any mirror, or a folder, a zip, a CAR
  FOLDER         an empty folder, one that is not there yet, or an earlier copy
  --key          a public key that has to have signed it; without it, the keys that a clone of the campaign knows
  --clone        the folder of that clone${clone ? ' (if not said: this one)' : ''}
  --threshold    how many of the keys are enough (if not said: all, and as many as the edition asks for)
  --allow-stale  takes an edition past its date, too
  --proxy        asks through Tor: socks5h://127.0.0.1:9050
  --no-memory    neither reads nor writes the file of the newest editions seen on this device

Ends with 0 if FOLDER holds the edition of SOURCE, 1 if that is not authentic, 2 wrong use or no key, 3 unreachable.`;

const options = { ...sessionOptions, 'allow-stale': { type: 'boolean' } } as const;

/**
 * Fetches an edition from any mirror, verifies it, and only then puts it in the place of the old
 * copy.
 */
export const mirror: RunChecker = async (words, invocation) => {
  const usage = printUsage(invocation);
  const { values, positionals } = parseWords(words, options, usage, 2);
  const [source, folder] = positionals;
  if (source === undefined || folder === undefined)
    throw new UsageError(
      `Found ${positionals.length} words, expected a source and a folder.\n\n${usage}`,
    );
  const trust = await findTrust(
    { ...readKeyOptions(values), allowUnsigned: undefined },
    findCampaign(values.clone, invocation),
  );
  const check = startCheckSession(!values['no-memory']);
  const place = isAddress(source) ? source : resolveHere(source);
  const { copy, notes: opened = [] } = await openSource(place, values.proxy);
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
    const { edition, before, difference, fetched, archives, kept, notes, report } = outcome;
    console.log(
      `${showName(folder)}: edition ${edition.number} of ${edition.campaign}, ${edition.date}, ${report.verdict}${before === undefined ? '' : before === edition.number ? ' (as before)' : ` (before: edition ${before})`}`,
    );
    console.log(
      `  ${difference.added.length} files added, ${difference.changed.length} changed, ${difference.removed.length} removed; ${fetched} fetched${archives.length > 0 ? ', with the archives' : ', without archives'}`,
    );
    if (kept.length > 0) console.log(`  kept next to it: ${kept.join(', ')}`);
    for (const note of [...opened, ...notes]) console.log(`  ${note}`);
    check.remember(report);
    return 0;
  } finally {
    await copy.close();
  }
};
