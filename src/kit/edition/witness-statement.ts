import { EditionLines } from './edition-lines.ts';
import { parsePublicKey, printPublicKey, type PublicKey } from '../minisign/public-key.ts';

/**
 * What somebody signs who has built an edition again and got the same list: that these bytes come from the open sources. A text of
 * its own and not the list: the signature of a witness must never pass for one of a key holder.
 */
export interface WitnessStatement {
  readonly campaign: string;
  readonly number: number;
  /** SHA-256 of the list. */
  readonly list: string;
  readonly key: PublicKey;
}

/** Prints a statement, in the one form that `parseStatement` reads. */
export function printStatement({ campaign, number, list, key }: WitnessStatement): string {
  return `format: 1\nstatement: rebuilt\ncampaign: ${campaign}\nedition: ${number}\nlist: ${list}\nkey: ${printPublicKey(key)}\n`;
}

/** Reads a statement that anyone may have written; it prints to the same bytes. Throws EditionError with the first fault. */
export function parseStatement(bytes: Uint8Array): WitnessStatement {
  const lines = new EditionLines(bytes, 'statement');
  lines.read('format', '1', (value) => (value === '1' ? value : undefined));
  lines.read('statement', 'rebuilt', (value) => (value === 'rebuilt' ? value : undefined));
  const campaign = lines.read('campaign', 'a-z, 0-9 and single hyphens', (value) =>
    /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(value) ? value : undefined,
  );
  const number = lines.read('edition', 'a number without zeros in front', (value) =>
    /^[1-9][0-9]{0,5}$/.test(value) ? Number(value) : undefined,
  );
  const list = lines.read('list', '64 hexadecimal digits in small letters', (value) =>
    /^[0-9a-f]{64}$/.test(value) ? value : undefined,
  );
  const key = lines.read('key', 'a public key', parsePublicKey);
  lines.end();
  return { campaign, number, list, key };
}
