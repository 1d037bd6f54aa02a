import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findSignatures, putSignatures } from '../../src/kit/node/edition/edition-folder.ts';
import { writeArchives } from '../../src/kit/node/edition/write-manifest.ts';
import {
  SignatureError,
  parseSignature,
  type Signature,
  verifySignature,
} from '../../src/kit/core/minisign/signature.ts';
import type { PublicKey } from '../../src/kit/core/minisign/public-key.ts';
import { signData, type SecretKey } from '../../src/kit/node/minisign/sign.ts';
import {
  archiveFolder,
  archiveName,
  manifestFile,
  signatureFile,
} from '../../src/kit/core/edition/edition-files.ts';
import { nodePlatform } from '../../src/kit/node/platform.ts';
import { statesFile } from '../../src/campaign/editions/states.ts';
import type { RebuiltEdition } from './rebuild-edition.ts';
import { sourcesFile } from './sources.ts';
import { UserError } from '../../src/kit/core/text/user-error.ts';

/** A signature that is not taken; in words for its maker. */
export class SigningError extends UserError {
  override readonly name = 'SigningError';
}

/** Which of the two lists of an edition is meant: the site's, or that of its archives. */
export type ListName = 'site' | 'archives';

/** How far the signing of an edition has come. */
export interface Progress {
  readonly signers: readonly string[];
  /** Who has signed the list of the site. */
  readonly site: readonly string[];
  /**
   * Who has signed the list of the archives; undefined as long as the site is not signed by all,
   * since the archives hold these signatures.
   */
  readonly archives: readonly string[] | undefined;
}

/** Keeps the list of an edition with what it was built from, so that its holders can sign it. */
export function keepManifest({ kept, list, sources, states }: RebuiltEdition): void {
  writeFileSync(join(kept.folder, manifestFile), list);
  writeFileSync(join(kept.folder, sourcesFile), sources);
  writeFileSync(join(kept.folder, statesFile), states);
}

/**
 * Packs the archives once all signers have signed the site, and keeps their list; then tells who
 * has signed what. Signatures of archives that are other ones now are taken away.
 */
export async function updateArchives({ kept, folder, list }: RebuiltEdition): Promise<Progress> {
  const { edition } = kept;
  const site = (await findSignatures(kept.folder, list, edition.keys)).fitting;
  if (!edition.signers.every((id) => site.includes(id)))
    return { signers: edition.signers, site, archives: undefined };
  await putSignatures(folder, kept.folder, edition.keys);
  await writeArchives(folder, archiveName(edition));
  const bundles = readFileSync(join(folder, archiveFolder, manifestFile));
  const keptArchives = join(kept.folder, archiveFolder);
  const isSame =
    existsSync(join(keptArchives, manifestFile)) &&
    readFileSync(join(keptArchives, manifestFile)).equals(bundles);
  if (!isSame) {
    rmSync(keptArchives, { recursive: true, force: true });
    mkdirSync(keptArchives, { recursive: true });
    writeFileSync(join(keptArchives, manifestFile), bundles);
  }
  return {
    signers: edition.signers,
    site,
    archives: (await findSignatures(keptArchives, bundles, edition.keys)).fitting,
  };
}

/**
 * Signs a list of an edition with a key at hand, and keeps the signature.
 * @throws SigningError if the key is none of the signers, or there are no archives yet
 */
export async function signList(
  rebuilt: RebuiltEdition,
  which: ListName,
  key: SecretKey,
): Promise<void> {
  const { folder, bytes, comment } = findList(rebuilt, which);
  checkSigner(rebuilt, key.publicKey.id);
  if (!bytes)
    throw new SigningError(
      'There are no archives yet: they hold the signatures of the site, so all signers have to sign that first.',
    );
  writeFileSync(
    join(folder, signatureFile(key.publicKey.id)),
    await signData(key, bytes, { trusted: comment }),
  );
}

/**
 * Keeps a signature that was made elsewhere, by minisign itself.
 * @returns which list it signs
 * @throws SigningError if it fits neither list, or is of no signer
 */
export async function takeSignature(
  rebuilt: RebuiltEdition,
  signature: Buffer,
): Promise<{ which: ListName; id: string }> {
  const parsed = parse(signature);
  const key = rebuilt.kept.edition.keys.keys.find(({ id }) => id === parsed.keyId);
  if (!key)
    throw new SigningError(
      `The signature is of the key ${parsed.keyId}, expected one of ${rebuilt.kept.edition.signers.join(', ')}.`,
    );
  checkSigner(rebuilt, key.id);
  for (const which of ['site', 'archives'] as const) {
    const { folder, bytes } = findList(rebuilt, which);
    if (!bytes || !(await fits(parsed, key, bytes))) continue;
    writeFileSync(join(folder, signatureFile(key.id)), signature);
    return { which, id: key.id };
  }
  throw new SigningError(
    `The signature of ${key.id} fits neither the list of the site nor that of its ` +
      'archives: another file was signed, or an older list. Sign ' +
      `${join(rebuilt.kept.folder, manifestFile)} as it is now.`,
  );
}

/**
 * The list, if there is one already; where its signatures are kept; and the comment that a
 * signature covers.
 */
export function findList(
  { kept: { edition, folder }, list }: RebuiltEdition,
  which: ListName,
): { folder: string; bytes: Buffer | undefined; comment: string } {
  const comment = `${edition.campaign} edition ${edition.number}, ${which}`;
  if (which === 'site') return { folder, bytes: list, comment };
  const bundles = join(folder, archiveFolder);
  return {
    folder: bundles,
    bytes: existsSync(join(bundles, manifestFile))
      ? readFileSync(join(bundles, manifestFile))
      : undefined,
    comment,
  };
}

/**
 * Pages name the signers already: a signature of another key would have no link, and no mirror
 * would take it along.
 */
function checkSigner({ kept: { edition } }: RebuiltEdition, id: string): void {
  if (edition.signers.includes(id)) return;
  const isKey = edition.keys.keys.some((key) => key.id === id);
  throw new SigningError(
    `${id} ` +
      `${isKey ? `does not sign edition ${edition.number}` : `is no key of edition ${edition.number}`}: ` +
      `it says that it is signed by ${edition.signers.join(' and ')}. ` +
      `${isKey ? `To change that: npm run new -- edition --signers ${id},… and begin again.` : 'Use one of these keys.'}`,
  );
}

function parse(signature: Buffer): Signature {
  try {
    return parseSignature(signature);
  } catch (error) {
    if (!(error instanceof SignatureError)) throw error;
    throw new SigningError(error.message);
  }
}

async function fits(signature: Signature, key: PublicKey, bytes: Buffer): Promise<boolean> {
  try {
    await verifySignature(signature, key, bytes, nodePlatform);
    return true;
  } catch (error) {
    if (error instanceof SignatureError) return false;
    throw error;
  }
}
