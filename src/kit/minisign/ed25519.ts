import { createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';

/** Ed25519 (RFC 8032) over raw keys: Node takes them in DER only (RFC 8410), which for this curve is a fixed prefix. */

const publicPrefix = Buffer.from('302a300506032b6570032100', 'hex');
const privatePrefix = Buffer.from('302e020100300506032b657004220420', 'hex');

/** Makes the signature (64 bytes) of a message with a seed of 32 bytes. */
export const signWith = (seed: Uint8Array, message: Uint8Array): Buffer =>
  sign(null, message, toPrivateKey(seed));

/** The public key (32 bytes) of a seed (32 bytes). */
export const derivePublic = (seed: Uint8Array): Buffer =>
  createPublicKey(toPrivateKey(seed))
    .export({ type: 'spki', format: 'der' })
    .subarray(publicPrefix.length);

/** Whether a signature (64 bytes) of a message was made with the public key (32 bytes). As strict as libsodium, which minisign uses. */
export function verifyWith(
  publicKey: Uint8Array,
  message: Uint8Array,
  signature: Uint8Array,
): boolean {
  if (isWeakPoint(publicKey) || isWeakPoint(signature.subarray(0, 32))) return false;
  const key = createPublicKey({
    key: Buffer.concat([publicPrefix, publicKey]),
    format: 'der',
    type: 'spki',
  });
  return verify(null, message, key, signature);
}

const toPrivateKey = (seed: Uint8Array): KeyObject =>
  createPrivateKey({ key: Buffer.concat([privatePrefix, seed]), format: 'der', type: 'pkcs8' });

/** The points of order 1, 2, 4 and 8, without their sign. */
const smallOrder = new Set([
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  '26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05',
  'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
]);

/**
 * Whether a point (32 bytes) is of small order or has a second spelling. OpenSSL 3.0 accepts such keys (3.5 no
 * longer), libsodium does not. Stops a pull request with a key for which anyone can forge signatures of anything, and one key that
 * is listed as two.
 */
export function isWeakPoint(point: Uint8Array): boolean {
  const withoutSign = Buffer.from(point);
  withoutSign[31] = (withoutSign[31] ?? 0) & 0x7f;
  return smallOrder.has(withoutSign.toString('hex')) || isBeyondField(withoutSign);
}

/** Whether a number, little end first, is at least 2^255 - 19. */
const isBeyondField = (number: Uint8Array): boolean =>
  (number[0] ?? 0) >= 0xed &&
  number[31] === 0x7f &&
  number.subarray(1, 31).every((byte) => byte === 0xff);
