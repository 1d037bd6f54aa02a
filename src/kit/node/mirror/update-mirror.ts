import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findMirrorTarget, keepAdditions, MirrorTargetError } from './mirror-target.ts';
import {
  explainDiskError,
  makePublic,
  makeStaging,
  recoverFolder,
  replaceFolder,
} from './replace-folder.ts';
import { quoteName } from '../../core/text/quote-name.ts';
import { checkEdition, checkFreshness, keysOf } from '../../core/verify/check-edition.ts';
import { checkSignatures, isEnough, sayCount, readClaims } from '../../core/verify/claims.ts';
import { findSigners, verifyCopy, type CheckOptions } from '../../core/verify/verify-copy.ts';
import { openFolder } from '../source/folder-copy.ts';
import type { SiteCopy } from '../../core/source/site-copy.ts';
import { parseEdition, type Edition } from '../../core/edition/edition.ts';
import {
  parseManifest,
  compareManifests,
  type ManifestDifference,
} from '../../core/manifest/manifest.ts';
import { hashBytes } from '../platform.ts';
import { editionFile, manifestFile } from '../../core/edition/edition-files.ts';
import type { Trust } from '../../core/trust/trust.ts';
import { decideVerdict, Findings, type Report, type Verdict } from '../../core/verify/verdict.ts';
import { fetchArchives, fetchFiles, fetchProofs } from './fetch-mirror.ts';

export type Outcome =
  /** Nothing was changed on the disk. */
  | { readonly kind: 'refused'; readonly report: Report }
  | {
      readonly kind: 'updated';
      readonly edition: Edition;
      readonly before: number | undefined;
      readonly difference: ManifestDifference;
      readonly fetched: number;
      readonly hasArchives: boolean;
      readonly kept: readonly string[];
      readonly notes: readonly string[];
      readonly report: Report;
    };

/**
 * A copy that is only past its date is still a true one: whoever names this wants it all the same.
 */
export interface UpdateOptions extends CheckOptions {
  readonly allowStale: boolean;
}

/**
 * Fetches an edition from any copy into a folder. Signatures are checked before anything is
 * written, the whole result before it takes the place of the old copy; whatever fails, the old copy
 * stays.
 * @throws MirrorTargetError; CopyError if the source fails on the way
 */
export async function updateMirror(
  source: SiteCopy,
  folder: string,
  trust: Trust,
  options: UpdateOptions,
): Promise<Outcome> {
  const isPutBack = recoverFolder(folder);
  const { target, old } = findMirrorTarget(folder);
  if (target !== folder) recoverFolder(target);
  const findings = new Findings();
  const claims = await readClaims(source, findings, options.platform);
  const requirement = checkEdition(claims, trust, findings);
  const keys = keysOf(requirement);
  const signers = findSigners(claims, keys, trust);
  const signedBy = claims.list
    ? await checkSignatures(source, '', claims.list.bytes, signers, findings, options.platform)
    : [];
  const isSigned = keys !== undefined && isEnough(signedBy, keys);
  if (!isSigned && findings.count('unreachable') === 0)
    findings.add(
      'unsigned',
      keys
        ? `It has the signatures of ${sayCount(signedBy, keys)}.`
        : 'No key is known that could prove it.',
    );
  const own = seenIn(old);
  checkCampaign(folder, own[0]?.campaign, claims.edition?.campaign);
  const seen = claims.edition
    ? [...(keys ? options.seen(claims.edition.campaign, keys) : []), ...own]
    : [];
  checkFreshness(claims, isSigned && claims.isListed, trust, seen, options.today, findings);
  const { list, edition } = claims;
  const verdict = decideVerdict(findings.evidence);
  if (!list || !edition || !keys || !isAcceptable(verdict, options)) {
    return {
      kind: 'refused',
      report: {
        verdict,
        evidence: findings.evidence,
        notes: findings.notes,
        edition,
        list: list?.hash,
        signedBy,
        isProven: isSigned && claims.isListed,
        files: 0,
      },
    };
  }

  const before =
    old === undefined ? undefined : parseManifest(readFileSync(join(old, manifestFile)));
  mkdirSync(dirname(target), { recursive: true });
  const staging = makeStaging(target);
  try {
    const fetched = await fetchFiles(source, list.files, staging, old, options.progress);
    await fetchProofs(source, '', signers, staging);
    const hasArchives = await fetchArchives(source, keys, signers, staging, old);
    const kept = old === undefined ? [] : keepAdditions(old, staging);
    const report = await verifyCopy(openFolder(staging), trust, {
      ...options,
      seen: () => seen,
      progress: () => {},
    });
    if (!isAcceptable(report.verdict, options)) return { kind: 'refused', report };
    const difference = compareManifests(before ?? [], list.files);
    checkUnchanged(folder, target, own);
    makePublic(staging);
    replaceFolder(staging, target);
    return {
      kind: 'updated',
      edition,
      before: own[0]?.number,
      difference,
      fetched,
      hasArchives,
      kept,
      notes: isPutBack
        ? [
            'An earlier run was stopped in the middle: the copy from before was found and put back first.',
            ...report.notes,
          ]
        : report.notes,
      report,
    };
  } catch (error) {
    const words = explainDiskError(error);
    if (words === undefined) throw error;
    throw new MirrorTargetError(
      `${folder} cannot be written: ${words}. ${old === undefined ? 'Nothing was left there' : 'The old copy was left as it was'}.`,
      { cause: error },
    );
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

const isAcceptable = (verdict: Verdict, { allowStale }: UpdateOptions): boolean =>
  verdict === 'authentic' || (allowStale && verdict === 'stale');

/**
 * Attack: a mirror that is led back to an older edition. What stands in the folder has been
 * verified when it came.
 */
function seenIn(old: string | undefined): { campaign: string; number: number; list: string }[] {
  if (old === undefined) return [];
  const file = join(old, editionFile);
  const { campaign, number } = parseEdition(readFileSync(file), file);
  return [{ campaign, number, list: hashBytes(readFileSync(join(old, manifestFile))) }];
}

/**
 * Attack: two campaigns of the same keys; with the keys alone given, the copy of one would be
 * replaced by the other.
 */
function checkCampaign(folder: string, own: string | undefined, found: string | undefined): void {
  if (own === undefined || found === undefined || own === found) return;
  throw new MirrorTargetError(
    `${folder} holds a copy of the campaign ${quoteName(own)}, and the source is of ${quoteName(found)}: expected the same. To mirror that one too, name another folder.`,
  );
}

/**
 * Attack: a host that serves a true but older edition as slowly as it may; meanwhile another run
 * brings a newer one from elsewhere, or somebody puts a file there, which would be thrown away
 * unseen.
 */
function checkUnchanged(folder: string, target: string, own: readonly { list: string }[]): void {
  const now = findMirrorTarget(folder);
  if (now.target === target && seenIn(now.old)[0]?.list === own[0]?.list) return;
  throw new MirrorTargetError(
    `${folder} was changed by somebody else while this edition was fetched, and was left as it is now. Run the same command again.`,
  );
}
