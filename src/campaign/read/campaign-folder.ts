import { resolve } from 'node:path';

/**
 * The campaign folder: CONTENT_DIR, or src/content. From the process' folder, since bundling moves
 * this module; every command of ours starts in the root of the project.
 */
export const campaignFolder = (): string =>
  resolve(process.cwd(), process.env['CONTENT_DIR'] ?? 'src/content');

/**
 * The folder as its editor should read it in messages: as it was given, not where this machine
 * keeps it.
 */
export const campaignName = (): string => process.env['CONTENT_DIR'] ?? 'src/content';
