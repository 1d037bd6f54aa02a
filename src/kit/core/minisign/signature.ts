import { UserError } from '../text/user-error.ts';
import { quoteName } from '../text/plain-characters.ts';
import { isWeakPoint, keyIdBytes, printKeyId, type PublicKey } from './public-key.ts';
import {
  concatBytes,
  countUtf8,
  decodeBase64,
  decodeUtf8,
  encodeBase64,
  encodeUtf8,
  fromLatin1,
  hiddenCharacter,
  toLatin1,
} from '../text/bytes.ts';
import type { Platform } from '../platform.ts';

/**
 * Signature files of minisign, four lines (https://jedisct1.github.io/minisign/, "Signature
 * format").
 */

export interface Signature extends BareSignature {
  /** True only once `verifySignature` has returned it. */
  readonly trustedComment: string;
  /** Anyone can have changed it. */
  readonly untrustedComment: string;
}

/** A signature without its comments. */
export interface BareSignature {
  /** The id of the key that it says it is of. */
  readonly keyId: string;
  /** `ED` signs the BLAKE2b-512 of the data, the older `Ed` the data themselves. */
  readonly algorithm: 'ED' | 'Ed';
  /** Ed25519, 64 bytes. */
  readonly signature: Uint8Array;
  /** Ed25519 over the signature and the trusted comment, 64 bytes. */
  readonly globalSignature: Uint8Array;
}

/**
 * Why a signature does not count: `malformed` is no minisign signature, `other key` was made by
 * another key than the one asked, `other data` fits other bytes, `other comment` has a trusted
 * comment that was changed after signing, `too long` cannot be checked in bounded memory.
 */
export type SignatureFault =
  'malformed' | 'other key' | 'other data' | 'other comment' | 'too long';

/**
 * A signature that cannot be read or does not fit. The message is a sentence for people; `fault` is
 * for the verdict.
 */
export class SignatureError extends UserError {
  override readonly name = 'SignatureError';
  readonly fault: SignatureFault;

  constructor(fault: SignatureFault, message: string) {
    super(message);
    this.fault = fault;
  }
}

const untrustedPrefix = 'untrusted comment: ';
const trustedPrefix = 'trusted comment: ';

/** What minisign writes into the line that no signature covers, and we do. */
export const usualComment = 'signature from minisign secret key';

/**
 * What minisign itself can read, in bytes: longer comments would make signatures that only we take.
 */
export const maxCommentBytes = { untrusted: 1003, trusted: 8173 } as const;
export const maxSignatureBytes = 16_384;

/**
 * Reads a signature file, which proves nothing yet: see `verifySignature`. Takes LF and CRLF and a
 * missing last line end, as minisign does; nothing may follow the fourth line. Throws
 * SignatureError, `malformed`.
 */
export function parseSignature(bytes: Uint8Array): Signature {
  if (bytes.length > maxSignatureBytes)
    fail(`it has ${bytes.length} bytes, expected at most ${maxSignatureBytes}`);
  const text = decodeUtf8(bytes) ?? fail('it is not in UTF-8');
  const lines = text.split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  if (lines.length !== 4) fail(`it has ${lines.length} lines, expected 4`);
  const [first = '', second = '', third = '', fourth = ''] = lines;

  const untrustedComment = readComment(first, 1, untrustedPrefix, maxCommentBytes.untrusted);
  const trustedComment = readComment(third, 3, trustedPrefix, maxCommentBytes.trusted);
  return { ...parseBareSignature(second, fourth), trustedComment, untrustedComment };
}

/**
 * Reads the two lines of a signature file that are no comments.
 * @throws SignatureError, `malformed`
 */
export function parseBareSignature(second: string, fourth: string): BareSignature {
  const body =
    decodeBase64(second, 74) ??
    fail(`line 2 is ${quoteName(second)}, expected 100 characters of base64`);
  const algorithm = toLatin1(body.subarray(0, 2));
  if (algorithm !== 'ED' && algorithm !== 'Ed')
    fail(
      `line 2 names the unknown algorithm ${quoteName(algorithm)}, expected ED or Ed; if a newer minisign has made it, get a newer checker`,
    );
  const globalSignature =
    decodeBase64(fourth, 64) ??
    fail(`line 4 is ${quoteName(fourth)}, expected 88 characters of base64`);
  return {
    keyId: printKeyId(body.subarray(2, 10)),
    algorithm,
    signature: body.subarray(10),
    globalSignature,
  };
}

/**
 * The text of a signature file, with LF. Throws SignatureError on a comment that minisign could not
 * read.
 */
export function printSignature(signature: Signature): string {
  const untrusted = checkComment(signature.untrustedComment, 1, maxCommentBytes.untrusted);
  const trusted = checkComment(signature.trustedComment, 3, maxCommentBytes.trusted);
  const [second, fourth] = printBareSignature(signature);
  const lines = [`${untrustedPrefix}${untrusted}`, second, `${trustedPrefix}${trusted}`, fourth];
  return lines.map((line) => `${line}\n`).join('');
}

/** The second and the fourth line of a signature file, those that are no comments. */
export const printBareSignature = (bare: BareSignature): [second: string, fourth: string] => [
  encodeBase64(concatBytes(fromLatin1(bare.algorithm), keyIdBytes(bare.keyId), bare.signature)),
  encodeBase64(bare.globalSignature),
];

/**
 * The text of a signature file that is passed on: what the signature does not cover is written
 * anew. Attack: the untrusted comment of a true signature becomes an account, and each mirror hands
 * it out.
 */
export const rewriteSignature = (signature: Signature): string =>
  printSignature({ ...signature, untrustedComment: usualComment });

function readComment(line: string, number: number, prefix: string, maxBytes: number): string {
  if (!line.startsWith(prefix))
    fail(`line ${number} is ${quoteName(line)}, expected one that begins with “${prefix}”`);
  return checkComment(line.slice(prefix.length), number, maxBytes);
}

/**
 * Stops a mirror from steering the terminal of the reader, or from adding lines to what a checker
 * says, through a comment.
 */
function checkComment(comment: string, number: number, maxBytes: number): string {
  if (countUtf8(comment) > maxBytes)
    fail(
      `the comment in line ${number} has ${countUtf8(comment)} bytes, expected at most ${maxBytes}`,
    );
  const plain = comment.replaceAll('\t', ' '); // minisign parts its own comments with tabs
  if (!comment.isWellFormed() || hiddenCharacter.test(plain))
    fail(`the comment in line ${number} has invisible characters: ${quoteName(comment)}`);
  return comment;
}

function fail(what: string): never {
  throw new SignatureError('malformed', `This is no signature of minisign: ${what}.`);
}

/** What is signed: bytes in memory, or in pieces as they come from a file or a host. */
export type SignedData = Uint8Array | AsyncIterable<Uint8Array>;

/** The older kind of signature needs all data in memory: more than this is refused. */
export const maxLegacyBytes = 64 * 2 ** 20;

/**
 * Whether a signature is of this key and these data, as `minisign -V` tells it. Returns the trusted
 * comment, which is true from then on. Throws SignatureError with its fault, and what the data's
 * source throws.
 *
 * The key must come from elsewhere than the signature: who replaces one can replace the other.
 */
export async function verifySignature(
  signature: Signature,
  key: PublicKey,
  data: SignedData,
  platform: Platform,
): Promise<string> {
  checkKeyId(signature, key);
  const message =
    signature.algorithm === 'ED' ? await hashData(data, platform) : await collectData(data);
  if (!(await fits(key, message, signature.signature, platform))) {
    throw new SignatureError(
      'other data',
      `The signature of the key ${key.id} does not fit: these bytes were changed after signing, it belongs to others, or another key took this id.`,
    );
  }
  await verifyComment(signature, signature.trustedComment, key, platform);
  return signature.trustedComment;
}

/**
 * Whether a key has made a signature with this trusted comment. It says nothing of the data, which
 * are not needed: what the comment says of them was signed all the same. Stops an old signature
 * with a comment of today, or with one that names another file.
 * @throws SignatureError, `other key` or `other comment`
 */
export async function verifyComment(
  signature: BareSignature,
  comment: string,
  key: PublicKey,
  platform: Platform,
): Promise<void> {
  checkKeyId(signature, key);
  const commented = concatBytes(signature.signature, encodeUtf8(comment));
  if (!(await fits(key, commented, signature.globalSignature, platform)))
    throw new SignatureError(
      'other comment',
      `The trusted comment in the signature of the key ${key.id} was changed after signing.`,
    );
}

function checkKeyId(signature: BareSignature, key: PublicKey): void {
  if (signature.keyId !== key.id)
    throw new SignatureError(
      'other key',
      `The signature is of the key ${signature.keyId}, expected one of ${key.id}.`,
    );
}

/**
 * As strict as libsodium, which minisign uses: a point of small order makes signatures that fit
 * anything.
 */
const fits = async (
  { ed25519 }: PublicKey,
  message: Uint8Array,
  signature: Uint8Array,
  { verifyEd25519 }: Platform,
): Promise<boolean> =>
  !isWeakPoint(ed25519) &&
  !isWeakPoint(signature.subarray(0, 32)) &&
  (await verifyEd25519(ed25519, message, signature));

/** The BLAKE2b-512 of data, 64 bytes: what `ED` signs. Throws what the data's source throws. */
export async function hashData(data: SignedData, platform: Platform): Promise<Uint8Array> {
  const hash = platform.blake2b512();
  for await (const piece of piecesOf(data)) hash.update(piece);
  return hash.digest();
}

/** Stops a host that sends without end under a signature of the older kind. */
async function collectData(data: SignedData): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  for await (const piece of piecesOf(data)) {
    length += piece.length;
    if (length > maxLegacyBytes) {
      throw new SignatureError(
        'too long',
        `A signature of minisign's older kind can be checked for at most ${maxLegacyBytes} bytes. Sign without “-l”.`,
      );
    }
    pieces.push(piece);
  }
  return concatBytes(...pieces);
}

const piecesOf = (data: SignedData): Iterable<Uint8Array> | AsyncIterable<Uint8Array> =>
  data instanceof Uint8Array ? [data] : data;
