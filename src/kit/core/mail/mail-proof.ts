import { printSignatureComment, type SignedEdition } from '../edition/edition-files.ts';
import {
  parseBareSignature,
  printBareSignature,
  printSignature,
  usualComment,
  SignatureError,
  type BareSignature,
} from '../minisign/signature.ts';
import { concatBytes, decodeBase64, encodeBase64, fromLatin1 } from '../text/bytes.ts';
import { quoteName } from '../text/plain-characters.ts';
import { UserError } from '../text/user-error.ts';

/** The last block of a digest in a mail: what it is, and who has signed that. */
export interface MailProof {
  /** The file that its text is: `be/mail.txt`. */
  readonly path: string;
  readonly campaign: string;
  /** Of the edition, or of the one that a draft is of. */
  readonly number: number;
  readonly isDraft: boolean;
  /** SHA-256 of its EDITION.txt. */
  readonly editionHash: string;
  /** SHA-256 of its SHA256SUMS. */
  readonly listHash: string;
  /** Signatures of SHA256SUMS, in the order of EDITION.txt. */
  readonly signatures: readonly BareSignature[];
}

export const proofBegin = '-----BEGIN PROOF-----';
export const proofEnd = '-----END PROOF-----';
const maxSignatures = 16;

/** A block that is no proof; `isNewer` if a later checker may know it. */
export class ProofError extends UserError {
  override readonly name = 'ProofError';
  readonly isNewer: boolean;

  constructor(message: string, isNewer = false) {
    super(message);
    this.isNewer = isNewer;
  }
}

/** The file of a language's digest, from the root of its site. */
export const mailFile = (language: string): string => `${language}/mail.txt`;
const mailPath = /^[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*\/mail\.txt$/;

/** The lines of a proof, none of more than 64 columns, so that no program breaks them. */
export function printProof(proof: MailProof): string {
  const lines = [
    proofBegin,
    'mail-proof: 1',
    `path: ${proof.path}`,
    `campaign: ${proof.campaign}`,
    `${proof.isDraft ? 'draft-of' : 'edition'}: ${proof.number}`,
    'EDITION.txt:',
    proof.editionHash,
    'SHA256SUMS:',
    proof.listHash,
    ...proof.signatures.flatMap((signature) => ['signature:', ...packSignature(signature)]),
    proofEnd,
  ];
  return lines.map((line) => `${line}\n`).join('');
}

/** The signature and the one of its trusted comment, which the fields above say (138 bytes). */
function packSignature(signature: BareSignature): string[] {
  const [second, fourth] = printBareSignature(signature);
  const bytes = concatBytes(fromLatin1(atob(second)), fromLatin1(atob(fourth)));
  return encodeBase64(bytes).match(/.{1,64}/g) ?? [];
}

/**
 * Reads what is between the two lines of a proof, without regard to how its lines were broken.
 * @param lines without marks of quotes
 * @throws ProofError
 */
export function parseProof(lines: readonly string[]): MailProof {
  const words = lines
    .join(' ')
    .split(' ')
    .filter((word) => word !== '');
  const take = (name: string, form: RegExp): string => {
    const [found = 'nothing', value = 'nothing'] = words.splice(0, 2);
    if (found !== `${name}:` || !form.test(value))
      throw new ProofError(
        `The block at its end has ${quoteName(`${found} ${value}`)}, expected “${name}:” and its value.`,
      );
    return value;
  };
  const version = take('mail-proof', /^[1-9]\d{0,5}$/);
  if (version !== '1')
    throw new ProofError(`The block at its end is of the newer format ${version}.`, true);
  const path = take('path', mailPath);
  const campaign = take('campaign', /^[a-z0-9]+(?:-[a-z0-9]+)*$/);
  const isDraft = words[0] === 'draft-of:';
  const number = Number(take(isDraft ? 'draft-of' : 'edition', /^[1-9]\d{0,5}$/));
  const editionHash = take('EDITION.txt', /^[0-9a-f]{64}$/);
  const listHash = take('SHA256SUMS', /^[0-9a-f]{64}$/);
  const signatures: BareSignature[] = [];
  while (words.length > 0) {
    if (signatures.length === maxSignatures || words[0] !== 'signature:')
      throw new ProofError(
        `The block at its end has ${quoteName(words[0] ?? '')}, expected at most ${maxSignatures} signatures and then its end.`,
      );
    const end = words.indexOf('signature:', 1);
    const [, ...parts] = words.splice(0, end < 0 ? words.length : end);
    signatures.push(unpackSignature(parts.join('')));
  }
  return { path, campaign, number, isDraft, editionHash, listHash, signatures };
}

function unpackSignature(text: string): BareSignature {
  const bytes = decodeBase64(text, 138);
  if (!bytes)
    throw new ProofError('The block at its end has a damaged signature, expected 184 characters.');
  try {
    return parseBareSignature(encodeBase64(bytes.slice(0, 74)), encodeBase64(bytes.slice(74)));
  } catch (error) {
    if (!(error instanceof SignatureError)) throw error;
    throw new ProofError(`The block at its end: ${error.message}`);
  }
}

/** What the signatures of a proof have to say that they sign. */
export const signedBy = ({
  campaign,
  number,
  editionHash,
  listHash,
}: MailProof): SignedEdition => ({
  campaign,
  number,
  editionHash,
  listHash,
});

/** The signature file that a signature of a proof was, next to the list. */
export const signatureFileOf = (proof: MailProof, signature: BareSignature): string =>
  printSignature({
    ...signature,
    trustedComment: printSignatureComment(signedBy(proof)),
    untrustedComment: usualComment,
  });
