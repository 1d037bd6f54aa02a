import { nodePlatform } from '../platform.ts';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeySet } from '../../core/edition/edition.ts';
import { SignatureError } from '../../core/minisign/errors.ts';
import { parseSignature, verifySignature } from '../../core/minisign/signature.ts';
import { signatureFile } from '../../core/edition/edition-files.ts';

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
      await verifySignature(parseSignature(readFileSync(path)), key, list, nodePlatform);
      fitting.push(key.id);
    } catch (error) {
      if (!(error instanceof SignatureError)) throw error;
      broken.push(key.id);
    }
  }
  return { fitting, broken };
}
