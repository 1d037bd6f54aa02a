/**
 * `node sign.mjs NAME.key`, in a folder that `npm run sign -- --offline` has made, on a machine
 * without network: signs the list in that folder. `offline-folder.ts` bundles this file, so it
 * needs nothing but Node.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  editionFile,
  manifestFile,
  signatureFile,
} from '../../src/kit/core/edition/edition-files.ts';
import { parseEdition } from '../../src/kit/core/edition/edition.ts';
import { parseManifest } from '../../src/kit/core/manifest/manifest.ts';
import { quoteName } from '../../src/kit/core/text/plain-characters.ts';
import { signData } from '../../src/kit/node/minisign/sign.ts';
import { hashBytes } from '../../src/kit/node/platform.ts';
import { ask } from '../cli/ask.ts';
import { parseWords, UsageError, runCommand } from '../cli/command-line.ts';
import { commentOf } from './comment-of.ts';
import { readSecretKey } from './read-secret-key.ts';
import { SigningError } from './signing-error.ts';

const usage = `node sign.mjs NAME.key

Signs the edition in the folder of this program, with a secret key of minisign or of npm run keygen.`;

await runCommand(async () => {
  const { positionals } = parseWords(process.argv.slice(2), {}, usage, 1);
  const [file] = positionals;
  if (file === undefined) throw new UsageError(`Found no key, expected one.\n\n${usage}`);
  const folder = dirname(fileURLToPath(import.meta.url));
  const list = readFileSync(join(folder, manifestFile));
  const text = readFileSync(join(folder, editionFile));
  const edition = parseEdition(text, editionFile);
  // Attack: the EDITION.txt of another edition next to the list, which the holder then signs.
  const listed = parseManifest(list).find(({ path }) => path === editionFile)?.hash;
  if (listed !== hashBytes(text))
    throw new SigningError(
      `${manifestFile} does not name this ${editionFile}: files of two editions are mixed. Bring the folder again.`,
    );
  console.log(
    [
      `edition ${edition.number} of ${edition.campaign}, ${edition.date}`,
      ...(edition.notice === undefined
        ? []
        : [`its notice: ${quoteName(edition.notice, Infinity)}`]),
      `SHA-256 of ${manifestFile}, the same as on the other machine:`,
      `  ${hashBytes(list)}`,
    ].join('\n'),
  );
  const typed = await ask('If you have read CHANGES.txt, type the number of the edition: ');
  if (typed.trim() !== String(edition.number)) throw new SigningError('Nothing was signed.');
  const key = await readSecretKey(file, (question) => ask(question, true));
  const { id } = key.publicKey;
  if (!edition.signers.includes(id))
    throw new SigningError(
      `${id} does not sign edition ${edition.number}, expected ${edition.signers.join(' or ')}.`,
    );
  const target = join(folder, signatureFile(id));
  writeFileSync(target, await signData(key, list, { trusted: commentOf(edition, list) }));
  console.log(`signed: bring ${signatureFile(id)} back, or this folder whole`);
  return 0;
});
