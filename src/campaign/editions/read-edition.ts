import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { EditionError } from '../../kit/core/edition/edition-lines.ts';
import { parseEdition, type Edition } from '../../kit/core/edition/edition.ts';
import { ManifestError, parseManifest } from '../../kit/core/manifest/manifest.ts';
import {
  SignatureError,
  parseSignature,
  type Signature,
} from '../../kit/core/minisign/signature.ts';
import {
  editionFile,
  manifestFile,
  readSignatureName,
} from '../../kit/core/edition/edition-files.ts';
import { describeFormat, type Fault } from '../read/fault.ts';
import { parseStates, StatesError, statesFile, type KnownState } from './states.ts';

/** An edition as its folder holds it, `editions/<n>/`. */
export interface PublishedEdition {
  readonly edition: Edition;
  /** Path of its EDITION.txt, below the campaign folder. */
  readonly file: string;
  /** The signed list of its files, where it is there. */
  readonly list: Buffer | undefined;
  /** Path of that list; all signatures are of it. */
  readonly listFile: string;
  readonly signatures: readonly KeptSignature[];
  /** What it knew of states; undefined where nobody has kept it. */
  readonly states: readonly KnownState[] | undefined;
}

export interface KeptSignature {
  readonly file: string;
  readonly signature: Signature;
}

/** Of people who have built the edition again; `readAttestations` checks and counts them. */
const attestation = /^attestations\/[0-9A-F]{16}\.txt(?:\.minisig)?$/;
const others = new Set([editionFile, manifestFile, 'sources.txt', statesFile]);

/**
 * Reads the folder of one edition. Returns undefined if its EDITION.txt cannot be read; adds what
 * is wrong to the faults.
 */
export function readEdition(
  folder: string,
  number: number,
  campaign: string,
  files: readonly string[],
  faults: Fault[],
): PublishedEdition | undefined {
  const under = `editions/${number}/`;
  const names = files
    .filter((file) => file.startsWith(under))
    .map((file) => file.slice(under.length));
  const read = (name: string) => readFileSync(join(folder, under, name));
  for (const name of names) {
    if (others.has(name) || readSignatureName(name) !== undefined || attestation.test(name))
      continue;
    faults.push({
      file: under + name,
      found: 'a file that nothing reads',
      expected: `${[...others].join(', ')}, SHA256SUMS.<KEYID>.minisig, attestations/<KEYID>.txt`,
      fix: 'take it out, or fix its name',
    });
  }
  const edition = readEditionFile(
    under + editionFile,
    names.includes(editionFile) ? read(editionFile) : undefined,
    number,
    campaign,
    faults,
  );
  const listFile = under + manifestFile;
  const list = names.includes(manifestFile) ? read(manifestFile) : undefined;
  if (list) checkList(listFile, list, faults);
  const states = names.includes(statesFile)
    ? readStates(under + statesFile, read(statesFile), number, faults)
    : undefined;
  if (!edition) return undefined;
  const signatures = names.flatMap((name) => {
    const id = readSignatureName(name);
    if (id === undefined) return [];
    const signature = readSignature(under + name, read(name), id, edition, faults);
    return signature ? [{ file: under + name, signature }] : [];
  });
  if (!list)
    for (const { file } of signatures)
      faults.push({
        file,
        found: 'a signature alone',
        expected: `the list that it signs, ${listFile}`,
        fix: 'put the list next to it, or take the signature out',
      });
  return {
    edition,
    file: under + editionFile,
    list,
    listFile,
    signatures,
    states,
  };
}

const again = 'run npm run new -- edition again, or take the change of this file back';

function readEditionFile(
  file: string,
  bytes: Buffer | undefined,
  number: number,
  campaign: string,
  faults: Fault[],
): Edition | undefined {
  if (!bytes)
    return void faults.push({
      file,
      found: 'no such file',
      expected: 'what the edition says of itself',
      fix: 'run npm run new -- edition, or take the folder out',
    });
  try {
    const edition = parseEdition(bytes);
    const lineOf = (key: string) =>
      bytes
        .toString()
        .split('\n')
        .findIndex((line) => line.startsWith(`${key}: `)) + 1;
    if (edition.number !== number)
      faults.push({
        file,
        line: lineOf('edition'),
        found: `edition ${edition.number}`,
        expected: `edition ${number}, as its folder is called`,
        fix: again,
      });
    // Attack: an edition of another campaign under the same keys takes this one's place.
    if (edition.campaign !== campaign)
      faults.push({
        file,
        line: lineOf('campaign'),
        found: `the campaign "${edition.campaign}"`,
        expected: `"${campaign}", the id in site.yaml`,
        fix: again,
      });
    return edition;
  } catch (error) {
    if (!(error instanceof EditionError)) throw error;
    return void faults.push(describeFormat(file, error, again));
  }
}

function checkList(file: string, bytes: Buffer, faults: Fault[]): void {
  try {
    parseManifest(bytes);
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    faults.push(describeFormat(file, error, 'put the list back as it was signed'));
  }
}

function readStates(
  file: string,
  bytes: Buffer,
  number: number,
  faults: Fault[],
): KnownState[] | undefined {
  try {
    return parseStates(bytes.toString(), number);
  } catch (error) {
    if (!(error instanceof StatesError)) throw error;
    return void faults.push({
      ...describeFormat(file, error, 'put the file back as npm run sign has written it'),
      expected: 'name, two numbers of editions and two states, as npm run sign writes them',
    });
  }
}

function readSignature(
  file: string,
  bytes: Buffer,
  id: string,
  edition: Edition,
  faults: Fault[],
): Signature | undefined {
  const fix = 'put the signature back as it was made, or take it out';
  try {
    const signature = parseSignature(bytes);
    if (signature.keyId !== id)
      return void faults.push({
        file,
        found: `a signature of the key ${signature.keyId}`,
        expected: `one of ${id}, as the file is called`,
        fix: 'rename the file, or take it out',
      });
    // Attack: a signature of a stranger's key is shown as one more proof.
    if (!edition.signers.includes(id))
      return void faults.push({
        file,
        found: `a signature of the key ${id}`,
        expected: `one of those that ${editionFile} says sign: ${edition.signers.join(', ')}`,
        fix: 'take it out',
      });
    return signature;
  } catch (error) {
    if (!(error instanceof SignatureError)) throw error;
    return void faults.push(describeFormat(file, error, fix));
  }
}
