/**
 * `npm run search-quality`: how much of what readers look for a built site lets them find, with and
 * without scripts.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { project } from './build/project.ts';
import { parseWords, runCommand, UsageError } from './cli/command-line.ts';
import { measureSearch } from './search/measure-search.ts';
import { measureTerms, type Share } from './search/measure-terms.ts';
import { readQueries } from './search/queries.ts';

const usage = `npm run search-quality

Asks the site in dist the queries of tests/search/queries.yaml, and prints which share finds a right
place among the first three results of the search, and within three clicks in the index of words;
and how many bytes a first answer of the search takes. Build the default campaign first.`;

await runCommand(async () => {
  parseWords(process.argv.slice(2), {}, usage, 0);
  const folder = join(project, 'dist');
  if (!existsSync(folder)) throw new UsageError('dist is not there. Build it first: npm run build');
  const queries = readQueries(join(project, 'tests', 'search', 'queries.yaml'));
  const search = await measureSearch(folder, queries);
  print('Search, among the first three', search);
  console.log('A first answer takes');
  for (const { language, costs } of search) {
    const [median, most] = [costs[Math.floor(costs.length / 2)], costs.at(-1)];
    console.log(`  ${language}: ${median?.bytes} bytes, at most ${most?.bytes} (${most?.query})`);
  }
  print('Index of words, within three clicks', await measureTerms(folder, queries));
  return 0;
});

function print(title: string, shares: readonly Share[]): void {
  console.log(title);
  for (const { language, asked, found, missed } of shares) {
    console.log(`  ${language}: ${found} of ${asked} (${Math.round((found / asked) * 100)} %)`);
    for (const [query, places] of missed)
      console.log(`    ${query}: ${places.slice(0, 3).join(', ') || 'nothing'}`);
  }
}
