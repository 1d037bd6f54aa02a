/**
 * Addresses of pages inside the site: root-absolute here, made relative to each page after the
 * build.
 */

/** A page of a language: `pathOf('en', 'guide/letters.html')` is `/en/guide/letters.html`. */
export const pathOf = (language: string, page: string): string => `/${language}/${page}`;

/** What programs of subscribers ask for, below each language. */
export const feeds = {
  rss: { file: 'feed.xml', type: 'application/rss+xml' },
  atom: { file: 'feed.atom.xml', type: 'application/atom+xml' },
  json: { file: 'feed.json', type: 'application/feed+json' },
} as const;

/** The files below a language that hold many pages, for whoever takes them along. */
export const carriedFiles = ['all.html', 'book.epub', 'text.txt'] as const;
export type CarriedFile = (typeof carriedFiles)[number];
/** Whether a path of a site is one of them: it is measured by a budget of its own, and no page. */
export const isCarried = (path: string): boolean =>
  carriedFiles.some((file) => path.endsWith(`/${file}`));

/**
 * The first page of a language. Links never name an `index.html`: some hosts (serve, Vercel) make
 * of it the folder's address without a slash, and from there every relative link of the page goes
 * astray. The folder has a copy for who types its address.
 */
export const homePage = 'home.html';

/** Cuts a list into pages. An empty list has one empty page, so that its address exists. */
export function paginate<T>(items: readonly T[], size: number): T[][] {
  if (!Number.isInteger(size) || size < 1) throw new RangeError(`no size of a page: ${size}`);
  const pages: T[][] = [];
  for (let start = 0; start < items.length; start += size)
    pages.push(items.slice(start, start + size));
  return pages.length > 0 ? pages : [[]];
}

/** So many further pages of a list are in one folder: hosts and archives limit what one holds. */
const pagesPerFolder = 500;

const numberedPage = (name: string, number: number, ending = '.html'): string => {
  const block = Math.floor(number / pagesPerFolder) * pagesPerFolder;
  return `${name}/${block === 0 ? '' : `${block}/`}${number}${ending}`;
};

/** The days of each year, below each language. */
export const calendar = { file: 'calendar.ics', type: 'text/calendar' } as const;

/** All feeds in one list, at the root. */
export const feedList = { file: 'follow.opml', type: 'text/x-opml' } as const;

/** A feed's archive document (RFC 5005, section 4), from 1: `feed/1.atom.xml`. */
export const feedArchive = (number: number, format: 'atom' | 'json'): string =>
  numberedPage('feed', number, feeds[format].file.slice('feed'.length));

/**
 * The n-th page of a list that is cut into pages, from 1: `guides.html`, then `guides/2.html` …
 * `guides/499.html`, `guides/500/500.html`, so that no folder grows with the site.
 */
export const listPage = (name: string, number: number): string =>
  number === 1 ? `${name}.html` : numberedPage(name, number);

/** One page of a list. */
export interface CutPage<T> {
  path: string;
  /** As readers know it. */
  number: number;
  items: T[];
}

/** The pages of a list in the order of its items, from 1 on. */
export const cutFromStart = <T>(name: string, items: readonly T[], size: number): CutPage<T>[] =>
  paginate(items, size).map((part, index) => ({
    path: listPage(name, index + 1),
    number: index + 1,
    items: part,
  }));

/**
 * The pages of a list that has the newest first and grows at that end. Counted from the oldest, so
 * that a numbered page, once full, shows the same for ever: what somebody linked to or saved is
 * still there, and an edition changes few files. The page of the list itself shows the newest ones,
 * as many as a page holds, though a numbered one may have some of them, too.
 */
export function cutFromOldest<T>(
  name: string,
  newestFirst: readonly T[],
  size: number,
): CutPage<T>[] {
  const oldestFirst = paginate(newestFirst.toReversed(), size);
  const older = oldestFirst.slice(0, -1).map((part, index) => ({
    path: numberedPage(name, index + 1),
    number: index + 1,
    items: part.toReversed(),
  }));
  const first = {
    path: `${name}.html`,
    number: oldestFirst.length,
    items: newestFirst.slice(0, size),
  };
  return [first, ...older.reverse()];
}

/**
 * Which pages of a list one of them names, by index: the ends and the neighbours, not all, since no
 * page may grow with the site.
 * @param total how many pages there are
 * @param current index of the page that names them
 * @param most how many are named at each end, and on each side of `current`
 */
export const choosePages = (total: number, current: number, most: number): number[] =>
  Array.from({ length: total }, (_, index) => index).filter(
    (index) => index < most || index >= total - most || Math.abs(index - current) <= most,
  );
