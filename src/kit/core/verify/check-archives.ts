import { ArchiveError, archiveLimits, bytesInMemory, type Archive } from '../archive/archive.ts';
import { findCarDeviation } from '../archive/car/find-deviation.ts';
import { findFolderCid } from '../archive/car/folder-cid.ts';
import { readCar } from '../archive/car/read-car.ts';
import { readZip } from '../archive/zip/read-zip.ts';
import { findZipDeviation } from '../archive/zip/zip-records.ts';
import {
  archiveFolder,
  archiveKinds,
  archivePaths,
  cidPath,
  isArchivePath,
  manifestFile,
  readSignatureName,
  type BuildName,
} from '../edition/edition-files.ts';
import type { KeySet, PublicKey } from '../minisign/public-key.ts';
import type { ListedFile } from '../manifest/manifest.ts';
import { hashWith, type Platform } from '../platform.ts';
import { makeCarCopy, makeZipCopy } from '../source/archive-copy.ts';
import { CopyError, type SiteCopy, type OpenedCopy } from '../source/site-copy.ts';
import { decodeUtf8, equalBytes, toHex } from '../text/bytes.ts';
import { quoteName } from '../text/plain-characters.ts';
import type { Trust } from '../trust/trust.ts';
import { indexList, reportAddition, checkFiles, type Listed } from './check-files.ts';
import { verdictOf, checkSignatures, isEnough, readClaims, sayCount, signedIn } from './claims.ts';
import { Findings } from './verdict.ts';

/**
 * Checks the archives of a copy, which its manifest cannot name, since they hold it: each has to be
 * that very site. A copy without archives is whole. Attacks: a false archive next to a true site;
 * the true archive of an older edition; whatever else is put where readers look for them.
 * @param build what the copy says to be; undefined where it does not say it
 */
export async function checkArchives(
  copy: SiteCopy,
  build: BuildName | undefined,
  site: ExpectedSite,
  trust: Trust,
  findings: Findings,
  platform: Platform,
): Promise<void> {
  if (findings.count('unreachable') > 0) return; // every further question would wait as long
  const named = build && archivePaths(build);
  const places = copy.paths ? [...copy.paths].filter(isArchivePath) : (named ?? []);
  const isAbsent = await learnAbsence(copy, site, platform);
  const listed = indexList(site.files);
  const present: string[] = [];
  const cids: string[] = [];
  for (const path of places.toSorted(proofsFirst)) {
    const isNamed = named?.includes(path) ?? (isArchive(path) || path === cidPath);
    const found = isNamed || isArchive(path) ? await readArchive(copy, path) : undefined;
    if (!isNamed) await checkStranger(copy, path, found, site, listed, trust, findings, platform);
    else if (found === undefined || (await isAbsent(found))) continue;
    else if (found instanceof CopyError) findings.add(verdictOf(found), found.message, path);
    else if (path === cidPath) checkCid(found, cids, findings);
    else {
      const findCid = await checkArchive(path, found, site, trust, findings, platform);
      // Where a CAR says it, nothing has to be cut into blocks again.
      const cid = isCar(path) || cids.length === 0 ? await findCid?.() : undefined;
      if (cid !== undefined) cids.push(cid);
    }
    present.push(path);
  }
  if (copy.kind === 'folder' || copy.kind === 'web') noteMissing(present, findings);
}

/** The file with the CID comes behind what proves it: a CAR, or a zip where there is none. */
const proofsFirst = (a: string, b: string): number => rank(a) - rank(b);
const rank = (path: string): number => (isCar(path) ? 0 : isArchive(path) ? 1 : 2);

/**
 * A file that has no place next to the archives; an archive of another edition is named as such.
 */
async function checkStranger(
  copy: SiteCopy,
  path: string,
  found: Found,
  site: ExpectedSite,
  listed: Listed,
  trust: Trust,
  findings: Findings,
  platform: Platform,
): Promise<void> {
  const own = new Findings();
  if (found instanceof Uint8Array) await checkArchive(path, found, site, trust, own, platform);
  const other = own.evidence.find(({ verdict }) => verdict === 'mixed');
  if (other) findings.add('mixed', other.text, path);
  else await reportAddition(copy, path, listed, findings);
}

/** What was found where an archive is looked for. */
type Found = Uint8Array | CopyError | undefined;

/** The bytes of an archive or of the file with the CID, as a copy has them. */
export async function readArchive(copy: SiteCopy, path: string): Promise<Found> {
  try {
    return await copy.read(path, isArchive(path) ? maxBytesOfAnArchive : maxBytesOfAPage);
  } catch (error) {
    if (!(error instanceof CopyError)) throw error;
    return error;
  }
}

/** More than a page for missing addresses has. */
const maxBytesOfAPage = 2 ** 18;

/**
 * How a copy says that an archive is not there: hosts answer with a page of the site, or as they
 * answer for a name that cannot be there.
 */
export async function learnAbsence(
  copy: SiteCopy,
  { files }: ExpectedSite,
  platform: Platform,
): Promise<(found: Found) => Promise<boolean>> {
  if (copy.paths) return async (found) => found === undefined;
  const listed = new Set(files.map(({ hash }) => hash));
  const absent = await readArchive(
    copy,
    `${archiveFolder}/not-here-${toHex(platform.randomBytes(6))}`,
  );
  return async (found) => {
    if (found === undefined) return true;
    if (found instanceof CopyError)
      return absent instanceof CopyError && absent.fault === found.fault && !isSilent(found);
    if (found.length > maxBytesOfAPage) return false;
    return (
      (absent instanceof Uint8Array && equalBytes(absent, found)) ||
      listed.has(await hashWith(platform, found))
    );
  };
}

const isSilent = ({ fault }: CopyError): boolean => fault === 'unreachable';

/**
 * Checks the address of the site on IPFS. Attack: that of another site, which a reader would get
 * from every gateway and a helper's node would hand on.
 * @param cids of the archives next to it that can be read: all the same, unless the copy has no
 *   EDITION.txt or one of them is false
 */
function checkCid(bytes: Uint8Array, cids: readonly string[], findings: Findings): void {
  if (cids.length === 0)
    findings.add('injected', `${cidPath} is there, and no archive next to it proves it.`, cidPath);
  else if (!cids.some((cid) => decodeUtf8(bytes) === `${cid}\n`))
    findings.add(
      'tampered',
      `${cidPath} does not say the CID of the archive next to it, ${cids.join(' or ')}.`,
      cidPath,
    );
}

/** Which archives there are is the campaign's choice: one is enough to take the site home. */
function noteMissing(present: readonly string[], findings: Findings): void {
  if (!present.some(isArchive))
    findings.note('It has no archives: whoever wants to take the site home needs another copy.');
  else if (!present.includes(cidPath)) findings.note(`It does not have ${cidPath}.`);
}

/** What an archive next to a site has to hold: that site, and nothing else. */
export interface ExpectedSite {
  /** SHA-256 of its manifest. */
  readonly listHash: string | undefined;
  readonly files: readonly ListedFile[];
  /** The number of its edition. */
  readonly number: number | undefined;
  /** The keys that it needs; undefined if nobody knows any. */
  readonly keys: KeySet | undefined;
  /** Those whose signatures it has, and others that its edition names, which count for nothing. */
  readonly signers: readonly PublicKey[];
  readonly others: readonly PublicKey[];
  /** Ids of all keys that its edition says to be signed by, whether anyone knows them or not. */
  readonly signerIds: readonly string[];
  /** Whether enough of them have signed it. */
  readonly isSigned: boolean;
}

/** The most bytes of an archive next to a site: it is taken into memory, where no disk is used. */
export const maxBytesOfAnArchive = archiveLimits.bytesOfAFile;

export const isArchive = (path: string): boolean =>
  archiveKinds.some((kind) => path.endsWith(`.${kind}`));
const isCar = (path: string): boolean => path.endsWith('.car');

/**
 * Checks an archive next to a site by what is in it, since no manifest can name it: the manifest
 * and signatures of that site, its files, and not a byte besides. Attacks: a false archive next to
 * a true site, for whoever takes the site home; words in the container, which no manifest covers
 * and each mirror hands on.
 * @param path of the archive in the copy, by whose ending it is read
 * @returns what finds the CID of its files, and undefined if they cannot be read; undefined if it
 *   is no archive
 */
export async function checkArchive(
  path: string,
  bytes: Uint8Array,
  site: ExpectedSite,
  trust: Trust,
  findings: Findings,
  platform: Platform,
): Promise<FindCid | undefined> {
  const own = new Findings();
  try {
    const { opened, deviation, findCid } = await openArchive(path, bytes, platform);
    if (deviation !== undefined)
      own.add('injected', `it is not packed as every build packs these files: ${deviation}.`);
    for (const entry of opened.irregular)
      own.add('injected', `${quoteName(entry.path)} is ${entry.what}.`);
    await checkContent(opened.copy, site, trust, own, platform);
    return findCid;
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    // Cut off or not: what is taken home from here is not what was signed.
    findings.add('tampered', error.message, path);
    return undefined;
  } finally {
    for (const { verdict, text } of own.evidence)
      findings.add(verdict, `In ${quoteName(path)}: ${text}`, path);
  }
}

type FindCid = () => Promise<string | undefined>;

async function openArchive(
  path: string,
  bytes: Uint8Array,
  platform: Platform,
): Promise<{ opened: OpenedCopy; deviation: string | undefined; findCid: FindCid }> {
  const source = bytesInMemory(path, bytes);
  if (path.endsWith('.zip')) {
    const archive = await readZip(source, platform);
    return {
      opened: makeZipCopy(path, archive, platform),
      deviation: await findZipDeviation(source),
      findCid: () => findCidOf(archive, platform),
    };
  }
  const archive = await readCar(source, platform);
  return {
    opened: makeCarCopy(path, archive, platform),
    deviation: await findCarDeviation(archive, platform),
    findCid: async () => archive.root,
  };
}

async function findCidOf({ entries }: Archive, platform: Platform): Promise<string | undefined> {
  try {
    return await findFolderCid(entries, platform);
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    return undefined; // the check of its files has named what cannot be unpacked
  }
}

async function checkContent(
  copy: SiteCopy,
  site: ExpectedSite,
  trust: Trust,
  findings: Findings,
  platform: Platform,
): Promise<void> {
  const claims = await readClaims(copy, findings, platform);
  const { list } = claims;
  if (!list) {
    findings.add('tampered', 'it is no copy of this site.');
    return;
  }
  const checkThese = (keys: readonly PublicKey[]) =>
    checkSignatures(copy, list.bytes, keys, signedIn(claims), findings, platform);
  const signedBy = await checkThese(site.signers);
  await checkThese(site.others);
  const isSigned = site.keys !== undefined && isEnough(signedBy, site.keys);
  if (list.hash !== site.listHash) {
    const known = [...trust.editions.values()].find(({ listHash }) => listHash === list.hash);
    const number =
      known?.edition.number ?? (isSigned && claims.isListed ? claims.edition?.number : undefined);
    // Attack: the true archive of an older edition, for its account of then.
    if (number !== undefined && number !== site.number)
      findings.add('mixed', `it holds edition ${number}.`);
    else findings.add('tampered', `its ${manifestFile} is not that of the site around it.`);
    return;
  }
  if (site.isSigned && site.keys && !isSigned)
    findings.add('incomplete', `it has the signatures of ${sayCount(signedBy, site.keys)}.`);
  await checkFiles(copy, site.files, trust, findings, {
    number: site.number,
    progress: () => {},
    platform,
  });
  const expected = new Set([manifestFile, ...site.files.map(({ path }) => path)]);
  for (const path of copy.paths ?? []) {
    const signer = readSignatureName(path);
    // One that does not fit was found above; one of a key that was not given proves nothing here
    // nor in the copy around.
    const isExpected =
      expected.has(path) || (signer !== undefined && site.signerIds.includes(signer));
    if (!isExpected) findings.add('injected', `${quoteName(path)} is in no list.`);
  }
}
