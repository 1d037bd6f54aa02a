import { posix } from 'node:path';
import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import { isCarried } from '../../src/lib/paths.ts';
import { listSiteFiles } from '../../scripts/lab/site.ts';
import { attributeOf, readSite as readWithLab, type SitePage } from '../../scripts/lab/site.ts';

/**
 * Reads a built site as the conformance lab does, a stranger: nothing of it is shared with what
 * built the site.
 */
export const listSite = listSiteFiles;
export const attribute = attributeOf;
/** Its pages; what holds many of them (`tests/build/carried.test.ts`) is no page to read online. */
export const readSite = (folder: string): SitePage[] =>
  readWithLab(folder).pages.filter(({ path }) => !isCarried(path));

/** The languages of a built site, in alphabetical order: the folders with a home page. */
export const listLanguages = (folder: string): string[] =>
  listSiteFiles(folder)
    .flatMap((path) => /^([\w-]+)\/home\.html$/.exec(path)?.[1] ?? [])
    .sort();

/** Words as writers type them: pages have no-break spaces inside dates. */
export const withPlainSpaces = (words: string): string => words.replaceAll('\u00a0', ' ');

export const text = (element: Tree.Element): string =>
  element.childNodes
    .map((node) => ('tagName' in node ? text(node) : 'value' in node ? node.value : ''))
    .join('');

/** All elements in an element, in the order of the page. */
export const listBelow = (element: Tree.Element): Tree.Element[] =>
  element.childNodes.flatMap((node) => ('tagName' in node ? [node, ...listBelow(node)] : []));

/** The file that a relative reference names, from the page that holds it. */
export const follow = (page: string, reference: string) =>
  posix.join(posix.dirname(page), decodeURIComponent(reference.replace(/#.*/, ''))) || page;
