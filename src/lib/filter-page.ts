/**
 * When a part of a list has a page of its own. A page that repeats a few cards of another one is a
 * tap more for nothing: such a part is a place in a page.
 */

/** So many entries make a page. */
export const minFiltered = 12;

/**
 * How many entries the place of a part names, which has no page. A larger part without a page is
 * at least half of the list, and the list shows it better.
 */
export const maxNamed = minFiltered - 1;

/**
 * Whether a part of a list has a page of its own: it has enough entries, and the list has more
 * others than these.
 * @param count the entries of the part
 * @param total those of the whole list
 * @param isPublished whether an edition has had the page. What somebody linked to stays, though the
 *   part may have become half of the list, or lost entries, since.
 */
export const hasFilterPage = (count: number, total: number, isPublished: boolean): boolean =>
  isPublished || (count >= minFiltered && count * 2 < total);

/** The folders of such pages, below a language. */
const filterPath = /^[^/]+\/((?:actions|updates\/about)\/.+)\.html$/;

/** The names of the pages in a manifest that narrow a list down: `actions/write`. */
export const listFilterPages = (files: readonly { path: string }[]): string[] => [
  ...new Set(files.flatMap(({ path }) => filterPath.exec(path)?.[1] ?? [])),
];
