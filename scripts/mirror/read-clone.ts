import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { editionFolder, listEditionNumbers } from './edition-folder.ts';
import { editionLimits, parseEdition } from './edition.ts';
import { findSignatures } from './find-signatures.ts';
import { hashBytes } from './hash-bytes.ts';
import { manifestLimits, parseManifest } from './manifest.ts';
import { editionFile, listFile } from '../../src/lib/edition-files.ts';
import type { KnownEdition, Trust } from './trust.ts';

function readEdition(folder: string): KnownEdition {
  const file = join(folder, editionFile);
  const edition = parseEdition(readLimited(file, editionLimits.maxBytes), file);
  const list = join(folder, listFile);
  if (!existsSync(list)) return { edition, listHash: undefined, files: undefined };
  const bytes = readLimited(list, manifestLimits.maxBytes);
  return { edition, listHash: hashBytes(bytes), files: parseManifest(bytes) };
}

/** One byte more than allowed is enough for the parser to refuse it. */
const readLimited = (path: string, mostBytes: number): Buffer => readFileSync(path).subarray(0, mostBytes + 1);

/**
 * What a clone knows: the editions that are signed in it, and their keys. One that is not signed by enough of its own keys is not
 * out yet and proves nothing.
 * @throws EditionError and ManifestError on files that are not what they should be
 */
export async function trustClone(campaignFolder: string, origin: string): Promise<Trust> {
  const editions = new Map<number, KnownEdition>();
  for (const number of listEditionNumbers(campaignFolder)) {
    const folder = editionFolder(campaignFolder, number);
    const known = readEdition(folder);
    const isOut = known.files !== undefined && (await findSignatures(folder, readFileSync(join(folder, listFile)), known.edition.keys)).fitting.length >= known.edition.keys.threshold;
    if (isOut) editions.set(number, known);
  }
  return { origin, campaign: [...editions.values()].at(-1)?.edition.campaign, editions, given: undefined };
}
