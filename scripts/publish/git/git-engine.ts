import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashBytes } from '../../../src/kit/node/platform.ts';
import { resolveHere, UsageError } from '../../cli/command-line.ts';
import { planFor } from '../check-place.ts';
import type { Engine, Place, Work } from '../place.ts';
import { PlaceError } from '../place-error.ts';
import { printPlan } from '../plan.ts';
import type { Publication } from '../publication.ts';
import { runGit, type Workshop } from './run-git.ts';

/** A branch that a forge serves: GitHub Pages, GitLab Pages, Codeberg and others. */
export const gitEngine: Engine = {
  scheme: 'git:',
  usage: ['git:ADDRESS#BRANCH      a branch that a forge serves: GitHub, GitLab, Codeberg Pages'],
  open(rest) {
    const at = rest.lastIndexOf('#');
    const [address, branch] = [rest.slice(0, at), rest.slice(at + 1)];
    if (at < 1 || !/^[\w][\w./-]*$/.test(branch) || address.startsWith('-'))
      throw new UsageError(
        `git:${rest} names no branch, expected git:ADDRESS#BRANCH, for instance git:git@github.com:NAME/REPOSITORY.git#gh-pages.`,
      );
    // Attack: whoever shares the machine reads the words of all programs, and the history of a
    // shell.
    if (/^[a-z+]+:\/\/[^/@]*:[^/@]*@/i.test(address))
      throw new UsageError(
        'The address holds a password, which everybody on this machine could read. Leave it out: git asks for it, or its credential helper knows it.',
      );
    // A repository of this machine, as a disk or a stick has it.
    return openGitPlace(address.includes(':') ? address : resolveHere(address), branch);
  },
};

/** A mark for GitHub Pages: nothing is rendered anew. Others pass over it. */
const mark = '.nojekyll';

const openGitPlace = (address: string, branch: string): Place => ({
  name: `${address}#${branch}`,
  prepare: (publication) => prepare(address, branch, publication),
});

/** A file of a commit. */
interface Entry {
  readonly mode: string;
  readonly id: string;
}

async function prepare(address: string, branch: string, given: Publication): Promise<Work> {
  const { folder: files, scratch } = given;
  writeFileSync(join(files, mark), '');
  const publication: Publication = {
    ...given,
    files: new Map([...given.files, [mark, { hash: hashBytes(''), size: 0 }]]),
  };
  const workshop: Workshop = { repository: join(scratch, 'git'), files };
  await runGit(workshop, ['init', '--quiet']);
  const reference = `refs/heads/${branch}`;
  const [parent] = (await runGit(workshop, ['ls-remote', address, reference]))
    .toString()
    .split('\t');
  if (parent)
    await runGit(workshop, [
      'fetch',
      '--quiet',
      '--depth=1',
      address,
      `+${reference}:refs/heads/there`,
    ]);
  const there = parent ? await listTree(workshop, 'refs/heads/there') : new Map<string, Entry>();
  const { plan, notes } = await planFor(
    `${address}#${branch}`,
    {
      placed: new Map(
        [...there].map(([path, { id }]) => [
          path,
          publication.files.has(path) && id === objectId(join(files, path), id.length)
            ? publication.files.get(path)?.hash
            : undefined,
        ]),
      ),
      unfinished: [],
      read: async (path) => runGit(workshop, ['cat-file', 'blob', there.get(path)?.id ?? '']),
    },
    publication,
  );
  return {
    lines: printPlan(plan),
    notes,
    run: async (report) => {
      report('making a commit');
      const stays = [...plan.kept, ...plan.strange].flatMap((path) => {
        const entry = there.get(path);
        return entry ? [{ ...entry, path }] : [];
      });
      const commit = await makeCommit(workshop, publication, stays, parent || undefined);
      report('pushing');
      // Without force: if somebody else has pushed meanwhile, their commit stays.
      await runGit(workshop, ['push', '--quiet', address, `${commit}:${reference}`]);
      return [
        `commit ${commit}: readers see it when the forge has deployed it, in a minute or two`,
      ];
    },
  };
}

/** The files of a commit by their paths. */
async function listTree(workshop: Workshop, name: string): Promise<Map<string, Entry>> {
  const printed = await runGit(workshop, ['ls-tree', '-r', '-z', '--full-tree', name]);
  const entries = printed
    .toString('utf8')
    .split('\0')
    .filter((line) => line !== '');
  return new Map(
    entries.map((line) => {
      const [, mode = '', id = '', path = ''] = /^(\d+) \w+ ([0-9a-f]+)\t(.+)$/s.exec(line) ?? [];
      return [path, { mode, id }];
    }),
  );
}

/** The name of a file's bytes in git: SHA-1, or SHA-256 in newer repositories. */
function objectId(file: string, digits: number): string {
  const bytes = readFileSync(file);
  return createHash(digits === 40 ? 'sha1' : 'sha256')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex');
}

/**
 * Makes the commit, and proves that git has taken the very bytes. Attack on whoever publishes:
 * name, address and time zone of a machine, which git writes into every commit, for everyone.
 */
async function makeCommit(
  workshop: Workshop,
  { build, date, files, folder }: Publication,
  stays: readonly (Entry & { readonly path: string })[],
  parent: string | undefined,
): Promise<string> {
  await runGit(workshop, ['add', '--all', '--force', '.']);
  for (const { mode, id, path } of stays)
    await runGit(workshop, ['update-index', '--add', '--cacheinfo', `${mode},${id},${path}`]);
  const tree = (await runGit(workshop, ['write-tree'])).toString().trim();
  const made = await listTree(workshop, tree);
  for (const path of files.keys()) {
    const id = made.get(path)?.id ?? '';
    if (id !== objectId(join(folder, path), id.length))
      throw new PlaceError(
        `git has put ${path} into the commit with other bytes than it has. Look for filters in "git config --list", and switch them off.`,
      );
  }
  const person = {
    NAME: 'Vyrai',
    EMAIL: 'publish@vyrai.invalid',
    DATE: `${date ?? '2000-01-01'}T00:00:00Z`,
  };
  const env = Object.fromEntries(
    ['AUTHOR', 'COMMITTER'].flatMap((role) =>
      Object.entries(person).map(([name, value]) => [`GIT_${role}_${name}`, value]),
    ),
  );
  const what = 'of' in build ? `Draft of edition ${build.of}` : `Edition ${build.number}`;
  const words = [
    ...['commit-tree', tree, '-m', `${what} of ${build.campaign}`],
    ...(parent === undefined ? [] : ['-p', parent]),
  ];
  return (await runGit(workshop, words, env)).toString().trim();
}
