import { CutOffError, type ArchiveError } from '../archive/archive.ts';
import type { OpenedCopy } from '../source/site-copy.ts';
import type { Platform } from '../platform.ts';
import type { KeySet } from '../minisign/public-key.ts';
import { quoteName } from '../text/plain-characters.ts';
import { editionFile, readSignatureName } from '../edition/edition-files.ts';
import { type SeenEdition, listKeyIds, type Trust } from '../trust/trust.ts';
import { decideVerdict, Findings, type Report } from './verdict.ts';
import { checkAdditions, checkFiles } from './check-files.ts';
import { checkArchives } from './check-archives.ts';
import { checkHost } from './check-host.ts';
import { checkSignatures, sayCount, signedIn, type Claims } from './claims.ts';
import { checkMemory, proveEdition } from './prove-edition.ts';

export interface CheckOptions {
  /** YYYY-MM-DD: against it the date of the edition is held. */
  readonly today: string;
  /** Editions of a campaign that this checker has seen, and that count under these keys. */
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
  opened: OpenedCopy,
  trust: Trust,
  { today, seen, progress, platform }: CheckOptions,
): Promise<Report> {
  const { copy, web } = opened;
  const findings = new Findings();
  for (const note of opened.notes ?? []) findings.note(note);
  const proof = await proveEdition(copy, trust, findings, platform);
  const { claims, keys, signers, others, signedBy, isSigned, isProven, replaced } = proof;
  const { list, edition } = claims;
  if (list) await checkSignatures(copy, list.bytes, others, signedIn(claims), findings, platform);
  // Attack: the words of an adversary in a false copy, said by its checker.
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
      replaced,
      files,
    };
  };
  // every further question would wait as long
  if (findings.count('unreachable') > 0) return report(0);
  if (!isSigned) explainUnsigned(copy.paths, claims, keys, signedBy, findings);

  const seenUnder = (needed: KeySet) => (edition ? seen(edition.campaign, needed) : []);
  checkMemory(proof, trust, seenUnder, today, findings);
  const reference = chooseReference(claims, isSigned, trust, findings);
  const files = await checkFiles(copy, reference, trust, findings, {
    number: edition?.number,
    progress,
    platform,
  });
  const signerIds = edition?.signers ?? listSigners(copy.paths, trust, findings);
  await checkAdditions(opened, reference, signerIds, findings);
  if (web && findings.count('unreachable') === 0)
    await checkHost(web, reference, findings, platform);
  const site = { listHash: expectedHash(claims, isSigned, trust), files: reference };
  await checkArchives(
    copy,
    edition ?? claims.draft,
    { ...site, number: edition?.number, keys, signers, others, signerIds, isSigned },
    trust,
    findings,
    platform,
  );
  return report(files);
}

/** What is said of an archive that was not opened at all, since nobody could say what is in it. */
export function refuseArchive(error: ArchiveError): Report {
  const verdict = error instanceof CutOffError ? 'incomplete' : 'tampered';
  return {
    verdict,
    evidence: [{ verdict, text: error.message }],
    notes: [],
    edition: undefined,
    list: undefined,
    signedBy: [],
    isProven: false,
    files: 0,
  };
}

/**
 * Attack: the adversary signs a false copy with a key of their own: a signature is there, and
 * proves nothing.
 */
export function explainUnsigned(
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
  // What is too new names its keys where nobody can read it.
  const isTooNew = findings.count('too new') > 0;
  if (keys && signedBy.length === 0 && strangers.length > 0 && !isTooNew)
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
 * Ids of the keys that may have signed what does not say by whom it is signed. Nobody can tell of
 * an edition in a newer format whether its keys are others by now.
 */
const listSigners = (
  paths: ReadonlySet<string> | undefined,
  trust: Trust,
  findings: Findings,
): readonly string[] =>
  findings.count('too new') > 0
    ? [...(paths ?? [])].flatMap((path) => readSignatureName(path) ?? [])
    : listKeyIds(trust);

/** The hash of the list that archives have to hold: that with which files are compared. */
const expectedHash = ({ list, edition }: Claims, isSigned: boolean, trust: Trust) =>
  (isSigned ? undefined : edition && trust.editions.get(edition.number)?.listHash) ?? list?.hash;

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
