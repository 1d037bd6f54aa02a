import { describeVerdict } from '../../src/kit/core/verify/verdict.ts';
import { hostingCopies } from '../../src/kit/core/verify/check-files.ts';
import {
  makeStaging,
  recoverFolder,
  removeFolder,
} from '../../src/kit/node/mirror/replace-folder.ts';
import { checkTarget } from '../../src/kit/node/verify/check-target.ts';
import { isAddress } from '../../src/kit/node/source/open-source.ts';
import {
  startCheckSession,
  findTrust,
  readKeyOptions,
  printReport,
} from '../checker/check-session.ts';
import { parseWords, UsageError } from '../cli/command-line.ts';
import { engines, openPlace } from './engines.ts';
import { takePublication } from './publication.ts';

const usage = `npm run publish -- TARGET [--address URL] [--dry-run] [--with NAME]… [--draft]

Puts the site in dist to where readers find it, if it is authentic by the editions of this clone; run again, it updates, and goes on where it was stopped.
  TARGET
${engines.flatMap((engine) => engine.usage.map((line) => `    ${line}`)).join('\n')}
  --address      where readers find it: it is verified there afterwards, as npm run verify does; {cid} is put in for ipfs:
  --dry-run      only says what would be done
  --with         a file that the host wants: ${[...hostingCopies.keys()].join(', ')}
  --draft        takes a site that nobody has signed, for a preview; never over an edition
  --allow-stale  takes an edition past its date, too
  --key, --threshold, --proxy, --no-memory   as for npm run verify

Ends with 0 if the place holds the edition and it is authentic at the address (if one is given), 1 if not, 2 wrong use or no key, 3 if the address does not answer.`;

const options = {
  address: { type: 'string' },
  'dry-run': { type: 'boolean' },
  with: { type: 'string', multiple: true },
  draft: { type: 'boolean' },
  'allow-stale': { type: 'boolean' },
  key: { type: 'string', multiple: true },
  threshold: { type: 'string' },
  proxy: { type: 'string' },
  'no-memory': { type: 'boolean' },
} as const;

/** What the command is started with. */
export interface PublishSetting {
  /** The folder of the built site. */
  readonly site: string;
  /** The folder of the campaign, whose editions have the keys. */
  readonly campaign: string;
  readonly print: (text: string) => void;
}

/**
 * Does what the words after the command's name say.
 * @returns what the process ends with
 * @throws UserError
 */
export async function publish(
  words: readonly string[],
  { site, campaign, print }: PublishSetting,
): Promise<number> {
  const { values, positionals } = parseWords(words, options, usage, 1);
  const [target] = positionals;
  if (target === undefined)
    throw new UsageError(`Found no target, expected one: where the edition goes.\n\n${usage}`);
  const { address, draft = false } = values;
  if (address !== undefined && !isAddress(address))
    throw new UsageError(`--address is ${address}, expected https://… or http://….`);
  const hostFiles = values.with ?? [];
  const unknown = hostFiles.find((name) => !hostingCopies.has(name));
  if (unknown !== undefined)
    throw new UsageError(
      `--with ${unknown}: expected one of ${[...hostingCopies.keys()].join(', ')}.`,
    );
  const place = openPlace(target);
  const trust = await findTrust(
    { ...readKeyOptions(values), allowUnsigned: draft ? true : undefined },
    campaign,
  );
  const check = startCheckSession(!values['no-memory']);
  recoverFolder(site); // and takes away what a run that was killed has left
  const staging = makeStaging(site);
  try {
    const { publication, report } = await takePublication(
      {
        ...{ site, trust, draft, hostFiles, check: check.options },
        allowStale: values['allow-stale'] ?? false,
      },
      staging,
    ).finally(check.end);
    const { build } = publication;
    const what = 'of' in build ? `draft of edition ${build.of}` : `edition ${build.number}`;
    print(
      `${what} of ${build.campaign}, ${publication.files.size} files, ${report.verdict} → ${place.name}`,
    );
    const { lines, notes, cid, run } = await place.prepare(publication);
    for (const note of notes) print(`  to know: ${note}`);
    if (lines.length === 0) print('  nothing to do: it is there already');
    else if (values['dry-run'] === true) for (const line of lines) print(`  would do: ${line}`);
    else for (const line of await run((step) => print(`  ${step} …`))) print(`  ${line}`);
    if (values['dry-run'] === true) return 0;
    check.remember(report);
    if (address === undefined) {
      if (lines.length > 0)
        print('done. See it as readers do: add --address, or npm run verify -- ADDRESS');
      return 0;
    }
    const at = address.replaceAll('{cid}', cid ?? '{cid}');
    const seen = await checkTarget(
      { place: at, against: undefined, proxy: values.proxy, call: 'npm run verify --' },
      trust,
      check.options,
    ).finally(check.end);
    print(`\n${printReport(at, seen.report, seen.isWeb)}`);
    if (seen.report.list !== publication.list)
      print(
        'The address serves another list than the one that was published: caches of hosts keep old files for minutes. Try again later: npm run verify -- ADDRESS',
      );
    const isThere = seen.report.list === publication.list;
    const isAccepted = seen.report.verdict === report.verdict && isThere;
    return isAccepted ? 0 : describeVerdict(seen.report.verdict).exitCode || 1;
  } finally {
    removeFolder(staging);
  }
}
