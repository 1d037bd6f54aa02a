import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { editionFolder, listEditionNumbers, findSignatures } from '../edition/edition-folder.ts';
import { editionLimits, parseEdition } from '../../core/edition/edition.ts';
import { hashBytes } from '../platform.ts';
import { manifestLimits, parseManifest } from '../../core/manifest/manifest.ts';
import { editionFile, manifestFile } from '../../core/edition/edition-files.ts';
import { isSameKeySet, type KnownEdition, type Trust } from '../../core/trust/trust.ts';

/** An edition of a clone, and the bytes of its list, if it has one that fits it. */
function readEdition(folder: string): { known: KnownEdition; list: Buffer | undefined } {
  const file = join(folder, editionFile);
  const text = readLimited(file, editionLimits.maxBytes);
  const edition = parseEdition(text, file);
  const list = join(folder, manifestFile);
  const withoutList = {
    known: { edition, listHash: undefined, files: undefined },
    list: undefined,
  };
  if (!existsSync(list)) return withoutList;
  const bytes = readLimited(list, manifestLimits.maxBytes);
  const files = parseManifest(bytes);
  // Attack: whoever may push, and has no key, names keys of their own for the next edition next to a
  // list that is truly signed.
  const isListed = files.find(({ path }) => path === editionFile)?.hash === hashBytes(text);
  return isListed
    ? { known: { edition, listHash: hashBytes(bytes), files }, list: bytes }
    : withoutList;
}

/** One byte more than allowed is enough for the parser to refuse it. */
const readLimited = (path: string, maxBytes: number): Buffer =>
  readFileSync(path).subarray(0, maxBytes + 1);

/**
 * What a clone knows: the editions that are signed in it, and their keys. The lowest is where trust
 * begins; each later one is known if enough of its keys have signed it, and the one before has
 * named these keys. What is not so is not out yet, or false: it proves nothing.
 * @throws EditionError and ManifestError on files that are not what they should be
 */
export async function trustClone(campaignFolder: string, origin: string): Promise<Trust> {
  const editions = new Map<number, KnownEdition>();
  for (const number of listEditionNumbers(campaignFolder)) {
    const folder = editionFolder(campaignFolder, number);
    const { known, list } = readEdition(folder);
    const newest = [...editions.values()].at(-1);
    const isOut =
      list !== undefined &&
      (await findSignatures(folder, list, known.edition.keys)).fitting.length >=
        known.edition.keys.threshold;
    if (isOut && (!newest || isSuccessor(known, newest))) editions.set(number, known);
  }
  return {
    origin,
    campaign: [...editions.values()].at(-1)?.edition.campaign,
    editions,
    given: undefined,
  };
}

/**
 * Attack: an edition that its own keys alone have signed is pushed into the repository of a
 * campaign, and each clone believes it.
 */
function isSuccessor(
  { edition }: KnownEdition,
  { edition: before, listHash }: KnownEdition,
): boolean {
  const isNext =
    edition.number === before.number + 1 &&
    edition.campaign === before.campaign &&
    edition.previousList === listHash;
  return isNext && before.nextKeys !== undefined && isSameKeySet(before.nextKeys, edition.keys);
}
