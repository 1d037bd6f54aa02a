import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { stopped } from '../cli/parse-args.ts';
import { hashBytes } from '../../src/kit/node/platform.ts';
import { installStamp, linkPackages } from './link-packages.ts';
import { runNode } from './run-node.ts';
import { cloneCommit } from './clone-commit.ts';
import { findPrefix, findRepository } from './git.ts';
import { RebuildError } from './rebuild-error.ts';
import { refuseForeign } from './refuse-foreign.ts';

/** Where the sources of a build are: a project and its campaign, which may be in a repository of its own. */
export interface Sources {
  readonly project: string;
  readonly campaignFolder: string;
  /** Whether packages are installed anew from the registry, by the hashes of the lock: those of the clone may have been changed. */
  readonly fresh?: boolean;
}

/**
 * Builds the commits of project and campaign again, in clones of their own: nothing that is not committed can reach the result.
 * Packages are those of this clone where the lock is the same and nobody asks for fresh ones, else installed from the npm registry.
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
  refuseForeign(engine);
  await build(engine, { CONTENT_DIR: isOwn ? inClone : prefix, OUT_DIR: folder }, report);
  refuseForeign(engine); // nor has any come meanwhile
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
