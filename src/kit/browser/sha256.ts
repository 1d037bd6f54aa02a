import type { RunningHash } from '../core/platform.ts';

/** The first 32 bits of the fractional parts of the roots of primes (FIPS 180-4, 4.2.2, 5.3.3). */
const primes = listPrimes(64);
const rounds = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
const start = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));

function listPrimes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n += 1)
    if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}

function fraction(root: number): number {
  return ((root % 1) * 2 ** 32) | 0;
}

/**
 * SHA-256 (FIPS 180-4) of bytes that come in pieces, in fixed memory. WebCrypto wants all of them
 * at once, which a file of gigabytes in a hostile copy would not let this device do.
 */
export function startLongSha256(): RunningHash {
  const state = Int32Array.from(start);
  const rest = new Uint8Array(64);
  let filled = 0;
  let length = 0;
  const update = (bytes: Uint8Array): void => {
    length += bytes.length;
    let at = 0;
    if (filled > 0) {
      at = Math.min(64 - filled, bytes.length);
      rest.set(bytes.subarray(0, at), filled);
      filled += at;
      if (filled < 64) return;
      compress(state, rest);
    }
    const whole = at + Math.floor((bytes.length - at) / 64) * 64;
    compress(state, bytes.subarray(at, whole));
    rest.set(bytes.subarray(whole));
    filled = bytes.length - whole;
  };
  return {
    update,
    digest: () => {
      const end = new Uint8Array(filled < 56 ? 64 - filled : 128 - filled);
      end[0] = 0x80;
      new DataView(end.buffer).setBigUint64(end.length - 8, BigInt(length) * 8n);
      update(end);
      const digest = new DataView(new ArrayBuffer(32));
      state.forEach((word, index) => digest.setInt32(index * 4, word));
      return new Uint8Array(digest.buffer);
    },
  };
}

const words = new Int32Array(64);

/**
 * Whole blocks of 64 bytes (FIPS 180-4, 6.2.2); with assignments and turns one by one, since lists
 * and calls of them cost ten times as much.
 */
function compress(state: Int32Array, blocks: Uint8Array): void {
  const view = new DataView(blocks.buffer, blocks.byteOffset, blocks.length);
  for (let at = 0; at < blocks.length; at += 64) {
    for (let t = 0; t < 16; t += 1) words[t] = view.getInt32(at + t * 4);
    for (let t = 16; t < 64; t += 1) {
      const x = words[t - 15] ?? 0;
      const y = words[t - 2] ?? 0;
      const small = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3);
      const large = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10);
      words[t] = ((words[t - 16] ?? 0) + small + (words[t - 7] ?? 0) + large) | 0;
    }
    let a = state[0] ?? 0;
    let b = state[1] ?? 0;
    let c = state[2] ?? 0;
    let d = state[3] ?? 0;
    let e = state[4] ?? 0;
    let f = state[5] ?? 0;
    let g = state[6] ?? 0;
    let h = state[7] ?? 0;
    for (let t = 0; t < 64; t += 1) {
      const sums = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7));
      const choice = (e & f) ^ (~e & g);
      const mixed = (h + sums + choice + (rounds[t] ?? 0) + (words[t] ?? 0)) | 0;
      const turned = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10));
      const majority = (a & b) ^ (a & c) ^ (b & c);
      h = g;
      g = f;
      f = e;
      e = (d + mixed) | 0;
      d = c;
      c = b;
      b = a;
      a = (mixed + turned + majority) | 0;
    }
    state[0] = (state[0] ?? 0) + a;
    state[1] = (state[1] ?? 0) + b;
    state[2] = (state[2] ?? 0) + c;
    state[3] = (state[3] ?? 0) + d;
    state[4] = (state[4] ?? 0) + e;
    state[5] = (state[5] ?? 0) + f;
    state[6] = (state[6] ?? 0) + g;
    state[7] = (state[7] ?? 0) + h;
  }
}
