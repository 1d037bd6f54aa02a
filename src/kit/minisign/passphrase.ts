import { scrypt } from 'node:crypto';
import { KeyError } from './errors.ts';

/** The costs that minisign writes (libsodium's "sensitive"): operations and bytes of memory, 8 bytes each, little end first. */
export const sensitiveCost = printCost(2n ** 25n, 2n ** 30n);

/** What scrypt may take; Node counts a little more than the file says. */
const maxMemory = 2 ** 31 - 1;
/** The longest that minisign reads at its prompt. */
const maxPassphraseBytes = 1022;

/**
 * Puts bytes under a passphrase or takes them out: both are the same, a sum without carry with the passphrase stretched by scrypt
 * (RFC 7914). Throws KeyError on a passphrase that minisign's prompt could not take, on costs beyond minisign's own, and if the
 * memory does not suffice.
 */
export async function applyPassphrase(
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

/** The parameters of scrypt as libsodium picks them (crypto_pwhash_scryptsalsa208sha256, `pickparams`). */
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
