import { resolve, join } from 'node:path';
import { readFileSync, readdirSync } from 'node:fs';
import { UserError } from '../../src/kit/core/text/user-error.ts';
import { buildSite } from './build-site.ts';
import { measureGzip } from '../../src/lib/page-size.ts';
import { isCarried } from '../../src/lib/paths.ts';

/** Where the result goes: OUT_DIR, or dist. */
export const outFolder = (): string => resolve(process.env['OUT_DIR'] ?? 'dist');

/**
 * Builds, shows progress, and prints what came out; on a fault prints that and ends the process
 * with 1. The common part of the commands build and start.
 */
export async function runBuild(): Promise<void> {
  const folder = outFolder();
  const started = performance.now();
  let edition: string[];
  try {
    edition = await buildSite(folder, makeProgress());
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(`\n${error.message}`);
    process.exit(error.exitCode ?? 1);
  }
  const { pages, languages, files, bytes, largest } = summarize(folder);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(
    `built in ${seconds} s: ${pages} pages in ${languages.length} ` +
      `${languages.length === 1 ? 'language' : 'languages'} (${languages.join(', ')})`,
  );
  console.log(
    `  ${files} files, ${(bytes / 1e6).toFixed(2)} MB; largest page ${largest.path}, ${largest.gzip} bytes compressed`,
  );
  for (const line of edition) console.log(`  ${line}`);
  console.log(`  in ${folder}`);
}

const stages: [RegExp, string][] = [
  [/waiting for another build/, 'waiting for another build of this folder to end'],
  [/\[content\] Syncing/, 'reading the campaign'],
  [/\[build\] Building|\[vite\]/, 'compiling'],
  [/generating static routes/, 'writing pages'],
  [/read and parse pages/, 'checking pages, making links relative'],
  [/write feeds/, 'indexing for search'],
  [/set policies/, 'measuring'],
  [/signing and packing/, 'packing'],
];

/** Prints a line for each stage, and on a terminal counts the pages as they are written. */
function makeProgress(): (line: string) => void {
  let pages = 0;
  let last = '';
  return (line) => {
    if (process.env['VERBOSE']) console.log(line);
    const stage = stages.find(([pattern]) => pattern.test(line))?.[1];
    if (stage !== undefined && stage !== last)
      console.log(`${pages > 0 && process.stdout.isTTY ? '\n' : ''}… ${stage}`);
    if (stage !== undefined) [last, pages] = [stage, 0];
    if (/├─|└─/.test(line) && process.stdout.isTTY) process.stdout.write(`\r  ${++pages}`);
  };
}

export interface Summary {
  pages: number;
  languages: string[];
  files: number;
  bytes: number;
  largest: { path: string; gzip: number };
}

/**
 * Counts what a built folder holds. Sizes are bytes; the largest page is the one that is largest
 * when compressed (gzip, level 6).
 */
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
    const below = path.slice(folder.length + 1).replaceAll('\\', '/');
    if (!item.name.endsWith('.html') || isCarried(below)) continue;
    summary.pages++;
    const [, language] = /^([^/]+)\/index\.html$/.exec(below) ?? [];
    if (language !== undefined) languages.add(language);
    const gzip = measureGzip(content);
    if (gzip > summary.largest.gzip) summary.largest = { path: below, gzip };
  }
  summary.languages = [...languages].sort();
  return summary;
}
