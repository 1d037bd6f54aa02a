import { attributeOf, type SitePage, type StaticSite } from './site.ts';

/**
 * The fewest pages that between them show every kind of page: each folder, each name that the
 * languages share, each element and each class of the site (a greedy set cover: the page that shows
 * most that is new, the larger one first).
 * @returns paths in the order of the site
 */
export function chooseLayouts({ pages }: StaticSite): string[] {
  const shared = findSharedNames(pages);
  const open = pages
    .filter((page) => !leadsOn(page))
    .map((page) => ({ page, traits: new Set(traitsOf(page, shared)) }));
  const seen = new Set<string>();
  const chosen: string[] = [];
  for (;;) {
    const ranked = open
      .map(({ page, traits }) => ({
        page,
        gain: [...traits].filter((trait) => !seen.has(trait)).length,
        traits,
      }))
      .filter(({ gain }) => gain > 0)
      .sort((a, b) => b.gain - a.gain || b.page.html.length - a.page.html.length);
    const [best] = ranked;
    if (!best) break;
    chosen.push(best.page.path);
    for (const trait of best.traits) seen.add(trait);
  }
  return chosen.sort();
}

/** A page that only sends its reader to another one shows nothing of its own. */
export const leadsOn = ({ elements }: SitePage): boolean =>
  elements.some(
    (element) =>
      element.tagName === 'meta' && attributeOf(element, 'http-equiv')?.toLowerCase() === 'refresh',
  );

/** A page's path without the folder of its language: `en/guide/x.html` → `guide/x.html`. */
const localPath = ({ path, language }: SitePage): string =>
  language !== '' && path.startsWith(`${language}/`) ? path.slice(language.length + 1) : path;

/**
 * The list that a page at the top of its language is of; undefined for pages elsewhere. Pages of
 * one list differ behind the first hyphen of their names: `actions-archive.html`,
 * `files-2.html`.
 */
function familyOf(page: SitePage): string | undefined {
  const name = localPath(page);
  return name.includes('/') || name === page.path
    ? undefined
    : name.replace(/-.*/, '').replace(/\.html$/, '');
}

/** Names that are at the top of more than one language, as standing pages and lists do. */
function findSharedNames(pages: readonly SitePage[]): Set<string> {
  const counts = new Map<string, number>();
  for (const page of pages) {
    const family = familyOf(page);
    if (family !== undefined) counts.set(family, (counts.get(family) ?? 0) + 1);
  }
  return new Set([...counts].filter(([, count]) => count > 1).map(([name]) => name));
}

function* traitsOf(page: SitePage, shared: ReadonlySet<string>): Generator<string> {
  const name = localPath(page);
  const family = familyOf(page);
  if (['index.html', '404.html'].includes(page.path)) yield `name ${name}`;
  else if (family !== undefined && shared.has(family)) yield `name ${family}`;
  // folders of years and of numbered pages hold the same kind
  yield `folder ${name.slice(0, name.lastIndexOf('/') + 1).replace(/\d+/g, '0')}`;
  yield `language ${page.language}`;
  for (const element of page.elements) {
    yield `element ${element.tagName}`;
    for (const token of attributeOf(element, 'class')?.split(/\s+/) ?? [])
      yield `class ${element.tagName}.${token}`;
  }
}
