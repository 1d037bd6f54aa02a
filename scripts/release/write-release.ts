import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { verifyCopy } from '../../src/kit/core/verify/verify-copy.ts';
import { describeVerdict } from '../../src/kit/core/verify/verdict.ts';
import { parseDraft } from '../../src/kit/core/edition/edition.ts';
import {
  archiveFolder,
  archiveName,
  cidFile,
  editionFile,
  manifestFile,
  readSignatureName,
  type BuildName,
} from '../../src/kit/core/edition/edition-files.ts';
import { trustNobody } from '../../src/kit/core/trust/trust.ts';
import { printManifest } from '../../src/kit/core/manifest/manifest.ts';
import { UserError } from '../../src/kit/core/text/user-error.ts';
import { packCar } from '../../src/kit/node/edition/write-manifest.ts';
import {
  makePublic,
  makeStaging,
  removeFolder,
  replaceFolder,
} from '../../src/kit/node/mirror/replace-folder.ts';
import { hashBytes, nodePlatform } from '../../src/kit/node/platform.ts';
import { openFolder } from '../../src/kit/node/source/folder-copy.ts';
import { findSources } from '../build/built-from.ts';
import { bundle, printTerms } from './bundle.ts';
import { makeCheckPage } from './check-page.ts';

/** A release that cannot be made, in words. */
export class ReleaseError extends UserError {
  override readonly name = 'ReleaseError';
}

/** The list of all files of a release, in the form of `sha256sum`. */
export const sumsFile = 'RELEASE-SHA256SUMS';

/** The one program for whoever has Node, with the terms under which it may be passed on. */
export const makeVerifyFile = async (version: string): Promise<string> =>
  `#!/usr/bin/env node\n/*\n${printTerms(version, true)}*/\n${await bundle('scripts/release/verify-file.ts', 'node20')}`;

export interface ReleaseSource {
  readonly project: string;
  /** The built site. */
  readonly site: string;
  /** The digest of the sources that are released. */
  readonly sources: string;
  readonly version: string;
}

/**
 * Puts what is released next to a site into one folder, as one step at the end: the checkers, the
 * archives of the site (a CAR in any case), its list with signatures, and the sums of all. The same sources and site
 * give the same bytes.
 * @returns the names of the files
 * @throws ReleaseError if the site is not there, not whole, or built from something else
 */
export async function writeRelease(source: ReleaseSource, target: string): Promise<string[]> {
  const build = await requireSite(source);
  assertOwn(target);
  const { site, version } = source;
  const staging = makeStaging(target);
  try {
    const put = (name: string, text: string): void => writeFileSync(join(staging, name), text);
    put('verify.mjs', await makeVerifyFile(version));
    put('check.html', await makeCheckPage(version));
    const proofs = readdirSync(site).filter(
      (name) => name === manifestFile || readSignatureName(name) !== undefined,
    );
    const archives = readdirSync(join(site, archiveFolder)).map((name) =>
      join(archiveFolder, name),
    );
    for (const path of [...proofs, ...archives])
      copyFileSync(join(site, path), join(staging, basename(path)));
    // In download/ it would cost every mirror its bytes; here those fetch it who want it.
    const car = `${archiveName(build)}.car`;
    if (!existsSync(join(staging, car)))
      put(cidFile, `${await packCar(site, join(staging, car))}\n`);
    const names = readdirSync(staging).sort();
    put(
      sumsFile,
      printManifest(
        names.map((path) => ({ path, hash: hashBytes(readFileSync(join(staging, path))) })),
      ),
    );
    makePublic(staging);
    replaceFolder(staging, target);
    return [...names, sumsFile];
  } finally {
    removeFolder(staging);
  }
}

/** Attack: what lies in dist since last week, or was changed there, is released as of today. */
async function requireSite({ project, site, sources }: ReleaseSource): Promise<BuildName> {
  if (!existsSync(join(site, manifestFile)))
    throw new ReleaseError(
      `${site} holds no built site, expected the one of this commit. Build it first: npm run build`,
    );
  const from = findSources(project, site);
  if (from !== sources)
    throw new ReleaseError(
      `${site} was ${from === undefined ? 'not built by this clone' : 'built from other sources than those of this commit'}, expected the site of this commit. Build it again: npm run build`,
    );
  const { verdict, evidence, edition } = await verifyCopy(openFolder(site), trustNobody, {
    today: '1970-01-01', // no date is too late: an edition may be released again
    seen: () => [],
    progress: () => {},
    platform: nodePlatform,
  });
  if (!describeVerdict(verdict).isSound)
    throw new ReleaseError(
      `${site} is not as it was built: ${evidence.find((item) => item.verdict === verdict)?.text ?? verdict} Build it again: npm run build`,
    );
  return edition ?? parseDraft(readFileSync(join(site, editionFile)));
}

/** A slip in the name of the folder must not cost anybody their files. */
function assertOwn(target: string): void {
  if (!existsSync(target) || readdirSync(target).length === 0) return;
  if (!existsSync(join(target, sumsFile)))
    throw new ReleaseError(
      `${target} holds other files than a release, and would be replaced whole. Empty it, or take it away.`,
    );
}
