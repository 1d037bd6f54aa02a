import {
  type HostAnswer,
  type ObservationKind,
  type WebCopy,
  CopyError,
} from '../source/site-copy.ts';
import { hashWith, type Platform } from '../platform.ts';
import type { ListedFile } from '../manifest/manifest.ts';
import { quoteName } from '../text/plain-characters.ts';
import { showUtf8, toHex } from '../text/bytes.ts';
import type { Findings } from './verdict.ts';
import { verdictOf } from './claims.ts';

/** Paths of the list by hash: some pages are copies of each other. */
type Hashes = ReadonlyMap<string, readonly string[]>;

const indexDocument = /(?:^|\/)index\.html$/;

/**
 * Checks what a host shows besides the files of the list: at the addresses that people type, for
 * missing pages, and around each answer. Attacks: every file is true, and the address that readers
 * know shows something else; a header that sends them on after a second.
 */
export async function checkHost(
  copy: WebCopy,
  list: readonly ListedFile[],
  findings: Findings,
  platform: Platform,
): Promise<void> {
  const hashes = new Map<string, string[]>();
  for (const { hash, path } of list) hashes.set(hash, [...(hashes.get(hash) ?? []), path]);
  for (const { path } of list.filter((file) => indexDocument.test(file.path)))
    await checkFolder(copy, path.replace(/index\.html$/, ''), path, hashes, findings, platform);
  await checkMissing(copy, hashes, findings, platform);
  for (const { kind, path, value, times } of copy.observations) {
    const [weight, what] = meanings[kind];
    const text = `The host ${what} (${quoteName(value)}, ${times === 1 ? `at ${quoteName(path || 'the front door')}` : `${times} times, first at ${quoteName(path || 'the front door')}`}).`;
    if (weight === 'injected') findings.add('injected', text, path);
    else findings.note(text);
  }
}

/** The address of a folder, as people type it. */
async function checkFolder(
  copy: WebCopy,
  folder: string,
  path: string,
  hashes: Hashes,
  findings: Findings,
  platform: Platform,
): Promise<void> {
  const name = folder === '' ? 'The address itself' : quoteName(folder);
  const answer = await ask(copy, folder, findings);
  if (!answer) return;
  const shown = hashes.get(await hashWith(platform, answer.bytes));
  if (answer.status !== 200)
    findings.note(
      `${name} shows no page (status ${answer.status}): hand out the address of ${path}.`,
    );
  else if (shown) checkShown(name, folder, path, shown, answer, findings);
  else if (shown === undefined && isBucketListing(answer.bytes))
    findings.note(`${name} shows a list of files, as buckets do: hand out the address of ${path}.`);
  else if (shown === undefined)
    findings.add('injected', `${name} shows a page that is in no list.`, folder);
}

/**
 * A signed page at the address of a folder, or where that leads: it has to be the page of that
 * place. Attack: the true start page at another address, from where each link leads to pages of the
 * host.
 */
function checkShown(
  name: string,
  folder: string,
  path: string,
  shown: readonly string[],
  { address, below, reading }: HostAnswer,
  findings: Findings,
): void {
  const home = shown.find((page) => below !== undefined && addressesOf(page).includes(below));
  if (home === undefined)
    findings.add(
      'injected',
      `${name} shows ${shown[0]} at ${quoteName(address)}, which is not its place: links on it lead elsewhere.`,
      folder,
    );
  else if (!shown.includes(path)) findings.note(`${name} shows ${home} and not ${path}.`);
  else if (below !== folder) findings.note(`${name} leads on to ${quoteName(below ?? address)}.`);
  if (reading === 'as something else')
    findings.add('injected', `${name} is shown as something else than a page.`, folder);
  else if (reading === 'in another encoding')
    findings.add(
      'injected',
      `${name} is read in another encoding, in which letters are others.`,
      folder,
    );
  else if (reading === 'saved') findings.note(`${name} is saved by browsers, and not shown.`);
}

/**
 * Where hosts show a page, all in the folder of its file: with its name, without `.html`, without
 * `index.html`.
 */
const addressesOf = (page: string): string[] => [
  page,
  page.replace(/\.html$/, ''),
  page.replace(/(^|\/)index\.html$/, '$1'),
];

const isBucketListing = (bytes: Uint8Array): boolean =>
  /^\s*<\?xml[^>]*>\s*<ListBucketResult\b/.test(showUtf8(bytes.subarray(0, 300)));

async function checkMissing(
  copy: WebCopy,
  hashes: Hashes,
  findings: Findings,
  platform: Platform,
): Promise<void> {
  const answer = await ask(copy, `not-here-${toHex(platform.randomBytes(6))}.html`, findings);
  if (!answer) return;
  const shown = hashes.get(await hashWith(platform, answer.bytes));
  if (answer.status === 200)
    findings.note(
      shown === undefined
        ? 'It answers missing addresses with a page of its own, as if they were there.'
        : `It answers missing addresses with ${shown[0]}, as if they were there: links on it lead astray.`,
    );
  else if (shown === undefined && answer.bytes.length > 0)
    findings.note(
      `Missing addresses show a page of the host (status ${answer.status}), which nobody has signed.`,
    );
}

async function ask(
  copy: WebCopy,
  relative: string,
  findings: Findings,
): Promise<HostAnswer | undefined> {
  try {
    return await copy.readAddress(relative);
  } catch (error) {
    if (!(error instanceof CopyError)) throw error;
    findings.add(verdictOf(error), error.message, relative);
    return undefined;
  }
}

/** What is worth knowing, and what no host of a true copy does. */
const meanings: Readonly<Record<ObservationKind, readonly ['note' | 'injected', string]>> = {
  refresh: ['injected', 'sends readers on to another address'],
  link: ['injected', 'makes browsers load what the page does not name'],
  prefetch: ['injected', 'makes browsers load or look up what nobody has followed'],
  cookie: [
    'note',
    'sets a cookie: it can know readers again. Do not read there without Tor Browser or a private window',
  ],
  report: ['note', 'has browsers report visits or errors'],
  'report elsewhere': ['injected', 'has browsers report each visit to another host'],
  policy: ['note', 'sets a policy of its own, which can take style or pictures from pages'],
  'client hints': ['note', 'asks browsers to tell more of themselves'],
  'alt-svc': ['note', 'names another server for later visits'],
  'onion-location': ['note', 'names an onion service'],
  type: ['injected', 'has browsers show pages as something else than pages'],
  encoding: [
    'injected',
    'has browsers read files in another encoding, in which letters are others',
  ],
  'unused encoding': [
    'note',
    'says that pages are in another encoding than UTF-8; their byte order mark counts more',
  ],
  download: ['note', 'has browsers save pages, and not show them'],
  markup: ['injected', 'has browsers read texts as HTML or XML'],
  redirect: ['note', 'sends from the addresses of files to others of its own'],
  moved: [
    'injected',
    'sends from files to other folders, from where the links of a page lead elsewhere',
  ],
  upgrade: ['note', 'sends from http to https: hand out the https address'],
};
