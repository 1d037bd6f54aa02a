import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { installStamp, linkPackages } from '../site/link-packages.ts';
import { cloneCommit } from './clone-commit.ts';
import { findRepository } from './git.ts';
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
export async function rebuildCommit({ project, campaignFolder, fresh = false }: Sources, commitOf: (repository: string) => string, scratch: string, report: (line: string) => void): Promise<Sources & { folder: string }> {
  const engine = join(scratch, 'project');
  cloneCommit(project, commitOf(findRepository(project)), engine);
  const repository = findRepository(campaignFolder);
  const isOwn = repository !== findRepository(project);
  const campaign = isOwn ? join(scratch, 'campaign') : engine;
  if (isOwn) cloneCommit(repository, commitOf(repository), campaign);

  const lock = createHash('sha256').update(readFileSync(join(engine, 'package-lock.json'))).digest('hex');
  const stamp = join(project, installStamp);
  if (!fresh && existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) linkPackages(project, engine);
  const folder = join(scratch, 'site');
  const inClone = join(campaign, relative(repository, campaignFolder));
  refuseForeign(engine);
  await build(engine, { CONTENT_DIR: isOwn ? inClone : relative(engine, inClone), OUT_DIR: folder }, report);
  refuseForeign(engine); // nor has any come meanwhile
  return { folder, project: engine, campaignFolder: inClone };
}

function build(folder: string, settings: Record<string, string>, report: (line: string) => void): Promise<void> {
  // A cache knows what was built elsewhere; options of Node load what is in no commit.
  const { CACHE_DIR: _cache, NODE_OPTIONS: _options, NODE_PATH: _path, ...surroundings } = process.env;
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, ['scripts/run.mjs', 'scripts/build.ts'], { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], env: { ...surroundings, ...settings, INIT_CWD: folder } });
    let output = '';
    const take = (text: string): void => {
      output += text;
      for (const line of text.split('\n')) if (line.trim() !== '') report(line);
    };
    child.stdout.setEncoding('utf8').on('data', take);
    child.stderr.setEncoding('utf8').on('data', take);
    child.on('error', fail);
    child.on('close', (code) => (code === 0 ? done() : fail(new RebuildError(`The commit does not build:\n\n${output}`))));
  });
}
