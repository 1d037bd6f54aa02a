import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { maxMailPageBytes, printMailPage } from '../../../kit/core/mail/mail-page.ts';
import { mailFile } from '../../../kit/core/mail/mail-proof.ts';
import { layOutMail } from '../../../kit/core/mail/mail-text.ts';
import { printDigest } from '../carry/print-digest.ts';
import type { Dist } from '../dist.ts';
import type { LanguageContext } from '../feed-source.ts';

/** Bytes of a text: the page that a mail has of it, with its proof, stays below the limit. */
const maxBytes = 72_000;
/** Bytes of a proof with sixteen signatures, in a page. */
const maxProofBytes = 4000;

/** Paths of the digests of all languages. */
export const digestPaths = (tags: readonly string[]): string[] => tags.map(mailFile);

/**
 * Writes the digest of each language, which `npm run mail` makes a mail of. Comes when links are
 * judged, and before pages are written.
 * @param contexts of all languages
 */
export function writeDigests(dist: Dist, contexts: readonly LanguageContext[]): void {
  for (const context of contexts) {
    const { tag } = context.language;
    const path = mailFile(tag);
    const text = printDigest(context, path, maxBytes);
    const page = Buffer.byteLength(printMailPage(text, '', tag)) + maxProofBytes;
    if (page >= maxMailPageBytes)
      dist.faults.push({
        file: path,
        found: `${page} bytes as HTML, with its proof`,
        expected: `less than ${maxMailPageBytes}: mail programs cut off what is longer`,
        fix: 'shorten the description of the campaign, or the texts that have changed',
      });
    // A checker lays out what has arrived, and must come to these bytes.
    if (layOutMail(text) !== text) throw new Error(`${path} is laid out otherwise the second time`);
    // Hosts name another encoding, or none: that counts more than what a text says of itself.
    writeFileSync(join(dist.folder, path), `\uFEFF${text}`);
  }
}
