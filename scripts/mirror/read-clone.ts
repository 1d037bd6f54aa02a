import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { editionLimits, parseEdition } from './edition.ts';
import { findSignatures } from './find-signatures.ts';
import { manifestLimits, parseManifest } from './manifest.ts';
import { editionFile, listFile } from '../../src/lib/edition-files.ts';
import type { KnownEdition, Trust } from './trust.ts';

/** The editions that a campaign folder keeps, by number. Throws EditionError and ManifestError on files that are not what they should be. */
export function readEditions(campaignFolder: string): Map<number, KnownEdition> {
  const folder = join(campaignFolder, 'editions');
  const numbers = existsSync(folder) ? readdirSync(folder).filter((name) => /^[1-9][0-9]{0,5}$/.test(name) && existsSync(join(folder, name, editionFile))) : [];
  return new Map(numbers.map(Number).sort((a, b) => a - b).map((number) => [number, readEdition(join(folder, String(number)))]));
}

function readEdition(folder: string): KnownEdition {
  const edition = parseEdition(readLimited(join(folder, editionFile), editionLimits.maxBytes));
  const list = join(folder, listFile);
  if (!existsSync(list)) return { edition, listHash: undefined, files: undefined };
  const bytes = readLimited(list, manifestLimits.maxBytes);
  return { edition, listHash: hashBytes(bytes), files: parseManifest(bytes) };
}

/** One byte more than allowed is enough for the parser to refuse it. */
const readLimited = (path: string, mostBytes: number): Buffer => readFileSync(path).subarray(0, mostBytes + 1);

export const hashBytes = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * What a clone knows: the editions that are signed in it, and their keys. One that is not signed by enough of its own keys is not
 * out yet and proves nothing.
 */
export async function trustClone(campaignFolder: string, origin: string): Promise<Trust> {
  const editions = new Map<number, KnownEdition>();
  for (const [number, known] of readEditions(campaignFolder)) {
    const folder = join(campaignFolder, 'editions', String(number));
    const isOut = known.files !== undefined && (await findSignatures(folder, readFileSync(join(folder, listFile)), known.edition.keys)).fitting.length >= known.edition.keys.threshold;
    if (isOut) editions.set(number, known);
  }
  return { origin, campaign: [...editions.values()].at(-1)?.edition.campaign, editions, given: undefined };
}
