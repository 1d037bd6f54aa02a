/** Addresses of a site that knows no address: every reference is relative to its document and names a file (invariant 1). */

export interface Target {
  /** Path of the file from the root of the site. */
  path: string;
  /** With its `#`, or empty. */
  fragment: string;
}

/**
 * The file that a reference means. A path that begins with `/` and names no file as it stands is looked for in the language of
 * the page, so that texts of all languages can hold the same links.
 * @param reference the attribute's value, without scheme or host
 * @param page path of the page in which it stands, from the root
 * @param files all files of the site
 * @returns undefined if there is no such file
 */
export function resolveLink(reference: string, page: string, files: ReadonlySet<string>): Target | undefined {
  const url = new URL(reference, `file:///${page}`);
  const path = decodeURIComponent(url.pathname.slice(1));
  const language = page.includes('/') ? page.slice(0, page.indexOf('/')) : '';
  const candidates = [path, `${language}/${path}`].flatMap((name) => (name === '' || name.endsWith('/') ? [`${name}index.html`] : [name]));
  const found = candidates.find((name) => files.has(name));
  return found === undefined ? undefined : { path: found, fragment: url.hash };
}

/**
 * The relative reference from a page to a file, always with the file's name: `../` alone would need a server that knows index
 * documents. In the page itself only the fragment is left.
 */
export function makeRelative(page: string, { path, fragment }: Target): string {
  if (page === path) return fragment === '' ? path.slice(path.lastIndexOf('/') + 1) : fragment;
  const from = page.split('/').slice(0, -1);
  const to = path.split('/');
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared++;
  return [...from.slice(shared).map(() => '..'), ...to.slice(shared).map(encodeURIComponent)].join('/') + fragment;
}
