import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry } from '../campaign/collections.ts';
import type { Fault } from '../campaign/fault.ts';
import { campaignFolder, listFiles, readText } from '../campaign/folder.ts';
import type { Site } from '../schema/site.ts';
import { applyEdits, parsePage, type BuiltPage } from './built-page.ts';

/** The folder that was built, as the steps over it see it. */
export interface Dist {
  folder: string;
  /** All files, with those that later steps will write. */
  files: Set<string>;
  pages: BuiltPage[];
  site: Site;
  /** The register of outside addresses. */
  register: Entry<'sites'>[];
  faults: Fault[];
}

/** Reads a built folder and parses its pages, once. `promised` are files that a later step writes. */
export function openDist(folder: string, site: Site, register: Entry<'sites'>[], promised: readonly string[]): Dist {
  const files = listFiles(folder);
  const pages = files.filter((file) => file.endsWith('.html')).map((file) => parsePage(file, readFileSync(join(folder, file), 'utf8')));
  return { folder, files: new Set([...files, ...promised]), pages, site, register, faults: [] };
}

/** Writes the pages with all edits of all steps. */
export function writePages({ folder, pages }: Dist): void {
  for (const page of pages) if (page.edits.length > 0) writeFileSync(join(folder, page.path), applyEdits(page));
}

/** The file and line of the campaign where a piece of a page was written; the built page itself where nobody wrote it. */
export function findOrigin(page: BuiltPage, ...needles: string[]): Pick<Fault, 'file' | 'line'> {
  const folder = campaignFolder();
  const candidates = [...(page.source ? [page.source] : []), ...listFiles(folder).filter((file) => /\.(mdx?|yaml)$/.test(file))];
  for (const needle of needles) {
    for (const file of candidates) {
      const line = readText(folder, file).split('\n').findIndex((text) => text.includes(needle));
      if (needle !== '' && line >= 0) return { file, line: line + 1 };
    }
  }
  return page.source ? { file: page.source } : { file: page.path };
}
