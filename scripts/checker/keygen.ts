import { closeSync, existsSync, openSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ask } from '../cli/ask.ts';
import { parseWords, resolveHere, UsageError } from '../cli/command-line.ts';
import type { Invocation, RunChecker } from './invocation.ts';
import { printPublicKey, printPublicKeyFile } from '../../src/kit/core/minisign/public-key.ts';
import {
  generateSecretKey,
  printProtectedSecretKey,
  printSecretKey,
} from '../../src/kit/node/minisign/secret-key.ts';

const printUsage = ({ call }: Invocation): string => `${call('keygen')} FILE [--no-passphrase]

Makes a key: FILE.key, which is secret, and FILE.pub, which is for everyone. minisign reads both.
  --no-passphrase  whoever gets FILE.key can sign in your name, without knowing anything`;

const shortest = 12;

/** Makes a key pair in the format of minisign, under a passphrase. */
export const keygen: RunChecker = async (words, invocation) => {
  const usage = printUsage(invocation);
  const { values, positionals } = parseWords(
    words,
    { 'no-passphrase': { type: 'boolean' } } as const,
    usage,
    1,
  );
  if (positionals[0] === undefined)
    throw new UsageError(`Found no name for the key, expected one.\n\n${usage}`);
  const base = resolveHere(positionals[0]);
  // Not made here: a mistyped stick would become a folder of this disk, with the key in it.
  if (!existsSync(dirname(base)))
    throw new UsageError(
      `There is no folder ${dirname(base)}, expected the one that the key goes into. Plug in its stick or make the folder, then try again.`,
    );
  const taken = [`${base}.key`, `${base}.pub`].find((file) => existsSync(file));
  if (taken !== undefined)
    throw new UsageError(
      `${taken} is there already, and a key that is overwritten is lost. Choose another name.`,
    );

  const key = generateSecretKey();
  const secret = values['no-passphrase']
    ? printSecretKey(key)
    : await printProtectedSecretKey(key, await askPassphrase());
  writeNew(`${base}.key`, secret, 0o600);
  writeNew(`${base}.pub`, printPublicKeyFile(key.publicKey), 0o644);
  if (values['no-passphrase'])
    console.log(
      'WITHOUT A PASSPHRASE: whoever gets hold of the .key file can sign in your name, at once and unnoticed.\nKeep it on a device that nobody else has, or make another one with a passphrase.\n',
    );
  console.log(
    `${base}.key   secret: keep it off the machine that you write on, and a copy in another place`,
  );
  console.log(
    `${base}.pub   for everyone\n\nin site.yaml:\nkeys:\n  threshold: 1\n  keys:\n    - ${printPublicKey(key.publicKey)}\n\nits id is ${key.publicKey.id}. Print it where readers meet you, not only on the site: a false copy can show a false key.`,
  );
  return 0;
};

async function askPassphrase(): Promise<string> {
  const first = await ask(
    `A passphrase for the key, at least ${shortest} characters, best several words (it is not shown): `,
    true,
  );
  if ([...first].length < shortest)
    throw new UsageError(
      `That passphrase has ${[...first].length} characters, expected at least ${shortest}: whoever seizes the device can try millions.`,
    );
  if ((await ask('The same again: ', true)) !== first)
    throw new UsageError('The two passphrases differ. Nothing was written; try again.');
  return first;
}

/** Never over a file, not even one that came a moment ago. */
function writeNew(file: string, text: string, mode: number): void {
  const handle = openSync(file, 'wx', mode);
  try {
    writeFileSync(handle, text);
  } finally {
    closeSync(handle);
  }
}
