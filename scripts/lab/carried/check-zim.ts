import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { checkClient, clientColumns } from '../checks/client.ts';
import { checkMachine } from '../checks/machine.ts';
import { checkSilence } from '../checks/silence.ts';
import { chromiumWithScripts } from '../clients/chromium.ts';
import { answers, findFreePort, startProgram } from '../process.ts';
import { findProgram, type Program } from '../programs.ts';
import { readerEnvironment } from '../readers/run-reader.ts';
import { CheckFindings, type CheckResult } from '../report.ts';
import { forEachOf, requestAsBrowser } from '../served-site.ts';
import { encodePath, textOf, type SitePage, type StaticSite } from '../site.ts';

export const zimReaderNeeds: readonly Program[] = [
  { command: 'zimcheck', debian: 'zim-tools' },
  { command: 'kiwix-serve', debian: 'kiwix-tools' },
];

export const zimColumns = [
  'zimcheck',
  'files',
  'main page',
  ...clientColumns,
  'silence',
  'no name of this machine',
] as const;

/** What a ZIM file says of itself, by the names that the format has for it. */
const metadata = [
  'Title',
  'Description',
  'Language',
  'Name',
  'Creator',
  'Publisher',
  'Date',
].concat(['Scraper', 'Source', 'Tags', 'Flavour', 'License', 'Counter']);

/**
 * Lets zimcheck look at a ZIM file, serves it by kiwix-serve, and reads it with Chromium: it has to
 * hold the files of the site as they are, open with a page of it, and every page has to read, lead
 * on and keep silent as on any other host.
 * @param scratch an empty folder
 * @param paths pages to read
 */
export async function checkZim(
  file: string,
  site: StaticSite,
  paths: readonly string[],
  scratch: string,
): Promise<{ version: string; cells: Map<string, CheckResult> }> {
  const port = await findFreePort();
  const origin = `http://127.0.0.1:${port}`;
  const name = basename(file, '.zim');
  const { stop } = await startProgram(
    findProgram('kiwix-serve') ?? 'kiwix-serve',
    // without the bar that it puts into every page, which the policy of a page keeps from working
    ['--address', '127.0.0.1', '--port', String(port), '--nosearchbar', file],
    () => answers(`${origin}/${name}/`),
    { env: readerEnvironment(scratch) },
  );
  try {
    const base = `${origin}/${name}/`;
    const raw = `${origin}/raw/${name}/`;
    const pages = site.pages.filter(({ path }) => paths.includes(path));
    const chromium = await chromiumWithScripts.start(scratch);
    try {
      const cells = new Map<string, CheckResult>([
        ['zimcheck', askZimcheck(file)],
        ['files', await compareFiles(raw, site)],
        ['main page', await findMainPage(base, site)],
        ...(await checkClient(chromiumWithScripts, chromium, site, base, paths)),
        ['silence', await checkSilence({ ...site, pages }, base, scratch)],
        ['no name of this machine', await findMachine(file, raw, site.folder)],
      ]);
      return { version: `${readVersion()} in ${chromium.version}`, cells };
    } finally {
      await chromium.stop();
    }
  } finally {
    await stop();
  }
}

const readVersion = (): string =>
  /kiwix-tools \S+/.exec(
    spawnSync('kiwix-serve', ['--version'], { encoding: 'utf8' }).stdout,
  )?.[0] ?? 'kiwix-serve';

/** What zimcheck warns of is a note. It ends with 0 whatever it finds, in some versions. */
function askZimcheck(file: string): CheckResult {
  const { stdout, stderr } = spawnSync('zimcheck', ['-A', '-D', file], { encoding: 'utf8' });
  const findings = new CheckFindings();
  const parts = `${stdout}\n${stderr}`.split(/^(?=\[)/m).map((part) => part.replace(/\s+/g, ' '));
  for (const part of parts) {
    if (part.startsWith('[ERROR]')) findings.fail(`zimcheck: ${part.slice(8, 500).trim()}`);
    if (part.startsWith('[WARNING]')) findings.note(`zimcheck: ${part.slice(10, 500).trim()}`);
  }
  if (!/Status: Pass/.test(stdout)) findings.fail('zimcheck does not pass it.');
  return findings.result();
}

/** Each file of the site has to be in it, byte for byte. */
async function compareFiles(raw: string, site: StaticSite): Promise<CheckResult> {
  const findings = new CheckFindings();
  await forEachOf(site.files, async ([path, bytes]) => {
    const { status, body } = await requestAsBrowser(`${raw}content/${encodePath(path)}`);
    if (status !== 200) findings.fail(`${path} is not in the ZIM file (${status}).`);
    else if (!body.equals(bytes)) findings.fail(`${path} has other bytes in the ZIM file.`);
  });
  findings.figure = `${site.files.size} files`;
  return findings.result();
}

async function findMainPage(base: string, site: StaticSite): Promise<CheckResult> {
  const findings = new CheckFindings();
  const { status, address } = await requestAsBrowser(base);
  const path = address.startsWith(base) ? decodeURIComponent(address.slice(base.length)) : address;
  const page = site.pages.find((each) => each.path === path);
  if (status !== 200 || !page)
    findings.fail(`the ZIM file opens with ${path} (${status}), which is no page of the site.`);
  else findings.figure = titleOf(page);
  return findings.result();
}

const titleOf = ({ elements }: SitePage): string => {
  const title = elements.find(({ tagName }) => tagName === 'title');
  return title ? textOf(title) : '';
};

/** Neither its own bytes nor what it says of itself tell where it was made. */
async function findMachine(file: string, raw: string, folder: string): Promise<CheckResult> {
  const files = new Map<string, Buffer>([[basename(file), readFileSync(file)]]);
  for (const name of metadata) {
    const { status, body } = await requestAsBrowser(`${raw}meta/${name}`);
    if (status === 200) files.set(`the metadata "${name}"`, body);
  }
  const result = checkMachine({ files, folder, pages: [] });
  return { ...result, figure: `${files.size - 1} fields` };
}
