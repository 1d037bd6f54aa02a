import { cpSync, existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseDraft } from '../../src/kit/core/edition/edition.ts';
import {
  archiveFolder,
  editionFile,
  manifestFile,
  readSignatureName,
  type BuildName,
} from '../../src/kit/core/edition/edition-files.ts';
import { parseManifest } from '../../src/kit/core/manifest/manifest.ts';
import type { Trust } from '../../src/kit/core/trust/trust.ts';
import { hostingCopies } from '../../src/kit/core/verify/check-files.ts';
import type { Report } from '../../src/kit/core/verify/verdict.ts';
import { verifyCopy, type CheckOptions } from '../../src/kit/core/verify/verify-copy.ts';
import { makePublic } from '../../src/kit/node/mirror/replace-folder.ts';
import { hashBytes } from '../../src/kit/node/platform.ts';
import { openFolder } from '../../src/kit/node/source/folder-copy.ts';
import { printReport } from '../checker/check-session.ts';
import { PlaceError } from './place-error.ts';

/** A file that is to be at a place. */
export interface PublishedFile {
  /** SHA-256, 64 hexadecimal digits. */
  readonly hash: string;
  /** Bytes. */
  readonly size: number;
}

/** A built site that may be shown to readers. */
export interface Publication {
  /** Holds these files and no other ones, and nobody else writes there. */
  readonly folder: string;
  /** An empty folder next to it, for what is needed on the way; both go when all is done. */
  readonly scratch: string;
  /** What it is of. */
  readonly build: BuildName;
  /** The day of the edition, YYYY-MM-DD; undefined for a draft. */
  readonly date: string | undefined;
  readonly files: ReadonlyMap<string, PublishedFile>;
  /** SHA-256 of its list. */
  readonly list: string;
}

export interface PublicationRequest {
  /** The built site. */
  readonly site: string;
  readonly trust: Trust;
  readonly check: CheckOptions;
  /** Takes what nobody has signed, too. */
  readonly draft: boolean;
  readonly allowStale: boolean;
  /** Names of files that the host wants: copies of the site's, as in `hostingCopies`. */
  readonly hostFiles: readonly string[];
}

/**
 * Takes the files of a built site into a folder of its own, and verifies them there: what is
 * published is what was verified, whatever happens to the site meanwhile.
 * @param staging an empty folder
 * @throws PlaceError if it must not be shown to readers
 */
export async function takePublication(
  { site, trust, check, draft, allowStale, hostFiles }: PublicationRequest,
  staging: string,
): Promise<{ publication: Publication; report: Report }> {
  if (!existsSync(join(site, manifestFile)))
    throw new PlaceError(
      `${site} holds no built site, expected one with ${manifestFile}. Build it first: npm run build`,
    );
  const [target, scratch] = [join(staging, 'site'), join(staging, 'scratch')];
  for (const folder of [target, scratch]) mkdirSync(folder);
  for (const path of listOwn(site)) copyInto(site, path, target, path);
  for (const name of hostFiles) copyInto(site, findOriginal(site, name), target, name);
  makePublic(target);

  const opened = openFolder(target);
  const report = await verifyCopy(opened, trust, check);
  const { verdict, edition } = report;
  const isTaken =
    verdict === 'authentic' ||
    (allowStale && verdict === 'stale') ||
    // Attack: a true edition whose signatures somebody has taken away.
    (draft && verdict === 'unsigned' && edition === undefined);
  if (!isTaken)
    throw new PlaceError(
      `${printReport(site, report, false)}\n\nNothing was published. ${howToGoOn(report, draft)}`,
    );
  const build: BuildName = edition ?? parseDraft(readFileSync(join(target, editionFile)));
  const files = new Map<string, PublishedFile>();
  for (const path of opened.copy.paths ?? []) {
    const hash = await opened.copy.hash(path);
    if (hash !== undefined) files.set(path, { hash, size: statSync(join(target, path)).size });
  }
  const publication: Publication = {
    folder: target,
    scratch,
    build,
    date: edition?.date,
    files,
    list: hashBytes(readFileSync(join(target, manifestFile))),
  };
  return { publication, report };
}

/** What a site consists of; what systems have left in its folder stays where it is. */
function listOwn(site: string): string[] {
  const listed = parseManifest(readFileSync(join(site, manifestFile))).map(({ path }) => path);
  const others = [...(openFolder(site).copy.paths ?? [])].filter(
    (path) =>
      path === manifestFile ||
      readSignatureName(path) !== undefined ||
      path.startsWith(`${archiveFolder}/`),
  );
  // One that is missing is named by the check, in words.
  return [...listed.filter((path) => existsSync(join(site, path))), ...others];
}

function findOriginal(site: string, name: string): string {
  const original = hostingCopies.get(name) ?? '';
  if (existsSync(join(site, original))) return original;
  throw new PlaceError(
    `--with ${name} would be a copy of ${original}, and ${site} has none. Build the site again: npm run build`,
  );
}

function copyInto(from: string, path: string, target: string, name: string): void {
  mkdirSync(dirname(join(target, name)), { recursive: true });
  // Links are copied as links, which the check refuses: they would publish a file of this machine.
  cpSync(join(from, path), join(target, name), { verbatimSymlinks: true });
}

function howToGoOn({ verdict, edition }: Report, draft: boolean): string {
  if (verdict === 'stale')
    return 'Make a new edition; to publish this one all the same, add --allow-stale.';
  if (verdict === 'rolled back')
    return 'Get the newest edition first: its readers must not lose what it corrects.';
  if (verdict !== 'unsigned') return 'Build the site again: npm run build';
  if (edition !== undefined)
    return `Edition ${edition.number} lacks signatures: npm run sign, commit them, and build again.`;
  return draft
    ? 'Build the site again: npm run build'
    : 'It is a draft: make an edition (npm run new -- edition, npm run sign, npm run build). To show a draft on a preview address, add --draft.';
}
