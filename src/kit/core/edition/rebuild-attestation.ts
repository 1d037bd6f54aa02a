import { EditionLines } from './edition-lines.ts';
import { parsePublicKey, printPublicKey, type PublicKey } from '../minisign/public-key.ts';

/**
 * What somebody signs who has built an edition again and got the same manifest: that these bytes
 * come from the public sources. A file of its own with a first line of its own, and not the
 * manifest: the signature of a rebuilder must never pass for one of a key holder. Not a witness in
 * the sense of transparency logs (C2SP, Sigsum): it says nothing on what other readers were shown.
 */
export interface RebuildAttestation {
  readonly campaign: string;
  readonly number: number;
  /** SHA-256 of the manifest, 64 hexadecimal digits in small letters. */
  readonly manifest: string;
  readonly key: PublicKey;
}

/** Prints an attestation, in the one form that `parseAttestation` reads. */
export function printAttestation(attestation: RebuildAttestation): string {
  const { campaign, number, manifest, key } = attestation;
  return [
    'rebuild-attestation: 1',
    `campaign: ${campaign}`,
    `edition: ${number}`,
    `manifest: ${manifest}`,
    `key: ${printPublicKey(key)}`,
    '',
  ].join('\n');
}

/**
 * Reads an attestation that anyone may have written; it prints to the same bytes.
 * @throws EditionError with the first fault.
 */
export function parseAttestation(bytes: Uint8Array): RebuildAttestation {
  const lines = new EditionLines(bytes, 'rebuild attestation');
  lines.readFormat('rebuild-attestation');
  const campaign = lines.read('campaign', 'a-z, 0-9 and single hyphens', (value) =>
    /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(value) ? value : undefined,
  );
  const number = lines.read('edition', 'a number without zeros in front', (value) =>
    /^[1-9][0-9]{0,5}$/.test(value) ? Number(value) : undefined,
  );
  const manifest = lines.read('manifest', '64 hexadecimal digits in small letters', (value) =>
    /^[0-9a-f]{64}$/.test(value) ? value : undefined,
  );
  const key = lines.read('key', 'a public key', parsePublicKey);
  lines.end();
  return { campaign, number, manifest, key };
}
