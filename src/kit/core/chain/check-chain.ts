import { chainFile, printSignatureComment } from '../edition/edition-files.ts';
import { printHistory, type Edition } from '../edition/edition.ts';
import { isSameKeySet, type KeySet } from '../minisign/public-key.ts';
import { SignatureError, verifyComment } from '../minisign/signature.ts';
import { hashWith, type Platform } from '../platform.ts';
import { encodeUtf8 } from '../text/bytes.ts';
import { UserError } from '../text/user-error.ts';
import { changesKeys, type Chain, type ChainHead } from './chain.ts';

/** Editions that follow each other under one set of keys. */
export interface Stage {
  /** Numbers of the first and the last edition under these keys. */
  readonly from: number;
  readonly to: number;
  readonly keys: KeySet;
  /**
   * The keys of them that have signed the last edition, which names the keys of the next stage;
   * undefined in the newest stage, whose last edition is the one under test.
   */
  readonly signers: KeySet['keys'] | undefined;
}

/** A chain whose parts fit each other and the edition that it belongs to. */
export interface SoundChain {
  /** SHA-256 of the manifests of the editions before, from the first on. */
  readonly lists: readonly string[];
  /** From the first edition to the one that the chain belongs to. */
  readonly stages: readonly [...Stage[], Stage];
}

/** A chain that does not hold; `verdict` is what that says of the copy. */
export class ChainError extends UserError {
  override readonly name = 'ChainError';
  readonly verdict: 'tampered' | 'forked';

  constructor(verdict: 'tampered' | 'forked', message: string) {
    super(`${chainFile}: ${message}.`);
    this.verdict = verdict;
  }
}

/**
 * Checks that a chain leads from its first keys to those of an edition: each change of keys is
 * signed by enough of the keys that the one before has named, each signed edition follows from all
 * before it. That does not prove anything yet: it only carries the trust in any of these keys or
 * editions to the others. Attacks: keys slipped in without a signature of those before them; one
 * edition of the past exchanged, left out or put in by whoever has stolen the keys of today.
 * @param last the edition that the chain belongs to
 * @param lastList SHA-256 of its manifest; undefined if there is none
 * @throws ChainError with the first fault
 */
export async function checkChain(
  { campaign, entries }: Chain,
  last: Edition,
  lastList: string | undefined,
  platform: Platform,
): Promise<SoundChain> {
  const lists = entries.map(({ list }) => list);
  const history = encodeUtf8(printHistory(lists));
  /** Whether an edition names the list before it, and by its `history` all others. */
  const checkLinks = async ({ number, previousList, history: named }: Edition): Promise<void> => {
    if (number === 1) return;
    if (previousList !== lists[number - 2])
      throw new ChainError(
        // What the holders have signed says two things of one number.
        entries[number - 2]?.head ? 'forked' : 'tampered',
        `edition ${number} follows another edition ${number - 1}`,
      );
    if (named !== (await hashWith(platform, history.subarray(0, (number - 1) * bytesOfALine))))
      throw new ChainError('tampered', `edition ${number} follows from another history`);
  };
  const stages: Stage[] = [];
  let from = 1;
  let keys: KeySet | undefined;
  const checkKeys = (edition: Edition): KeySet => {
    if (keys && !isSameKeySet(keys, edition.keys))
      throw new ChainError(
        'tampered',
        `edition ${edition.number} has other keys than the edition before has named`,
      );
    return edition.keys;
  };
  for (const [index, { list, head }] of entries.entries()) {
    if (!head) continue;
    const { edition } = head;
    await checkLinks(edition);
    keys = checkKeys(edition);
    const signers = await checkHead(head, list, platform);
    if (!changesKeys(edition) || !edition.nextKeys) continue;
    stages.push({ from, to: index + 1, keys, signers });
    [from, keys] = [index + 2, edition.nextKeys];
  }
  if (campaign !== last.campaign)
    throw new ChainError('tampered', `it is of the campaign ${campaign}, not of ${last.campaign}`);
  const own = lists[last.number - 1];
  if (own !== undefined && own !== lastList)
    throw new ChainError('forked', `it holds another edition ${last.number} than this one`);
  if (entries.length !== last.number - 1)
    throw new ChainError(
      'tampered',
      `it has ${entries.length} editions, expected the ${last.number - 1} before edition ${last.number}`,
    );
  await checkLinks(last);
  return {
    lists,
    stages: [...stages, { from, to: last.number, keys: checkKeys(last), signers: undefined }],
  };
}

/** 64 digits and the end of the line. */
const bytesOfALine = 65;

/**
 * Checks what was signed of an edition without its manifest, which need not be there: the trusted
 * comments name it.
 * @returns the keys that have signed, all of those whose signatures the chain has
 */
async function checkHead(
  { bytes, edition, signatures }: ChainHead,
  listHash: string,
  platform: Platform,
): Promise<KeySet['keys']> {
  const { campaign, number } = edition;
  const editionHash = await hashWith(platform, bytes);
  const comment = printSignatureComment({ campaign, number, editionHash, listHash });
  const signers = signatures.flatMap(
    ({ keyId }) => edition.keys.keys.find(({ id }) => id === keyId) ?? [],
  );
  for (const [index, key] of signers.entries()) {
    const signature = signatures[index];
    try {
      if (signature) await verifyComment(signature, comment, key, platform);
    } catch (error) {
      if (!(error instanceof SignatureError)) throw error;
      throw new ChainError(
        'tampered',
        `the signature of ${key.id} does not fit edition ${number}: it was changed, or is of another edition`,
      );
    }
  }
  return signers;
}

/** The stage that an edition of this number is in. */
export const stageOf = ({ stages }: SoundChain, number: number): Stage | undefined =>
  stages.find(({ from, to }) => from <= number && number <= to);
