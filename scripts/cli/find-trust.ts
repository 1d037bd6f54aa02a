import {
  type PublicKey,
  KeyError,
  parsePublicKey,
} from '../../src/kit/core/minisign/public-key.ts';
import { quoteName } from '../../src/kit/core/text/quote-name.ts';
import type { Trust } from '../../src/kit/core/trust/trust.ts';
import { trustClone } from '../../src/kit/node/trust/read-clone.ts';
import { UsageError } from './parse-args.ts';

/**
 * Where the keys of a check come from: whoever asks, or this clone; never the copy.
 * @param campaignFolder of this clone
 * @throws UsageError if there is no key and one is needed; EditionError and ManifestError if the
 *   clone's editions are broken
 */
export async function findTrust(
  {
    keys,
    threshold,
    allowUnsigned,
  }: { keys: readonly PublicKey[]; threshold: number | undefined; allowUnsigned: boolean },
  campaignFolder: string,
): Promise<Trust> {
  if (keys.length > 0)
    return {
      origin: 'the keys that you gave',
      campaign: undefined,
      editions: new Map(),
      given: { threshold: threshold ?? keys.length, keys },
      isThresholdSaid: threshold !== undefined,
    };
  const trust = await trustClone(campaignFolder, 'this clone');
  if (trust.editions.size > 0 || allowUnsigned) return trust;
  throw new UsageError(
    `There is no key to check with: ${campaignFolder}/editions holds no signed edition. Give the campaign’s key: --key RW… (from a place that you trust, never from the copy), or --allow-unsigned to look for other faults only.`,
  );
}

/** The public keys of `--key`, each once. Throws UsageError. */
export function readKeys(texts: readonly string[]): PublicKey[] {
  const keys = texts.map(readKey);
  const duplicate = keys.find((key, index) => keys.findIndex(({ id }) => id === key.id) !== index);
  if (duplicate)
    throw new UsageError(`The key ${duplicate.id} is given twice, expected each once.`);
  return keys;
}

function readKey(text: string): PublicKey {
  try {
    return parsePublicKey(text);
  } catch (error) {
    if (!(error instanceof KeyError)) throw error;
    throw new UsageError(`--key ${quoteName(text)}: ${error.message}`);
  }
}

/** How many of the keys are enough; undefined if it is not said. Throws UsageError. */
export function readThreshold(text: string | undefined, keys: number): number | undefined {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (keys === 0) throw new UsageError('--threshold counts the keys of --key, and none is given.');
  if (!Number.isInteger(number) || number < 1 || number > keys)
    throw new UsageError(`--threshold is ${quoteName(text)}, expected a number from 1 to ${keys}.`);
  return number;
}
