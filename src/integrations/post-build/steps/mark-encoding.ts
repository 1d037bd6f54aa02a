import type { Dist } from '../dist.ts';

/**
 * Says in the first bytes of each page that it is UTF-8. A host may say otherwise in a header (Apache with AddDefaultCharset), and
 * that counts more than the page's own <meta charset>: every letter beyond English would be garbled, and styles would no longer
 * fit the policy. Only a byte order mark counts more than a header (Encoding standard, 6.1: decode).
 */
export function markEncoding({ pages }: Dist): void {
  for (const page of pages) page.edits.push({ start: 0, end: 0, text: '\uFEFF' });
}
