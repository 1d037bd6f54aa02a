import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this clone. */
export const project = fileURLToPath(new URL('../..', import.meta.url));

/** The campaign that commands are about: CONTENT_DIR, or src/content. */
export const campaignFolder = (): string =>
  resolve(project, process.env['CONTENT_DIR'] ?? 'src/content');
