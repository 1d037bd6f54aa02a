import { fileURLToPath } from 'node:url';

/** The folder of this clone. */
export const project = fileURLToPath(new URL('../..', import.meta.url));
