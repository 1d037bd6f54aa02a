import type { OpenedCopy } from '../source/site-copy.ts';
import type { Platform } from '../platform.ts';
import type { KeySet } from '../edition/edition.ts';
import type { PublicKey } from '../minisign/public-key.ts';
import { quoteName } from '../text/quote-name.ts';
import { editionFile, readSignatureName } from '../edition/edition-files.ts';
import { listKeyIds, type Trust } from '../trust/trust.ts';
import { decideVerdict, Findings, type Report } from './verdict.ts';
import { checkAdditions } from './check-additions.ts';
import { checkArchives } from './check-archives.ts';
import { checkHost } from './check-host.ts';
import { checkEdition, checkFreshness, keysOf, type SeenEdition } from './check-edition.ts';
import { checkFiles } from './check-files.ts';
import { checkSignatures, isEnough, sayCount, readClaims, type Claims } from './claims.ts';

export interface CheckOptions {
  /** YYYY-MM-DD: against it the date of the edition is held. */
  readonly today: string;
  /**
   * Editions of a campaign that this checker has seen, signed by enough of the keys that are needed
   * now.
   */
  readonly seen: (campaign: string, needed: KeySet) => readonly SeenEdition[];
  readonly progress: (done: number, all: number) => void;
  readonly platform: Platform;
}

/**
 * Checks a copy of a site whole, and gives all that was found. Nothing in it is executed or
 * written.
 * @throws what the copy's reading throws beyond CopyError: then the machine of the checker is at
 *   fault
 */
export async function verifyCopy(
  { copy, irregular, web }: OpenedCopy,
  trust: Trust,
  { today, seen, progress, platform }: CheckOptions,
): Promise<Report> {
  const findings = new Findings();
  const claims = await readClaims(copy, findings, platform);
  const { list, edition } = claims;
  const requirement = checkEdition(claims, trust, findings);
  const keys = keysOf(requirement);
  const signers = findSigners(claims, keys, trust);
  const signedBy = list
    ? await checkSignatures(copy, '', list.bytes, signers, findings, platform)
    : [];
  const isSigned = keys !== undefined && isEnough(signedBy, keys);
  const isProven = isSigned && claims.isListed;
  // Keys that the proven edition names, where only some of them were given: they count for nothing,
  // and must fit all the same.
  const others = isProven
    ? (edition?.keys.keys.filter(
        ({ id }) => edition.signers.includes(id) && !signers.some((key) => key.id === id),
      ) ?? [])
    : [];
  if (list) await checkSignatures(copy, '', list.bytes, others, findings, platform);
  // Attack: the words of an adversary in a false copy, told by its checker.
  if (isProven && edition?.notice !== undefined)
    findings.note(`The edition says: ${quoteName(edition.notice, Infinity)}`);
  const report = (files: number): Report => {
    const { evidence, notes } = findings;
    return {
      verdict: decideVerdict(evidence),
      evidence,
      notes,
      edition,
      list: list?.hash,
      signedBy,
      isProven,
      files,
    };
  };
  // every further question would wait as long
  if (findings.count('unreachable') > 0) return report(0);
  if (!isSigned) explainUnsigned(copy.paths, claims, keys, signedBy, findings);

  checkFreshness(
    claims,
    isProven,
    trust,
    edition && keys ? seen(edition.campaign, keys) : [],
    today,
    findings,
  );
  const reference = chooseReference(claims, isSigned, trust, findings);
  const files = await checkFiles(copy, reference, trust, findings, {
    number: edition?.number,
    progress,
    platform,
  });
  await checkAdditions(
    copy,
    irregular,
    reference,
    signers.length > 0
      ? [...signers, ...others].map(({ id }) => id)
      : (edition?.signers ?? listKeyIds(trust)),
    findings,
  );
  if (web && findings.count('unreachable') === 0)
    await checkHost(web, reference, findings, platform);
  await checkArchives(copy, claims, keys, { signers, others }, isSigned, findings, platform);
  return report(files);
}

/**
 * The trusted keys whose signatures the edition says to have; others are not asked for, since a
 * host that answers each question with its start page would seem to have false ones. An edition
 * that names too few has too few.
 */
export function findSigners(
  { edition, list }: Claims,
  keys: KeySet | undefined,
  trust: Trust,
): readonly PublicKey[] {
  const named =
    edition ??
    [...trust.editions.values()].find(({ listHash }) => listHash === list?.hash)?.edition;
  return keys?.keys.filter(({ id }) => named === undefined || named.signers.includes(id)) ?? [];
}

/**
 * Attack: the adversary signs a false copy with a key of their own: a signature is there, and
 * proves nothing.
 */
function explainUnsigned(
  paths: ReadonlySet<string> | undefined,
  { edition, draft }: Claims,
  keys: KeySet | undefined,
  signedBy: readonly string[],
  findings: Findings,
): void {
  const trusted = keys?.keys.map(({ id }) => id) ?? [];
  const strangers = [...(paths ?? [])]
    .flatMap((path) => readSignatureName(path) ?? [])
    .filter((id) => !trusted.includes(id));
  if (keys && signedBy.length === 0 && strangers.length > 0)
    findings.add(
      'tampered',
      `It is signed by ${strangers.join(', ')}, which ${strangers.length === 1 ? 'is no key' : 'are no keys'} that you trust for this edition.`,
    );
  if (draft) return;
  const count = keys
    ? `the signatures of ${sayCount(signedBy, keys)}`
    : 'no key is known that could prove it';
  findings.add(
    'unsigned',
    `${edition ? `Edition ${edition.number}` : 'It'} is not proven: ${keys ? `it has ${count}` : count}.`,
  );
}

/**
 * The list that files are compared with. Where the list at hand is not signed and the checker knows
 * the edition, its own list tells better what was changed.
 */
function chooseReference(
  { list, edition }: Claims,
  isSigned: boolean,
  trust: Trust,
  findings: Findings,
) {
  const known = edition && trust.editions.get(edition.number);
  if (known?.files === undefined || isSigned) return list?.files ?? [];
  if (list && list.hash !== known.listHash)
    findings.add(
      'tampered',
      `The list is not that of edition ${edition?.number}, which ${trust.origin} knows.`,
      editionFile,
    );
  return known.files;
}
