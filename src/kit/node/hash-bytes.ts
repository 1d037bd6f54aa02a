import { createHash } from 'node:crypto';

/** The SHA-256 of bytes as lists have it: 64 hexadecimal digits in small letters. A text is hashed as UTF-8. */
export const hashBytes = (bytes: Uint8Array | string): string =>
  createHash('sha256').update(bytes).digest('hex');
