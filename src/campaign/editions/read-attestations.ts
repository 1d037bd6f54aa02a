import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EditionError } from '../../kit/core/edition/edition-lines.ts';
import { hashBytes, nodePlatform } from '../../kit/node/platform.ts';
import {
  SignatureError,
  parseSignature,
  verifySignature,
} from '../../kit/core/minisign/signature.ts';
import { printPublicKey } from '../../kit/core/minisign/public-key.ts';
import { parseAttestation } from '../../kit/core/edition/rebuild-attestation.ts';
import { type Fault, describeFormat } from '../read/fault.ts';
import { listCampaignFiles } from '../read/folder.ts';
import type { PublishedEdition } from './read-edition.ts';

const fix = 'put the attestation back as it was sent, or take it out with its signature';

/**
 * The keys of those who have built an edition again and got its manifest, by their attestations in
 * `editions/<n>/attestations/`. One that does not hold is a fault: the mirrors page counts them.
 * Attacks: one rebuilder who counts as many; an attestation of another edition, or by nobody.
 */
export async function readAttestations(
  folder: string,
  { edition, list }: PublishedEdition,
  faults: Fault[],
): Promise<string[]> {
  const under = `editions/${edition.number}/attestations/`;
  const keys = new Set<string>();
  for (const file of listCampaignFiles(folder).filter(
    (path) => path.startsWith(under) && path.endsWith('.txt'),
  )) {
    const bytes = readFileSync(join(folder, file));
    try {
      const attestation = parseAttestation(bytes);
      const expected = {
        campaign: edition.campaign,
        number: edition.number,
        manifest: list && hashBytes(list),
      };
      const other = (['campaign', 'number', 'manifest'] as const).find(
        (what) => attestation[what] !== expected[what],
      );
      if (other)
        faults.push({
          file,
          where: other,
          found: String(attestation[other]),
          expected: String(expected[other] ?? 'a signed manifest'),
          fix,
        });
      await verifySignature(
        parseSignature(readFileSync(join(folder, `${file}.minisig`))),
        attestation.key,
        bytes,
        nodePlatform,
      );
      if (!other) keys.add(printPublicKey(attestation.key));
    } catch (error) {
      if (error instanceof EditionError) faults.push(describeFormat(file, error, fix));
      else if (error instanceof SignatureError)
        faults.push({
          file: `${file}.minisig`,
          found: 'a signature that does not fit the attestation',
          expected: 'one by the key that the attestation names',
          fix,
        });
      else if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
        faults.push({
          file: `${file}.minisig`,
          found: 'no such file',
          expected: 'the signature of the attestation',
          fix,
        });
      else throw error;
    }
  }
  return [...keys];
}
