import { execFileSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { readKeptEdition } from '../../scripts/build/kept-edition.ts';
import { cloneCommit, findRepository } from '../../scripts/build/git.ts';
import { describeDifference } from '../../scripts/build/describe-difference.ts';
import type { ReadableEdition } from '../../scripts/build/describe-pages.ts';
import { rebuildEdition } from '../../scripts/build/rebuild-edition.ts';
import { assertNoParentConfig } from '../../scripts/build/rebuild-commit.ts';
import { showChanges } from '../../scripts/build/show-changes.ts';
import { hashBytes } from '../../src/kit/node/platform.ts';
import { makeFolder } from '../helpers/build.ts';
import {
  filesOf,
  later,
  makeWorld,
  mallory,
  page,
  type World,
} from '../helpers/garden-editions.ts';
import type { Files } from '../helpers/plant.ts';
import { inventChain } from '../helpers/chains.ts';
import { makeEdition, writeFiles } from '../helpers/signed-sites.ts';

/**
 * What somebody can do who may commit, or who shares the machine, so that a key holder signs what
 * was not shown or is in no commit.
 */
const report = (): void => {};
let world: World;
beforeAll(async () => {
  world = await makeWorld();
});
afterEach(() => vi.unstubAllEnvs());

const git = (folder: string, ...words: string[]): string =>
  execFileSync(
    'git',
    ['-c', 'user.name=garden', '-c', 'user.email=garden@garden.invalid', ...words],
    { cwd: folder, encoding: 'utf8' },
  ).trim();
const makeRepository = (files: Files, act: (folder: string) => void = report): string => {
  const folder = makeFolder('repository-');
  git(folder, 'init', '-q');
  writeFiles(folder, files);
  act(folder);
  git(folder, 'add', '-A');
  git(folder, 'commit', '-qm', 'All');
  return folder;
};

describe('a commit', () => {
  const take = (repository: string): string => {
    const target = join(makeFolder('taken-'), 'clone');
    cloneCommit(repository, git(repository, 'rev-parse', 'HEAD'), target);
    return target;
  };

  it.each<[attack: string, wish: string, repository: () => string, message: RegExp]>([
    [
      'a link to a file of the signer',
      'its bytes published and signed',
      () =>
        makeRepository({ 'a.txt': 'a' }, (folder) =>
          symlinkSync('/etc/hostname', join(folder, 'b.txt')),
        ),
      /"b\.txt" in commit [0-9a-f]{40} is a symbolic link/,
    ],
    [
      'a submodule',
      'what it holds to be exchanged later',
      () =>
        makeRepository({ 'a.txt': 'a' }, (folder) =>
          git(folder, 'clone', '-q', makeRepository({ 'b.txt': 'b' }), 'src/more'),
        ),
      /"src\/more" in commit [0-9a-f]{40} is a submodule/,
    ],
    [
      'an encoding in .gitattributes',
      'other bytes built than reviewers read',
      () =>
        makeRepository({ '.gitattributes': '*.txt working-tree-encoding=UTF-7\n' }, (folder) => {
          git(folder, 'add', '-A');
          writeFileSync(join(folder, 'a.txt'), '+ADw-script+AD4-');
        }),
      /git takes "a\.txt" out of commit [0-9a-f]{40} with other bytes/,
    ],
    [
      'a keyword that git fills in',
      'the same',
      () => makeRepository({ '.gitattributes': '*.txt ident\n', 'a.txt': '$Id$\n' }),
      /git takes "a\.txt" out/,
    ],
  ])('with %s (to get %s) is not built', (_attack, _wish, repository, message) => {
    const folder = repository();
    expect(() => take(folder)).toThrow(message);
  });

  it('is taken out as others see it, though a reference replaces it here', () => {
    const repository = makeRepository({ 'a.txt': 'true' });
    const [commit] = [git(repository, 'rev-parse', 'HEAD')];
    writeFileSync(join(repository, 'a.txt'), 'false');
    git(repository, 'commit', '-qam', 'False');
    git(repository, 'replace', commit, 'HEAD');
    git(repository, 'reset', '-q', '--soft', commit);
    expect(readFileSync(join(take(repository), 'a.txt'), 'utf8')).toBe('true');
  });

  it('starts no hook of this machine', () => {
    const repository = makeRepository({ 'a.txt': 'a' });
    const hooks = makeFolder('hooks-');
    writeFileSync(join(hooks, 'post-checkout'), '#!/bin/sh\necho false > b.txt\n', { mode: 0o755 });
    const settings = join(hooks, 'config');
    writeFileSync(settings, `[core]\nhooksPath = ${hooks}\n`);
    vi.stubEnv('GIT_CONFIG_GLOBAL', settings);
    expect(existsSync(join(take(repository), 'b.txt'))).toBe(false);
  });

  it('is looked for where the folder is, not where a variable of the machine says', () => {
    const [here, elsewhere] = [makeRepository({ a: 'a' }), makeRepository({ a: 'b' })];
    vi.stubEnv('GIT_DIR', join(elsewhere, '.git'));
    vi.stubEnv('GIT_WORK_TREE', elsewhere);
    expect(findRepository(here)).toBe(here);
  });
});

describe('the place of a build', () => {
  it.each([
    'node_modules',
    'package.json',
    'pnpm-workspace.yaml',
    'postcss.config.cjs',
    '.postcssrc',
    'deno.json',
  ])('with %s above it is refused (to get code of another user of the machine to run)', (name) => {
    const above = makeFolder('above-');
    mkdirSync(join(above, 'in/project'), { recursive: true });
    expect(() => assertNoParentConfig(join(above, 'in/project'))).not.toThrow();
    writeFileSync(join(above, name), '');
    expect(() => assertNoParentConfig(join(above, 'in/project'))).toThrow(
      `${join(above, name)} is in no commit`,
    );
  });
});

describe('where an edition is kept', () => {
  it.each<[attack: string, act: (folder: string, outside: string) => void, message: RegExp]>([
    [
      'sources.txt is a link',
      (folder, outside) => symlinkSync(join(outside, 'diary.txt'), join(folder, 'sources.txt')),
      /"sources\.txt".* is a symbolic link/,
    ],
    [
      'a list is a link to what is not there',
      (folder, outside) => symlinkSync(join(outside, 'new'), join(folder, 'download')),
      /"download".* is a symbolic link/,
    ],
    [
      'the folder is a link',
      (folder, outside) => {
        renameSync(folder, join(outside, '3'));
        symlinkSync(join(outside, '3'), folder);
      },
      /editions\/3 is a link, or no folder/,
    ],
  ])(
    '%s (to get a file of the signer written over): nothing is written',
    async (_, act, message) => {
      const [clone, outside] = [join(makeFolder('linked-'), 'clone'), makeFolder('outside-')];
      cpSync(world.clone, clone, { recursive: true });
      writeFileSync(join(outside, 'diary.txt'), 'mine');
      act(join(clone, 'editions/3'), outside);
      await expect(
        rebuildEdition({ project: clone, campaignFolder: clone }, join(outside, 'scratch'), report),
      ).rejects.toThrow(message);
      expect(readFileSync(join(outside, 'diary.txt'), 'utf8')).toBe('mine');
    },
  );
});

describe('the edition before', () => {
  const show = async (act: (clone: string) => Promise<string> | string): Promise<string[]> => {
    const clone = join(makeFolder('before-'), 'clone');
    cpSync(world.oldClone, clone, { recursive: true });
    const site = await act(clone);
    mkdirSync(join(clone, 'editions/3'));
    cpSync(join(site, 'EDITION.txt'), join(clone, 'editions/3/EDITION.txt'));
    const rebuilt = {
      kept: readKeptEdition(clone, 3),
      folder: site,
      campaignFolder: clone,
      list: readFileSync(join(site, 'SHA256SUMS')),
      sources: '',
      states: '',
    };
    const { lines, pages } = await showChanges(
      { project: clone, campaignFolder: clone },
      rebuilt,
      world.sites[2],
      join(clone, 'scratch'),
      report,
    );
    return [...lines, ...pages.flat()];
  };

  it.each<
    [
      attack: string,
      wish: string,
      act: (clone: string) => Promise<string> | string,
      message: RegExp,
    ]
  >([
    [
      'a list of it that has the change already',
      'the signer to read "Nothing is new"',
      (clone) => {
        cpSync(join(world.sites[3], 'SHA256SUMS'), join(clone, 'editions/2/SHA256SUMS'));
        return world.sites[3];
      },
      /Edition 2 is not proven/,
    ],
    [
      'no signatures of it',
      'the same',
      (clone) => {
        for (const { publicKey } of later.keys.slice(0, 2))
          renameSync(
            join(clone, `editions/2/SHA256SUMS.${publicKey.id}.minisig`),
            join(clone, publicKey.id),
          );
        return world.sites[3];
      },
      /Edition 2 is not proven/,
    ],
    [
      'another history',
      'a second truth to be signed',
      async () =>
        makeEdition(filesOf(2026), {
          number: 3,
          ...later,
          after: await inventChain(2, later.keys, { threshold: 2 }),
        }),
      /Edition 3 does not follow edition 2/,
    ],
    [
      'keys that it does not name',
      'their key next to that of the signer',
      () =>
        makeEdition(filesOf(2026), {
          number: 3,
          keys: [...later.keys, mallory],
          threshold: 2,
          after: world.sites[2],
        }),
      /Edition 3 does not follow edition 2/,
    ],
  ])('%s (to get %s) is refused', async (_attack, _wish, act, message) => {
    await expect(show(act)).rejects.toThrow(message);
  });

  it('as it was signed is what the next one is held against', async () => {
    expect((await show(() => world.sites[3])).join('\n')).toMatch(
      /en\/give\.html: a year differs|en\/give\.html: .*known "2025", here "2026"/,
    );
  });
});

describe('what a signer is shown', () => {
  const editionOf = (files: Record<string, string>, number: number): ReadableEdition => ({
    name: { campaign: 'garden', number, signers: [] },
    list: Object.entries(files).map(([path, text]) => ({
      path,
      hash: hashBytes(Buffer.from(text)),
    })),
    read: async (path) => Buffer.from(files[path] ?? ''),
  });
  const far = 'mint and sage '.repeat(30).trim();
  const settings = '/*\n  A: 1\n/en/*\n  A: 1\n';

  it.each<
    [
      attack: string,
      wish: string,
      before: Record<string, string>,
      after: Record<string, string>,
      line: string,
    ]
  >([
    [
      'one of two equal lines taken out',
      'a header gone from some pages',
      { 'hosting/headers.txt': settings },
      { 'hosting/headers.txt': '/*\n  A: 1\n/en/*\n' },
      '    -   A: 1',
    ],
    [
      'two lines exchanged',
      'a rule to be overruled',
      { 'a.txt': 'allow\ndeny\n' },
      { 'a.txt': 'deny\nallow\n' },
      '    + allow',
    ],
    [
      'a change far behind in a long line',
      'it not to be seen',
      { 'a.txt': `${far}yes` },
      { 'a.txt': `${far}no` },
      `    + ${far}no`,
    ],
    [
      'a line that steers the terminal',
      'the same',
      { 'a.txt': 'a' },
      { 'a.txt': 'a\u009b2J' },
      '    + a\\u{9b}2J',
    ],
    [
      'a second change in a long paragraph',
      'the first alone to be seen',
      { 'a.html': page('x', `We ${far} stay`) },
      { 'a.html': page('x', `You ${far} go`) },
      `here "You ${far} go"`,
    ],
    [
      'an address whose host stands far behind',
      'another host to be believed',
      { 'a.html': page('x', 'y') },
      {
        'a.html': page(
          'x',
          `y <a href="https://garden.example%2F${'a'.repeat(200)}@mallory.example/">z</a>`,
        ),
      },
      '@mallory.example/" (its host is "mallory.example")',
    ],
    [
      'an account in the form of a row of a list',
      'it not to be told',
      { 'a.html': page('x', 'y'), 'b.txt': 'b' },
      {
        'a.html': page('x', `y</p><p>b.txt 4171 6430 0417 1643 ${hashBytes(Buffer.from('b'))}`),
        'b.txt': 'b',
      },
      '4171 6430 0417 1643',
    ],
    [
      'words at the end of a long edition line',
      'the same',
      { 'a.html': page('x', 'y</p><p class="edition">1') },
      { 'a.html': page('x', `y</p><p class="edition">2 ${far}and pay`) },
      'and pay"',
    ],
  ])('has %s in it (to get %s)', async (_attack, _wish, before, after, line) => {
    expect(
      (await describeDifference(editionOf(before, 1), editionOf(after, 2))).join('\n'),
    ).toContain(line);
  });
});
