import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inject } from 'vitest';
import { describeChange } from '../../src/kit/core/page-diff/page-change.ts';
import { decodePage } from '../../src/kit/core/page-diff/page-file.ts';
import { recognisePage, type KnownPage } from '../../src/kit/core/page-diff/recognise-page.ts';
import { readSite } from './site.ts';

/** All pages of a built site, as a checker of single pages knows them. */
export const readPages = (site: string): KnownPage[] =>
  readSite(site).map(({ path }) => ({ path, html: decodePage(readFileSync(join(site, path))) }));

export const pages = readPages(inject('defaultSite'));

export function htmlOf(path: string, among = pages): string {
  const page = among.find((other) => other.path === path);
  if (!page) throw new Error(`no page ${path}`);
  return page.html;
}

/** What a page is recognised as, with its changes in words. */
export function recognise(
  html: string | Buffer,
  known: Iterable<KnownPage> = pages,
): { path: string; changes: string[] } | undefined {
  const found = recognisePage(Buffer.from(html), known);
  return found && { path: found.page.path, changes: found.changes.map(describeChange) };
}
