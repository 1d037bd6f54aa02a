import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KeySet } from '../../core/edition/edition.ts';
import { findSignatures } from './find-signatures.ts';
import { parseManifest } from '../../core/manifest/manifest.ts';
import { listFile, signatureFile } from '../../core/edition/edition-files.ts';
import { compareLists, type ListDifference } from '../../core/manifest/compare-manifests.ts';

/** What became of the signatures that are kept for a list. */
export type Signing =
  | { readonly state: 'none' }
  /** The list at hand is another than the one that was signed. */
  | { readonly state: 'differs'; readonly difference: ListDifference }
  | {
      readonly state: 'signed';
      readonly by: readonly string[];
      readonly isEnough: boolean;
      readonly broken: readonly string[];
    };

/**
 * Puts the signatures that are kept for an edition beside the list in a folder, if they fit it: who builds the same bytes carries
 * the signatures of the key holders. A signature that does not fit is never put anywhere.
 * @param kept the folder with the list and signatures of the edition
 */
export async function putSignatures(folder: string, kept: string, keys: KeySet): Promise<Signing> {
  if (!existsSync(join(kept, listFile))) return { state: 'none' };
  const list = readFileSync(join(folder, listFile));
  const signed = readFileSync(join(kept, listFile));
  if (!list.equals(signed))
    return {
      state: 'differs',
      difference: compareLists(parseManifest(signed), parseManifest(list)),
    };

  const { fitting, broken } = await findSignatures(kept, list, keys);
  for (const id of fitting)
    copyFileSync(join(kept, signatureFile(id)), join(folder, signatureFile(id)));
  if (fitting.length === 0 && broken.length === 0) return { state: 'none' };
  return { state: 'signed', by: fitting, isEnough: fitting.length >= keys.threshold, broken };
}
