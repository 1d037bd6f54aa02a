import { createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto';
import type { PublicKey } from '../../core/minisign/public-key.ts';
import {
  hashData,
  printSignature,
  usualComment,
  type SignedData,
} from '../../core/minisign/signature.ts';
import { nodePlatform, publicPrefix } from '../platform.ts';

/** A key pair of minisign. */
export interface SecretKey {
  readonly publicKey: PublicKey;
  /** 32 bytes: whoever has them can sign. */
  readonly seed: Uint8Array;
}

export interface Comments {
  /**
   * One line that the signature covers, such as campaign, edition and file. Nothing is added: no
   * time, no name.
   */
  readonly trusted: string;
  /** One line that it does not cover. */
  readonly untrusted?: string;
}

/**
 * Signs data as `minisign -S` does (`ED`, over the BLAKE2b-512) and returns the text of the
 * signature file. The same key, data and comments give the same text. Throws SignatureError on a
 * comment of more than one line or too long, and what the data's source throws.
 */
export async function signData(
  key: SecretKey,
  data: SignedData,
  comments: Comments,
): Promise<string> {
  const signature = signWith(key.seed, await hashData(data, nodePlatform));
  const globalSignature = signWith(
    key.seed,
    Buffer.concat([signature, Buffer.from(comments.trusted)]),
  );
  return printSignature({
    keyId: key.publicKey.id,
    algorithm: 'ED',
    signature,
    trustedComment: comments.trusted,
    globalSignature,
    untrustedComment: comments.untrusted ?? usualComment,
  });
}

/**
 * Ed25519 (RFC 8032): Node takes secret keys in DER only (RFC 8410), which for this curve is a
 * fixed prefix.
 */
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Makes the signature (64 bytes) of a message with a seed of 32 bytes. */
const signWith = (seed: Uint8Array, message: Uint8Array): Buffer =>
  sign(null, message, toPrivateKey(seed));

/** The public key (32 bytes) of a seed (32 bytes). */
export const derivePublic = (seed: Uint8Array): Buffer =>
  createPublicKey(toPrivateKey(seed))
    .export({ type: 'spki', format: 'der' })
    .subarray(publicPrefix.length);

const toPrivateKey = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([privatePrefix, seed]), format: 'der', type: 'pkcs8' });
