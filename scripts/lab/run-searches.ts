import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { findQueries } from './checks/search.ts';
import { chromiumWithScripts } from './clients/chromium.ts';
import type { Client, Reader } from './clients/client.ts';
import { ProgramError } from './process.ts';
import { CheckFindings, type CheckResult, type Row, type Table } from './report.ts';
import { runRow } from './run-row.ts';
import { encodePath, type StaticSite } from './site.ts';

/** What is compared of an answer: as much as a phone shows at once. */
const shown = 3;

/** The first results by page with a search and word, without the address of the host. */
export type Answers = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

/**
 * Asks the search of each language all of its queries in one browser.
 * @throws ProgramError if the browser cannot search
 */
export async function askSearches(
  { search }: Reader,
  site: StaticSite,
  base: string,
): Promise<Answers> {
  if (!search) throw new ProgramError('a browser without scripts cannot search');
  const answers = new Map<string, Map<string, readonly string[]>>();
  for (const { page, words } of findQueries(site)) {
    const found = new Map<string, readonly string[]>();
    for (const word of words) {
      const results = await search(base + encodePath(page.path), word);
      // what highlights the words of the query is the same place
      const places = results.map((address) => address.replace(base, '').replace(/\?[^#]*/, ''));
      found.set(word, places.slice(0, shown));
    }
    answers.set(page.path, found);
  }
  return answers;
}

/** Where the first results of a browser are others than those of Chromium, by page. */
export function compareAnswers(expected: Answers, found: Answers): Map<string, CheckResult> {
  const cells = new Map<string, CheckResult>();
  for (const [path, words] of expected) {
    const findings = new CheckFindings();
    for (const [word, places] of words) {
      const others = found.get(path)?.get(word) ?? [];
      if (places.length === 0) findings.note(`Chromium finds nothing for "${word}" on ${path}`);
      if (JSON.stringify(others) !== JSON.stringify(places))
        findings.fail(
          `the search for "${word}" begins with ${others.join(', ') || 'nothing'}, in Chromium with ${places.join(', ') || 'nothing'}`,
        );
    }
    findings.figure = `${words.size} queries`;
    cells.set(path, findings.result());
  }
  return cells;
}

/** Asks the same in each browser with scripts, and compares it with Chromium. */
export async function runSearches(
  clients: readonly Client[],
  site: StaticSite,
  base: string,
  scratch: string,
  report: (line: string) => void,
): Promise<Table | undefined> {
  const columns = findQueries(site).map(({ page }) => page.path);
  const others = clients.filter((client) => client.scripts && client !== chromiumWithScripts);
  if (columns.length === 0 || others.length === 0) return undefined;
  const ask = async (client: Client): Promise<{ version: string; answers: Answers }> => {
    const own = join(scratch, client.name.replace(/\W+/g, '-'));
    mkdirSync(own);
    const reader = await client.start(own);
    try {
      return { version: reader.version, answers: await askSearches(reader, site, base) };
    } finally {
      await reader.stop();
    }
  };
  const { answers: expected } = await ask(chromiumWithScripts);
  const rows: Row[] = [];
  for (const client of others)
    rows.push(
      await runRow({ ...client, columns }, report, async () => {
        const { version, answers } = await ask(client);
        return { name: version, cells: compareAnswers(expected, answers) };
      }),
    );
  return { title: 'Search as in Chromium', kind: 'browser', columns, rows };
}
