/**
 * `npm run attest -- --key FILE`: builds the newest signed edition again and, if the manifest is
 * the same, signs a rebuild attestation.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { ask } from './cli/ask.ts';
import { parseWords, resolveHere, UsageError, runCommand } from './cli/command-line.ts';
import { readSecretKey } from './build/read-secret-key.ts';
import { RebuildError } from './build/rebuild-commit.ts';
import { rebuildEdition } from './build/rebuild-edition.ts';
import { KeyError } from '../src/kit/core/minisign/public-key.ts';
import { signData } from '../src/kit/node/minisign/sign.ts';
import { findSignatures } from '../src/kit/node/edition/edition-folder.ts';
import { hashBytes } from '../src/kit/node/platform.ts';
import { printAttestation } from '../src/kit/core/edition/rebuild-attestation.ts';
import { project } from './build/project.ts';
import { campaignFolder } from '../src/campaign/read/campaign-folder.ts';

const usage = `npm run attest -- --key FILE

Builds the newest signed edition again from this clone, at the commit that is checked out
(git checkout edition-3), and if every file is the same signs a rebuild attestation: "rebuilt by
this key". Take a key of your own, and not one that signs editions.
  --key  your secret key (npm run keygen makes one)`;

await runCommand(async () => {
  const { values } = parseWords(
    process.argv.slice(2),
    { key: { type: 'string' } } as const,
    usage,
    0,
  );
  if (values.key === undefined)
    throw new UsageError(`Found no key, expected --key FILE.\n\n${usage}`);
  const scratch = mkdtempSync(join(tmpdir(), 'vyrai-attest-'));
  try {
    console.log('… building the edition again from its commit');
    const { kept, list } = await rebuildEdition(
      { project, campaignFolder: campaignFolder() },
      scratch,
      (line) => (process.env['VERBOSE'] ? console.log(line) : undefined),
    );
    const { edition, folder } = kept;
    if ((await findSignatures(folder, list, edition)).fitting.length < edition.keys.threshold)
      throw new RebuildError(
        `Edition ${edition.number} is not signed yet, so there is nothing to attest.`,
      );
    const key = await readSecretKey(resolveHere(values.key), (question) => ask(question, true));
    if (edition.keys.keys.some(({ id }) => id === key.publicKey.id))
      throw new KeyError(
        `${key.publicKey.id} signs editions itself: a rebuild is attested by somebody else.`,
      );

    const attestation = printAttestation({
      campaign: edition.campaign,
      number: edition.number,
      manifest: hashBytes(list),
      key: key.publicKey,
    });
    const file = join(folder, 'attestations', `${key.publicKey.id}.txt`);
    mkdirSync(join(folder, 'attestations'), { recursive: true });
    writeFileSync(file, attestation);
    writeFileSync(
      `${file}.minisig`,
      await signData(key, Buffer.from(attestation), {
        trusted: `rebuild attestation: ${edition.campaign} edition ${edition.number}`,
      }),
    );
    console.log(
      `Edition ${edition.number} was rebuilt with the same manifest. The attestation is ` +
        `${relative(process.cwd(), file)};\nsend it with its .minisig to the editors (for ` +
        'the next edition), who name your key under "rebuilders" in site.yaml.',
    );
    return 0;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
});
