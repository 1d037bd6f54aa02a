import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseDraft } from '../../src/kit/core/edition/edition.ts';
import { printManifestDifference } from '../../src/kit/core/manifest/manifest.ts';
import { putSignatures, type Signing } from '../../src/kit/node/edition/edition-folder.ts';
import { writeArchives, writeManifest } from '../../src/kit/node/edition/write-manifest.ts';
import {
  archiveFolder,
  archiveName,
  editionFile,
} from '../../src/kit/core/edition/edition-files.ts';
import type { Current } from './sources.ts';

const maxShown = 20;

/**
 * Makes a mirror of a built site: its list, the signatures that fit, the archives, their list, the
 * signatures that fit.
 * @returns lines for whoever builds: what it is and what can be proven
 */
export async function finishSite(folder: string, current: Current): Promise<string[]> {
  await writeManifest(folder);
  if (current.kind === 'draft') {
    const draft = parseDraft(readFileSync(join(folder, editionFile)));
    const cid = await writeArchives(folder, archiveName(draft));
    return [`unsigned draft of edition ${draft.of} (${current.because}), CID ${cid}`];
  }
  const { edition, folder: kept } = current.kept;
  const signing = await putSignatures(folder, kept, edition.keys);
  const cid = await writeArchives(folder, archiveName(edition));
  const bundles = await putSignatures(
    join(folder, archiveFolder),
    join(kept, archiveFolder),
    edition.keys,
  );
  return [
    ...describe(signing, `edition ${edition.number}`, edition.keys.threshold),
    ...(signing.state === 'signed' && signing.isEnough
      ? describe(bundles, 'its archives', edition.keys.threshold)
      : []),
    `CID ${cid}`,
  ];
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
