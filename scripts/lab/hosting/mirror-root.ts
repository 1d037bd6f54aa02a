import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { subPath } from '../document-roots.ts';
import type { StaticSite } from '../site.ts';

/**
 * Files that a mirror has next to the pages of its site: each is an example of its kind, where the
 * site has none of its own.
 */
const samples: Readonly<Record<string, string>> = {
  'EDITION.txt': 'sample: édition\n',
  SHA256SUMS: `${'0'.repeat(64)}  index.html\n`,
  'SHA256SUMS.0000000000000000.minisig': 'untrusted comment: a sample\n',
  'download/CID.txt': 'sample\n',
  'download/sample.zip': 'PK\u0005\u0006',
  'download/sample.car': '\u00ff\u00fe',
  'sample.wasm': '\u0000asm',
  'sample.ics': 'BEGIN:VCALENDAR\r\n',
  'sample.epub': 'PK\u0003\u0004',
};

/**
 * What uploads leave behind by mistake. It says where it lies, so that it is known where it comes
 * to light.
 */
export const hidden = ['.git/config', '.env', 'en/.draft.html'];
export const unreadable = 'unreadable.html';
export const secret = 'nobody should read this file';
/**
 * What a certificate may need from a folder that is hidden else; always at the root of the host
 * (RFC 8555, 8.3).
 */
export const challenge = '.well-known/acme-challenge/token';

/**
 * Writes a site with a sample of each kind of file, hidden files, and one that the server may not
 * read, to where it can be served.
 * @returns the site as it then has to be served
 */
export function makeMirrorRoot(
  site: StaticSite,
  root: string,
  under: '' | typeof subPath,
): StaticSite {
  const files = new Map([
    ...Object.entries(samples).map(([path, text]) => [path, Buffer.from(text, 'latin1')] as const),
    ...site.files,
  ]);
  const write = (path: string, bytes: Buffer | string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true, mode: 0o755 });
    writeFileSync(join(root, path), bytes, { mode: 0o644 });
  };
  for (const [path, bytes] of files) write(join(under, path), bytes);
  for (const path of [...hidden, unreadable]) write(join(under, path), secret);
  write(challenge, 'token');
  chmodSync(join(root, under, unreadable), 0o000);
  return { ...site, files };
}
