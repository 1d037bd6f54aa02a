import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { editionLimits, parseEdition } from './edition.ts';
import { findSignatures } from './find-signatures.ts';
import { manifestLimits, parseManifest } from './manifest.ts';
import { editionFile, listFile } from '../../src/lib/edition-files.ts';
import { isSameKeySet, type KnownEdition, type Trust } from './trust.ts';

/** The editions that a campaign folder keeps, by number. Throws EditionError and ManifestError on files that are not what they should be. */
export function readEditions(campaignFolder: string): Map<number, KnownEdition> {
  const folder = join(campaignFolder, 'editions');
  const numbers = existsSync(folder) ? readdirSync(folder).filter((name) => /^[1-9][0-9]{0,5}$/.test(name) && existsSync(join(folder, name, editionFile))) : [];
  return new Map(numbers.map(Number).sort((a, b) => a - b).map((number) => [number, readEdition(join(folder, String(number)))]));
}

function readEdition(folder: string): KnownEdition {
  const text = readLimited(join(folder, editionFile), editionLimits.maxBytes);
  const edition = parseEdition(text);
  const list = join(folder, listFile);
  if (!existsSync(list)) return { edition, listHash: undefined, files: undefined };
  const bytes = readLimited(list, manifestLimits.maxBytes);
  const files = parseManifest(bytes);
  // Attack: whoever may push, and has no key, names keys of their own for the next edition beside a list that is truly signed.
  const isListed = files.find(({ path }) => path === editionFile)?.hash === hashBytes(text);
  return isListed ? { edition, listHash: hashBytes(bytes), files } : { edition, listHash: undefined, files: undefined };
}

/** One byte more than allowed is enough for the parser to refuse it. */
const readLimited = (path: string, mostBytes: number): Buffer => readFileSync(path).subarray(0, mostBytes + 1);

export const hashBytes = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/**
 * What a clone knows: the editions that are signed in it, and their keys. The lowest is where trust begins; each later one is known if
 * enough of its keys have signed it, and the one before has named these keys. What is not so is not out yet, or false: it proves nothing.
 */
export async function trustClone(campaignFolder: string, origin: string): Promise<Trust> {
  const editions = new Map<number, KnownEdition>();
  for (const [number, known] of readEditions(campaignFolder)) {
    const newest = [...editions.values()].at(-1);
    const folder = join(campaignFolder, 'editions', String(number));
    const isOut = known.files !== undefined && (await findSignatures(folder, readFileSync(join(folder, listFile)), known.edition.keys)).fitting.length >= known.edition.keys.threshold;
    if (isOut && (!newest || isSuccessor(known, newest))) editions.set(number, known);
  }
  return { origin, campaign: [...editions.values()].at(-1)?.edition.campaign, editions, given: undefined };
}

/** Attack: an edition that its own keys alone have signed is pushed into the repository of a campaign, and each clone believes it. */
function isSuccessor({ edition }: KnownEdition, { edition: before, listHash }: KnownEdition): boolean {
  const isNext = edition.number === before.number + 1 && edition.campaign === before.campaign && edition.previousList === listHash;
  return isNext && before.nextKeys !== undefined && isSameKeySet(before.nextKeys, edition.keys);
}
