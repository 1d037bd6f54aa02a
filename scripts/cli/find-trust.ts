import { trustClone } from '../../src/kit/node/trust/read-clone.ts';
import type { PublicKey } from '../../src/kit/core/minisign/public-key.ts';
import type { Trust } from '../../src/kit/core/trust/trust.ts';
import { UsageError } from './usage-error.ts';

/**
 * Where the keys of a check come from: whoever asks, or this clone; never the copy.
 * @param campaignFolder of this clone
 * @throws UsageError if there is no key and one is needed; EditionError and ManifestError if the clone's editions are broken
 */
export async function findTrust(
  {
    keys,
    threshold,
    allowUnsigned,
  }: { keys: readonly PublicKey[]; threshold: number; allowUnsigned: boolean },
  campaignFolder: string,
): Promise<Trust> {
  if (keys.length > 0)
    return {
      origin: 'the keys that you gave',
      campaign: undefined,
      editions: new Map(),
      given: { threshold, keys },
    };
  const trust = await trustClone(campaignFolder, 'this clone');
  if (trust.editions.size > 0 || allowUnsigned) return trust;
  throw new UsageError(
    `There is no key to check with: ${campaignFolder}/editions holds no signed edition. Give the campaign’s key: --key RW… (from a place that you trust, never from the copy), or --allow-unsigned to look for other faults only.`,
  );
}
