import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { archiveLimits } from '../../src/kit/core/archive/archive.ts';
import { parseDraft } from '../../src/kit/core/edition/edition.ts';
import { printManifestDifference } from '../../src/kit/core/manifest/manifest.ts';
import { putSignatures, type Signing } from '../../src/kit/node/edition/edition-folder.ts';
import { writeArchives, writeManifest } from '../../src/kit/node/edition/write-manifest.ts';
import {
  archiveKinds,
  archiveName,
  editionFile,
  type ArchiveKind,
  type BuildName,
} from '../../src/kit/core/edition/edition-files.ts';
import type { Current } from './sources.ts';

const maxShown = 20;

/**
 * Makes a mirror of a built site: its list, the signatures that fit, the archives.
 * @param kinds of archives that the campaign wants; all if nothing is said
 * @returns lines for whoever builds: what it is and what can be proven
 */
export async function finishSite(
  folder: string,
  current: Current,
  kinds: readonly ArchiveKind[] = archiveKinds,
): Promise<string[]> {
  await writeManifest(folder);
  if (current.kind === 'draft') {
    const draft = parseDraft(readFileSync(join(folder, editionFile)));
    const { cid, notes } = await pack(folder, draft, kinds);
    return [`unsigned draft of edition ${draft.of} (${current.because}), CID ${cid}`, ...notes];
  }
  const { edition, folder: kept } = current.kept;
  const signing = await putSignatures(folder, kept, edition);
  const { cid, notes } = await pack(folder, edition, kinds);
  const what = `edition ${edition.number}`;
  return [...describe(signing, what, edition.keys.threshold), `CID ${cid}`, ...notes];
}

/** Makes the archives, and says which ones are too large for checkers. */
async function pack(
  folder: string,
  build: BuildName,
  kinds: readonly ArchiveKind[],
): Promise<{ cid: string; notes: string[] }> {
  const { cid, leftOut } = await writeArchives(folder, archiveName(build), { kinds });
  const most = archiveLimits.bytesOfAFile;
  return {
    cid,
    notes: leftOut.map(
      (name) => `${name} was left out: it has more than ${most} bytes, which no checker takes`,
    ),
  };
}

function describe(signing: Signing, what: string, threshold: number): string[] {
  if (signing.state === 'none') return [`${what}: not signed yet (npm run sign)`];
  if (signing.state === 'signed') {
    const broken = signing.broken.map(
      (id) => `${what}: the kept signature of ${id} does not fit, and was left out`,
    );
    return [
      `${what}: signed by ${signing.by.join(', ') || 'nobody'}${signing.isEnough ? '' : `, ${threshold} are needed`}`,
      ...broken,
    ];
  }
  return [
    `${what}: left UNSIGNED, since this build differs from the one that was signed:`,
    ...printManifestDifference(signing.difference, maxShown).map((line) => `    ${line}`),
  ];
}
