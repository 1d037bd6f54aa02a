import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
  rmdirSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { noteSources } from './built-from.ts';
import { digestSources, findCurrentEdition, type Current } from './sources.ts';
import { finishSite } from './finish-site.ts';
import { EditionError } from '../../src/kit/core/edition/edition-lines.ts';
import { ManifestError } from '../../src/kit/core/manifest/manifest.ts';
import { PublishError } from '../../src/kit/node/edition/write-manifest.ts';
import { stopped } from '../cli/command-line.ts';
import {
  makePublic,
  makeStaging,
  recoverFolder,
  removeFolder,
  replaceFolder,
} from '../../src/kit/node/mirror/replace-folder.ts';
import { explainDiskError, findDiskError } from '../../src/kit/node/disk-error.ts';
import { project } from './project.ts';
import { campaignFolder, campaignName } from '../../src/campaign/read/campaign-folder.ts';
import { readSite } from '../../src/campaign/read/read-site.ts';
import { checkOutFolder, ForeignFolderError } from './out-folder.ts';
import { runNode } from './run-node.ts';
import { acquireBuildLock, assertNoOtherDev } from './build-lock.ts';
import { UserError } from '../../src/kit/core/text/user-error.ts';

/** A build that did not succeed, in words for the person who started it. */
export class BuildError extends UserError {
  override readonly name = 'BuildError';
  constructor(message: string, exitCode = 1) {
    super(message, { exitCode });
  }
}

const astro = join(project, 'node_modules/astro/bin/astro.mjs');

/**
 * Builds the campaign that CONTENT_DIR names and puts the result in `outDir` as one step at the
 * end: a build that fails, or is stopped, leaves the folder as it was.
 * @param report is called with each line that Astro prints, for progress
 * @returns lines that say which edition it is, and what can be proven
 * @throws BuildError
 */
export async function buildSite(outDir: string, report: (line: string) => void): Promise<string[]> {
  try {
    return await build(outDir, report);
  } catch (error) {
    const words = explainDiskError(error);
    if (words === undefined) throw error;
    const place = error instanceof Error && 'path' in error ? String(error.path) : outDir;
    throw new BuildError(cannotWrite(place, words));
  }
}

const cannotWrite = (place: string, words: string): string =>
  `${place} cannot be written: ${words}. A build needs room next to its result, in this project and ` +
  `in ${tmpdir()}. The previous result is untouched.`;

async function build(outDir: string, report: (line: string) => void): Promise<string[]> {
  const target = findTarget(outDir);
  mkdirSync(dirname(target), { recursive: true });
  assertNoOtherDev(campaignFolder());
  const release = await acquireBuildLock(report);
  recoverFolder(target);
  const staging = makeStaging(target);
  // Astro takes a folder such as /srv/vyrai-sites for one inside /srv/vyrai, since it compares by
  // prefix, and then finds no package there: it always builds inside the project.
  const built = makeStaging(join(project, 'dist'));
  const scratch = mkdtempSync(join(tmpdir(), 'vyrai-'));
  const faults = join(scratch, 'faults.txt');
  try {
    const sources = await digestSources(project, campaignFolder());
    const current = await findCurrent();
    const { code, output } = await runAstro(
      ['build'],
      { OUT_DIR: built, FAULT_REPORT: faults, NODE_ENV: 'production', ...settingsOf(current) },
      report,
    );
    if (existsSync(faults)) throw new BuildError(readFileSync(faults, 'utf8'));
    const words = code === 0 ? undefined : findDiskError(output);
    if (words !== undefined) throw new BuildError(cannotWrite('The result', words));
    if (code !== 0)
      throw new BuildError(
        `The build stopped for a reason that is not in the campaign. This is what Astro said:\n\n${output}`,
      );
    report('signing and packing');
    moveFolder(built, staging);
    const lines = await finish(staging, current);
    makePublic(staging);
    replaceFolder(staging, target);
    noteSources(project, target, sources);
    return lines;
  } finally {
    for (const folder of [built, staging, scratch]) removeFolder(folder);
    release();
  }
}

/** Moves a folder into the place of an empty one, also to another disk. */
function moveFolder(from: string, to: string): void {
  rmdirSync(to);
  try {
    renameSync(from, to);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EXDEV')) throw error;
    cpSync(from, to, { recursive: true });
  }
}

/** Which edition the pages are of; without it they are a draft. */
const settingsOf = (current: Current): Record<string, string> =>
  current.kind === 'edition' ? { EDITION_NUMBER: String(current.kept.edition.number) } : {};

/**
 * A broken EDITION.txt is reported with the other faults of the campaign, by what reads it whole.
 */
async function findCurrent(): Promise<Current> {
  try {
    return await findCurrentEdition(project, campaignFolder());
  } catch (error) {
    if (error instanceof EditionError)
      return { kind: 'draft', of: 1, because: 'its editions cannot be read' };
    throw error;
  }
}

async function finish(folder: string, current: Current): Promise<string[]> {
  try {
    const { site } = readSite(campaignFolder(), `the campaign ${campaignName()}`);
    return await finishSite(folder, current, site.archives);
  } catch (error) {
    if (error instanceof ManifestError || error instanceof PublishError)
      throw new BuildError(error.message);
    throw error;
  }
}

function findTarget(outDir: string): string {
  try {
    return checkOutFolder(outDir);
  } catch (error) {
    if (error instanceof ForeignFolderError) throw new BuildError(error.message);
    throw error;
  }
}

/**
 * What a process needs of its surroundings to run at all, where compiled code is kept, and our own
 * settings. Others (DEV, MODE, …) could change the bytes of the site.
 */
const kept =
  /^(PATH|HOME|TMPDIR|TEMP|TMP|SYSTEMROOT|USERPROFILE|APPDATA|LOCALAPPDATA|CONTENT_DIR|CACHE_DIR|VERBOSE|ASTRO_TELEMETRY_DISABLED|NODE_COMPILE_CACHE)$/i;
const keepSettings = (all: NodeJS.ProcessEnv) =>
  Object.fromEntries(Object.entries(all).filter(([name]) => kept.test(name)));

/**
 * Room for what lives briefly. A build makes trees of pages and drops them: with Node's 16 MB the
 * collector moves them again and again, which took a sixth of the CPU time.
 */
const youngMegabytes = 64;

/** Runs Astro's command. Throws BuildError if somebody stops it. */
async function runAstro(
  words: readonly string[],
  settings: Record<string, string>,
  report: (line: string) => void,
): Promise<{ code: number; output: string }> {
  const { code, output } = await runNode(
    [`--max-semi-space-size=${youngMegabytes}`, astro, ...words],
    { env: { ...keepSettings(process.env), ...settings, NO_COLOR: '1', FORCE_COLOR: '0' } },
    report,
  );
  if (code === undefined)
    throw new BuildError('Stopped. The previous result is untouched.', stopped);
  return { code, output };
}
