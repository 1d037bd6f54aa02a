import { statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { findKind, openLocalCopy } from '../source/open-source.ts';
import type { OpenedCopy, SiteCopy } from '../../core/source/site-copy.ts';
import type { Edition } from '../../core/edition/edition.ts';
import { parseManifest, manifestLimits } from '../../core/manifest/manifest.ts';
import { decodePage, PageError, pageLimits } from '../../core/page-diff/page-file.ts';
import { describeChange } from '../../core/page-diff/page-change.ts';
import { recognisePage, type KnownPage } from '../../core/page-diff/recognise-page.ts';
import { quoteName } from '../../core/text/quote-name.ts';
import { hashBytes } from '../platform.ts';
import { manifestFile } from '../../core/edition/edition-files.ts';
import { newestKnown, type Trust } from '../../core/trust/trust.ts';
import {
  decideVerdict,
  describeVerdict,
  Findings,
  type Report,
} from '../../core/verify/verdict.ts';
import { verifyCopy, type CheckOptions } from '../../core/verify/verify-copy.ts';

/** All pages of a copy together, in memory meanwhile; a site of five thousand pages has a tenth of it. */
const maxBytesOfPages = 512 * 2 ** 20;

/**
 * Says of a single saved or forwarded page which edition it belongs to, or what differs, in words.
 * Attacks: the account swapped in a page that goes from hand to hand; a page of an older edition, passed on as news.
 * @param file of the page
 * @param against a copy that holds the true page; undefined if there is none
 */
export async function verifyPage(
  file: string,
  against: string | undefined,
  trust: Trust,
  options: CheckOptions,
): Promise<Report> {
  const findings = new Findings();
  const report = (edition?: Edition): Report => {
    const { evidence, notes } = findings;
    return {
      verdict: decideVerdict(evidence),
      evidence,
      notes,
      edition,
      list: undefined,
      signedBy: [],
      isProven: false,
      files: 0,
    };
  };
  if (statSync(file).size > pageLimits.maxBytes) {
    findings.add(
      'tampered',
      new PageError(`more than ${pageLimits.maxBytes} bytes`, 'less').message,
    );
    return report();
  }
  const bytes = await readFile(file);
  const known = findEdition(bytes, trust, options.today, findings);
  if (known) return report(known);
  if (against !== undefined)
    return report(await compareWith(bytes, against, trust, options, findings));
  findings.add(
    'unsigned',
    'Its bytes are those of no edition that is known here. To hear what differs, give a copy that you trust: --against COPY.',
  );
  return report();
}

/** The newest edition in whose signed list a page is, byte for byte. */
function findEdition(
  bytes: Buffer,
  trust: Trust,
  today: string,
  findings: Findings,
): Edition | undefined {
  const hash = hashBytes(bytes);
  const places = [...trust.editions.values()].flatMap(({ edition, files = [] }) =>
    files.filter((listed) => listed.hash === hash).map(({ path }) => ({ edition, path })),
  );
  const last = places.at(-1);
  if (!last) return undefined;
  const numbers = [...new Set(places.map(({ edition }) => edition.number))];
  findings.note(`It is ${last.path} of edition ${numbers.join(', ')}, byte for byte.`);
  const newest = newestKnown(trust)?.edition.number ?? 0;
  if (last.edition.number < newest)
    findings.add(
      'rolled back',
      `It is the page of edition ${last.edition.number}, and edition ${newest} is known, where it is another one.`,
    );
  if (today > last.edition.lookForNewerAfter)
    findings.add(
      'stale',
      `Edition ${last.edition.number} was to be trusted without looking for a newer one until ${last.edition.lookForNewerAfter}; today is ${today}.`,
    );
  return last.edition;
}

/** Holds a page against a copy, which is checked itself first. Returns the edition of that copy. */
async function compareWith(
  bytes: Buffer,
  against: string,
  trust: Trust,
  options: CheckOptions,
  findings: Findings,
): Promise<Edition | undefined> {
  const kind = findKind(against);
  if (kind !== 'folder' && kind !== 'zip' && kind !== 'car') {
    findings.add(
      'unsigned',
      `${quoteName(against)} is no folder, zip or CAR, so there is nothing to compare the page with. Give a copy: --against COPY.`,
    );
    return undefined;
  }
  const opened = await openLocalCopy(against, kind);
  try {
    const { verdict, edition, isProven } = await verifyCopy(opened, trust, {
      ...options,
      progress: () => {},
    });
    if (!describeVerdict(verdict).isSound)
      findings.add(
        'unsigned',
        `${quoteName(against)}, with which it is compared, is ${verdict} itself: npm run verify -- ${quoteName(against)}`,
      );
    else if (!isProven)
      findings.add(
        'unsigned',
        `${quoteName(against)}, with which it is compared, is unsigned itself.`,
      );
    else if (verdict !== 'authentic')
      findings.add(
        verdict === 'stale' ? 'stale' : 'rolled back',
        `${quoteName(against)}, with which it is compared, is ${verdict} itself.`,
      );
    await recognise(bytes, opened, edition?.number, findings);
    return edition;
  } finally {
    await opened.copy.close();
  }
}

async function recognise(
  bytes: Buffer,
  { copy }: OpenedCopy,
  number: number | undefined,
  findings: Findings,
): Promise<void> {
  const name = `${number === undefined ? 'the copy' : `edition ${number}`}`;
  try {
    const found = recognisePage(bytes, await readPages(copy));
    if (!found) {
      findings.add('injected', `It is no page of ${name}, and like none of its pages.`);
      return;
    }
    const { page, changes } = found;
    const isSame = page.hash === hashBytes(bytes);
    findings.note(
      isSame ? `It is ${page.path} of ${name}, byte for byte.` : `It was ${page.path} of ${name}.`,
    );
    const faults = changes.filter(({ kind }) => kind !== 'host');
    for (const change of faults)
      findings.add('tampered', `${capitalise(describeChange(change))}.`, page.path);
    for (const change of changes.filter(({ kind }) => kind === 'host'))
      findings.note(`${capitalise(describeChange(change))}.`);
    if (!isSame && faults.length === 0)
      findings.note(
        'Words, links and structure are the same; the bytes are not, as when a browser saves a page.',
      );
  } catch (error) {
    if (!(error instanceof PageError)) throw error;
    findings.add('tampered', error.message);
  }
}

async function readPages(copy: SiteCopy): Promise<(KnownPage & { hash: string })[]> {
  const list = await copy.read(manifestFile, manifestLimits.maxBytes);
  const pages: (KnownPage & { hash: string })[] = [];
  let left = maxBytesOfPages;
  for (const { path, hash } of list ? parseManifest(list) : []) {
    if (!path.endsWith('.html')) continue;
    const bytes = await copy.read(path, pageLimits.maxBytes);
    left -= bytes?.length ?? 0;
    if (bytes && left > 0) pages.push({ path, hash, html: decodePage(bytes) });
  }
  return pages;
}

const capitalise = (sentence: string): string =>
  sentence.charAt(0).toUpperCase() + sentence.slice(1);
