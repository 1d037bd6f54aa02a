import { isUtf8 } from 'node:buffer';

/** Reading text that an adversary may have written. */

/**
 * Signs that end a line or a path early, steer a terminal, or make a text read as something that it is not: control characters,
 * those without width, those that turn the direction. Ranges and not properties: a verdict must not depend on Node's Unicode version.
 * The joiners U+200C and U+200D are not here: Persian and Hindi need them.
 */
export const hiddenSign =
  /[\0-\x1F\x7F-\x9F\u00AD\u034F\u061C\u115F\u1160\u17B4\u17B5\u180B-\u180F\u200B\u200E\u200F\u2028-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\uFFFE\uFFFF\u{E0000}-\u{E0FFF}]/u;

/**
 * The text of UTF-8 bytes with their byte order mark, if there is one; undefined if they are no UTF-8. Stops two programs from
 * seeing two names in the same bytes, as they do where each replaces what it cannot read.
 */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  return isUtf8(bytes) ? toBuffer(bytes).toString('utf8') : undefined;
}

/** The number of the first line, from 1, that is no UTF-8. */
export function findBrokenLine(bytes: Uint8Array): number {
  const buffer = toBuffer(bytes);
  let number = 1;
  for (let start = 0; start < buffer.length; number++) {
    const end = buffer.indexOf(0x0a, start);
    const next = end < 0 ? buffer.length : end + 1;
    if (!isUtf8(buffer.subarray(start, next))) return number;
    start = next;
  }
  return number;
}

/**
 * The bytes of standard base64 with padding and nothing else; undefined if the text is anything else or has another length.
 * Strict, since Node skips what it does not know and ignores spare bits: one key or signature must have one spelling, or
 * lists of keys could hold one twice.
 */
export function decodeBase64(text: string, length: number): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64');
  return bytes.length === length && bytes.toString('base64') === text ? bytes : undefined;
}

/** The same memory as a Buffer. */
export const toBuffer = (bytes: Uint8Array): Buffer =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
