import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { editionFile, signatureFile, manifestFile } from '../../core/edition/edition-files.ts';
import type { KeySet } from '../../core/edition/edition.ts';
import {
  parseManifest,
  compareManifests,
  type ManifestDifference,
} from '../../core/manifest/manifest.ts';
import {
  SignatureError,
  parseSignature,
  rewriteSignature,
  verifySignature,
} from '../../core/minisign/signature.ts';
import { nodePlatform } from '../platform.ts';

/**
 * Where a campaign keeps an edition: its EDITION.txt and, once it is signed, its list and
 * signatures.
 */
export const editionFolder = (campaignFolder: string, number: number): string =>
  join(campaignFolder, 'editions', String(number));

/** The numbers of the editions that a campaign keeps, signed or not, in their order. */
export function listEditionNumbers(campaignFolder: string): number[] {
  const parent = join(campaignFolder, 'editions');
  const names = existsSync(parent)
    ? readdirSync(parent).filter(
        (name) => /^[1-9][0-9]{0,5}$/.test(name) && existsSync(join(parent, name, editionFile)),
      )
    : [];
  return names.map(Number).sort((a, b) => a - b);
}

/**
 * Which keys have signed a list, by the files next to it: those whose signature fits, and those
 * whose does not.
 */
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

/** What became of the signatures that are kept for a list. */
export type Signing =
  | { readonly state: 'none' }
  /** The list at hand is another than the one that was signed. */
  | { readonly state: 'differs'; readonly difference: ManifestDifference }
  | {
      readonly state: 'signed';
      readonly by: readonly string[];
      readonly isEnough: boolean;
      readonly broken: readonly string[];
    };

/**
 * Puts the signatures that are kept for an edition next to the list in a folder, if they fit it: who
 * builds the same bytes carries the signatures of the key holders. A signature that does not fit is
 * never put anywhere.
 * @param kept the folder with the list and signatures of the edition
 */
export async function putSignatures(folder: string, kept: string, keys: KeySet): Promise<Signing> {
  if (!existsSync(join(kept, manifestFile))) return { state: 'none' };
  const list = readFileSync(join(folder, manifestFile));
  const signed = readFileSync(join(kept, manifestFile));
  if (!list.equals(signed))
    return {
      state: 'differs',
      difference: compareManifests(parseManifest(signed), parseManifest(list)),
    };

  const { fitting, broken } = await findSignatures(kept, list, keys);
  for (const id of fitting) {
    const signature = parseSignature(readFileSync(join(kept, signatureFile(id))));
    writeFileSync(join(folder, signatureFile(id)), rewriteSignature(signature));
  }
  if (fitting.length === 0 && broken.length === 0) return { state: 'none' };
  return { state: 'signed', by: fitting, isEnough: fitting.length >= keys.threshold, broken };
}
