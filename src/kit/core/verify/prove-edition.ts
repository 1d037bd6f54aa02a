import { maxChainBytes, parseChain } from '../chain/chain.ts';
import { ChainError, checkChain, type SoundChain } from '../chain/check-chain.ts';
import { chainFile } from '../edition/edition-files.ts';
import { EditionError } from '../edition/edition-lines.ts';
import type { Edition } from '../edition/edition.ts';
import type { KeySet, PublicKey } from '../minisign/public-key.ts';
import type { Platform } from '../platform.ts';
import { CopyError, type SiteCopy } from '../source/site-copy.ts';
import type { SeenEdition, Trust } from '../trust/trust.ts';
import { checkEdition, checkFreshness, checkSeenHistory, keysOf } from './check-edition.ts';
import {
  checkSignatures,
  isEnough,
  readClaims,
  signedIn,
  verdictOf,
  type Claims,
} from './claims.ts';
import type { Findings } from './verdict.ts';

/** How far a copy proves the edition that it says it is, before its files are looked at. */
export interface Proof {
  readonly claims: Claims;
  readonly chain: SoundChain | undefined;
  /** What must have signed it; undefined if no key is known that could prove it. */
  readonly keys: KeySet | undefined;
  /** Those of the keys whose signatures may be there. */
  readonly signers: readonly PublicKey[];
  /**
   * Other keys that sign a proven edition, where only some of its keys were given: their signatures
   * count for nothing, and must fit all the same.
   */
  readonly others: readonly PublicKey[];
  /** Ids of those whose signatures fit. */
  readonly signedBy: readonly string[];
  readonly isSigned: boolean;
  /** The same, and the list names the EDITION.txt that is there. */
  readonly isProven: boolean;
  /** The sets of keys that were replaced before this edition; only of one that is proven. */
  readonly replaced: readonly KeySet[];
}

/**
 * Reads what a copy says of its edition, finds the keys that have to have signed it, and looks
 * whether they have. What is wrong goes to the findings.
 */
export async function proveEdition(
  copy: SiteCopy,
  trust: Trust,
  findings: Findings,
  platform: Platform,
): Promise<Proof> {
  const claims = await readClaims(copy, findings, platform);
  const chain =
    findings.count('unreachable') > 0
      ? undefined
      : await readChain(copy, claims, findings, platform);
  const keys = keysOf(checkEdition(claims, chain, trust, findings));
  const signers = findSigners(claims, keys, trust);
  const signedBy = claims.list
    ? await checkSignatures(copy, claims.list.bytes, signers, signedIn(claims), findings, platform)
    : [];
  const isSigned = keys !== undefined && isEnough(signedBy, keys);
  const isProven = isSigned && claims.isListed;
  return {
    claims,
    chain,
    keys,
    signers,
    others: isProven && claims.edition ? findOthers(claims.edition, signers) : [],
    signedBy,
    isSigned,
    isProven,
    replaced: isProven ? (chain?.stages.slice(0, -1).map((stage) => stage.keys) ?? []) : [],
  };
}

/**
 * Reads the chain of a copy and checks that it leads to its edition; undefined if there is none, or
 * it does not hold, which the findings then say. A draft proves nothing, and its chain is not read.
 */
async function readChain(
  copy: SiteCopy,
  { list, edition }: Claims,
  findings: Findings,
  platform: Platform,
): Promise<SoundChain | undefined> {
  if (!edition || !list) return undefined;
  const isListed = list.files.some(({ path }) => path === chainFile);
  // Attack: without it, an edition that changed keys could be passed over unseen.
  if (isListed !== edition.number > 1) {
    findings.add(
      'tampered',
      isListed
        ? `The list of edition 1 names ${chainFile}, and there is nothing before it.`
        : `The list does not name ${chainFile}, which proves the editions before.`,
      chainFile,
    );
    return undefined;
  }
  if (!isListed) return undefined;
  try {
    const bytes = await copy.read(chainFile, maxChainBytes);
    // That it is missing is said where all files are looked at.
    return bytes && (await checkChain(parseChain(bytes), edition, list.hash, platform));
  } catch (error) {
    if (error instanceof EditionError)
      findings.add(error.isNewer ? 'too new' : 'tampered', error.message, chainFile);
    else if (error instanceof ChainError) findings.add(error.verdict, error.message, chainFile);
    else if (error instanceof CopyError) findings.add(verdictOf(error), error.message, chainFile);
    else throw error;
    return undefined;
  }
}

/**
 * The trusted keys whose signatures the edition says to have; others are not asked for, since a
 * host that answers each question with its start page would seem to have false ones. An edition
 * that names too few has too few.
 */
function findSigners(
  { edition, list }: Claims,
  keys: KeySet | undefined,
  trust: Trust,
): readonly PublicKey[] {
  const named =
    edition ??
    [...trust.editions.values()].find(({ listHash }) => listHash === list?.hash)?.edition;
  return keys?.keys.filter(({ id }) => named === undefined || named.signers.includes(id)) ?? [];
}

const findOthers = (
  { keys, signers }: Edition,
  known: readonly PublicKey[],
): readonly PublicKey[] =>
  keys.keys.filter(({ id }) => signers.includes(id) && !known.some((key) => key.id === id));

/**
 * Holds an edition and its history against time and memory.
 * @param seenUnder editions that were seen and count under these keys
 * @param today YYYY-MM-DD
 */
export function checkMemory(
  { claims, chain, keys, isProven }: Proof,
  trust: Trust,
  seenUnder: (keys: KeySet) => readonly SeenEdition[],
  today: string,
  findings: Findings,
): void {
  checkFreshness(claims, isProven, trust, keys ? seenUnder(keys) : [], today, findings);
  if (chain && isProven) checkSeenHistory(chain, seenUnder, findings);
}
