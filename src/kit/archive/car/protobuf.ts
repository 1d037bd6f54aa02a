import type { Fail } from '../archive.ts';
import { readVarint } from './varint.ts';

/** A field of a message of protocol buffers. */
export interface Field {
  number: number;
  value: number | Buffer;
}

/**
 * The fields of a message one after another: numbers, and bytes (texts, messages). Other kinds do not occur in UnixFS.
 * @throws through `fail` if the message is not well-formed
 */
export function* readFields(message: Buffer, fail: Fail): Generator<Field> {
  for (let at = 0; at < message.length;) {
    const key = readVarint(message, at, fail);
    const number = Math.floor(key.value / 8);
    const value = readVarint(message, key.next, fail);
    at = value.next;
    if (key.value % 8 === 0) {
      yield { number, value: value.value };
    } else if (key.value % 8 === 2) {
      if (value.value > message.length - at)
        fail('a part of a block that is longer than the block', 'whole parts');
      yield { number, value: message.subarray(at, at + value.value) };
      at += value.value;
    } else {
      fail(`a field of kind ${key.value % 8} in a block`, 'numbers and bytes');
    }
  }
}
