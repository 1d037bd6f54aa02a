import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';

/**
 * The campaign folder: CONTENT_DIR, or src/content. From the process' folder, since bundling moves this module;
 * every command of ours starts in the root of the project.
 */
export const campaignFolder = (): string => resolve(process.cwd(), process.env['CONTENT_DIR'] ?? 'src/content');

/** The folder as its editor should read it in messages: as it was given, not where this machine keeps it. */
export const campaignName = (): string => process.env['CONTENT_DIR'] ?? 'src/content';

/** Names of all files below `folder`, relative, with `/`, in byte order. Dot files and the folders' own order are left out. */
export function listFiles(folder: string, under = ''): string[] {
  const here = join(folder, under);
  if (!existsSync(here)) return [];
  const names: string[] = [];
  for (const item of readdirSync(here, { withFileTypes: true })) {
    if (basename(item.name).startsWith('.')) continue;
    const path = under === '' ? item.name : `${under}/${item.name}`;
    if (item.isDirectory()) names.push(...listFiles(folder, path));
    else names.push(path);
  }
  return names.sort();
}

export const readText = (folder: string, file: string): string => readFileSync(join(folder, file), 'utf8').replace(/^\uFEFF/, '');
