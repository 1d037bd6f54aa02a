import { createHash } from 'node:crypto';

/** The namespace of this engine's identifiers: a UUID of its own, drawn once. */
const namespace = '6f0c5d0a-31cf-4c8e-9d52-7a8a4b1f6c3e';

/**
 * An identifier that names no host and is the same on every mirror: `urn:uuid:` with a version 5
 * UUID (RFC 9562, section 5.5).
 * @param name what is identified, such as `campaign/en/guide/letters.html`
 */
export function makeUrn(name: string): string {
  const hash = createHash('sha1')
    .update(Buffer.from(namespace.replaceAll('-', ''), 'hex'))
    .update(name, 'utf8')
    .digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x50;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.subarray(0, 16).toString('hex');
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
