import { CopyError, type SiteCopy } from '../source/site-copy.ts';
import type { KeySet } from '../edition/edition.ts';
import type { PublicKey } from '../minisign/public-key.ts';
import { quoteName } from '../text/quote-name.ts';
import {
  archiveFiles,
  archiveFolder,
  isArchivePath,
  manifestFile,
  readSignatureName,
} from '../edition/edition-files.ts';
import type { Trust } from '../trust/trust.ts';
import { hashWith, type Platform } from '../platform.ts';
import { equalBytes, toHex } from '../text/bytes.ts';
import { Findings } from './verdict.ts';
import { checkFiles } from './check-files.ts';
import {
  checkSignatures,
  isEnough,
  sayCount,
  readList,
  type ClaimedList,
  type Claims,
} from './claims.ts';

const under = `${archiveFolder}/` as const;

/**
 * Checks the archives of a copy, which its own list cannot name: they have a list and signatures of
 * their own. A copy without archives is whole. Attacks: a false archive next to a true site, for
 * whoever takes the site home; the true archive of an older edition.
 * @param signers the keys of them whose signatures may be there; others that the edition names, and
 *   that count for nothing
 * @param isSigned whether the site itself is signed
 */
export async function checkArchives(
  copy: SiteCopy,
  { edition, draft, list: siteList }: Claims,
  keys: KeySet | undefined,
  { signers, others }: { signers: readonly PublicKey[]; others: readonly PublicKey[] },
  isSigned: boolean,
  findings: Findings,
  platform: Platform,
): Promise<void> {
  const present = copy.paths && [...copy.paths].filter(isArchivePath);
  if (present?.length === 0) return;
  if (copy.paths === undefined && !(await hasList(copy, siteList))) {
    const current = edition ?? draft;
    if (current) await checkUnlisted(copy, archiveFiles(current), siteList, findings, platform);
    return;
  }
  const list = await readList(
    copy,
    `${under}${manifestFile}`,
    present ? new Findings() : findings,
    platform,
  );
  if (!list) {
    for (const path of present ?? [])
      findings.add(
        'injected',
        `${quoteName(path)} is an archive or file that no list names.`,
        path,
      );
    return;
  }

  const signedBy = await checkSignatures(copy, under, list.bytes, signers, findings, platform);
  const fitting = [
    ...signedBy,
    ...(await checkSignatures(copy, under, list.bytes, others, findings, platform)),
  ];
  const isProven = keys !== undefined && isEnough(signedBy, keys);
  // What nobody has signed, next to what is signed, has been put there.
  if (!isProven)
    findings.add(
      isSigned ? 'injected' : 'unsigned',
      `The archives in ${under} are not signed${keys ? ` (${sayCount(signedBy, keys)})` : ''}.`,
      `${under}${manifestFile}`,
    );

  const current = edition ?? draft;
  const names = current && new Set(archiveFiles(current));
  for (const { path } of list.files) {
    if (names && !names.has(path))
      findings.add('mixed', `${quoteName(under + path)} is not of this edition.`, under + path);
  }
  const files = list.files.map(({ hash, path }) => ({ hash, path: under + path }));
  await checkFiles(copy, files, nobody, findings, {
    number: undefined,
    progress: () => {},
    platform,
  });
  const expected = new Set([`${under}${manifestFile}`, ...files.map(({ path }) => path)]);
  for (const path of present ?? []) {
    const signer = readSignatureName(path.slice(under.length));
    const isExpected =
      expected.has(path) || (signer !== undefined && (fitting.includes(signer) || !isSigned));
    if (!isExpected) findings.add('injected', `${quoteName(path)} is in no list.`, path);
  }
}

/**
 * Asks a host without a list of archives for those that the pages link. Attack: a false archive
 * under the name that readers are led to, and no list, so that nothing is compared.
 */
async function checkUnlisted(
  copy: SiteCopy,
  names: readonly string[],
  siteList: ClaimedList | undefined,
  findings: Findings,
  platform: Platform,
): Promise<void> {
  const listed = siteList?.files.map(({ hash }) => hash) ?? [];
  const missing = await readStart(copy, `${under}not-here-${toHex(platform.randomBytes(6))}.zip`);
  let found = 0;
  for (const name of names) {
    const start = await readStart(copy, under + name);
    if (start === undefined) continue;
    const hash = start === 'too long' ? start : await hashWith(platform, start);
    const isPageForMissing =
      start !== 'too long' &&
      (listed.includes(hash) || (missing instanceof Uint8Array && equalBytes(missing, start)));
    if (isPageForMissing) continue;
    found += 1;
    findings.add(
      'injected',
      `${quoteName(under + name)} is there, and ${under}${manifestFile}, which would prove it, is not.`,
      under + name,
    );
  }
  if (found === 0)
    findings.note('It has no archives: whoever wants to take the site home needs another copy.');
}

/**
 * The bytes of what may be a page for missing addresses; undefined if nothing is there, or nobody
 * can say.
 */
async function readStart(
  copy: SiteCopy,
  path: string,
): Promise<Uint8Array | 'too long' | undefined> {
  try {
    return await copy.read(path, maxBytesOfAPage);
  } catch (error) {
    if (!(error instanceof CopyError)) throw error;
    return error.fault === 'too long' ? 'too long' : undefined;
  }
}

/** More than a page for missing addresses has. */
const maxBytesOfAPage = 2 ** 18;

/**
 * Whether a host has a list of archives. One that answers missing addresses with a page of the site
 * has none.
 */
async function hasList(copy: SiteCopy, siteList: ClaimedList | undefined): Promise<boolean> {
  try {
    const found = await copy.hash(`${under}${manifestFile}`);
    return found !== undefined && !siteList?.files.some(({ hash }) => hash === found);
  } catch (error) {
    if (!(error instanceof CopyError)) throw error;
    return error.fault !== 'unreadable'; // anything else is reported when it is read
  }
}

/** Archives of other editions are recognised by their names. */
const nobody: Trust = { origin: '', campaign: undefined, editions: new Map(), given: undefined };
