import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  symlinkSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../../src/kit/core/text/user-error.ts';
import { stopped } from '../cli/command-line.ts';
import { hashBytes } from '../../src/kit/node/platform.ts';
import { runNode } from './run-node.ts';
import { cloneCommit, findPrefix, findRepository } from './git.ts';

/**
 * A commit that could not be built again, in words, with what was printed; or somebody stopped it
 * (`stopped`).
 */
export class RebuildError extends UserError {
  override readonly name = 'RebuildError';
  constructor(message: string, exitCode = 1) {
    super(message, { exitCode });
  }
}

/**
 * Where the sources of a build are: a project and its campaign, which may be in a repository of its
 * own.
 */
export interface Sources {
  readonly project: string;
  readonly campaignFolder: string;
  /**
   * Whether packages are installed anew from the registry, by the hashes of the lock: those of the
   * clone may have been changed.
   */
  readonly fresh?: boolean;
}

/**
 * Builds the commits of project and campaign again, in clones of their own: nothing that is not
 * committed can reach the result. Packages are those of this clone where the lock is the same and
 * nobody asks for fresh ones, else installed from the npm registry.
 * @param commitOf the commit of a repository to build
 * @param scratch an empty folder of the caller, which also removes it
 * @returns the built folder, and project and campaign folder of the clones
 * @throws GitError, RebuildError
 */
export async function rebuildCommit(
  { project, campaignFolder, fresh = false }: Sources,
  commitOf: (repository: string) => string,
  scratch: string,
  report: (line: string) => void,
): Promise<Sources & { folder: string }> {
  const engine = join(scratch, 'project');
  cloneCommit(project, commitOf(findRepository(project)), engine);
  const repository = findRepository(campaignFolder);
  const isOwn = repository !== findRepository(project);
  const campaign = isOwn ? join(scratch, 'campaign') : engine;
  if (isOwn) cloneCommit(repository, commitOf(repository), campaign);

  const lock = hashBytes(readFileSync(join(engine, 'package-lock.json')));
  const stamp = join(project, installStamp);
  if (!fresh && existsSync(stamp) && readFileSync(stamp, 'utf8') === lock)
    linkPackages(project, engine);
  const folder = join(scratch, 'site');
  const prefix = findPrefix(campaignFolder);
  const inClone = join(campaign, prefix);
  assertNoParentConfig(engine);
  await build(engine, { CONTENT_DIR: isOwn ? inClone : prefix, OUT_DIR: folder }, report);
  assertNoParentConfig(engine); // nor has any come meanwhile
  return { folder, project: engine, campaignFolder: inClone };
}

async function build(
  folder: string,
  settings: Record<string, string>,
  report: (line: string) => void,
): Promise<void> {
  // A cache knows what was built elsewhere; options of Node load what is in no commit.
  const {
    CACHE_DIR: _cache,
    NODE_OPTIONS: _options,
    NODE_PATH: _path,
    ...surroundings
  } = process.env;
  const { code, output } = await runNode(
    ['scripts/run.mjs', 'scripts/build.ts'],
    { cwd: folder, env: { ...surroundings, ...settings, INIT_CWD: folder } },
    report,
  );
  if (code === undefined || code === stopped)
    throw new RebuildError('Stopped. Nothing was signed.', stopped);
  if (code !== 0) throw new RebuildError(`The commit does not build:\n\n${output}`);
}

/** What Node, Vite and its tools look for in all folders above the one they work in. */
const foreign =
  /^(?:node_modules|package\.json|pnpm-workspace\.yaml|lerna\.json|deno\.jsonc?|[tj]sconfig\.json|\.?postcss.*)$/;

/**
 * Refuses a place for a build if a folder above it holds packages or settings that would have part
 * in it. Attack: the folder for temporary files is everybody's: another user of the machine puts
 * packages or settings there, and they run in the build that is signed.
 * @throws RebuildError
 */
export function assertNoParentConfig(place: string): void {
  for (let above = dirname(place); ; above = dirname(above)) {
    const found = readdirSync(above).find((name) => foreign.test(name));
    if (found !== undefined)
      throw new RebuildError(
        `${join(above, found)} is in no commit, and would have part in the build. Take it ` +
          'away if it is yours, or name another folder for temporary files: TMPDIR=FOLDER ' +
          'npm run …',
      );
    if (above === dirname(above)) return;
  }
}

/** Says for which lock the packages of a folder were installed (`run.mjs`). */
export const installStamp = 'node_modules/.installed-lock';

/**
 * Gives one clone the installed packages of another, as hard links where the disk allows: nothing
 * is fetched, and paths are really other ones, as with no symbolic link.
 */
export function linkPackages(from: string, to: string): void {
  mkdirSync(join(to, 'node_modules'));
  for (const item of readdirSync(join(from, 'node_modules'))) {
    // Caches stay behind: they know the first folder, and a write through a hard link would reach
    // it.
    if (!item.startsWith('.'))
      linkFolder(join(from, 'node_modules', item), join(to, 'node_modules', item));
  }
  if (existsSync(join(from, installStamp)))
    copyFileSync(join(from, installStamp), join(to, installStamp));
}

function linkFolder(from: string, to: string): void {
  mkdirSync(to);
  for (const item of readdirSync(from, { withFileTypes: true })) {
    const [source, target] = [join(from, item.name), join(to, item.name)];
    if (item.isDirectory()) linkFolder(source, target);
    else if (item.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkOrCopy(source, target);
  }
}

function linkOrCopy(source: string, target: string): void {
  try {
    linkSync(source, target);
  } catch (error) {
    if (!(
      error instanceof Error &&
      'code' in error &&
      ['EXDEV', 'EPERM', 'EMLINK', 'ENOTSUP'].includes(String(error.code))
    ))
      throw error;
    copyFileSync(source, target); // another disk, or one without hard links
  }
}
