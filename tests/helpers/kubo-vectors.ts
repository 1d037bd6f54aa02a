import { createCipheriv, createHash } from 'node:crypto';

const piece = 2 ** 20;

/**
 * The bytes that Kubo's tests make from a seed (test/cli/testutils/random_deterministic.go):
 * ChaCha20 under the seed's SHA-256, from a nonce of zeros.
 */
export function* makeKuboBytes(seed: string, size: number): Generator<Buffer> {
  const key = createHash('sha256').update(seed).digest();
  const cipher = createCipheriv('chacha20', key, Buffer.alloc(16)); // counter and nonce
  const zeros = Buffer.alloc(piece);
  for (let done = 0; done < size; done += piece)
    yield cipher.update(zeros.subarray(0, Math.min(piece, size - done)));
}

const letters = 'abcdefghijklmnopqrstuvwxyz01234567890-_'; // two zeros, as there (AlphabetEasy)

/**
 * The folder that Kubo's tests make (test/cli/add_test.go, createDeterministicFiles): so many names
 * from a seed, the last of another length.
 */
export function makeKuboFolder(
  seed: string,
  count: number,
  nameLength: number,
  lastLength: number,
): Map<string, Buffer> {
  const bytes = Buffer.concat([...makeKuboBytes(seed, (count - 1) * nameLength + lastLength)]);
  const toName = (part: Buffer): string =>
    Array.from(part, (byte) => letters[byte % letters.length]).join('');
  return new Map(
    Array.from({ length: count }, (_, index) => {
      const start = index * nameLength;
      return [
        toName(bytes.subarray(start, start + (index === count - 1 ? lastLength : nameLength))),
        Buffer.from('x'),
      ];
    }),
  );
}
