import { randomBytes, scrypt } from 'node:crypto';
import {
  KeyError,
  keyIdBytes,
  makePublicKey,
  readKeyLine,
} from '../../core/minisign/public-key.ts';
import { decodeBase64 } from '../../core/text/bytes.ts';
import { quoteName } from '../../core/text/plain-characters.ts';
import { blake2b } from '../../core/minisign/blake2b.ts';
import { derivePublic, type SecretKey } from './sign.ts';

/**
 * Secret keys of minisign (https://jedisct1.github.io/minisign/, "Secret key format"), 158 bytes in
 * base64: `Ed`, `Sc` or two zeros, `B2`, salt (32), two costs of scrypt (8 each); then, under the
 * passphrase, key id (8), seed (32), public key (32), checksum (32).
 */
const unprotected = '\0\0';
const protectedByScrypt = 'Sc';

/** Makes a new key pair from the machine's randomness. */
export const generateSecretKey = (): SecretKey => makeSecretKey(randomBytes(8), randomBytes(32));

/** Whether the text of a secret key file needs a passphrase. Throws KeyError. */
export const isProtected = (text: string): boolean => readLayout(text).kdf === protectedByScrypt;

/**
 * Reads a secret key file. With a passphrase it takes about 3.5 seconds and 1 GiB of memory, which
 * is what makes guessing dear. Throws KeyError, also for a passphrase that is wrong, missing or not
 * needed.
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

/**
 * The text of a secret key file under a passphrase, as hard to guess as minisign makes it. Throws
 * KeyError on an empty or unusable passphrase.
 */
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
  // never quoted: messages end up in logs
  const decoded = decodeBase64(readKeyLine(text, 'secret key'), 158);
  if (!decoded)
    throw new KeyError('This is no secret key of minisign: expected 212 characters of base64.');
  const bytes = Buffer.from(decoded);
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

/**
 * Stops a file whose public half was exchanged: signing under a foreign half gives the seed away.
 * An empty checksum only comes without passphrase.
 */
function openBox(box: Buffer, fault: string): SecretKey {
  const [idBytes, seed, publicHalf, checksum] = [
    box.subarray(0, 8),
    box.subarray(8, 40),
    box.subarray(40, 72),
    box.subarray(72),
  ];
  const isWhole = checksum.equals(checksumOf(box)) || checksum.every((byte) => byte === 0);
  if (!isWhole || !derivePublic(seed).equals(publicHalf)) throw new KeyError(fault);
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
  Buffer.from(blake2b(Buffer.concat([Buffer.from('Ed'), box.subarray(0, 72)]), 32));

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

/**
 * The costs that minisign writes (libsodium's "sensitive"): operations and bytes of memory, 8 bytes
 * each, little end first.
 */
const sensitiveCost = printCost(2n ** 25n, 2n ** 30n);

/** What scrypt may take; Node counts a little more than the file says. */
const maxMemory = 2 ** 31 - 1;
/** The longest that minisign reads at its prompt. */
const maxPassphraseBytes = 1022;

/**
 * Puts bytes under a passphrase or takes them out: both are the same, a sum without carry with the
 * passphrase stretched by scrypt (RFC 7914). Throws KeyError on a passphrase that minisign's prompt
 * could not take, on costs beyond minisign's own, and if the memory does not suffice.
 */
async function applyPassphrase(
  bytes: Uint8Array,
  passphrase: string,
  salt: Uint8Array,
  cost: Uint8Array,
): Promise<Buffer> {
  if (/[\0\r\n]/.test(passphrase))
    throw new KeyError('A passphrase is one line: this one has a line end or a NUL.');
  if (Buffer.byteLength(passphrase) > maxPassphraseBytes)
    throw new KeyError(`A passphrase has at most ${maxPassphraseBytes} bytes.`);
  const { N, r, p } = readCost(Buffer.from(cost));
  const stream = await new Promise<Buffer>((resolve, reject) => {
    scrypt(passphrase, salt, bytes.length, { N, r, p, maxmem: maxMemory }, (error, result) => {
      if (error)
        reject(
          new KeyError(
            `The passphrase could not be applied, which needs ${(128 * N * r) / 2 ** 20} MiB of memory.`,
            { cause: error },
          ),
        );
      else resolve(result);
    });
  });
  return Buffer.from(stream.map((byte, index) => byte ^ (bytes[index] ?? 0)));
}

/**
 * The parameters of scrypt as libsodium picks them (crypto_pwhash_scryptsalsa208sha256,
 * `pickparams`).
 */
function readCost(cost: Buffer): { N: number; r: number; p: number } {
  const [operations, memory] = [cost.readBigUInt64LE(0), cost.readBigUInt64LE(8)];
  // Stops a key file that takes all memory, or hours, of the machine that reads it.
  if (operations > 2n ** 25n || memory > 2n ** 30n || memory < 2n ** 24n) {
    throw new KeyError(
      `The passphrase of this secret key asks for ${operations} steps and ${memory} bytes: expected at most 33554432 and from 16777216 to 1073741824.`,
    );
  }
  const [steps, bytes] = [Math.max(Number(operations), 32_768), Number(memory)];
  const r = 8;
  if (steps < bytes / 32) return { N: powerUpTo(steps / (4 * r)), r, p: 1 };
  const N = powerUpTo(bytes / (128 * r));
  return { N, r, p: Math.floor(Math.floor(steps / 4 / N) / r) };
}

/** The greatest power of two up to a number. */
const powerUpTo = (number: number): number => 2 ** Math.max(1, Math.floor(Math.log2(number)));

function printCost(operations: bigint, memory: bigint): Buffer {
  const cost = Buffer.alloc(16);
  cost.writeBigUInt64LE(operations, 0);
  cost.writeBigUInt64LE(memory, 8);
  return cost;
}
