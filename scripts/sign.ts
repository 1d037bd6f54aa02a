/**
 * `npm run sign`: shows what is new in the edition, and signs it, prepares that for a machine
 * without network, or takes signatures that were made there.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ask } from './cli/ask.ts';
import { parseWords, resolveHere, UsageError, runCommand } from './cli/command-line.ts';
import { commentOf } from './build/comment-of.ts';
import {
  findKeptList,
  findProgress,
  keepManifest,
  signList,
  takeSignature,
  type KeptList,
} from './build/keep-signature.ts';
import { listUnchecked } from './build/list-unchecked.ts';
import { readBroughtSignatures, writeOfflineFolder } from './build/offline-folder.ts';
import { rebuildEdition, type RebuiltEdition } from './build/rebuild-edition.ts';
import { readSecretKey } from './build/read-secret-key.ts';
import { showChanges } from './build/show-changes.ts';
import { SigningError } from './build/signing-error.ts';
import { showPaged } from './cli/show-paged.ts';
import { manifestFile, signatureFile } from '../src/kit/core/edition/edition-files.ts';
import { showName } from '../src/kit/core/text/plain-characters.ts';
import { project } from './build/project.ts';
import { campaignFolder } from '../src/campaign/read/campaign-folder.ts';

const usage = `npm run sign -- [--key FILE | --offline FOLDER | --take PLACE…] [--against COPY] [--fresh] [--yes]

Builds the newest edition again from its commit, shows in words what is new since the one before, and signs it.
  --key      the secret key (FILE.key); asks for its passphrase
  --offline  writes a folder to sign in on a machine without network: with minisign, or with Node alone
  --take     such a folder when it is back, or a signature by itself; nothing is built for it
  --against  a copy of the edition before (folder, zip, CAR), where it cannot be built again here
  --fresh    builds with packages that are installed anew from the registry, not with those of this clone
  --yes      does not ask whether you have read what is new
Without --key, --offline and --take it shows what is new, and how the others sign.`;

await runCommand(async () => {
  const { values } = parseWords(
    process.argv.slice(2),
    {
      key: { type: 'string' },
      offline: { type: 'string' },
      take: { type: 'string', multiple: true },
      against: { type: 'string' },
      fresh: { type: 'boolean' },
      yes: { type: 'boolean' },
    } as const,
    usage,
    0,
  );
  const { key, offline, take, against, fresh = false, yes = false } = values;
  const asked = Object.entries({ '--key': key, '--offline': offline, '--take': take })
    .filter(([, value]) => value !== undefined)
    .map(([name]) => name);
  if (asked.length > 1)
    throw new UsageError(`Found ${asked.join(' and ')}, expected one of them.\n\n${usage}`);
  if (take) return takeAll(take.map(resolveHere));
  const scratch = mkdtempSync(join(tmpdir(), 'vyrai-sign-'));
  try {
    const { rebuilt, changes } = await rebuildAndShow(
      { fresh, against: against === undefined ? undefined : resolveHere(against) },
      scratch,
    );
    const { number } = rebuilt.kept.edition;
    if (key !== undefined && !yes) {
      const typed = await ask(
        'If this is what you want to stand by, type the number of the edition: ',
      );
      if (typed.trim() !== String(number)) throw new SigningError('Nothing was signed.');
    }
    keepManifest(rebuilt);
    if (key !== undefined) await signWith(rebuilt, resolveHere(key));
    if (offline !== undefined) await prepareFolder(rebuilt, resolveHere(offline), changes);
    await printNext(rebuilt);
    return 0;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
});

/** Takes signatures that were made elsewhere for the list that an earlier run has kept. */
async function takeAll(places: readonly string[]): Promise<number> {
  const kept = findKeptList(campaignFolder());
  for (const signature of places.flatMap(readBroughtSignatures))
    console.log(`took the signature of ${await takeSignature(kept, signature)}`);
  await printNext(kept);
  return 0;
}

/** Builds the edition again, and shows what is new in it; gives that as lines, too. */
async function rebuildAndShow(
  { fresh, against }: { fresh: boolean; against: string | undefined },
  scratch: string,
): Promise<{ rebuilt: RebuiltEdition; changes: string[] }> {
  const sources = { project, campaignFolder: campaignFolder(), fresh };
  const report = (line: string): void => (process.env['VERBOSE'] ? console.log(line) : undefined);
  console.log(
    '… building the edition again from its commit, with ' +
      `${fresh ? 'packages from the registry' : 'the packages of this clone (--fresh installs them anew)'}`,
  );
  const rebuilt = await rebuildEdition(sources, join(scratch, 'new'), report);
  const { edition } = rebuilt.kept;
  console.log('… looking for what is new\n');
  const { lines, pages } = await showChanges(
    sources,
    rebuilt,
    against,
    join(scratch, 'old'),
    report,
  );
  const changes = [[...lines, ...listUnchecked(rebuilt.campaignFolder)], ...pages];
  const unread = await showPaged(changes);
  if (unread > 0) console.log(`${unread} pages were not shown whole\n`);
  const title = [
    `edition ${edition.number} of ${edition.campaign}, ${edition.date}`,
    ...(edition.notice === undefined ? [] : [`its notice: ${edition.notice}`]),
  ];
  for (const line of title) console.log(line);
  return { rebuilt, changes: [...title, '', ...changes.flat()] };
}

async function signWith(rebuilt: RebuiltEdition, file: string): Promise<void> {
  const key = await readSecretKey(file, (question) => ask(question, true));
  await signList(rebuilt, key);
  console.log(`signed with ${key.publicKey.id}`);
}

async function prepareFolder(
  rebuilt: RebuiltEdition,
  folder: string,
  changes: readonly string[],
): Promise<void> {
  const { signers, signedBy } = await findProgress(rebuilt);
  const missing = signers.filter((id) => !signedBy.includes(id));
  const hash = await writeOfflineFolder(folder, rebuilt, changes, missing);
  console.log(
    `\nwritten: ${showName(folder)}. Carry it over; its README.txt says how to go on there.\n` +
      `Write down, to compare there, the SHA-256 of its CHECKSUMS.txt:\n  ${hash}\n`,
  );
}

async function printNext(kept: KeptList): Promise<void> {
  const { edition } = kept.kept;
  const folder = relative(process.cwd(), kept.kept.folder) || '.';
  const { signers, signedBy } = await findProgress(kept);
  const missing = signers.filter((id) => !signedBy.includes(id));
  console.log(`signed by ${signers.length - missing.length} of ${signers.length}`);
  for (const id of missing)
    console.log(
      `  ${id}: npm run sign -- --key FILE, or on a machine without network by --offline FOLDER, or ` +
        `with minisign and then --take:\n` +
        `    minisign -S -s SECRET.key -m ${join(folder, manifestFile)} -x ${signatureFile(id)} ` +
        `-t '${commentOf(edition, kept.list)}'`,
    );
  console.log(
    missing.length === 0
      ? `\nEdition ${edition.number} is complete. Commit ${folder}, tag the commit (git tag ` +
          `edition-${edition.number}), build and publish.`
      : `\nCommit ${folder}, so that the next signer has it.`,
  );
}
