import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { budgets, measureGzip } from '../../src/lib/page-size.ts';
import { isCarried } from '../../src/lib/paths.ts';

/** A file that people take along or subscribe to. */
export interface MeasuredFile {
  path: string;
  bytes: number;
  /** Bytes after gzip, level 6: what a reader waits for. */
  gzip: number;
  /** Most bytes that the build lets it have; undefined where it grows with its texts. */
  budget: number | undefined;
}

/** What holds many pages, the calendar, and the feeds with their archive documents. */
const isMeasured = (path: string): boolean =>
  isCarried(path) || /\/(?:calendar\.ics|feed(?:\/[\d/]+)?\.(?:atom\.xml|xml|json))$/.test(path);

/** Measures such files of a built site, by path. */
export const measureFiles = (folder: string): MeasuredFile[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter(isMeasured)
    .sort()
    .map((path) => {
      const content = readFileSync(join(folder, path));
      return {
        path,
        bytes: content.length,
        gzip: measureGzip(content),
        budget: isCarried(path) ? budgets.carried : undefined,
      };
    });

/** The table in Markdown, under a heading of its own. */
export const printFileSizes = (files: readonly MeasuredFile[]): string => `## Files to take along

Bytes of each, plain and compressed. The build refuses one that is over its budget; the others grow
with their texts.

| file | plain | compressed | budget |
| --- | ---: | ---: | ---: |
${files.map(({ path, bytes, gzip, budget }) => `| ${path} | ${bytes} | ${gzip} | ${budget ?? '–'} |`).join('\n')}
`;
