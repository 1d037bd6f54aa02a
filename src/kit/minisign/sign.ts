import { signWith } from './ed25519.ts';
import { printSignature } from './signature.ts';
import type { SecretKey } from './secret-key.ts';
import { hashData, type SignedData } from './verify.ts';

export interface Comments {
  /** One line that the signature covers, such as campaign, edition and file. Nothing is added: no time, no name. */
  readonly trusted: string;
  /** One line that it does not cover. */
  readonly untrusted?: string;
}

/**
 * Signs data as `minisign -S` does (`ED`, over the BLAKE2b-512) and returns the text of the signature file. The same key, data and
 * comments give the same text. Throws SignatureError on a comment of more than one line or too long, and what the data's source throws.
 */
export async function signData(
  key: SecretKey,
  data: SignedData,
  comments: Comments,
): Promise<string> {
  const signature = signWith(key.seed, await hashData(data));
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
    untrustedComment: comments.untrusted ?? 'signature from minisign secret key',
  });
}
