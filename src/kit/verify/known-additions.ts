/** Files that hosts and systems put beside a site by themselves, and how to tell that they are no more than that. */
export interface KnownAddition {
  readonly path: RegExp;
  /** For notes: "the name of the site, for GitHub Pages". */
  readonly what: string;
  readonly mostBytes: number;
  isWhatItShouldBe: (bytes: Buffer) => boolean;
}

const isText = (bytes: Buffer, form: RegExp): boolean => form.test(bytes.toString('latin1'));

export const knownAdditions: readonly KnownAddition[] = [
  {
    path: /^robots\.txt$/,
    what: 'rules for search engines',
    mostBytes: 2000,
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
    mostBytes: 254,
    isWhatItShouldBe: (bytes) => isText(bytes, /^[a-z0-9-]+(?:\.[a-z0-9-]+)+\r?\n?$/i),
  },
  {
    path: /^\.nojekyll$/,
    what: 'a sign for GitHub Pages',
    mostBytes: 0,
    isWhatItShouldBe: (bytes) => bytes.length === 0,
  },
  {
    path: /(?:^|\/)\.DS_Store$/,
    what: 'left by macOS; delete it, it tells how the folder was looked at',
    mostBytes: 2 ** 20,
    isWhatItShouldBe: (bytes) =>
      bytes.subarray(0, 8).equals(Buffer.from('\0\0\0\x01Bud1', 'latin1')),
  },
];

/** Ready settings of the site, under the names that hosts want: a copy of this file of the list. */
export const hostingCopies: ReadonlyMap<string, string> = new Map([
  ['_headers', 'hosting/headers.txt'],
  ['.htaccess', 'hosting/apache.txt'],
  ['Caddyfile', 'hosting/caddy.txt'],
  ['nginx.conf', 'hosting/nginx.txt'],
]);
