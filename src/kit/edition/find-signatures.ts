import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeySet } from './edition.ts';
import { SignatureError } from '../minisign/errors.ts';
import { parseSignature } from '../minisign/signature.ts';
import { verifySignature } from '../minisign/verify.ts';
import { signatureFile } from './edition-files.ts';

/** Which keys have signed a list, by the files beside it: those whose signature fits, and those whose does not. */
export async function findSignatures(
  folder: string,
  list: Uint8Array,
  { keys }: KeySet,
): Promise<{ fitting: string[]; broken: string[] }> {
  const fitting: string[] = [];
  const broken: string[] = [];
  for (const key of keys) {
    const path = join(folder, signatureFile(key.id));
    if (!existsSync(path)) continue;
    try {
      await verifySignature(parseSignature(readFileSync(path)), key, list);
      fitting.push(key.id);
    } catch (error) {
      if (!(error instanceof SignatureError)) throw error;
      broken.push(key.id);
    }
  }
  return { fitting, broken };
}
