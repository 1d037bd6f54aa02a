/**
 * Addresses of a site that knows no address: every reference is relative to its document and names
 * a file (invariant 1).
 */

import { homePage } from './paths.ts';

export interface Target {
  /** Path of the file from the root of the site. */
  path: string;
  /** With its `#`, or empty. */
  fragment: string;
}

/**
 * The file that a reference means. A path that begins with `/` and names no file as it is written is
 * looked for in the language of the page, so that texts of all languages can hold the same links.
 * Browsers find a host in more than `https://` and `//`: `/\evil.example/` and `ht<tab>tps://` lead
 * to one too, so it is the parsed address that must have none.
 * @param reference the attribute's value, without scheme or host
 * @param page path of the page in which it is written, from the root
 * @param files all files of the site
 * @returns undefined if there is no such file
 */
export function resolveLink(
  reference: string,
  page: string,
  files: ReadonlySet<string>,
): Target | undefined {
  const base = `file:///${encodePath(page)}`;
  if (!URL.canParse(reference, base)) return undefined;
  const url = new URL(reference, base);
  const path = decode(url.pathname.slice(1));
  if (url.protocol !== 'file:' || url.host !== '' || path === undefined) return undefined;
  const language = page.includes('/') ? page.slice(0, page.indexOf('/')) : '';
  const names = [path, ...(reference.startsWith('/') ? [`${language}/${path}`] : [])];
  const isFolder = path === '' || path.endsWith('/');
  const candidates = isFolder
    ? [...names.map((name) => name + homePage), ...names.map((name) => `${name}index.html`)]
    : names;
  const found = candidates.find((name) => files.has(name));
  return found === undefined ? undefined : { path: found, fragment: url.hash };
}

/**
 * A part of an address in plain letters; undefined where its percent signs encode nothing (`100%`)
 * or no UTF-8.
 */
export function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}

/**
 * A fragment with its letters as they are: a URL in HTML may hold any letter, and percent signs
 * would take six bytes for each letter of Cyrillic, on every line of a list of contents.
 */
const spellFragment = (fragment: string): string =>
  fragment.replace(/(?:%[0-9A-F]{2})+/gi, (written) => {
    const letters = decode(written);
    return letters !== undefined && /^[\p{L}\p{M}\p{N}]+$/u.test(letters) ? letters : written;
  });

const encodePath = (path: string) => path.split('/').map(encodeURIComponent).join('/');

/**
 * The relative reference from a page to a file, always with the file's name: `../` alone would need
 * a server that knows index documents. In the page itself only the fragment is left.
 */
export function makeRelative(page: string, { path, fragment: written }: Target): string {
  const fragment = spellFragment(written);
  if (page === path)
    return fragment === '' ? encodePath(path.slice(path.lastIndexOf('/') + 1)) : fragment;
  const from = page.split('/').slice(0, -1);
  const to = path.split('/');
  let shared = 0;
  while (shared < from.length && shared < to.length - 1 && from[shared] === to[shared]) shared++;
  return (
    encodePath([...from.slice(shared).map(() => '..'), ...to.slice(shared)].join('/')) + fragment
  );
}
