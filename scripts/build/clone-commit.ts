import { createHash } from 'node:crypto';
import { lstatSync, readFileSync } from 'node:fs';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { quoteName } from '../../src/kit/core/text/quote-name.ts';
import { git, GitError } from './git.ts';

/** A file of a commit (git ls-tree): mode, kind, name of the object, path. */
const entry = /^(\d{6}) (\w+) ([0-9a-f]+)\t(.+)$/s;

/**
 * Clones a repository, and takes out a commit as it is: what lies in the folder then are its bytes, whatever this machine makes git do.
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
  const odd = files.find(({ mode }) => !mode.startsWith('100'));
  // Attack: a link in public/ to the signer's own files, which a build copies and the signer signs; one that signing writes through.
  if (odd)
    throw new GitError(
      `${quoteName(odd.path)} in commit ${commit} is ${odd.mode === '120000' ? 'a symbolic link' : 'a submodule'}, expected plain files only: what it leads to is in no commit. Put the files themselves there, and commit them.`,
    );
  git(target, ...plain, 'checkout', '--quiet', commit);
  // Attack: settings, filters and hooks of git, in which the bytes that are built are others than those that are committed.
  const other = files.find(({ hash, path }) => !isObject(join(target, path), hash));
  if (other)
    throw new GitError(
      `git takes ${quoteName(other.path)} out of commit ${commit} with other bytes than the commit has, so nobody could rebuild what would be signed. Look for filters and line ends in "git config --list" and .gitattributes, and switch them off.`,
    );
}

function readEntry(line: string): { mode: string; hash: string; path: string } {
  const [, mode = '', , hash = '', path = ''] = entry.exec(line) ?? [];
  return { mode, hash, path };
}

/** Whether a plain file has the bytes of an object of git: SHA-1, or SHA-256 in newer repositories, over kind, length and bytes. */
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
