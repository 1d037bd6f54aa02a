import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Entry } from '../../campaign/schema/entries.ts';
import type { Fault } from '../../campaign/read/fault.ts';
import { campaignFolder } from '../../campaign/read/campaign-folder.ts';
import { listCampaignFiles, readText } from '../../campaign/read/folder.ts';
import type { Site } from '../../campaign/schema/site.ts';
import { applyEdits, parsePage, type BuiltPage, type Edit } from './built-page.ts';

/** The folder that was built, as the steps over it see it. */
export interface Dist {
  folder: string;
  /** All files, with those that later steps and commands will write. */
  files: Set<string>;
  /** Where files are that a step has moved, by the path under which pages still know them. */
  moved: Map<string, string>;
  pages: BuiltPage[];
  site: Site;
  /** The register of outside addresses. */
  register: Entry<'sites'>[];
  faults: Fault[];
}

/**
 * Says in the first bytes of each page that it is UTF-8. A host may say otherwise in a header
 * (Apache with AddDefaultCharset), and that counts more than the page's own <meta charset>: every
 * letter beyond English would be garbled, and styles would no longer fit the policy. Only a byte
 * order mark counts more than a header (Encoding standard, 6.1: decode).
 */
const byteOrderMark: Edit = { start: 0, end: 0, text: '\uFEFF' };

/**
 * Reads a built folder and parses its pages, once. `promised` are files that a later step or
 * command writes.
 */
export function openDist(
  folder: string,
  site: Site,
  register: Entry<'sites'>[],
  promised: readonly string[],
): Dist {
  const files = listCampaignFiles(folder);
  const pages = files
    .filter((file) => file.endsWith('.html'))
    .map((file) => parsePage(file, readFileSync(join(folder, file), 'utf8')));
  for (const page of pages) page.edits.push(byteOrderMark);
  return {
    folder,
    files: new Set([...files, ...promised]),
    moved: new Map(),
    pages,
    site,
    register,
    faults: [],
  };
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
    listCampaignFiles(campaignFolder())
      .filter((file) => /\.(mdx?|yaml)$/.test(file))
      .map((file) => [file, readText(campaignFolder(), file).split('\n')]),
  ));

/**
 * Shorter pieces of text are in many files: to name the first of them would blame the wrong one.
 */
const shortest = 5;

/**
 * The file and line of the campaign where a piece of a page was written; the built page itself
 * where nobody wrote it.
 */
export function findOrigin(
  page: Pick<BuiltPage, 'path' | 'source'>,
  ...needles: string[]
): Pick<Fault, 'file' | 'line'> {
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
