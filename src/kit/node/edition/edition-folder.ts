import { existsSync, lstatSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  editionFile,
  signatureFile,
  manifestFile,
  findSignatureFault,
  type SignedEdition,
} from '../../core/edition/edition-files.ts';
import { editionLimits, parseEdition, type Edition } from '../../core/edition/edition.ts';
import { isSameKeySet } from '../../core/minisign/public-key.ts';
import {
  parseManifest,
  compareManifests,
  manifestLimits,
  type ManifestDifference,
} from '../../core/manifest/manifest.ts';
import {
  SignatureError,
  maxSignatureBytes,
  parseSignature,
  rewriteSignature,
  verifySignature,
} from '../../core/minisign/signature.ts';
import { UserError } from '../../core/text/user-error.ts';
import type { KnownEdition, Trust } from '../../core/trust/trust.ts';
import { hashBytes, nodePlatform } from '../platform.ts';

/**
 * Where a campaign keeps an edition: its EDITION.txt and, once it is signed, its list and
 * signatures.
 */
export const editionFolder = (campaignFolder: string, number: number): string =>
  join(campaignFolder, 'editions', String(number));

/**
 * The numbers of the editions that a campaign keeps, signed or not, in their order.
 * @throws KeptFileError if one is a link
 */
export function listEditionNumbers(campaignFolder: string): number[] {
  const parent = join(campaignFolder, 'editions');
  const items = existsSync(parent) ? readdirSync(parent, { withFileTypes: true }) : [];
  const numbered = items.filter(({ name }) => /^[1-9][0-9]{0,5}$/.test(name));
  // Attack: a link shows each clone another edition. Passed over, its number would be given twice.
  const odd = numbered.find((item) => !item.isDirectory() && !item.isFile());
  if (odd)
    throw new KeptFileError(
      `${join(parent, odd.name)} is a link, or no folder. Expected a folder with the edition’s files: put back the one of the repository.`,
    );
  const hasEdition = (name: string) =>
    lstatSync(join(parent, name, editionFile), { throwIfNoEntry: false }) !== undefined;
  return numbered
    .filter((item) => item.isDirectory() && hasEdition(item.name))
    .map(({ name }) => Number(name))
    .sort((a, b) => a - b);
}

/** Something in the place of an edition, or of a file of it, that is no such thing. */
export class KeptFileError extends UserError {
  override readonly name = 'KeptFileError';
}

/**
 * A file in the folder of an edition; undefined if it is not there. Attacks of whoever may push, and
 * has no key: a link that leads to a file of this machine, to another one on each, or to a device
 * without end.
 * @throws KeptFileError if it is no regular file, or too long
 */
export function readKeptFile(path: string, maxBytes: number): Buffer | undefined {
  const facts = lstatSync(path, { throwIfNoEntry: false });
  if (!facts) return undefined;
  if (!facts.isFile())
    throw new KeptFileError(
      `${path} is ${facts.isSymbolicLink() ? 'a symbolic link' : 'no file'}, expected a regular file as editions have it. Put back the one of the repository.`,
    );
  if (facts.size > maxBytes)
    throw new KeptFileError(
      `${path} has ${facts.size} bytes, expected at most ${maxBytes}. Put back the one of the repository.`,
    );
  return readFileSync(path);
}

/** What the signatures of an edition have to say that they sign. Throws ManifestError. */
export const describeSigned = ({ campaign, number }: Edition, list: Uint8Array): SignedEdition => ({
  campaign,
  number,
  editionHash: parseManifest(list).find(({ path }) => path === editionFile)?.hash ?? 'none',
  listHash: hashBytes(list),
});

/**
 * Which keys have signed the list of an edition, by the files next to it: those whose signature
 * fits and says so in its trusted comment, and the others.
 */
export async function findSignatures(
  folder: string,
  list: Uint8Array,
  edition: Edition,
): Promise<{ fitting: string[]; broken: string[] }> {
  const signed = describeSigned(edition, list);
  const fitting: string[] = [];
  const broken: string[] = [];
  for (const key of edition.keys.keys) {
    try {
      const bytes = readKeptFile(join(folder, signatureFile(key.id)), maxSignatureBytes);
      if (!bytes) continue;
      const signature = parseSignature(bytes);
      await verifySignature(signature, key, list, nodePlatform);
      const isOther = findSignatureFault(signature, signed) !== undefined;
      (isOther ? broken : fitting).push(key.id);
    } catch (error) {
      if (!(error instanceof SignatureError || error instanceof KeptFileError)) throw error;
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
 * Puts the signatures that are kept for an edition next to the list in a folder, if they fit it:
 * who builds the same bytes carries the signatures of the key holders. A signature that does not
 * fit is never put anywhere.
 * @param kept the folder with the list and signatures of the edition
 */
export async function putSignatures(
  folder: string,
  kept: string,
  edition: Edition,
): Promise<Signing> {
  const signed = readKeptFile(join(kept, manifestFile), manifestLimits.maxBytes);
  if (!signed) return { state: 'none' };
  const list = readFileSync(join(folder, manifestFile));
  if (!list.equals(signed))
    return {
      state: 'differs',
      difference: compareManifests(parseManifest(signed), parseManifest(list)),
    };

  const { fitting, broken } = await findSignatures(kept, list, edition);
  for (const id of fitting) {
    const bytes = readKeptFile(join(kept, signatureFile(id)), maxSignatureBytes);
    if (bytes)
      writeFileSync(join(folder, signatureFile(id)), rewriteSignature(parseSignature(bytes)));
  }
  if (fitting.length === 0 && broken.length === 0) return { state: 'none' };
  return {
    state: 'signed',
    by: fitting,
    isEnough: fitting.length >= edition.keys.threshold,
    broken,
  };
}

/**
 * What EDITION.txt says in the folder of an edition, and its bytes.
 * @throws EditionError, also if it is not there; KeptFileError
 */
export function readEditionFile(folder: string): { edition: Edition; bytes: Buffer } {
  const file = join(folder, editionFile);
  const bytes = readKeptFile(file, editionLimits.maxBytes) ?? Buffer.alloc(0);
  return { edition: parseEdition(bytes, file), bytes };
}

/** An edition of a clone, and the bytes of its list, if it has one that fits it. */
function readEdition(folder: string): { known: KnownEdition; list: Buffer | undefined } {
  const { edition, bytes: text } = readEditionFile(folder);
  const withoutList = {
    known: { edition, listHash: undefined, files: undefined },
    list: undefined,
  };
  const bytes = readKeptFile(join(folder, manifestFile), manifestLimits.maxBytes);
  if (!bytes) return withoutList;
  const files = parseManifest(bytes);
  // Attack: whoever may push, and has no key, names keys of their own for the next edition next to
  // a list that is truly signed.
  const isListed = files.find(({ path }) => path === editionFile)?.hash === hashBytes(text);
  return isListed
    ? { known: { edition, listHash: hashBytes(bytes), files }, list: bytes }
    : withoutList;
}

/**
 * What a clone knows: the editions that are signed in it, and their keys. The lowest is where trust
 * begins; each later one is known if enough of its keys have signed it, and the one before has
 * named these keys. What is not so is not out yet, or false: it proves nothing.
 * @throws EditionError, ManifestError and KeptFileError on files that are not what they should be
 */
export async function trustClone(campaignFolder: string, origin: string): Promise<Trust> {
  const editions = new Map<number, KnownEdition>();
  for (const number of listEditionNumbers(campaignFolder)) {
    const folder = editionFolder(campaignFolder, number);
    const { known, list } = readEdition(folder);
    const newest = [...editions.values()].at(-1);
    const isOut =
      list !== undefined &&
      // Attack: the folder of an old edition is renamed to a high number, so that all true ones
      // seem older than what is known.
      known.edition.number === number &&
      (await findSignatures(folder, list, known.edition)).fitting.length >=
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
