import type { Fail } from '../archive.ts';

export interface Varint {
  value: number;
  /** The first byte behind it. */
  next: number;
}

/** Seven bits a byte: eight bytes reach beyond every number that is exact. */
const mostBytes = 8;

/**
 * Reads an unsigned LEB128 number, as CAR, CIDs and protocol buffers have them.
 * Attack: a number that never ends, or a length beyond what numbers hold exactly; a number in a longer form than it needs, which
 * gives the same thing two spellings.
 * @throws through `fail` if it is cut off, not in its shortest form or above 2⁵³ − 1
 */
export function readVarint(bytes: Uint8Array, offset: number, fail: Fail): Varint {
  let value = 0;
  for (let index = 0; index < mostBytes; index += 1) {
    const byte = bytes[offset + index];
    if (byte === undefined) return fail('a number that is cut off', 'its last byte');
    value += (byte & 0x7f) * 2 ** (7 * index);
    if (byte >= 0x80) continue;
    if (byte === 0 && index > 0)
      fail('a number that is longer than it needs to be', 'its shortest form');
    if (!Number.isSafeInteger(value)) fail('a number without measure', 'at most 2^53 - 1');
    return { value, next: offset + index + 1 };
  }
  return fail('a number that does not end', `at most ${mostBytes} bytes`);
}
