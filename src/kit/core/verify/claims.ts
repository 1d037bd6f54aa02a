import {
  editionFile,
  manifestFile,
  signatureFile,
  findSignatureFault,
  type ExpectedEdition,
} from '../edition/edition-files.ts';
import { EditionError } from '../edition/edition-lines.ts';
import {
  editionLimits,
  parseDraft,
  parseEdition,
  type Draft,
  type Edition,
} from '../edition/edition.ts';
import type { KeySet, PublicKey } from '../minisign/public-key.ts';
import {
  ManifestError,
  manifestLimits,
  parseManifest,
  type ListedFile,
} from '../manifest/manifest.ts';
import {
  SignatureError,
  maxSignatureBytes,
  parseSignature,
  usualComment,
  verifySignature,
} from '../minisign/signature.ts';
import { hashWith, type Platform } from '../platform.ts';
import { CopyError, type SiteCopy } from '../source/site-copy.ts';
import { showUtf8 } from '../text/bytes.ts';
import { quoteName } from '../text/plain-characters.ts';
import type { Evidence, Findings } from './verdict.ts';

/** The manifest of a copy, as it was found. */
export interface ClaimedList {
  readonly bytes: Uint8Array;
  readonly hash: string;
  readonly files: readonly ListedFile[];
}

/** What a copy says of itself; nothing of it is proven yet. */
export interface Claims {
  readonly list: ClaimedList | undefined;
  readonly edition: Edition | undefined;
  readonly draft: Draft | undefined;
  /** Whether the list names this very EDITION.txt. */
  readonly isListed: boolean;
}

/** Reads list and EDITION.txt of a copy; what is wrong with them goes to the findings. */
export async function readClaims(
  copy: SiteCopy,
  findings: Findings,
  platform: Platform,
): Promise<Claims> {
  const list = await readList(copy, manifestFile, findings, platform);
  // A host that does not answer is not asked again: each question would wait as long.
  const bytes =
    findings.count('unreachable') > 0
      ? undefined
      : await readFile(copy, editionFile, editionLimits.maxBytes, findings);
  // Attack: a number that nobody has signed, next to a list that is: whoever remembers it would
  // refuse all true editions after.
  const isListed =
    bytes !== undefined &&
    list?.files.find(({ path }) => path === editionFile)?.hash ===
      (await hashWith(platform, bytes));
  const none = { list, edition: undefined, draft: undefined, isListed };
  if (!bytes) return none;
  try {
    return showUtf8(bytes).includes('\ndraft-of: ')
      ? { ...none, draft: parseDraft(bytes) }
      : { ...none, edition: parseEdition(bytes) };
  } catch (error) {
    if (!(error instanceof EditionError)) throw error;
    findings.add(error.isNewer ? 'too new' : 'tampered', error.message, editionFile);
    return none;
  }
}

/** What the signatures of a copy have to say that they sign, as far as its files say it. */
export const signedIn = ({ list, edition, isListed }: Claims): ExpectedEdition => ({
  campaign: isListed ? edition?.campaign : undefined,
  number: isListed ? edition?.number : undefined,
  // A list without EDITION.txt is that of no edition: no comment fits it.
  editionHash: list && (list.files.find(({ path }) => path === editionFile)?.hash ?? 'none'),
  listHash: list?.hash,
});

/** Reads a list; undefined if it is not there or not a list, which the findings then say. */
export async function readList(
  copy: SiteCopy,
  path: string,
  findings: Findings,
  platform: Platform,
): Promise<ClaimedList | undefined> {
  const bytes = await readFile(copy, path, manifestLimits.maxBytes, findings);
  if (!bytes) return undefined;
  try {
    return { bytes, hash: await hashWith(platform, bytes), files: parseManifest(bytes) };
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    findings.add('tampered', error.message, path);
    return undefined;
  }
}

async function readFile(
  copy: SiteCopy,
  path: string,
  maxBytes: number,
  findings: Findings,
): Promise<Uint8Array | undefined> {
  try {
    const bytes = await copy.read(path, maxBytes);
    if (!bytes) findings.add('incomplete', `${path} is missing.`, path);
    return bytes;
  } catch (error) {
    findings.add(verdictOf(error), (error as CopyError).message, path);
    return undefined;
  }
}

/**
 * What it says about a copy that one of its files cannot be read. Rethrows what is no CopyError.
 */
export function verdictOf(error: unknown): Evidence['verdict'] {
  if (!(error instanceof CopyError)) throw error;
  if (error.fault === 'unreachable') return 'unreachable';
  // A file without end, or one that leads to another host, is not the one that was signed.
  return error.fault === 'unreadable' ? 'incomplete' : 'tampered';
}

/**
 * Which of the keys have signed a list. A signature that is there and does not fit is evidence by
 * itself. Attack: the signature of another file, or of an older list, next to a changed one.
 * @param expected what they have to say that they sign
 * @returns ids of the keys whose signatures fit
 */
export async function checkSignatures(
  copy: SiteCopy,
  list: Uint8Array,
  keys: readonly PublicKey[],
  expected: ExpectedEdition,
  findings: Findings,
  platform: Platform,
): Promise<string[]> {
  const signedBy: string[] = [];
  for (const key of keys) {
    const path = signatureFile(key.id);
    try {
      const bytes = await copy.read(path, maxSignatureBytes);
      if (!bytes) continue;
      const signature = parseSignature(bytes);
      await verifySignature(signature, key, list, platform);
      const fault = findSignatureFault(signature, expected);
      if (fault !== undefined) {
        findings.add(...describeFault(fault, path, signature.trustedComment), path);
        continue;
      }
      signedBy.push(key.id);
      if (signature.untrustedComment !== usualComment)
        findings.add(
          'injected',
          `${path}: its first line is ${quoteName(signature.untrustedComment)}, which nobody has signed; expected “${usualComment}”.`,
          path,
        );
    } catch (error) {
      if (error instanceof SignatureError)
        findings.add('tampered', `${path}: ${error.message}`, path);
      else if (error instanceof CopyError) findings.add(verdictOf(error), error.message, path);
      else throw error;
    }
  }
  return signedBy;
}

function describeFault(
  fault: NonNullable<ReturnType<typeof findSignatureFault>>,
  path: string,
  comment: string,
): [Evidence['verdict'], string] {
  if (fault === 'newer')
    return ['too new', `${path}: its trusted comment is of a newer format: get a newer checker.`];
  return [
    'tampered',
    fault === 'legacy'
      ? `${path}: it is of minisign's older kind, expected one made without “-l”.`
      : `${path}: its trusted comment is ${quoteName(comment)}, expected that of an edition, with campaign, number and hashes as they are here.`,
  ];
}

/** Whether so many of the keys have signed as are needed. */
export const isEnough = (signedBy: readonly string[], { threshold }: KeySet): boolean =>
  signedBy.length >= threshold;

/** "2 of 3 keys, 2 are needed". */
export const sayCount = (signedBy: readonly string[], { threshold, keys }: KeySet): string =>
  `${signedBy.length} of ${keys.length} ${keys.length === 1 ? 'key' : 'keys'}, ${threshold} ${threshold === 1 ? 'is' : 'are'} needed`;
