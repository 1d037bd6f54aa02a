import { posix } from 'node:path';
import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import { listSiteFiles } from '../../scripts/lab/site.ts';
import { attributeOf, readSite as readWithLab, type SitePage } from '../../scripts/lab/site.ts';

/**
 * Reads a built site as the conformance lab does, a stranger: nothing of it is shared with what
 * built the site.
 */
export const listSite = listSiteFiles;
export const attribute = attributeOf;
export const readSite = (folder: string): SitePage[] => readWithLab(folder).pages;

/** The languages of a built site, in alphabetical order: the folders with a home page. */
export const listLanguages = (folder: string): string[] =>
  listSiteFiles(folder)
    .flatMap((path) => /^([\w-]+)\/home\.html$/.exec(path)?.[1] ?? [])
    .sort();

export const text = (element: Tree.Element): string =>
  element.childNodes
    .map((node) => ('tagName' in node ? text(node) : 'value' in node ? node.value : ''))
    .join('');

/** The file that a relative reference names, from the page that holds it. */
export const follow = (page: string, reference: string) =>
  posix.join(posix.dirname(page), decodeURIComponent(reference.replace(/#.*/, ''))) || page;
