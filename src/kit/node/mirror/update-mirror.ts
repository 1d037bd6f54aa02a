import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findMirrorTarget, keepAdditions, MirrorTargetError } from './mirror-target.ts';
import { explainDiskError } from '../disk-error.ts';
import {
  makePublic,
  makeStaging,
  recoverFolder,
  removeFolder,
  replaceFolder,
} from './replace-folder.ts';
import { quoteName } from '../../core/text/plain-characters.ts';
import { sayCount } from '../../core/verify/claims.ts';
import { checkMemory, proveEdition } from '../../core/verify/prove-edition.ts';
import { verifyCopy, type CheckOptions } from '../../core/verify/verify-copy.ts';
import { openFolder } from '../source/folder-copy.ts';
import type { SiteCopy } from '../../core/source/site-copy.ts';
import { changesKeys, parseChain } from '../../core/chain/chain.ts';
import { isSeenUnder, printKeys, type SeenEdition, type Trust } from '../../core/trust/trust.ts';
import { parseEdition, type Edition } from '../../core/edition/edition.ts';
import type { KeySet } from '../../core/minisign/public-key.ts';
import {
  parseManifest,
  compareManifests,
  type ManifestDifference,
} from '../../core/manifest/manifest.ts';
import { hashBytes } from '../platform.ts';
import { chainFile, editionFile, manifestFile } from '../../core/edition/edition-files.ts';
import { decideVerdict, Findings, type Report, type Verdict } from '../../core/verify/verdict.ts';
import { fetchArchives } from './fetch-archives.ts';
import { fetchFiles, fetchProofs } from './fetch-mirror.ts';

export type Outcome =
  /** Nothing was changed on the disk. */
  | { readonly kind: 'refused'; readonly report: Report }
  | {
      readonly kind: 'updated';
      readonly edition: Edition;
      readonly before: number | undefined;
      readonly difference: ManifestDifference;
      readonly fetched: number;
      /** Names of the archives that it has. */
      readonly archives: readonly string[];
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
  try {
    return await update(source, folder, trust, options);
  } catch (error) {
    const words = explainDiskError(error);
    if (words === undefined) throw error;
    throw new MirrorTargetError(
      `${folder} cannot be written: ${words}. ${existsSync(folder) ? 'What was there was left as it was' : 'Nothing was left there'}.`,
      { cause: error },
    );
  }
}

async function update(
  source: SiteCopy,
  folder: string,
  trust: Trust,
  options: UpdateOptions,
): Promise<Outcome> {
  const isPutBack = recoverFolder(folder);
  const { target, old, leftBehind } = await findMirrorTarget(folder);
  if (target !== folder) recoverFolder(target);
  const findings = new Findings();
  const proof = await proveEdition(source, trust, findings, options.platform);
  const { claims, keys, signers, others, signedBy, isSigned, isProven } = proof;
  if (!isSigned && findings.count('unreachable') === 0)
    findings.add(
      'unsigned',
      keys
        ? `It has the signatures of ${sayCount(signedBy, keys)}.`
        : 'No key is known that could prove it.',
    );
  const own = seenIn(old);
  checkCampaign(folder, own[0]?.campaign, claims.edition?.campaign);
  const { list, edition } = claims;
  const seenUnder = (needed: KeySet): SeenEdition[] =>
    edition
      ? [
          ...options.seen(edition.campaign, needed),
          ...own.filter((copy) => isSeenUnder(copy, needed)),
        ]
      : [];
  checkMemory(proof, trust, seenUnder, options.today, findings);
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
        isProven,
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
    await fetchProofs(source, signers, staging);
    const archives = await fetchArchives(
      source,
      edition,
      {
        listHash: list.hash,
        files: list.files,
        number: edition.number,
        keys,
        signers,
        others,
        signerIds: edition.signers,
        isSigned,
      },
      trust,
      staging,
      old,
    );
    const kept = old === undefined ? [] : keepAdditions(old, staging);
    const report = await verifyCopy(openFolder(staging), trust, {
      ...options,
      seen: (_, needed) => seenUnder(needed),
      progress: () => {},
    });
    if (!isAcceptable(report.verdict, options)) return { kind: 'refused', report };
    const difference = compareManifests(before ?? [], list.files);
    await checkUnchanged(folder, target, own);
    makePublic(staging);
    const undeleted = replaceFolder(staging, target);
    return {
      kind: 'updated',
      edition,
      before: own[0]?.number,
      difference,
      fetched,
      archives: archives.fetched,
      kept,
      notes: [
        ...(isPutBack
          ? [
              'An earlier run was stopped in the middle: the copy from before was found and put back first.',
            ]
          : []),
        ...leftBehind,
        ...archives.notes,
        ...(undeleted === undefined
          ? []
          : [`The copy from before could not be deleted whole. What is left of it: ${undeleted}`]),
        ...report.notes,
      ],
      report,
    };
  } finally {
    removeFolder(staging);
  }
}

const isAcceptable = (verdict: Verdict, { allowStale }: UpdateOptions): boolean =>
  verdict === 'authentic' || (allowStale && verdict === 'stale');

/**
 * Attack: a mirror that is led back to an older edition. What stands in the folder has been
 * verified when it came.
 */
function seenIn(old: string | undefined): (SeenEdition & { campaign: string })[] {
  if (old === undefined) return [];
  const file = join(old, editionFile);
  const { campaign, number, keys, signers } = parseEdition(readFileSync(file), file);
  const chain = join(old, chainFile);
  const before = existsSync(chain) ? parseChain(readFileSync(chain)).entries : [];
  return [
    {
      campaign,
      number,
      list: hashBytes(readFileSync(join(old, manifestFile))),
      signers: printKeys(keys.keys.filter(({ id }) => signers.includes(id))),
      replaced: before.flatMap(({ head }) =>
        head && changesKeys(head.edition) ? [printKeys(head.edition.keys.keys)] : [],
      ),
    },
  ];
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
async function checkUnchanged(
  folder: string,
  target: string,
  own: readonly { list: string }[],
): Promise<void> {
  const now = await findMirrorTarget(folder);
  if (now.target === target && seenIn(now.old)[0]?.list === own[0]?.list) return;
  throw new MirrorTargetError(
    `${folder} was changed by somebody else while this edition was fetched, and was left as it is now. Run the same command again.`,
  );
}
