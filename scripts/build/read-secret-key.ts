import { readFileSync } from 'node:fs';
import { isProtected, parseSecretKey } from '../../src/kit/node/minisign/secret-key.ts';
import type { SecretKey } from '../../src/kit/node/minisign/sign.ts';

/**
 * Reads a secret key file, and asks for its passphrase if it has one. Throws KeyError; the error of
 * the system if it cannot be read.
 */
export async function readSecretKey(
  file: string,
  askHidden: (question: string) => Promise<string>,
): Promise<SecretKey> {
  const text = readFileSync(file, 'utf8');
  return parseSecretKey(
    text,
    isProtected(text)
      ? await askHidden('The passphrase of the key (it is not shown): ')
      : undefined,
  );
}
