import { CopyError } from '../source/copy-error.ts';
import type { SiteCopy } from '../source/site-copy.ts';
import type { KeySet } from '../edition/edition.ts';
import { SignatureError } from '../minisign/errors.ts';
import type { PublicKey } from '../minisign/public-key.ts';
import { maxSignatureBytes, parseSignature, verifySignature } from '../minisign/signature.ts';
import { signatureFile } from '../edition/edition-files.ts';
import type { Platform } from '../platform.ts';
import type { Findings } from './verdict.ts';
import { verdictOf } from './read-claims.ts';

/**
 * Which of the keys have signed a list. A signature that is there and does not fit is evidence by itself.
 * Attack: the signature of another file, or of an older list, beside a changed one.
 * @param under the folder of list and signatures, with a slash at its end, or nothing
 * @returns ids of the keys whose signatures fit
 */
export async function checkSignatures(
  copy: SiteCopy,
  under: '' | `${string}/`,
  list: Uint8Array,
  keys: readonly PublicKey[],
  findings: Findings,
  platform: Platform,
): Promise<string[]> {
  const signedBy: string[] = [];
  for (const key of keys) {
    const path = `${under}${signatureFile(key.id)}`;
    try {
      const bytes = await copy.read(path, maxSignatureBytes);
      if (!bytes) continue;
      await verifySignature(parseSignature(bytes), key, list, platform);
      signedBy.push(key.id);
    } catch (error) {
      if (error instanceof SignatureError)
        findings.add('tampered', `${path}: ${error.message}`, path);
      else if (error instanceof CopyError) findings.add(verdictOf(error), error.message, path);
      else throw error;
    }
  }
  return signedBy;
}

/** Whether so many of the keys have signed as are needed. */
export const isEnough = (signedBy: readonly string[], { threshold }: KeySet): boolean =>
  signedBy.length >= threshold;

/** "2 of 3 keys, 2 are needed". */
export const sayCount = (signedBy: readonly string[], { threshold, keys }: KeySet): string =>
  `${signedBy.length} of ${keys.length} ${keys.length === 1 ? 'key' : 'keys'}, ${threshold} ${threshold === 1 ? 'is' : 'are'} needed`;
