import { belongsInManifest, readSignatureName } from '../edition/edition-files.ts';
import type { ListedFile } from '../manifest/manifest.ts';
import { CopyError, type IrregularEntry, type SiteCopy } from '../source/site-copy.ts';
import { toLatin1 } from '../text/bytes.ts';
import { quoteName } from '../text/quote-name.ts';
import type { Findings } from './verdict.ts';

/**
 * Checks what a copy has besides the files of its list. Over HTTP nobody can see it.
 * Attack: a page that nothing in the site links and a message elsewhere does: it stands under the name of a site that was checked.
 * @param signers ids of the keys whose signatures may be there
 */
export async function checkAdditions(
  copy: SiteCopy,
  irregular: readonly IrregularEntry[],
  list: readonly ListedFile[],
  signers: readonly string[],
  findings: Findings,
): Promise<void> {
  for (const { path, what, harmless } of irregular) {
    if (harmless) findings.note(`${quoteName(path)} is ${what}.`);
    else findings.add('injected', `${quoteName(path)} is ${what}.`, path);
  }
  if (!copy.paths) return;
  const listed = new Map(list.map(({ path, hash }) => [path, hash]));
  for (const path of copy.paths) {
    const signer = readSignatureName(path);
    if (signer !== undefined && !signers.includes(signer))
      findings.add(
        'injected',
        `${quoteName(path)} is a signature of a key that this edition does not have.`,
        path,
      );
    if (listed.has(path) || !belongsInManifest(path)) continue;
    const what = await explainAddition(copy, path, listed);
    if (what === undefined) findings.add('injected', `${quoteName(path)} is in no list.`, path);
    else findings.note(`${quoteName(path)} was added: ${what}.`);
  }
}

/** What a file is that a host or system may add; undefined if it is anything else. */
async function explainAddition(
  copy: SiteCopy,
  path: string,
  listed: ReadonlyMap<string, string>,
): Promise<string | undefined> {
  try {
    const original = hostingCopies.get(path);
    if (original !== undefined)
      return (await copy.hash(path)) === listed.get(original) ? `a copy of ${original}` : undefined;
    const known = knownAdditions.find((addition) => addition.path.test(path));
    const bytes = known && (await copy.read(path, known.maxBytes));
    return bytes && known.isWhatItShouldBe(bytes) ? known.what : undefined;
  } catch (error) {
    if (!(error instanceof CopyError)) throw error;
    return undefined; // too long, or unreadable: not what it should be
  }
}

/** Files that hosts and systems put beside a site by themselves, and how to tell that they are no more than that. */
export interface KnownAddition {
  readonly path: RegExp;
  /** For notes: "the name of the site, for GitHub Pages". */
  readonly what: string;
  readonly maxBytes: number;
  isWhatItShouldBe: (bytes: Uint8Array) => boolean;
}

const isText = (bytes: Uint8Array, form: RegExp): boolean => form.test(toLatin1(bytes));

export const knownAdditions: readonly KnownAddition[] = [
  {
    path: /^robots\.txt$/,
    what: 'rules for search engines',
    maxBytes: 2000,
    // No comments: nobody but readers would read them. An address after "Sitemap" would be a link to elsewhere.
    isWhatItShouldBe: (bytes) =>
      isText(
        bytes,
        /^(?:(?:user-agent|allow|disallow|crawl-delay)[ \t]*:[\x21-\x7e \t]*\r?\n|[ \t]*\r?\n)*(?:(?:user-agent|allow|disallow|crawl-delay)[ \t]*:[\x21-\x7e \t]*)?$/i,
      ),
  },
  {
    path: /^CNAME$/,
    what: 'the name of the site, for GitHub Pages',
    maxBytes: 254,
    isWhatItShouldBe: (bytes) => isText(bytes, /^[a-z0-9-]+(?:\.[a-z0-9-]+)+\r?\n?$/i),
  },
  {
    path: /^\.nojekyll$/,
    what: 'a sign for GitHub Pages',
    maxBytes: 0,
    isWhatItShouldBe: (bytes) => bytes.length === 0,
  },
  {
    path: /(?:^|\/)\.DS_Store$/,
    what: 'left by macOS; delete it, it tells how the folder was looked at',
    maxBytes: 2 ** 20,
    isWhatItShouldBe: (bytes) => toLatin1(bytes.subarray(0, 8)) === '\0\0\0\x01Bud1',
  },
];

/** Ready settings of the site, under the names that hosts want: a copy of this file of the list. */
export const hostingCopies: ReadonlyMap<string, string> = new Map([
  ['_headers', 'hosting/headers.txt'],
  ['.htaccess', 'hosting/apache.txt'],
  ['Caddyfile', 'hosting/caddy.txt'],
  ['nginx.conf', 'hosting/nginx.txt'],
]);
