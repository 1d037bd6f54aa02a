import {
  changesKeys,
  makeChain,
  type Chain,
  type ChainEntry,
} from '../../src/kit/core/chain/chain.ts';
import { printEdition, printHistory, type Edition } from '../../src/kit/core/edition/edition.ts';
import { printSignatureComment } from '../../src/kit/core/edition/edition-files.ts';
import { parseSignature } from '../../src/kit/core/minisign/signature.ts';
import { signData, type SecretKey } from '../../src/kit/node/minisign/sign.ts';
import { hashBytes } from '../../src/kit/node/platform.ts';
import { keySet } from './signed-sites.ts';

export interface ChainOptions {
  readonly threshold?: number;
  readonly campaign?: string;
  /** How many of the keys sign; all, if not said. */
  readonly signers?: number;
  /** New keys, by the number of the edition that names them for the next one. */
  readonly changes?: ReadonlyMap<number, readonly SecretKey[]>;
  /** What an edition says of itself in place of what it would say. */
  readonly alter?: (edition: Edition) => Edition;
  /** The keys that sign an edition in place of its own. */
  readonly signedBy?: (number: number) => readonly SecretKey[] | undefined;
  /** Hashes of lists that are there, by number of edition. */
  readonly lists?: ReadonlyMap<number, string>;
  /** What was signed of editions that are there. */
  readonly heads?: ReadonlyMap<number, ChainEntry['head']>;
  /** Makes the lists of another history. */
  readonly history?: string;
}

/**
 * A chain of editions of which nothing but hashes was ever there: as whoever has their keys can
 * make it.
 * @param keys of the first edition; all of them sign
 */
export async function inventChain(
  count: number,
  keys: readonly SecretKey[],
  options: ChainOptions = {},
): Promise<Chain> {
  const {
    campaign = 'garden',
    changes = new Map<number, readonly SecretKey[]>(),
    history = 'edition',
  } = options;
  const { alter = (same: Edition) => same, signedBy } = options;
  const lists = Array.from(
    { length: count },
    (_, index) => options.lists?.get(index + 1) ?? hashBytes(`${history} ${index + 1}`),
  );
  const entries: ChainEntry[] = [];
  let own = keys;
  for (const [index, list] of lists.entries()) {
    const number = index + 1;
    const next = changes.get(number) ?? own;
    const [threshold, before] = [options.threshold ?? own.length, lists.slice(0, index)];
    const edition = alter({
      campaign,
      number,
      date: '2026-05-01',
      lookForNewerAfter: '2999-01-01',
      previousList: before.at(-1),
      history: index === 0 ? undefined : hashBytes(printHistory(before)),
      keys: keySet(own, threshold),
      nextKeys: keySet(next, options.threshold),
      signers: own.slice(0, options.signers).map(({ publicKey }) => publicKey.id),
      notice: undefined,
      extensions: [],
    });
    const isNeeded = changesKeys(edition) || number === count;
    entries.push({
      list,
      head: isNeeded
        ? (options.heads?.get(number) ??
          (await signHead(edition, list, signedBy?.(number) ?? own.slice(0, options.signers))))
        : undefined,
    });
    own = next;
  }
  return makeChain(campaign, entries);
}

/** What the holders of these keys have signed of an edition whose list has a hash. */
export async function signHead(
  edition: Edition,
  listHash: string,
  keys: readonly SecretKey[],
): Promise<NonNullable<ChainEntry['head']>> {
  const bytes = Buffer.from(printEdition(edition));
  const { campaign, number } = edition;
  const editionHash = hashBytes(bytes);
  const trusted = printSignatureComment({ campaign, number, editionHash, listHash });
  // Nobody has the list: any bytes will do.
  const texts = await Promise.all(keys.map((key) => signData(key, bytes, { trusted })));
  return { bytes, edition, signatures: texts.map((text) => parseSignature(Buffer.from(text))) };
}
