import { quoteName } from '../text/quote-name.ts';
import { SignatureError } from './errors.ts';
import { printKeyId, keyIdBytes } from './public-key.ts';
import { decodeBase64, decodeUtf8, hiddenSign } from './text.ts';

/** Signature files of minisign, four lines (https://jedisct1.github.io/minisign/, "Signature format"). */

export interface Signature {
  /** The id of the key that it says it is of. */
  readonly keyId: string;
  /** `ED` signs the BLAKE2b-512 of the data, the older `Ed` the data themselves. */
  readonly algorithm: 'ED' | 'Ed';
  /** Ed25519, 64 bytes. */
  readonly signature: Uint8Array;
  /** True only once `verifySignature` has returned it. */
  readonly trustedComment: string;
  /** Ed25519 over the signature and the trusted comment, 64 bytes. */
  readonly globalSignature: Uint8Array;
  /** Anyone can have changed it. */
  readonly untrustedComment: string;
}

const untrustedPrefix = 'untrusted comment: ';
const trustedPrefix = 'trusted comment: ';

/** What minisign itself can read, in bytes: longer comments would make signatures that only we take. */
export const maxCommentBytes = { untrusted: 1003, trusted: 8173 } as const;
export const maxSignatureBytes = 16_384;

/**
 * Reads a signature file, which proves nothing yet: see `verifySignature`. Takes LF and CRLF and a missing last line end, as
 * minisign does; nothing may follow the fourth line. Throws SignatureError, `malformed`.
 */
export function parseSignature(bytes: Uint8Array): Signature {
  if (bytes.length > maxSignatureBytes)
    fail(`it has ${bytes.length} bytes, expected at most ${maxSignatureBytes}`);
  const text = decodeUtf8(bytes) ?? fail('it is not in UTF-8');
  const lines = text.split('\n').map((line) => line.replace(/\r$/, ''));
  if (lines.at(-1) === '') lines.pop();
  if (lines.length !== 4) fail(`it has ${lines.length} lines, expected 4`);
  const [first = '', second = '', third = '', fourth = ''] = lines;

  const untrustedComment = readComment(first, 1, untrustedPrefix, maxCommentBytes.untrusted);
  const body =
    decodeBase64(second, 74) ??
    fail(`line 2 is ${quoteName(second)}, expected 100 characters of base64`);
  const algorithm = body.toString('latin1', 0, 2);
  if (algorithm !== 'ED' && algorithm !== 'Ed')
    fail(`line 2 names the unknown algorithm ${quoteName(algorithm)}, expected ED or Ed`);
  const trustedComment = readComment(third, 3, trustedPrefix, maxCommentBytes.trusted);
  const globalSignature =
    decodeBase64(fourth, 64) ??
    fail(`line 4 is ${quoteName(fourth)}, expected 88 characters of base64`);
  return {
    keyId: printKeyId(body.subarray(2, 10)),
    algorithm,
    signature: body.subarray(10),
    trustedComment,
    globalSignature,
    untrustedComment,
  };
}

/** The text of a signature file, with LF. Throws SignatureError on a comment that minisign could not read. */
export function printSignature(signature: Signature): string {
  const untrusted = checkComment(signature.untrustedComment, 1, maxCommentBytes.untrusted);
  const trusted = checkComment(signature.trustedComment, 3, maxCommentBytes.trusted);
  const body = Buffer.concat([
    Buffer.from(signature.algorithm),
    keyIdBytes(signature.keyId),
    signature.signature,
  ]);
  const lines = [
    `${untrustedPrefix}${untrusted}`,
    body.toString('base64'),
    `${trustedPrefix}${trusted}`,
    Buffer.from(signature.globalSignature).toString('base64'),
  ];
  return lines.map((line) => `${line}\n`).join('');
}

function readComment(line: string, number: number, prefix: string, maxBytes: number): string {
  if (!line.startsWith(prefix))
    fail(`line ${number} is ${quoteName(line)}, expected one that begins with “${prefix}”`);
  return checkComment(line.slice(prefix.length), number, maxBytes);
}

/** Stops a mirror from steering the terminal of the reader, or from adding lines to what a checker says, through a comment. */
function checkComment(comment: string, number: number, maxBytes: number): string {
  if (Buffer.byteLength(comment) > maxBytes)
    fail(
      `the comment in line ${number} has ${Buffer.byteLength(comment)} bytes, expected at most ${maxBytes}`,
    );
  const plain = comment.replaceAll('\t', ' '); // minisign parts its own comments with tabs
  if (!comment.isWellFormed() || hiddenSign.test(plain))
    fail(`the comment in line ${number} has invisible characters: ${quoteName(comment)}`);
  return comment;
}

function fail(what: string): never {
  throw new SignatureError('malformed', `This is no signature of minisign: ${what}.`);
}
