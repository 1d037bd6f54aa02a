import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { measureGzip } from '../../src/lib/page-size.ts';

export interface Summary {
  pages: number;
  languages: string[];
  files: number;
  bytes: number;
  largest: { path: string; gzip: number };
}

/** Counts what a built folder holds. Sizes are bytes; the largest page is the one that is largest when compressed (gzip, level 6). */
export function summarize(folder: string): Summary {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((item) =>
    item.isFile(),
  );
  const summary: Summary = {
    pages: 0,
    languages: [],
    files: names.length,
    bytes: 0,
    largest: { path: '', gzip: 0 },
  };
  const languages = new Set<string>();
  for (const item of names) {
    const path = join(item.parentPath, item.name);
    const content = readFileSync(path);
    summary.bytes += content.length;
    if (!item.name.endsWith('.html')) continue;
    summary.pages++;
    const below = path.slice(folder.length + 1).replaceAll('\\', '/');
    if (below.includes('/')) languages.add(below.slice(0, below.indexOf('/')));
    const gzip = measureGzip(content);
    if (gzip > summary.largest.gzip) summary.largest = { path: below, gzip };
  }
  summary.languages = [...languages].sort();
  return summary;
}
