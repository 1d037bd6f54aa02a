import { randomBytes } from 'node:crypto';
import { quoteName } from '../text/quote-name.ts';
import { blake2b256 } from './blake2b-256.ts';
import { derivePublic } from './ed25519.ts';
import { KeyError } from './errors.ts';
import { applyPassphrase, sensitiveCost } from './passphrase.ts';
import { keyIdBytes, makePublicKey, readKeyLine, type PublicKey } from './public-key.ts';
import { decodeBase64 } from './text.ts';

/**
 * Secret keys of minisign (https://jedisct1.github.io/minisign/, "Secret key format"), 158 bytes in base64: `Ed`, `Sc` or two zeros,
 * `B2`, salt (32), two costs of scrypt (8 each); then, under the passphrase, key id (8), seed (32), public key (32), checksum (32).
 */
export interface SecretKey {
  readonly publicKey: PublicKey;
  /** 32 bytes: whoever has them can sign. */
  readonly seed: Uint8Array;
}

const unprotected = '\0\0';
const protectedByScrypt = 'Sc';

/** Makes a new key pair from the machine's randomness. */
export const generateSecretKey = (): SecretKey => makeSecretKey(randomBytes(8), randomBytes(32));

/** Whether the text of a secret key file needs a passphrase. Throws KeyError. */
export const isProtected = (text: string): boolean => readLayout(text).kdf === protectedByScrypt;

/**
 * Reads a secret key file. With a passphrase it takes about 3.5 seconds and 1 GiB of memory, which is what makes guessing dear.
 * Throws KeyError, also for a passphrase that is wrong, missing or not needed.
 */
export async function parseSecretKey(text: string, passphrase?: string): Promise<SecretKey> {
  const { kdf, salt, cost, box } = readLayout(text);
  if (kdf === unprotected) {
    if (passphrase !== undefined)
      throw new KeyError('This secret key has no passphrase, but one was given.');
    return openBox(box, 'The secret key is damaged: its parts do not belong together.');
  }
  if (passphrase === undefined)
    throw new KeyError('This secret key has a passphrase: expected it with the key.');
  return openBox(
    await applyPassphrase(box, passphrase, salt, cost),
    'The passphrase is wrong, or the secret key is damaged.',
  );
}

/** The text of a secret key file that anyone who gets it can use. */
export function printSecretKey(key: SecretKey): string {
  const box = fillBox(key);
  box.fill(0, 72); // as minisign: no checksum where no passphrase could be wrong
  return printLayout(
    `minisign secret key ${key.publicKey.id}, without passphrase`,
    unprotected,
    Buffer.alloc(32),
    Buffer.alloc(16),
    box,
  );
}

/** The text of a secret key file under a passphrase, as hard to guess as minisign makes it. Throws KeyError on an empty or unusable passphrase. */
export async function printProtectedSecretKey(key: SecretKey, passphrase: string): Promise<string> {
  if (passphrase === '')
    throw new KeyError(
      'The passphrase is empty: expected one, or a key that is said to have none.',
    );
  const salt = randomBytes(32);
  const box = await applyPassphrase(fillBox(key), passphrase, salt, sensitiveCost);
  return printLayout(
    `minisign encrypted secret key ${key.publicKey.id}`,
    protectedByScrypt,
    salt,
    sensitiveCost,
    box,
  );
}

function makeSecretKey(idBytes: Uint8Array, seed: Uint8Array): SecretKey {
  return { publicKey: makePublicKey(idBytes, derivePublic(seed)), seed: Uint8Array.from(seed) };
}

function readLayout(text: string): { kdf: string; salt: Buffer; cost: Buffer; box: Buffer } {
  const bytes = decodeBase64(readKeyLine(text, 'secret key'), 158); // never quoted: messages end up in logs
  if (!bytes)
    throw new KeyError('This is no secret key of minisign: expected 212 characters of base64.');
  const [algorithm, kdf, checksum] = [
    bytes.toString('latin1', 0, 2),
    bytes.toString('latin1', 2, 4),
    bytes.toString('latin1', 4, 6),
  ];
  if (
    algorithm !== 'Ed' ||
    checksum !== 'B2' ||
    (kdf !== unprotected && kdf !== protectedByScrypt)
  ) {
    throw new KeyError(
      `This secret key is of an unknown kind: ${quoteName(algorithm + kdf + checksum)}, expected EdScB2, or EdB2 with zeros between.`,
    );
  }
  return {
    kdf,
    salt: bytes.subarray(6, 38),
    cost: bytes.subarray(38, 54),
    box: bytes.subarray(54),
  };
}

/** Stops a file whose public half was exchanged: signing under a foreign half gives the seed away. An empty checksum only comes without passphrase. */
function openBox(box: Buffer, complaint: string): SecretKey {
  const [idBytes, seed, publicHalf, checksum] = [
    box.subarray(0, 8),
    box.subarray(8, 40),
    box.subarray(40, 72),
    box.subarray(72),
  ];
  const isWhole = checksum.equals(checksumOf(box)) || checksum.every((byte) => byte === 0);
  if (!isWhole || !derivePublic(seed).equals(publicHalf)) throw new KeyError(complaint);
  return makeSecretKey(idBytes, seed);
}

function fillBox(key: SecretKey): Buffer {
  const box = Buffer.concat([
    keyIdBytes(key.publicKey.id),
    key.seed,
    key.publicKey.ed25519,
    Buffer.alloc(32),
  ]);
  checksumOf(box).copy(box, 72);
  return box;
}

const checksumOf = (box: Buffer): Buffer =>
  blake2b256(Buffer.concat([Buffer.from('Ed'), box.subarray(0, 72)]));

function printLayout(
  comment: string,
  kdf: string,
  salt: Buffer,
  cost: Buffer,
  box: Buffer,
): string {
  const bytes = Buffer.concat([Buffer.from(`Ed${kdf}B2`, 'latin1'), salt, cost, box]);
  return `untrusted comment: ${comment}\n${bytes.toString('base64')}\n`;
}
