import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EditionError } from '../../kit/edition/edition-lines.ts';
import { hashBytes } from '../../kit/manifest/hash-bytes.ts';
import { SignatureError } from '../../kit/minisign/errors.ts';
import { printPublicKey } from '../../kit/minisign/public-key.ts';
import { parseSignature } from '../../kit/minisign/signature.ts';
import { verifySignature } from '../../kit/minisign/verify.ts';
import { parseStatement } from '../../kit/edition/witness-statement.ts';
import type { Fault } from '../read/fault.ts';
import { listFiles } from '../read/folder.ts';
import { describeFormat } from './edition-fault.ts';
import type { PublishedEdition } from './read-edition.ts';

const fix = 'put the statement back as its witness has sent it, or take it out with its signature';

/**
 * The keys of those who have built an edition again and got its list, by their statements in `witnesses/`. What is no true
 * statement is a fault: the mirrors page counts them.
 * Attacks: one witness who counts as many; a statement of another edition, or by nobody.
 */
export async function readWitnesses(
  folder: string,
  { edition, list }: PublishedEdition,
  faults: Fault[],
): Promise<string[]> {
  const under = `editions/${edition.number}/witnesses/`;
  const keys = new Set<string>();
  for (const file of listFiles(folder).filter(
    (path) => path.startsWith(under) && path.endsWith('.txt'),
  )) {
    const bytes = readFileSync(join(folder, file));
    try {
      const statement = parseStatement(bytes);
      const expected = {
        campaign: edition.campaign,
        number: edition.number,
        list: list && hashBytes(list),
      };
      const other = (['campaign', 'number', 'list'] as const).find(
        (what) => statement[what] !== expected[what],
      );
      if (other)
        faults.push({
          file,
          where: other,
          found: String(statement[other]),
          expected: String(expected[other] ?? 'a signed list'),
          fix,
        });
      await verifySignature(
        parseSignature(readFileSync(join(folder, `${file}.minisig`))),
        statement.key,
        bytes,
      );
      if (!other) keys.add(printPublicKey(statement.key));
    } catch (error) {
      if (error instanceof EditionError) faults.push(describeFormat(file, error, fix));
      else if (error instanceof SignatureError)
        faults.push({
          file: `${file}.minisig`,
          found: 'a signature that does not fit the statement',
          expected: 'one by the key that the statement names',
          fix,
        });
      else if (error instanceof Error && 'code' in error && error.code === 'ENOENT')
        faults.push({
          file: `${file}.minisig`,
          found: 'no such file',
          expected: 'the signature of the statement',
          fix,
        });
      else throw error;
    }
  }
  return [...keys];
}
