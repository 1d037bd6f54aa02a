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
  ...[
    'actions',
    'actions-archive',
    'follow',
    'guides',
    'initiatives',
    'leaflet',
    'letter-sheet',
    'poster',
  ],
  ...['search', 'terms', 'timeline', 'updates'],
].map((name) => `${name}.html`);

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
      if (/^https?:/i.test(url))
        return isRegisterWhole && !findSite(entries.sites, url) ? [refuseOutside(place, url)] : [];
      const page = readPage(url, locales);
      return page === undefined || pages.has(page) || !isChecked(page)
        ? []
        : [refusePage(place, url, page, pages)];
    });
  });
}

type Place = Pick<Fault, 'file' | 'line'>;

const pagedNames = collectionNames().filter((name) => rowOf(name).page !== undefined);
const pagedFolders = pagedNames.map((name) => `${rowOf(name).page}/`);

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

/** The page that a link names, below its language; undefined for one that is not from the root. */
function readPage(url: string, { all }: Locales): string | undefined {
  if (!url.startsWith('/') || url.startsWith('//')) return undefined;
  const [path = ''] = url.slice(1).split(/[?#]/);
  const [first = '', ...rest] = path.split('/');
  return all.includes(first) && rest.length > 0 ? rest.join('/') : path;
}

/** Further pages of lists, and files that are no pages, are known after a build alone. */
const isChecked = (page: string): boolean =>
  pagedFolders.some((folder) => page.startsWith(folder)) || /^[^/.]+(?:\.html|\.mdx?)?$/.test(page);

function refusePage(place: Place, url: string, page: string, pages: ReadonlySet<string>): Fault {
  const name = page.replace(/(?:\.mdx?|\.html)?$/, '.html');
  const withoutFolder = name.slice(name.lastIndexOf('/') + 1);
  const near = findNearest(name, pages) ?? (pages.has(withoutFolder) ? withoutFolder : undefined);
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
