import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { listFiles } from '../list-files.ts';
import type { Running } from '../process.ts';

/** Reads all that a program has written into files that end in `.log` below a folder, and to its output. */
export const logsIn =
  (folder: string, { output }: Running) =>
  (): string =>
    [
      ...listFiles(folder)
        .filter((path) => path.endsWith('.log'))
        .map((path) => readFileSync(join(folder, path), 'utf8')),
      output(),
    ].join('\n');
