import { findNearest, type Fault } from '../read/fault.ts';
import { parseBody, walk } from '../read/markdown.ts';
import { collectionNames, rowOf } from '../schema/collections.ts';
import { textsOf, type Entries, type Entry } from '../schema/entries.ts';
import type { Locales } from '../schema/fields.ts';
import { isStanding, standingGuides } from '../schema/pages.ts';
import { findSite } from '../schema/register.ts';

/** Pages that every campaign has, or may have, below each language. */
const enginePages = [
  ...standingGuides,
  ...['actions', 'actions-archive', 'actions-inside', 'all', 'follow', 'guides', 'home'],
  ...['initiatives', 'leaflet', 'letter-sheet', 'poster', 'search', 'terms', 'timeline'],
  'updates',
].map((name) => `${name}.html`);

/** Files below each language that are no pages. */
const engineFiles = [
  'book.epub',
  'calendar.ics',
  'feed.atom.xml',
  'feed.json',
  'feed.xml',
  'text.txt',
];

/** Files of the whole site. What a text calls `files.html` is at the root. */
const rootFile =
  /^(?:(?:404|files)\.html|follow\.opml|(?:EDITION|CHAIN)\.txt|SHA256SUMS(?:\.[^/]+)?|(?:download|files|hosting)\/.+)$/;

/** Further pages of a list: how many there are is known after a build alone. */
const listPart =
  /^(?:actions|actions-archive|guides|initiatives|search|terms|timeline|updates)\/(?:[a-z0-9-]+\/)*[a-z0-9-]+\.html$/;

/**
 * Checks where the texts of a campaign lead, as far as their sources show it: whether the page of a
 * record or text exists, and whether an outside address is in the register. The build looks at all
 * links of all pages once more; here an editor hears of it without one.
 * @param broken files with faults of their own, as `collection/slug`: whoever links to them is not
 * at fault as well
 */
export function checkLinks(
  entries: Entries,
  locales: Locales,
  broken: ReadonlySet<string>,
): Fault[] {
  const pages = listPages(entries, broken);
  const isRegisterWhole = ![...broken].some((name) => name.startsWith('sites/'));
  return textsOf(entries).flatMap((entry) => {
    const tree = parseBody(entry);
    if ('found' in tree) return [];
    return [...walk(tree)].flatMap(({ type, url = '', position }): Fault[] => {
      if (type !== 'link' && type !== 'definition') return [];
      const place = { file: entry.file, line: entry.bodyLine + (position?.start.line ?? 1) - 1 };
      if (/^(?:[a-z][a-z0-9+.-]*:|\/\/)/i.test(url)) {
        const isKnown = /^https?:/i.test(url) && (!isRegisterWhole || findSite(entries.sites, url));
        return isKnown ? [] : [refuseOutside(place, url)];
      }
      const page = readPage(url, pageOf(entry), locales);
      return page !== undefined && isThere(page, pages)
        ? []
        : [refusePage(place, url, page ?? url, pages)];
    });
  });
}

type Place = Pick<Fault, 'file' | 'line'>;

const pagedNames = collectionNames().filter((name) => rowOf(name).page !== undefined);

/** All pages below a language that have the words of a file, and those of the engine. */
function listPages(entries: Entries, broken: ReadonlySet<string>): ReadonlySet<string> {
  const named = (slug: string, folder: string | undefined) => `${folder}/${slug}.html`;
  const written = pagedNames.flatMap((name) =>
    (entries[name] as Entry[])
      .filter(({ slug }) => name !== 'guides' || !isStanding(slug))
      .map(({ slug }) => named(slug, rowOf(name).page)),
  );
  const ofBroken = pagedNames.flatMap((name) =>
    [...broken]
      .filter((key) => key.startsWith(`${name}/`))
      .map((key) => named(key.slice(name.length + 1), rowOf(name).page)),
  );
  return new Set([...enginePages, ...written, ...ofBroken]);
}

/** The page of a text, from the root of the site. */
const pageOf = ({ file, language, slug }: Entry): string => {
  const { page } = rowOf(file.split('/')[0] === 'guides' ? 'guides' : 'updates');
  return `${language}/${page === 'guide' && isStanding(slug) ? '' : `${page}/`}${slug}.html`;
};

/**
 * The page that a link names, below its language; `undefined` where it names none. As the build
 * reads it (`src/lib/resolve-link.ts`): a path from the root is looked for in the language of the
 * text, too, and any other begins at the page that it is on.
 */
function readPage(url: string, from: string, { all }: Locales): string | undefined {
  if (url === '') return undefined;
  const base = `file:///${from}`;
  const { host, pathname } = URL.canParse(url, base) ? new URL(url, base) : { host: url };
  const path = host === '' && pathname !== undefined ? decodePath(pathname.slice(1)) : undefined;
  if (path === undefined || rootFile.test(path)) return path;
  const [first = '', ...rest] = path.split('/');
  const isBelow = all.includes(first) && rest.length > 0;
  if (!isBelow && !url.startsWith('/')) return undefined;
  const page = isBelow ? rest.join('/') : path;
  return page === '' ? 'home.html' : page;
}

const decodePath = (path: string): string | undefined => {
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined; // percent signs that encode nothing
  }
};

const isThere = (page: string, pages: ReadonlySet<string>): boolean =>
  pages.has(page) || engineFiles.includes(page) || rootFile.test(page) || listPart.test(page);

function refusePage(place: Place, url: string, page: string, pages: ReadonlySet<string>): Fault {
  const name = page.replace(/[?#].*$|^(?:\.{0,2}\/)+/g, '').replace(/(?:\.mdx?|\.html)?$/, '.html');
  const withoutFolder = name.slice(name.lastIndexOf('/') + 1);
  const near =
    withoutFolder === 'index.html'
      ? 'home.html' // some hosts send readers of an index.html to where its links are dead
      : pages.has(withoutFolder)
        ? withoutFolder
        : findNearest(name, pages);
  return {
    ...place,
    found: `a link to ${url}, which is no page`,
    expected: 'the address of a page as it is written after the language: /guide/letters.html',
    fix: near ? `did you mean /${near}?` : 'fix the address, or take the link out',
  };
}

const refuseOutside = (place: Place, url: string): Fault => ({
  ...place,
  found: `a link to ${url}`,
  expected:
    'an address under a prefix of a file in sites/, which says whether it is safe to follow',
  fix: 'add the site to sites/ after checking it, or name it without a link',
});
