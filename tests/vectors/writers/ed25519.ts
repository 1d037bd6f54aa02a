import { createHash } from 'node:crypto';
import type { VectorKey } from './keys.ts';

/**
 * Signatures that are only nearly right, for which Ed25519 has to be calculated by hand (RFC 8032,
 * 5.1). Slow, and not for secrets.
 */
const p = 2n ** 255n - 19n;
const order = 2n ** 252n + 27742317777372353535851937790883648493n;

const mod = (value: bigint, by = p): bigint => ((value % by) + by) % by;
function power(base: bigint, exponent: bigint): bigint {
  let [result, square] = [1n, mod(base)];
  for (let rest = exponent; rest > 0n; rest >>= 1n, square = mod(square * square))
    if (rest & 1n) result = mod(result * square);
  return result;
}
const invert = (value: bigint): bigint => power(value, p - 2n);
const d = mod(-121665n * invert(121666n));

interface Point {
  readonly x: bigint;
  readonly y: bigint;
}
function add(a: Point, b: Point): Point {
  const product = mod(d * a.x * b.x * a.y * b.y);
  return {
    x: mod((a.x * b.y + b.x * a.y) * invert(1n + product)),
    y: mod((a.y * b.y + a.x * b.x) * invert(1n - product)),
  };
}
function multiply(point: Point, by: bigint): Point {
  let [result, doubled]: [Point, Point] = [{ x: 0n, y: 1n }, point];
  for (let rest = by; rest > 0n; rest >>= 1n, doubled = add(doubled, doubled))
    if (rest & 1n) result = add(result, doubled);
  return result;
}

const baseY = mod(4n * invert(5n));
/** The even x of a y on the curve. */
function findX(y: bigint): bigint {
  const square = mod((y * y - 1n) * invert(d * y * y + 1n));
  let x = power(square, (p + 3n) / 8n);
  if (mod(x * x - square) !== 0n) x = mod(x * power(2n, (p - 1n) / 4n));
  return x & 1n ? p - x : x;
}
const base: Point = { x: findX(baseY), y: baseY };

const toNumber = (bytes: Buffer): bigint =>
  BigInt(`0x${Buffer.from(bytes.toReversed()).toString('hex')}`);
const toBytes = (value: bigint): Buffer =>
  Buffer.from(Buffer.from(value.toString(16).padStart(64, '0'), 'hex').toReversed());
const encode = ({ x, y }: Point): Buffer => toBytes(y | ((x & 1n) << 255n));
const sha512 = (...parts: Buffer[]): Buffer => {
  const hash = createHash('sha512');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** The same signature with S + L in place of S: whoever does not ask for S < L takes it. */
export const raiseScalar = (signature: Buffer): Buffer =>
  Buffer.concat([signature.subarray(0, 32), toBytes(toNumber(signature.subarray(32)) + order)]);

/** A point of order 8. */
const small: Point = (() => {
  const y = toNumber(
    Buffer.from('c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a', 'hex'),
  );
  return { x: findX(y), y };
})();

/**
 * A signature whose R has a part of order 8: it fits if both sides are multiplied by 8, and not
 * otherwise.
 */
export function mixedOrderSignature({ seed, publicBytes }: VectorKey, message: Buffer): Buffer {
  const secret = sha512(seed);
  const scalar = (toNumber(secret.subarray(0, 32)) & ((1n << 254n) - 8n)) | (1n << 254n);
  const r = mod(toNumber(sha512(secret.subarray(32), message)), order);
  const encoded = encode(add(multiply(base, r), small));
  const k = mod(toNumber(sha512(encoded, publicBytes, message)), order);
  return Buffer.concat([encoded, toBytes(mod(r + k * scalar, order))]);
}
