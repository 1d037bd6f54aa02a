import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry } from '../../campaign/schema/collections.ts';
import type { Fault } from '../../campaign/read/fault.ts';
import { campaignFolder, listFiles, readText } from '../../campaign/read/folder.ts';
import type { Site } from '../../campaign/schema/site.ts';
import { applyEdits, parsePage, type BuiltPage } from './built-page.ts';

/** The folder that was built, as the steps over it see it. */
export interface Dist {
  folder: string;
  /** All files, with those that later steps and commands will write. */
  files: Set<string>;
  pages: BuiltPage[];
  site: Site;
  /** The register of outside addresses. */
  register: Entry<'sites'>[];
  faults: Fault[];
}

/** Reads a built folder and parses its pages, once. `promised` are files that a later step or command writes. */
export function openDist(
  folder: string,
  site: Site,
  register: Entry<'sites'>[],
  promised: readonly string[],
): Dist {
  const files = listFiles(folder);
  const pages = files
    .filter((file) => file.endsWith('.html'))
    .map((file) => parsePage(file, readFileSync(join(folder, file), 'utf8')));
  return { folder, files: new Set([...files, ...promised]), pages, site, register, faults: [] };
}

/** Writes the pages with all edits of all steps. */
export function writePages({ folder, pages }: Dist): void {
  for (const page of pages)
    if (page.edits.length > 0) writeFileSync(join(folder, page.path), applyEdits(page));
}

/** The lines of all files of the campaign, read when the first fault asks for them. */
let lines: Map<string, string[]> | undefined;
const linesOfCampaign = () =>
  (lines ??= new Map(
    listFiles(campaignFolder())
      .filter((file) => /\.(mdx?|yaml)$/.test(file))
      .map((file) => [file, readText(campaignFolder(), file).split('\n')]),
  ));

/** Shorter pieces of text stand in many files: to name the first of them would blame the wrong one. */
const shortest = 5;

/** The file and line of the campaign where a piece of a page was written; the built page itself where nobody wrote it. */
export function findOrigin(page: BuiltPage, ...needles: string[]): Pick<Fault, 'file' | 'line'> {
  const all = linesOfCampaign();
  for (const needle of needles.filter((text) => text !== '')) {
    const files = [
      ...(page.source ? [page.source] : []),
      ...(needle.length < shortest ? [] : all.keys()),
    ];
    for (const file of files) {
      const line = all.get(file)?.findIndex((text) => text.includes(needle)) ?? -1;
      if (line >= 0) return { file, line: line + 1 };
    }
  }
  return { file: page.source ?? page.path };
}
