/**
 * BLAKE2b without a key (RFC 7693), in JavaScript: OpenSSL lacks the one of 32 bytes, which is in
 * secret keys, and browsers have none at all.
 */

const vector = [
  0x6a09e667f3bcc908n,
  0xbb67ae8584caa73bn,
  0x3c6ef372fe94f82bn,
  0xa54ff53a5f1d36f1n,
  0x510e527fade682d1n,
  0x9b05688c2b3e6c1fn,
  0x1f83d9abfb41bd6bn,
  0x5be0cd19137e2179n,
] as const;

const schedule = [
  [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15],
  [14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3],
  [11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4],
  [7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8],
  [9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13],
  [2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9],
  [12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11],
  [13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10],
  [6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5],
  [10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0],
] as const;

/** The words that each of the eight mixings of a round takes: four columns, then four diagonals. */
const mixings = [
  [0, 4, 8, 12],
  [1, 5, 9, 13],
  [2, 6, 10, 14],
  [3, 7, 11, 15],
  [0, 5, 10, 15],
  [1, 6, 11, 12],
  [2, 7, 8, 13],
  [3, 4, 9, 14],
] as const;

const blockBytes = 128;

/**
 * The BLAKE2b of a message, 32 or 64 bytes. For short messages, such as manifests: the numbers are
 * BigInts.
 */
export function blake2b(message: Uint8Array, resultBytes: 32 | 64): Uint8Array {
  const state = new BigUint64Array(vector);
  state[0] = vector[0] ^ 0x01010000n ^ BigInt(resultBytes);
  const blocks = Math.max(1, Math.ceil(message.length / blockBytes));
  for (let block = 0; block < blocks; block++) {
    const end = Math.min(message.length, (block + 1) * blockBytes);
    const padded = new Uint8Array(blockBytes);
    padded.set(message.subarray(block * blockBytes, end));
    compress(state, new DataView(padded.buffer), BigInt(end), block === blocks - 1);
  }
  const result = new DataView(new ArrayBuffer(8 * state.length));
  state.forEach((word, index) => result.setBigUint64(8 * index, word, true));
  return new Uint8Array(result.buffer, 0, resultBytes);
}

/** RFC 7693, 3.2: works one block into the state; `length` counts the bytes up to its end. */
function compress(state: BigUint64Array, block: DataView, length: bigint, last: boolean): void {
  // additions wrap at 64 bits, as an element is stored
  const work = new BigUint64Array([...state, ...vector]);
  const at = (index: number): bigint => work[index] ?? 0n;
  work[12] = at(12) ^ length;
  if (last) work[14] = at(14) ^ 0xffffffffffffffffn;

  for (let round = 0; round < 12; round++) {
    const order = schedule[round % 10] ?? schedule[0];
    mixings.forEach(([a, b, c, d], index) => {
      for (const [half, first, second] of [
        [0, 32n, 24n],
        [1, 16n, 63n],
      ] as const) {
        work[a] = at(a) + at(b) + block.getBigUint64(8 * (order[2 * index + half] ?? 0), true);
        work[d] = rotateRight(at(d) ^ at(a), first);
        work[c] = at(c) + at(d);
        work[b] = rotateRight(at(b) ^ at(c), second);
      }
    });
  }
  state.forEach((word, index) => (state[index] = word ^ at(index) ^ at(index + 8)));
}

const rotateRight = (word: bigint, bits: bigint): bigint =>
  (word >> bits) | ((word << (64n - bits)) & 0xffffffffffffffffn);
