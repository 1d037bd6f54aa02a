import { createHash } from 'node:crypto';
import { verifyWith } from './ed25519.ts';
import { SignatureError } from './errors.ts';
import type { PublicKey } from './public-key.ts';
import type { Signature } from './signature.ts';

/** What is signed: bytes in memory, or in pieces as they come from a file or a host. */
export type SignedData = Uint8Array | AsyncIterable<Uint8Array>;

/** The older kind of signature needs all data in memory: more than this is refused. */
export const maxLegacyBytes = 64 * 2 ** 20;

/**
 * Whether a signature is of this key and these data, as `minisign -V` tells it. Returns the trusted comment, which is true from
 * then on. Throws SignatureError with its fault, and what the data's source throws.
 *
 * The key must come from elsewhere than the signature: who replaces one can replace the other.
 */
export async function verifySignature(
  signature: Signature,
  key: PublicKey,
  data: SignedData,
): Promise<string> {
  if (signature.keyId !== key.id)
    throw new SignatureError(
      'other key',
      `The signature is of the key ${signature.keyId}, expected one of ${key.id}.`,
    );

  const message = signature.algorithm === 'ED' ? await hashData(data) : await collectData(data);
  if (!verifyWith(key.ed25519, message, signature.signature)) {
    throw new SignatureError(
      'other data',
      `The signature of the key ${key.id} does not fit: these bytes were changed after signing, it belongs to others, or another key took this id.`,
    );
  }
  // Stops an old signature with a comment of today, or with one that names another file.
  const commented = Buffer.concat([signature.signature, Buffer.from(signature.trustedComment)]);
  if (!verifyWith(key.ed25519, commented, signature.globalSignature)) {
    throw new SignatureError(
      'other comment',
      `The trusted comment in the signature of the key ${key.id} was changed after signing.`,
    );
  }
  return signature.trustedComment;
}

/** The BLAKE2b-512 of data, 64 bytes: what `ED` signs. Throws what the data's source throws. */
export async function hashData(data: SignedData): Promise<Buffer> {
  const hash = createHash('blake2b512');
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
  return Buffer.concat(pieces);
}

const piecesOf = (data: SignedData): Iterable<Uint8Array> | AsyncIterable<Uint8Array> =>
  data instanceof Uint8Array ? [data] : data;
