import { nodePlatform, hashBytes } from '../../kit/node/platform.ts';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseManifest } from '../../kit/core/manifest/manifest.ts';
import {
  SignatureError,
  verifySignature,
  type Signature,
} from '../../kit/core/minisign/signature.ts';
import {
  editionFile,
  findSignatureFault,
  printSignatureComment,
  type SignedEdition,
} from '../../kit/core/edition/edition-files.ts';
import { describeSigned } from '../../kit/node/edition/edition-folder.ts';
import type { Fault } from '../read/fault.ts';
import type { PublishedEdition } from './read-edition.ts';

/**
 * Checks that the signatures kept with editions fit their lists, and the lists their EDITION.txt:
 * the mirrors page says of an edition that it is signed. Only for editions in which nothing else is
 * wrong.
 */
export async function checkSignatures(
  folder: string,
  editions: readonly PublishedEdition[],
): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const { edition, file, list, listFile, signatures } of editions) {
    if (list) checkListed(folder, file, list, faults);
    for (const { file: signed, signature } of signatures) {
      const key = edition.keys.keys.find(({ id }) => id === signature.keyId);
      try {
        if (!key || !list) continue;
        await verifySignature(signature, key, list, nodePlatform);
        checkComment(signed, signature, describeSigned(edition, list), faults);
      } catch (error) {
        if (!(error instanceof SignatureError)) throw error;
        // Attack: a list is exchanged after it was signed, and its signature stays.
        faults.push({
          file: signed,
          found: `a signature that does not fit ${listFile}`,
          expected: 'one that was made over these bytes',
          fix: 'put the list back as it was signed, or take the signature out',
        });
      }
    }
  }
  return faults;
}

/** Attack: a signature that proves another edition, or none, in the chain of later ones. */
function checkComment(
  file: string,
  signature: Signature,
  signed: SignedEdition,
  faults: Fault[],
): void {
  const fault = findSignatureFault(signature, signed);
  if (fault === undefined) return;
  faults.push({
    file,
    where: 'line 3, "trusted comment"',
    found: fault === 'legacy' ? "a signature of minisign's older kind" : signature.trustedComment,
    expected: printSignatureComment(signed),
    fix: 'have its holder sign again (npm run sign), or take the signature out',
  });
}

/** Attack: an edition is given other keys or another date after it was signed. */
function checkListed(folder: string, file: string, list: Buffer, faults: Fault[]): void {
  const hash = hashBytes(readFileSync(join(folder, file)));
  const listed = parseManifest(list).find(({ path }) => path === editionFile)?.hash;
  if (listed !== hash)
    faults.push({
      file,
      found: `a file that the list next to it ${listed === undefined ? 'does not name' : 'names with another hash'}`,
      expected: 'the file as it was when the list was made',
      fix:
        'take the change of this file back; if the edition was not published yet, take its ' +
        'list and signatures out and build it again',
    });
}
