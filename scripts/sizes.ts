/**
 * `npm run sizes`: measures the pages of `dist` and the files that people take along, and
 * writes the tables of their sizes, tests/sizes.md.
 */
import { existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { project } from './build/project.ts';
import { measureFiles, printFileSizes } from './build/file-sizes.ts';
import {
  budgetPages,
  findGrownPages,
  measurePages,
  printPageSizes,
  readPageSizes,
} from './build/page-sizes.ts';
import { parseWords, UsageError, runCommand } from './cli/command-line.ts';

const usage = `npm run sizes

Measures the pages of dist, without a browser, and writes tests/sizes.md anew. Budgets that still fit
stay; what has grown past its budget is printed, and gets a new one. Build the default campaign first.`;

await runCommand(async () => {
  parseWords(process.argv.slice(2), {}, usage, 0);
  const folder = join(project, 'dist');
  if (!existsSync(folder)) throw new UsageError('dist is not there. Build it first: npm run build');
  const file = join(project, 'tests', 'sizes.md');
  const before = existsSync(file) ? readPageSizes(readFileSync(file, 'utf8'), file) : [];
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.html'));
  const pages = new Map(paths.map((path) => [path, readFileSync(join(folder, path))]));
  for (const sentence of findGrownPages(pages, before)) console.log(sentence);
  const table = budgetPages(measurePages(pages), before);
  const files = measureFiles(folder);
  writeFileSync(file, `${printPageSizes(table)}\n${printFileSizes(files)}`);
  console.log(`tests/sizes.md has ${table.length} pages and ${files.length} files`);
  return 0;
});
