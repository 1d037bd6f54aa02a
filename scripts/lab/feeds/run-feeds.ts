import { join } from 'node:path';
import type { Program } from '../programs.ts';
import { CheckFindings, type CheckResult, type Table } from '../report.ts';
import { runRow } from '../run-row.ts';
import { encodePath, type StaticSite } from '../site.ts';
import { askValidator, validatorName, validatorNeeds } from './feed-validator.ts';

const columns = ['RSS', 'Atom'] as const;

/** Recommendations that a feed without an address cannot follow, each with its reason. */
const accepted: Readonly<Record<string, string>> = {
  MissingAtomSelfLink:
    'MissingAtomSelfLink: a feed of RSS would name its own address, and a site for any host has none',
  RelativeSelf:
    'RelativeSelf: the address of a feed of Atom is relative, since every mirror has another',
  DuplicateUpdated:
    'DuplicateUpdated: several texts were changed on one day, and days are all that the content knows',
};

/** The row of the table, by the name that `--only` knows. */
export const feedValidator: { name: string; needs: readonly Program[] } = {
  name: 'W3C feed validator',
  needs: validatorNeeds,
};

/** Holds feeds to the rules of the W3C's validator: no error, and no warning but those above. */
export async function checkFeeds(
  { folder, files }: Pick<StaticSite, 'folder' | 'files'>,
  scratch: string,
): Promise<Map<string, CheckResult>> {
  const findings = new Map(columns.map((column) => [column as string, new CheckFindings()]));
  const feeds = [...files.keys()]
    .filter((path) => /(?:^|\/)feed(?:\/[\d/]+)?(?:\.atom)?\.xml$/.test(path))
    .map((path) => ({
      path,
      column: path.endsWith('.atom.xml') ? 'Atom' : 'RSS',
      file: join(folder, path),
      address: `http://site.invalid/${encodePath(path)}`,
    }));
  for (const { rule, level, line, element, address } of await askValidator(feeds, scratch)) {
    const { path, column } = feeds.find((feed) => feed.address === address)!;
    const of = findings.get(column);
    const reason = level === 'warning' ? accepted[rule] : undefined;
    if (reason !== undefined) of?.note(reason);
    else of?.fail(`${path}:${line ?? '?'}, ${level} ${rule} at <${element ?? '?'}>`);
  }
  for (const [column, found] of findings)
    found.figure = `${feeds.filter((feed) => feed.column === column).length} feeds`;
  return new Map([...findings].map(([column, found]) => [column, found.result()]));
}

/** The feeds of a site before the validator; undefined where it has none. */
export async function runFeeds(
  site: StaticSite,
  scratch: string,
  report: (line: string) => void,
): Promise<Table | undefined> {
  if (![...site.files.keys()].some((path) => path.endsWith('/feed.xml'))) return undefined;
  const row = await runRow({ ...feedValidator, columns }, report, async () => ({
    name: validatorName,
    cells: await checkFeeds(site, scratch),
  }));
  return { title: 'Feeds', kind: 'program', columns: [...columns], rows: [row] };
}
