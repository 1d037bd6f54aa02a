import { KeyError } from '../../src/kit/core/minisign/errors.ts';
import { parsePublicKey, type PublicKey } from '../../src/kit/core/minisign/public-key.ts';
import { quoteName } from '../../src/kit/core/text/quote-name.ts';
import { UsageError } from './usage-error.ts';

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

/** How many of the keys are enough: all, if not said. Throws UsageError. */
export function readThreshold(text: string | undefined, keys: number): number {
  if (text === undefined) return keys;
  const number = Number(text);
  if (keys === 0) throw new UsageError('--threshold counts the keys of --key, and none is given.');
  if (!Number.isInteger(number) || number < 1 || number > keys)
    throw new UsageError(`--threshold is ${quoteName(text)}, expected a number from 1 to ${keys}.`);
  return number;
}
