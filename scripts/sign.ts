/**
 * `npm run sign`: shows what is new in the edition, and signs it, or takes signatures that were
 * made on another machine.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ask } from './cli/ask.ts';
import { parseWords, resolveHere, UsageError } from './cli/parse-args.ts';
import { runCommand } from './cli/run-command.ts';
import {
  findList,
  keepManifest,
  signList,
  SigningError,
  takeSignature,
  updateArchives,
  type ListName,
  type Progress,
} from './build/keep-signature.ts';
import { listUnchecked } from './build/list-unchecked.ts';
import { rebuildEdition, type RebuiltEdition } from './build/rebuild-edition.ts';
import { readSecretKey } from './build/read-secret-key.ts';
import { showChanges } from './build/show-changes.ts';
import { manifestFile, signatureFile } from '../src/kit/core/edition/edition-files.ts';
import { project } from './build/project.ts';
import { campaignFolder } from '../src/campaign/read/folder.ts';

const usage = `npm run sign -- [--key FILE | --take SIGNATURE…] [--against COPY] [--fresh] [--yes]

Builds the newest edition again from its commit, shows in words what is new since the one before, and signs it.
  --key      the secret key (FILE.key); asks for its passphrase
  --take     a signature that minisign made on another machine; without --key and --take the commands for that are shown
  --against  a copy of the edition before (folder, zip, CAR), where it cannot be built again here
  --fresh    builds with packages that are installed anew from the registry, not with those of this clone
  --yes      does not ask whether you have read what is new`;

await runCommand(async () => {
  const { values } = parseWords(
    process.argv.slice(2),
    {
      key: { type: 'string' },
      take: { type: 'string', multiple: true },
      against: { type: 'string' },
      fresh: { type: 'boolean' },
      yes: { type: 'boolean' },
    } as const,
    usage,
    0,
  );
  if (values.key !== undefined && values.take)
    throw new UsageError(`Found --key and --take, expected one of both.\n\n${usage}`);
  const scratch = mkdtempSync(join(tmpdir(), 'vyrai-sign-'));
  try {
    const sources = { project, campaignFolder: campaignFolder(), fresh: values.fresh ?? false };
    const report = (line: string): void => (process.env['VERBOSE'] ? console.log(line) : undefined);
    console.log(
      '… building the edition again from its commit, with ' +
        `${values.fresh ? 'packages from the registry' : 'the packages of this clone (--fresh installs them anew)'}`,
    );
    const rebuilt = await rebuildEdition(sources, join(scratch, 'new'), report);
    const { edition } = rebuilt.kept;
    console.log('… looking for what is new\n');
    for (const line of await showChanges(
      sources,
      rebuilt,
      values.against === undefined ? undefined : resolveHere(values.against),
      join(scratch, 'old'),
      report,
    ))
      console.log(line);
    for (const line of listUnchecked(rebuilt.campaignFolder)) console.log(line);
    console.log(
      `edition ${edition.number} of ${edition.campaign}, ` +
        `${edition.date}${edition.notice === undefined ? '' : `\nits notice: ${edition.notice}`}`,
    );
    if (
      !values.yes &&
      (values.key !== undefined || values.take) &&
      (
        await ask(`If this is what you want to stand by, type the number of the edition: `)
      ).trim() !== String(edition.number)
    ) {
      throw new SigningError('Nothing was signed.');
    }
    keepManifest(rebuilt);
    if (values.take) for (const file of values.take) await take(rebuilt, resolveHere(file));
    if (values.key !== undefined) await signWith(rebuilt, resolveHere(values.key));
    printNext(rebuilt, await updateArchives(rebuilt));
    return 0;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
});

async function take(rebuilt: RebuiltEdition, file: string): Promise<void> {
  await updateArchives(rebuilt); // their list may be the one that was signed
  const { which, id } = await takeSignature(rebuilt, readFileSync(file));
  console.log(`took the signature of ${id} for the ${which}`);
}

/**
 * Signs all that this key can sign now: the site, and the archives once all have signed the site.
 */
async function signWith(rebuilt: RebuiltEdition, file: string): Promise<void> {
  const key = await readSecretKey(file, (question) => ask(question, true));
  await signList(rebuilt, 'site', key);
  console.log(`signed the site with ${key.publicKey.id}`);
  if ((await updateArchives(rebuilt)).archives === undefined) return;
  await signList(rebuilt, 'archives', key);
  console.log(`signed the archives with ${key.publicKey.id}`);
}

function printNext(rebuilt: RebuiltEdition, { signers, site, archives }: Progress): void {
  const folder = relative(process.cwd(), rebuilt.kept.folder) || '.';
  const { number } = rebuilt.kept.edition;
  for (const which of archives === undefined
    ? (['site'] as const)
    : (['site', 'archives'] as const)) {
    const missing = signers.filter(
      (id) => !(which === 'site' ? site : (archives ?? [])).includes(id),
    );
    console.log(
      `the ${which === 'site' ? 'site is' : 'archives are'} signed by ` +
        `${signers.length - missing.length} of ${signers.length}`,
    );
    for (const id of missing)
      console.log(
        `  ${id}: npm run sign -- --key FILE, or with minisign on its own machine and then ` +
          `--take:\n    ${minisignCommand(rebuilt, which, id)}`,
      );
  }
  const isDone = archives !== undefined && signers.every((id) => archives.includes(id));
  console.log(
    isDone
      ? `\nEdition ${number} is complete. Commit ${folder}, tag the commit (git tag ` +
          `edition-${number}), build and publish.`
      : `\nCommit ${folder}, so that the next signer has it.`,
  );
}

function minisignCommand(rebuilt: RebuiltEdition, which: ListName, id: string): string {
  const { folder, comment } = findList(rebuilt, which);
  const list = join(relative(process.cwd(), folder), manifestFile);
  return `minisign -S -s SECRET.key -m ${list} -x ${signatureFile(id)} -t '${comment}'`;
}
