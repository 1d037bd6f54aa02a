/**
 * Addresses of pages inside the site: root-absolute here, made relative to each page after the
 * build.
 */

/** A page of a language: `pathOf('en', 'guide/letters.html')` is `/en/guide/letters.html`. */
export const pathOf = (language: string, page: string): string => `/${language}/${page}`;

/** The feeds of a language, the plainest first. */
export const feedKinds = [
  { file: 'feed.xml', type: 'application/rss+xml' },
  { file: 'feed.atom.xml', type: 'application/atom+xml' },
] as const;

/**
 * The first page of a language. Links never name an `index.html`: some hosts (serve, Vercel) make
 * of it the folder's address without a slash, and from there every relative link of the page goes
 * astray. The folder has a copy for who types its address.
 */
export const homePage = 'home.html';

/**
 * The n-th page of a list that is cut into pages, from 1: `updates-2021.html`,
 * `updates-2021-2.html`.
 */
export const listPage = (name: string, number: number): string =>
  number === 1 ? `${name}.html` : `${name}-${number}.html`;

/** Cuts a list into pages. An empty list has one empty page, so that its address exists. */
export function paginate<T>(items: readonly T[], size: number): T[][] {
  if (!Number.isInteger(size) || size < 1) throw new RangeError(`no size of a page: ${size}`);
  const pages: T[][] = [];
  for (let start = 0; start < items.length; start += size)
    pages.push(items.slice(start, start + size));
  return pages.length > 0 ? pages : [[]];
}
