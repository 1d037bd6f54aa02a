/**
 * Bytes as text and text as bytes, by what Node and browsers share; the text may be an adversary's.
 */

/**
 * Characters that end a line or a path early, steer a terminal, or make a text read as something
 * that it is not: control characters, those without width, those that turn the direction. Ranges
 * and not properties: a verdict must not depend on Node's Unicode version. The joiners U+200C and
 * U+200D are not here: Persian and Hindi need them.
 */
export const hiddenCharacter =
  /[\0-\x1F\x7F-\x9F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\uFFFE\uFFFF\u{E0000}-\u{E0FFF}]/u;

const encoder = new TextEncoder();
const strictDecoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const looseDecoder = new TextDecoder('utf-8', { ignoreBOM: true });

export const encodeUtf8 = (text: string): Uint8Array => encoder.encode(text);

/**
 * The text of UTF-8 bytes with their byte order mark, if there is one; undefined if they are no
 * UTF-8. Stops two programs from seeing two names in the same bytes, as they do where each replaces
 * what it cannot read.
 */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  try {
    return strictDecoder.decode(bytes);
  } catch (error) {
    // which the Encoding Standard names for invalid bytes
    if (!(error instanceof TypeError)) throw error;
    return undefined;
  }
}

/** The text of bytes for a message: what is no UTF-8 is replaced. */
export const showUtf8 = (bytes: Uint8Array): string => looseDecoder.decode(bytes);

/** The number of the first line, from 1, that is no UTF-8. */
export function findBrokenLine(bytes: Uint8Array): number {
  let number = 1;
  for (let start = 0; start < bytes.length; number++) {
    const end = bytes.indexOf(0x0a, start);
    const next = end < 0 ? bytes.length : end + 1;
    if (decodeUtf8(bytes.subarray(start, next)) === undefined) return number;
    start = next;
  }
  return number;
}

/** How many bytes a text has in UTF-8. */
export const countUtf8 = (text: string): number =>
  isAscii(text) ? text.length : encodeUtf8(text).length;

export const isAscii = (text: string): boolean => !/[^\0-\x7F]/.test(text);

/** One character for each byte, U+0000 to U+00FF. */
export function toLatin1(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 8192)
    // as many as a call takes on every stack
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}

/** The bytes of such a text. */
export const fromLatin1 = (text: string): Uint8Array =>
  Uint8Array.from(text, (character) => character.charCodeAt(0));

/**
 * The bytes of standard base64 with padding and nothing else; undefined if the text is anything
 * else or has another length. Strict, since decoders skip spaces and ignore spare bits: one key or
 * signature must have one spelling, or lists of keys could hold one twice.
 */
export function decodeBase64(text: string, length: number): Uint8Array | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(text) || text.length % 4 !== 0) return undefined;
  const bytes = fromLatin1(atob(text));
  return bytes.length === length && encodeBase64(bytes) === text ? bytes : undefined;
}

export const encodeBase64 = (bytes: Uint8Array): string => btoa(toLatin1(bytes));

/** Bytes as hexadecimal digits in lower case. */
export function toHex(bytes: Uint8Array): string {
  let digits = '';
  for (const byte of bytes) digits += hexOfBytes[byte];
  return digits;
}

const hexOfBytes = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** The bytes of an even number of hexadecimal digits. */
export const fromHex = (digits: string): Uint8Array =>
  Uint8Array.from(digits.match(/../g) ?? [], (pair) => parseInt(pair, 16));

export const concatBytes = (...parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

export const equalBytes = (a: Uint8Array, b: Uint8Array): boolean =>
  a.length === b.length && a.every((byte, index) => byte === b[index]);

/**
 * The order of two texts by their UTF-8 bytes, as `LC_ALL=C sort` has it; JavaScript's own differs
 * beyond U+FFFF.
 */
export function compareBytes(a: string, b: string): number {
  if (isAscii(a) && isAscii(b)) return a < b ? -1 : a > b ? 1 : 0;
  const [x, y] = [encodeUtf8(a), encodeUtf8(b)];
  const at = x.findIndex((byte, index) => byte !== y[index]);
  return at < 0 ? x.length - y.length : (x[at] ?? 0) - (y[at] ?? -1);
}
