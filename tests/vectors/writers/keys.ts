import { createHash, createPrivateKey, createPublicKey, sign } from 'node:crypto';

/**
 * Keys and signatures of minisign, written from docs/spec.md and not by the kit, so that a fault of
 * the kit does not make its own vectors.
 */
export interface VectorKey {
  readonly name: string;
  readonly seed: Buffer;
  readonly idBytes: Buffer;
  readonly publicBytes: Buffer;
  /** As `signed-by` and names of files have it. */
  readonly id: string;
  /** The line `RW…`. */
  readonly line: string;
}

export const sha256 = (bytes: string | Buffer): string =>
  createHash('sha256').update(bytes).digest('hex');
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** The same key in each run: its seed is made of its name, which everybody can do. */
export function makeKey(name: string): VectorKey {
  const seed = digest(`vector key ${name}`);
  const idBytes = digest(`vector key id ${name}`).subarray(0, 8);
  const der = createPublicKey(privateKeyOf(seed)).export({ type: 'spki', format: 'der' });
  return nameKey(name, seed, idBytes, der.subarray(-32));
}

/** A key of parts that need not belong together. */
export function nameKey(
  name: string,
  seed: Buffer,
  idBytes: Buffer,
  publicBytes: Buffer,
): VectorKey {
  return {
    name,
    seed,
    idBytes,
    publicBytes,
    id: Buffer.from(idBytes.toReversed()).toString('hex').toUpperCase(),
    line: Buffer.concat([Buffer.from('Ed'), idBytes, publicBytes]).toString('base64'),
  };
}

const privateKeyOf = (seed: Buffer) =>
  createPrivateKey({
    key: Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed]),
    format: 'der',
    type: 'pkcs8',
  });

export const signBytes = (key: VectorKey, message: Buffer): Buffer =>
  sign(null, message, privateKeyOf(key.seed));
export const blake2b512 = (bytes: Buffer): Buffer =>
  createHash('blake2b512').update(bytes).digest();

/** A signature file in parts, each of which a case can change before it is printed. */
export interface SignatureParts {
  untrusted: string;
  algorithm: string;
  idBytes: Buffer;
  signature: Buffer;
  comment: string;
  global: Buffer;
}

/** Signs bytes under a trusted comment. */
export function makeSignature(
  key: VectorKey,
  bytes: Buffer,
  comment: string,
  algorithm: 'ED' | 'Ed' = 'ED',
): SignatureParts {
  const signature = signBytes(key, algorithm === 'ED' ? blake2b512(bytes) : bytes);
  return {
    untrusted: 'signature from minisign secret key',
    algorithm,
    idBytes: key.idBytes,
    signature,
    comment,
    global: signBytes(key, Buffer.concat([signature, Buffer.from(comment)])),
  };
}

/** Lines 2 and 4 of the file, which the chain keeps. */
export const signatureLines = (parts: SignatureParts): [string, string] => [
  Buffer.concat([Buffer.from(parts.algorithm), parts.idBytes, parts.signature]).toString('base64'),
  parts.global.toString('base64'),
];

export function printSignature(parts: SignatureParts): string {
  const [second, fourth] = signatureLines(parts);
  return [
    `untrusted comment: ${parts.untrusted}`,
    second,
    `trusted comment: ${parts.comment}`,
    fourth,
    '',
  ].join('\n');
}

export const keyFile = (key: VectorKey): string =>
  `untrusted comment: minisign public key ${key.id}\n${key.line}\n`;
