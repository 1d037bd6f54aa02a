import { makeChain, printChain } from '../../kit/core/chain/chain.ts';
import { printEdition } from '../../kit/core/edition/edition.ts';
import { encodeUtf8 } from '../../kit/core/text/bytes.ts';
import { hashBytes } from '../../kit/node/platform.ts';
import type { PublishedEdition } from './read-edition.ts';

/**
 * The text of `CHAIN.txt` for an edition, from the editions before it; undefined for the first one.
 * @param editions of a campaign that was found sound: each has its list, and enough signatures
 */
export function printChainBefore(
  editions: readonly PublishedEdition[],
  { campaign, number }: { campaign: string; number: number },
): string | undefined {
  const before = editions.filter(({ edition }) => edition.number < number);
  if (before.length === 0) return undefined;
  return printChain(
    makeChain(
      campaign,
      before.map((published) => ({
        list: hashBytes(published.list ?? ''),
        head: {
          bytes: encodeUtf8(printEdition(published.edition)),
          edition: published.edition,
          signatures: orderSignatures(published),
        },
      })),
    ),
  );
}

/** The signatures of the list of an edition, in the order in which it names their keys. */
function orderSignatures({ edition, signatures }: PublishedEdition) {
  return edition.signers.flatMap(
    (id) => signatures.find(({ signature }) => signature.keyId === id)?.signature ?? [],
  );
}
