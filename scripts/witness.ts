/** `npm run witness -- --key FILE`: builds the newest signed edition again and, if the list is the same, signs a statement of it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ask } from './cli/ask.ts';
import { readWords, resolveHere } from './cli/read-words.ts';
import { runCommand } from './cli/run-command.ts';
import { UsageError } from './cli/usage-error.ts';
import { readSecretKey } from './build/read-secret-key.ts';
import { RebuildError } from './build/rebuild-error.ts';
import { rebuildEdition } from './build/rebuild-edition.ts';
import { KeyError } from '../src/kit/minisign/errors.ts';
import { signData } from '../src/kit/minisign/sign.ts';
import { findSignatures } from '../src/kit/edition/find-signatures.ts';
import { hashBytes } from '../src/kit/manifest/hash-bytes.ts';
import { printStatement } from '../src/kit/edition/witness-statement.ts';
import { campaignFolder, project } from './build/campaign-folder.ts';

const usage = `npm run witness -- --key FILE

Builds the newest signed edition again from this clone, at the commit that is checked out (git checkout edition-3), and if every file
is the same signs a statement: "rebuilt by this key". Take a key of your own, and not one that signs editions.
  --key  your secret key (npm run keygen makes one)`;

await runCommand(async () => {
  const { values } = readWords(
    process.argv.slice(2),
    { key: { type: 'string' } } as const,
    usage,
    0,
  );
  if (values.key === undefined)
    throw new UsageError(`Found no key, expected --key FILE.\n\n${usage}`);
  const scratch = mkdtempSync(join(tmpdir(), 'vyrai-witness-'));
  try {
    console.log('… building the edition again from its commit');
    const { kept, list } = await rebuildEdition(
      { project, campaignFolder: campaignFolder() },
      scratch,
      (line) => (process.env['VERBOSE'] ? console.log(line) : undefined),
    );
    const { edition, folder } = kept;
    if ((await findSignatures(folder, list, edition.keys)).fitting.length < edition.keys.threshold)
      throw new RebuildError(
        `Edition ${edition.number} is not signed yet, so there is nothing to witness.`,
      );
    const key = await readSecretKey(resolveHere(values.key), (question) => ask(question, true));
    if (edition.keys.keys.some(({ id }) => id === key.publicKey.id))
      throw new KeyError(`${key.publicKey.id} signs editions itself: a witness is somebody else.`);

    const statement = printStatement({
      campaign: edition.campaign,
      number: edition.number,
      list: hashBytes(list),
      key: key.publicKey,
    });
    const file = join(folder, 'witnesses', `${key.publicKey.id}.txt`);
    mkdirSync(join(folder, 'witnesses'), { recursive: true });
    writeFileSync(file, statement);
    writeFileSync(
      `${file}.minisig`,
      await signData(key, Buffer.from(statement), {
        trusted: `rebuilt: ${edition.campaign} edition ${edition.number}`,
      }),
    );
    console.log(
      `Edition ${edition.number} was rebuilt with the same list. The statement is ${relative(process.cwd(), file)};\nsend it with its .minisig to the editors (for the next edition), who name your key under "witnesses" in site.yaml.`,
    );
    return 0;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
});
