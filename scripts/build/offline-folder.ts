import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import {
  editionFile,
  manifestFile,
  readSignatureName,
  signatureFile,
} from '../../src/kit/core/edition/edition-files.ts';
import { hashBytes } from '../../src/kit/node/platform.ts';
import { commentOf } from './comment-of.ts';
import { SigningError } from './signing-error.ts';
import { project } from './project.ts';
import type { RebuiltEdition } from './rebuild-edition.ts';

const program = 'sign.mjs';
const sums = 'CHECKSUMS.txt';

/**
 * Prepares a small folder for a machine without network: the list that is to be signed, what is new
 * in it, how to sign it with minisign or with the program that lies next to it, and the checksums
 * of all that.
 * @param folder one that is not there yet, or is empty
 * @param changes what the holder has to read, as lines
 * @param missing ids of the keys that have not signed yet
 * @returns the SHA-256 of the checksums, to be compared on the other machine
 * @throws SigningError if the folder holds something
 */
export async function writeOfflineFolder(
  folder: string,
  { kept: { edition, folder: keptFolder }, list }: RebuiltEdition,
  changes: readonly string[],
  missing: readonly string[],
): Promise<string> {
  if (existsSync(folder) && readdirSync(folder).length > 0)
    throw new SigningError(
      `${folder} holds files, expected an empty folder or one that is not there yet.`,
    );
  mkdirSync(folder, { recursive: true });
  const files = {
    [manifestFile]: list,
    [editionFile]: readFileSync(join(keptFolder, editionFile)),
    'CHANGES.txt': `${changes.join('\n')}\n`,
    [program]: await bundleProgram(),
    'README.txt': [
      `Edition ${edition.number} of ${edition.campaign}, ${edition.date}, to be signed on a machine without network.`,
      '',
      `1. Compare: sha256sum ${sums} (macOS: shasum -a 256 ${sums}), with what the other machine has said.`,
      `   Then sha256sum -c ${sums}: each file has to be OK.`,
      '2. Read CHANGES.txt.',
      `3. Sign, in this folder, with Node 20.15 or newer: node ${program} NAME.key`,
      '   or with minisign:',
      ...missing.map(
        (id) =>
          `     minisign -S -s NAME.key -m ${manifestFile} -x ${signatureFile(id)} -t '${commentOf(edition, list)}'`,
      ),
      `4. Bring the folder back, or the file ${manifestFile}.KEYID.minisig alone: npm run sign -- --take FOLDER`,
      '',
    ].join('\n'),
  };
  const lines = Object.entries(files).map(([name, content]) => {
    writeFileSync(join(folder, name), content, { flag: 'wx' });
    return `${hashBytes(content)}  ${name}\n`;
  });
  const checksums = lines.join('');
  writeFileSync(join(folder, sums), checksums, { flag: 'wx' });
  return hashBytes(checksums);
}

/** `sign-here.ts` with all that it imports, as one file that Node runs from 20.15 on. */
async function bundleProgram(): Promise<string> {
  const bundle = await rolldown({
    input: 'scripts/build/sign-here.ts',
    cwd: project,
    platform: 'node',
    logLevel: 'silent',
  });
  try {
    const { output } = await bundle.generate({ format: 'esm' });
    return output[0].code;
  } finally {
    await bundle.close();
  }
}

/**
 * The signatures that somebody brings: one file, or all in a folder that `--offline` has made.
 * @throws SigningError if there is none; the error of the system
 */
export function readBroughtSignatures(path: string): Buffer[] {
  if (!statSync(path).isDirectory()) return [readFileSync(path)];
  const names = readdirSync(path).filter((name) => readSignatureName(name) !== undefined);
  if (names.length === 0)
    throw new SigningError(
      `${path} holds no signature (${manifestFile}.KEYID.minisig): sign there first, as its README.txt says.`,
    );
  return names.sort().map((name) => readFileSync(join(path, name)));
}
