import { manifestFile } from '../edition/edition-files.ts';
import type { Edition } from '../edition/edition.ts';
import { manifestLimits, parseManifest, type ListedFile } from '../manifest/manifest.ts';
import { isWrittenAnew, decodePage, PageError, pageLimits } from '../page-diff/page-file.ts';
import { describeChange } from '../page-diff/page-change.ts';
import { recognisePage, type KnownPage } from '../page-diff/recognise-page.ts';
import type { OpenedCopy, SiteCopy } from '../source/site-copy.ts';
import { quoteName } from '../text/plain-characters.ts';
import { newestKnown, type Trust } from '../trust/trust.ts';
import { decideVerdict, describeVerdict, Findings, type Report } from './verdict.ts';
import { verifyCopy, type CheckOptions } from './verify-copy.ts';
import { hashWith } from '../platform.ts';
import { checkResources, openPage, type PageFile, type SavedPage } from './saved-page.ts';

/** All pages of a copy, in memory meanwhile; those of five thousand have a tenth of it. */
const maxBytesOfPages = 512 * 2 ** 20;

/** What is said where a browser has written a page anew, and nothing of it differs. */
const sameInMeaning =
  'Its words, links and structure are those that the key holders have signed; its bytes are not, ' +
  'as when a browser saves a page.';

/** The copy that a single page is compared with. */
export interface Reference {
  /** As its user called it. */
  readonly name: string;
  /** Opens it; undefined if it is no folder, zip or CAR. Throws as its opener does. */
  readonly open: () => Promise<OpenedCopy | undefined>;
}

export interface PageOptions extends CheckOptions {
  /** What checks a copy, as it is typed before the copy: `npm run verify --`. */
  readonly call: string;
}

/**
 * Says of a single saved or forwarded page which edition it belongs to, or what differs, in words.
 * Attacks: the account swapped in a page that goes from hand to hand; a page of an older edition,
 * passed on as news.
 * @param against a copy that holds the true page; undefined if there is none
 */
export async function verifyPage(
  file: PageFile,
  against: Reference | undefined,
  trust: Trust,
  options: PageOptions,
): Promise<Report> {
  const findings = new Findings();
  const report = ({ edition, isSame = true, host }: Comparison = {}): Report => {
    const { evidence, notes } = findings;
    const verdict = decideVerdict(evidence);
    return {
      verdict,
      ...(verdict === 'authentic' && !isSame && { meaning: sameInMeaning }),
      ...(verdict === 'unsigned' && host !== undefined && { meaning: describeLinks(host) }),
      evidence,
      notes,
      edition,
      list: undefined,
      signedBy: [],
      isProven: false,
      files: 0,
    };
  };
  const page = await openPage(file, findings);
  if (!page) return report();
  const hash = await hashWith(options.platform, page.bytes);
  const known = findEdition(hash, trust, options.today, findings);
  if (known) return report({ edition: known });
  if (against === undefined) {
    findings.add(
      'unsigned',
      'Its bytes are those of no edition that is known here. To hear what differs, give a copy ' +
        'that you trust: --against COPY.',
    );
    return report();
  }
  return report(await compareWith(page, against, trust, options, findings));
}

/** The newest edition in whose signed list a page is, byte for byte. */
function findEdition(
  hash: string,
  trust: Trust,
  today: string,
  findings: Findings,
): Edition | undefined {
  const places = [...trust.editions.values()].flatMap(({ edition, files = [] }) =>
    files
      .filter((listed) => listed.hash === hash && listed.path.endsWith('.html'))
      .map(({ path }) => ({ edition, path })),
  );
  const last = places.at(-1);
  if (!last) return undefined;
  const numbers = [...new Set(places.map(({ edition }) => edition.number))];
  findings.note(`It is ${last.path} of edition ${numbers.join(', ')}, byte for byte.`);
  const newest = newestKnown(trust)?.edition.number ?? 0;
  if (last.edition.number < newest)
    findings.add(
      'rolled back',
      `It is the page of edition ${last.edition.number}, and edition ${newest} is known, where it ` +
        'is another one.',
    );
  if (today > last.edition.lookForNewerAfter)
    findings.add(
      'stale',
      `Edition ${last.edition.number} was to be trusted without looking for a newer one until ` +
        `${last.edition.lookForNewerAfter}; today is ${today}.`,
    );
  return last.edition;
}

interface Comparison {
  /** Of the copy. */
  readonly edition?: Edition | undefined;
  /** Whether the page is one of the copy's, byte for byte. */
  readonly isSame?: boolean;
  /** Where its links lead, if a browser wrote an address in front of them. */
  readonly host?: string | undefined;
}

/** Compares a page with those of a copy, which is checked itself first. */
async function compareWith(
  page: SavedPage,
  { name, open }: Reference,
  trust: Trust,
  options: PageOptions,
  findings: Findings,
): Promise<Comparison> {
  const opened = await open();
  if (!opened) {
    findings.add(
      'unsigned',
      `${quoteName(name)} is no folder, zip or CAR, so there is nothing to compare the page ` +
        'with. Give a copy: --against COPY.',
    );
    return { isSame: false };
  }
  try {
    const checked = await verifyCopy(opened, trust, { ...options, progress: () => {} });
    judgeReference(name, checked, options.call, findings);
    const { edition } = checked;
    return { edition, ...(await recognise(page, opened, edition?.number, options, findings)) };
  } finally {
    await opened.copy.close();
  }
}

/** What it says about a comparison that the copy which it is made with is not authentic itself. */
export function judgeReference(
  name: string,
  { verdict, isProven }: Report,
  call: string,
  findings: Findings,
): void {
  if (!describeVerdict(verdict).isSound)
    findings.add(
      'unsigned',
      `${quoteName(name)}, with which it is compared, is ${verdict} itself: ` +
        `${call} ${quoteName(name)}`,
    );
  else if (!isProven)
    findings.add('unsigned', `${quoteName(name)}, with which it is compared, is unsigned itself.`);
  else if (verdict !== 'authentic')
    findings.add(
      verdict === 'stale' ? 'stale' : 'rolled back',
      `${quoteName(name)}, with which it is compared, is ${verdict} itself.`,
    );
}

/** Says what differs between a page and the one of a copy that it was. */
async function recognise(
  saved: SavedPage,
  { copy }: OpenedCopy,
  number: number | undefined,
  { call, platform }: PageOptions,
  findings: Findings,
): Promise<Comparison> {
  const name = `${number === undefined ? 'the copy' : `edition ${number}`}`;
  const { resources } = saved;
  const form = resources && {
    omits: isWrittenAnew,
    ownImages: new Set(resources.map(({ location }) => location)),
  };
  try {
    const list = await listFiles(copy);
    const found = recognisePage(saved.bytes, await readPages(copy, list), form);
    if (!found) {
      findings.add('injected', `It is no page of ${name}, and like none of its pages.`);
      return { isSame: false };
    }
    const { page, changes, images } = found;
    if (!resources && page.hash === (await hashWith(platform, saved.bytes))) {
      findings.note(`It is ${page.path} of ${name}, byte for byte.`);
      return { isSame: true };
    }
    findings.note(`It was ${page.path} of ${name}.`);
    for (const change of changes) {
      const text = `${capitalise(describeChange(change))}.`;
      if (change.kind !== 'host') findings.add('tampered', text, page.path);
      else findings.add('unsigned', `${text} ${describeHost(change.after ?? '', call)}`, page.path);
    }
    if (resources)
      findings.add(
        'unsigned',
        'The browser that saved it has written its style sheet anew, and a style sheet can hide ' +
          'words or change their order: it cannot be compared.',
        page.path,
      );
    const hashes = new Set(list.map(({ hash }) => hash));
    await checkResources(saved, images, hashes, name, findings, platform);
    return { isSame: false, host: changes.find(({ kind }) => kind === 'host')?.after };
  } catch (error) {
    if (!(error instanceof PageError)) throw error;
    findings.add('tampered', error.message);
    return { isSame: false };
  }
}

/** What is said first of a page that is else the same: a reader may follow its links at once. */
const describeLinks = (host: string): string =>
  `Its links lead to ${quoteName(host, Infinity)}, and nothing proves that this is a true copy.`;

/** Attack: a true page whose every link leads to a false copy. */
const describeHost = (address: string, call: string): string =>
  address.startsWith('file:')
    ? 'These are files of a machine, and nothing proves what they are.'
    : 'The page does not prove that this is a true copy. Check it before you follow a link: ' +
      `${call} ${quoteName(address, Infinity)}`;

async function listFiles(copy: SiteCopy): Promise<readonly ListedFile[]> {
  const list = await copy.read(manifestFile, manifestLimits.maxBytes);
  return list ? parseManifest(list) : [];
}

async function readPages(
  copy: SiteCopy,
  list: readonly ListedFile[],
): Promise<(KnownPage & { hash: string })[]> {
  const pages: (KnownPage & { hash: string })[] = [];
  let left = maxBytesOfPages;
  for (const { path, hash } of list) {
    if (!path.endsWith('.html')) continue;
    const bytes = await copy.read(path, pageLimits.maxBytes);
    left -= bytes?.length ?? 0;
    if (bytes && left > 0) pages.push({ path, hash, html: decodePage(bytes) });
  }
  return pages;
}

const capitalise = (sentence: string): string =>
  sentence.charAt(0).toUpperCase() + sentence.slice(1);
