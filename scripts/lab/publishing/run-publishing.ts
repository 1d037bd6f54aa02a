import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { editionFile, manifestFile } from '../../../src/kit/core/edition/edition-files.ts';
import { printDraft } from '../../../src/kit/core/edition/edition.ts';
import { printManifest } from '../../../src/kit/core/manifest/manifest.ts';
import { hashBytes } from '../../../src/kit/node/platform.ts';
import { mapInOrder } from '../oracle/map-in-order.ts';
import { CheckFindings, type CheckResult, type Row, type Table } from '../report.ts';
import { runRow } from '../run-row.ts';
import { makeTestEditions, type TestEdition } from './editions.ts';
import type { PublishServer, RunningServer } from './publish-server.ts';
import { runPublish } from './run-publish.ts';

/** A server while its row is made, and what is put on it. */
interface Trial {
  readonly server: RunningServer;
  readonly editions: readonly TestEdition[];
  readonly words: readonly string[];
  readonly draft: string;
  /** How often a run is killed. */
  readonly kills: number;
}

const checks: readonly [name: string, check: (trial: Trial) => Promise<CheckResult>][] = [
  ['first', (trial) => checkRun(trial, 0, 'edition 1')],
  ['again', (trial) => checkRun(trial, 0, 'nothing to do')],
  ['draft', checkDraft],
  ['changed', (trial) => checkRun(trial, 1, 'edition 2')],
  ['killed', checkKilled],
  ['outside', checkOutside],
];

/**
 * Publishes editions to servers of this machine by the command itself.
 * @param scratch an empty folder
 * @param kills how many runs are killed on each
 */
export async function runPublishing(
  servers: readonly PublishServer[],
  scratch: string,
  kills: number,
  report: (line: string) => void,
): Promise<Table | undefined> {
  if (servers.length === 0) return undefined;
  const columns = checks.map(([name]) => name);
  const made = join(scratch, 'editions');
  mkdirSync(made);
  const { key, editions } = await makeTestEditions(made, 2 + kills);
  const draft = makeDraft(scratch);
  // Two at a time: each waits for its server most of the time.
  const rows = await mapInOrder(servers, 2, ({ name, needs, start }, index) =>
    runRow({ name, needs, columns }, report, async (): Promise<Row> => {
      const own = join(scratch, `server-${index}`);
      mkdirSync(own, { mode: 0o755 });
      const server = await start(own);
      try {
        const cells = new Map<string, CheckResult>();
        for (const [column, check] of checks)
          cells.set(column, await check({ server, editions, draft, kills, words: ['--key', key] }));
        return { name: `${name}: ${server.version}`, cells };
      } finally {
        await server.stop();
      }
    }),
  );
  return { title: 'Publishing', kind: 'server', columns, rows };
}

function makeDraft(scratch: string): string {
  const folder = join(scratch, 'draft');
  mkdirSync(folder);
  const files = {
    [editionFile]: printDraft({ campaign: 'garden', of: 99 }),
    'index.html': 'Soon.',
  };
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text);
  const list = Object.entries(files).map(([path, text]) => ({ path, hash: hashBytes(text) }));
  writeFileSync(join(folder, manifestFile), printManifest(list));
  return folder;
}

/** One run, after which the server holds the edition and no file of another one. */
async function checkRun(trial: Trial, index: number, said: string): Promise<CheckResult> {
  const findings = new CheckFindings();
  const { server, words } = trial;
  const edition = editionAt(trial, index);
  const { code, output } = await runPublish(server, edition.folder, words);
  if (code !== 0 || !output.includes(said))
    findings.fail(
      `edition ${edition.number}: it ended with ${code}, expected 0 and “${said}”: ${lastLine(output)}`,
    );
  await compare(trial, edition, findings);
  return findings.result();
}

/** Neither without a word nor with it: readers would lose what they can check. */
async function checkDraft(trial: Trial): Promise<CheckResult> {
  const findings = new CheckFindings();
  for (const extra of [[], ['--draft']]) {
    const { code, output } = await runPublish(trial.server, trial.draft, [
      ...trial.words,
      ...extra,
    ]);
    if (code !== 1)
      findings.fail(
        `a draft${extra.join('')}: it ended with ${code}, expected 1: ${lastLine(output)}`,
      );
  }
  await compare(trial, editionAt(trial, 0), findings);
  return findings.result();
}

/**
 * Each run is killed at a random moment; whatever readers then get is of some signed edition, byte
 * for byte, and the next run repairs the rest.
 */
async function checkKilled(trial: Trial): Promise<CheckResult> {
  const findings = new CheckFindings();
  const { server, editions, words, kills } = trial;
  let longest = 1500;
  let stopped = 0;
  for (let kill = 0; kill < kills; kill++) {
    const edition = editionAt(trial, 2 + kill);
    const moment = Math.round(Math.random() * longest);
    const killed = await runPublish(server, edition.folder, words, moment);
    if (killed.code === undefined) stopped += 1;
    const when = `killed after ${moment} ms with edition ${edition.number}`;
    for (const path of pathsOf(editions)) {
      const bytes = await server.read(path);
      if (bytes && !editions.some(({ files }) => files.get(path)?.equals(bytes)))
        findings.fail(`${when}: ${path} is of no edition (${bytes.length} bytes).`);
    }
    const { code, output, time } = await runPublish(server, edition.folder, words);
    longest = Math.max(longest, time);
    if (code !== 0) findings.fail(`${when}: the next run ended with ${code}: ${lastLine(output)}`);
    await compare(trial, edition, findings);
  }
  findings.figure = `${stopped} of ${kills}`;
  return findings.result();
}

/** The command asks the address itself, as a reader's checker does. */
async function checkOutside(trial: Trial): Promise<CheckResult> {
  const findings = new CheckFindings();
  const { server, words, kills } = trial;
  const edition = editionAt(trial, 1 + kills);
  const address = `${server.address}/`;
  const { code, output } = await runPublish(server, edition.folder, [
    ...words,
    '--address',
    address,
  ]);
  if (code !== 0 || !output.includes(': AUTHENTIC'))
    findings.fail(
      `${address}: it ended with ${code}, expected 0 and AUTHENTIC: ${output.trim().split('\n').slice(-6).join(' / ')}`,
    );
  return findings.result();
}

/** What hosts need and no edition has. */
const additions: ReadonlySet<string> = new Set(['.nojekyll']);

async function compare(
  { server, editions }: Trial,
  edition: TestEdition,
  findings: CheckFindings,
): Promise<void> {
  for (const path of pathsOf(editions).filter((each) => !server.lacks?.test(each))) {
    const [found, expected] = [await server.read(path), edition.files.get(path)];
    const isSame = found === undefined ? expected === undefined : expected?.equals(found) === true;
    if (!isSame)
      findings.fail(
        `edition ${edition.number}: ${path} ${found === undefined ? 'is not there' : expected === undefined ? 'is still there' : 'has other bytes'}.`,
      );
  }
  for (const path of (await server.list?.()) ?? [])
    if (!edition.files.has(path) && !additions.has(path))
      findings.fail(`edition ${edition.number}: ${path} is left there.`);
}

const pathsOf = (editions: readonly TestEdition[]): string[] => [
  ...new Set(editions.flatMap(({ files }) => [...files.keys()])),
];

function editionAt({ editions }: Trial, index: number): TestEdition {
  const edition = editions[index];
  if (!edition) throw new RangeError(`There is no edition ${index + 1}.`);
  return edition;
}

const lastLine = (output: string): string => output.trim().split('\n').slice(-2).join(' / ');
