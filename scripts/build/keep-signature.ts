import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeSigned, findSignatures } from '../../src/kit/node/edition/edition-folder.ts';
import {
  SignatureError,
  parseSignature,
  type Signature,
  verifySignature,
} from '../../src/kit/core/minisign/signature.ts';
import type { PublicKey } from '../../src/kit/core/minisign/public-key.ts';
import { signData, type SecretKey } from '../../src/kit/node/minisign/sign.ts';
import {
  manifestFile,
  signatureFile,
  findSignatureFault,
} from '../../src/kit/core/edition/edition-files.ts';
import { quoteName } from '../../src/kit/core/text/plain-characters.ts';
import { nodePlatform } from '../../src/kit/node/platform.ts';
import { statesFile } from '../../src/campaign/editions/states.ts';
import { commentOf } from './comment-of.ts';
import { findNewestEdition } from './kept-edition.ts';
import { requirePlain, type RebuiltEdition } from './rebuild-edition.ts';
import { SigningError } from './signing-error.ts';
import { sourcesFile } from './sources.ts';

/** Who has signed an edition so far, of those who sign it. */
export interface Progress {
  readonly signers: readonly string[];
  readonly signedBy: readonly string[];
}

/** Keeps the list of an edition with what it was built from, so that its holders can sign it. */
export function keepManifest({ kept, list, sources, states }: RebuiltEdition): void {
  writeFileSync(join(kept.folder, manifestFile), list);
  writeFileSync(join(kept.folder, sourcesFile), sources);
  writeFileSync(join(kept.folder, statesFile), states);
}

/** An edition and its list, as they are kept for its holders. */
export type KeptList = Pick<RebuiltEdition, 'kept' | 'list'>;

/**
 * The newest edition, whose list a run of `sign` has kept: a signature that fits it needs no build.
 * @throws SigningError if there is none; RebuildError if what is kept is not plain files
 */
export function findKeptList(campaignFolder: string): KeptList {
  const kept = findNewestEdition(campaignFolder);
  if (kept) requirePlain(campaignFolder, kept.folder);
  const file = join(kept?.folder ?? '', manifestFile);
  if (!kept || !existsSync(file))
    throw new SigningError(
      `There is no list that a signature could fit${kept ? ` for edition ${kept.edition.number}` : ''}. ` +
        'Run npm run sign first, with --offline FOLDER or alone: it builds the edition and keeps its list.',
    );
  return { kept, list: readFileSync(file) };
}

/** Who has signed the list of an edition that is kept. */
export async function findProgress({ kept, list }: KeptList): Promise<Progress> {
  const { fitting } = await findSignatures(kept.folder, list, kept.edition);
  return { signers: kept.edition.signers, signedBy: fitting };
}

/**
 * Signs the list of an edition with a key at hand, and keeps the signature.
 * @throws SigningError if the key is none of the signers
 */
export async function signList(rebuilt: RebuiltEdition, key: SecretKey): Promise<void> {
  checkSigner(rebuilt, key.publicKey.id);
  writeFileSync(
    join(rebuilt.kept.folder, signatureFile(key.publicKey.id)),
    await signData(key, rebuilt.list, { trusted: commentOf(rebuilt.kept.edition, rebuilt.list) }),
  );
}

/**
 * Keeps a signature that was made elsewhere, by minisign itself.
 * @returns the id of its key
 * @throws SigningError if it does not fit the list, or is of no signer
 */
export async function takeSignature(rebuilt: KeptList, signature: Buffer): Promise<string> {
  const { edition, folder } = rebuilt.kept;
  const parsed = parse(signature);
  const key = edition.keys.keys.find(({ id }) => id === parsed.keyId);
  if (!key)
    throw new SigningError(
      `The signature is of the key ${parsed.keyId}, expected one of ${edition.signers.join(', ')}.`,
    );
  checkSigner(rebuilt, key.id);
  if (!(await fits(parsed, key, rebuilt.list)))
    throw new SigningError(
      `The signature of ${key.id} does not fit the list of edition ${edition.number}: another ` +
        `file was signed, or an older list. Sign ${join(folder, manifestFile)} as it is now.`,
    );
  checkComment(rebuilt, parsed);
  writeFileSync(join(folder, signatureFile(key.id)), signature);
  return key.id;
}

/**
 * The chain of later editions proves by the comment alone which EDITION.txt and which list belong
 * together.
 */
function checkComment({ kept: { edition }, list }: KeptList, signature: Signature): void {
  const fault = findSignatureFault(signature, describeSigned(edition, list));
  if (fault === undefined) return;
  if (fault === 'legacy')
    throw new SigningError(
      `The signature of ${signature.keyId} is of minisign's older kind. Sign again without “-l”.`,
    );
  throw new SigningError(
    `The trusted comment of the signature of ${signature.keyId} is ` +
      `${quoteName(signature.trustedComment)}, expected ` +
      `“${commentOf(edition, list)}”. Sign again, with the comment after minisign's -t.`,
  );
}

/**
 * Pages name the signers already: a signature of another key would have no link, and no mirror
 * would take it along.
 */
function checkSigner({ kept: { edition } }: KeptList, id: string): void {
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
