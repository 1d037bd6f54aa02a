import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { lstatSync, readFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { UserError } from '../../src/kit/core/text/user-error.ts';
import { quoteName } from '../../src/kit/core/text/plain-characters.ts';

/** What git refuses, or the state of a clone that forbids a step; in words. */
export class GitError extends UserError {
  override readonly name = 'GitError';
}

/** Runs git in a folder and returns what it prints. Throws GitError with its own words. */
export function git(folder: string, ...words: string[]): string {
  const { status, stdout, stderr, error } = spawnSync('git', words, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
    env: surroundings(),
  });
  if (error)
    throw new GitError(`git could not be started (${error.message}). Install it, then try again.`);
  if (status !== 0) throw new GitError(`git ${words[0]} in ${folder} says: ${stderr.trim()}`);
  return stdout.trimEnd();
}

/**
 * What leads git to another repository than the one of the folder: hooks of git hand it on to all
 * that they start (`git rev-parse --local-env-vars`).
 */
const astray =
  /^GIT_(?:DIR|WORK_TREE|INDEX_FILE|OBJECT_DIRECTORY|ALTERNATE_OBJECT_DIRECTORIES|COMMON_DIR|NAMESPACE|PREFIX|GRAFT_FILE|SHALLOW_FILE|REPLACE_REF_BASE|TEMPLATE_DIR)$/;

/**
 * Attack: a reference that replaces a commit shows the signer another one than the one that others
 * clone.
 */
const surroundings = (): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !astray.test(name))),
  GIT_NO_REPLACE_OBJECTS: '1',
});

/** The root of the repository that a folder is in. Throws GitError if it is in none. */
export const findRepository = (folder: string): string =>
  git(folder, 'rev-parse', '--show-toplevel');

/**
 * The path of a folder below the root of its repository, with `/` and one at its end; empty for the
 * root itself. By git, since a folder can be reached through a link.
 */
export const findPrefix = (folder: string): string => git(folder, 'rev-parse', '--show-prefix');

/**
 * The first commit that has a file as it is at HEAD; undefined if HEAD has none. An earlier one may
 * have had another of its name: a list that was taken back before anybody signed it.
 * @param path from the root of the repository, with `/`
 */
export function findFirstCommit(repository: string, path: string): string | undefined {
  const [, , blob] = git(repository, 'ls-tree', 'HEAD', '--', path).split(/\s/);
  return blob === undefined
    ? undefined
    : git(repository, 'log', '--format=%H', `--find-object=${blob}`, '--diff-filter=AM', '--', path)
        .split('\n')
        .findLast((line) => line !== '');
}

/**
 * The commit of a repository, which must have no uncommitted changes: what is signed has to be what
 * others can rebuild.
 * @param free paths below the repository that may differ: what signing itself writes
 * @throws GitError naming the first files
 */
export function requireCommit(repository: string, free: (path: string) => boolean): string {
  const changes = git(
    repository,
    'status',
    '--porcelain',
    '-z',
    '--no-renames',
    '--untracked-files=all',
  )
    .split('\0')
    .filter((line) => line !== '' && !free(line.slice(3)));
  if (changes.length > 0) {
    const shown = changes
      .slice(0, 5)
      .map((line) => `  ${line}`)
      .join('\n');
    throw new GitError(
      'There are changes that are in no commit, so nobody could rebuild what would be ' +
        `signed:\n${shown}${changes.length > 5 ? `\n  … and ${changes.length - 5} more` : ''}\nCommit ` +
        'them or take them back, then try again.',
    );
  }
  return git(repository, 'rev-parse', 'HEAD');
}

/** A file of a commit (git ls-tree): mode, kind, name of the object, path. */
const entry = /^(\d{6}) (\w+) ([0-9a-f]+)\t(.+)$/s;

/**
 * Clones a repository, and takes out a commit as it is: what lies in the folder then are its bytes,
 * whatever this machine makes git do.
 * @param target a folder that is not there yet
 * @throws GitError if the commit has links or submodules, or git writes other bytes than it has
 */
export function cloneCommit(repository: string, commit: string, target: string): void {
  const plain = [
    '-c',
    `core.hooksPath=${devNull}`,
    '-c',
    'submodule.recurse=false',
    '-c',
    'advice.detachedHead=false',
  ];
  git(repository, ...plain, 'clone', '--quiet', '--no-checkout', repository, target);
  const files = git(target, 'ls-tree', '-r', '-z', '--full-tree', commit)
    .split('\0')
    .filter((line) => line !== '')
    .map(readEntry);
  const irregular = files.find(({ mode }) => !mode.startsWith('100'));
  // Attack: a link in public/ to the signer's own files, which a build copies and the signer signs;
  // one that signing writes through.
  if (irregular)
    throw new GitError(
      `${quoteName(irregular.path)} in commit ${commit} is ` +
        `${irregular.mode === '120000' ? 'a symbolic link' : 'a submodule'}, expected plain ` +
        'files only: what it leads to is in no commit. Put the files themselves there, and ' +
        'commit them.',
    );
  git(target, ...plain, 'checkout', '--quiet', commit);
  // Attack: settings, filters and hooks of git, in which the bytes that are built are others than
  // those that are committed.
  const other = files.find(({ hash, path }) => !isObject(join(target, path), hash));
  if (other)
    throw new GitError(
      `git takes ${quoteName(other.path)} out of commit ${commit} with other bytes than ` +
        'the commit has, so nobody could rebuild what would be signed. Look for filters and ' +
        'line ends in "git config --list" and .gitattributes, and switch them off.',
    );
}

function readEntry(line: string): { mode: string; hash: string; path: string } {
  const [, mode = '', , hash = '', path = ''] = entry.exec(line) ?? [];
  return { mode, hash, path };
}

/**
 * Whether a plain file has the bytes of an object of git: SHA-1, or SHA-256 in newer repositories,
 * over kind, length and bytes.
 */
function isObject(file: string, hash: string): boolean {
  if (!lstatSync(file, { throwIfNoEntry: false })?.isFile()) return false;
  const bytes = readFileSync(file);
  return (
    createHash(hash.length === 40 ? 'sha1' : 'sha256')
      .update(`blob ${bytes.length}\0`)
      .update(bytes)
      .digest('hex') === hash
  );
}
