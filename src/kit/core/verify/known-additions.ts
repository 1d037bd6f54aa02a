import { toLatin1 } from '../text/bytes.ts';

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
