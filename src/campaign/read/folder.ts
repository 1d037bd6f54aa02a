import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join, relative, sep } from 'node:path';
import { campaignFolder, campaignName } from './campaign-folder.ts';
import { CampaignError, type Fault } from './fault.ts';

/**
 * Names of all files below `folder`, relative, with `/`, sorted by code units. Dot files are left
 * out, and so are symbolic links and devices: a link in a translator's change could publish a file
 * of the machine that builds.
 */
export function listCampaignFiles(folder: string, under = ''): string[] {
  const here = join(folder, under);
  if (!existsSync(here)) return [];
  const names: string[] = [];
  for (const item of readdirSync(here, { withFileTypes: true })) {
    if (basename(item.name).startsWith('.')) continue;
    const path = under === '' ? item.name : `${under}/${item.name}`;
    if (item.isDirectory()) names.push(...listCampaignFiles(folder, path));
    else if (item.isFile()) names.push(path);
  }
  return names.sort();
}

/** Symbolic links and other things that are neither file nor folder, which nothing here follows. */
export function listLinks(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => !item.isFile() && !item.isDirectory())
    .map((item) => relative(folder, join(item.parentPath, item.name)).split(sep).join('/'))
    .sort();
}

/** Whether a path is in the campaign folder. */
export const isInCampaign = (path: string): boolean => path.startsWith(campaignFolder() + sep);

export const isImageFile = (file: string): boolean => /\.(jpg|jpeg|png|webp|avif|gif)$/.test(file);

/** The text of a file, or what is wrong: an old encoding would become a page of question marks. */
export function decodeText(folder: string, file: string): string | Fault {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(readFileSync(join(folder, file)));
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return {
      file,
      found: 'bytes that are not UTF-8',
      expected: 'a text in UTF-8',
      fix: 'open the file in its old encoding and save it as UTF-8',
    };
  }
}

/**
 * The same of a file that is to be sound.
 * @throws CampaignError on other bytes than UTF-8
 */
export function readText(folder: string, file: string): string {
  const text = decodeText(folder, file);
  if (typeof text === 'string') return text;
  throw new CampaignError([text], `the campaign ${campaignName()}`);
}

/**
 * Refuses a campaign folder that is not there, is a file, or has a name that the bundler cannot
 * take.
 */
export function checkFolder(folder: string, context: string): void {
  const refuse = (found: string, expected: string) =>
    new CampaignError([{ file: folder, found, expected, fix: 'check CONTENT_DIR' }], context);
  const stat = statSync(folder, { throwIfNoEntry: false });
  if (!stat?.isDirectory())
    throw refuse(stat ? 'a file' : 'no such folder', 'the folder of a campaign, with a site.yaml');
  if (/[#?*{}[\]]/.test(folder))
    throw refuse(
      'a path with one of # ? * { } [ ]',
      'a path without these characters, which mean something else to the bundler',
    );
}
