import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  findFirstCommit,
  findPrefix,
  findRepository,
  git,
  requireCommit,
} from '../../scripts/build/git.ts';
import { makeFolder } from '../helpers/build.ts';

let repository = '';
const write = (path: string, text: string): void => writeFileSync(join(repository, path), text);
const commit = (): string => {
  git(repository, 'add', '-A');
  git(
    repository,
    '-c',
    'user.name=garden',
    '-c',
    'user.email=garden@garden.invalid',
    'commit',
    '-qm',
    'x',
    '--allow-empty',
  );
  return git(repository, 'rev-parse', 'HEAD');
};
const never = (): boolean => false;

beforeEach(() => {
  repository = makeFolder('repository-');
  execFileSync('git', ['init', '-q', repository]);
  mkdirSync(join(repository, 'garden/editions/1'), { recursive: true });
  write('garden/site.yaml', 'id: garden\n');
  commit();
});

describe('nothing is signed of a repository', () => {
  it.each<[what: string, plant: () => void, named: RegExp]>([
    [
      'with a changed file',
      () => write('garden/site.yaml', 'id: meadow\n'),
      / M garden\/site\.yaml/,
    ],
    [
      'with a file that git does not know',
      () => write('garden/new.yaml', ''),
      /\?\? garden\/new\.yaml/,
    ],
    [
      'with a change that is only staged',
      () => (write('garden/site.yaml', ''), void git(repository, 'add', '-A')),
      /M {2}garden\/site\.yaml/,
    ],
    [
      'with a file under another name',
      () => void git(repository, 'mv', 'garden/site.yaml', 'garden/other.yaml'),
      /A {2}garden\/other\.yaml\n {2}D {2}garden\/site\.yaml/,
    ],
    [
      'with more changes than anyone reads',
      () => ['a', 'b', 'c', 'd', 'e', 'f', 'g'].forEach((name) => write(name, '')),
      /\?\? e\n {2}… and 2 more\nCommit them or take them back/,
    ],
  ])('%s', (_, plant, named) => {
    plant();
    expect(() => requireCommit(repository, never)).toThrow(
      expect.objectContaining({ name: 'GitError', message: expect.stringMatching(named) }),
    );
  });

  it('that is none: git says so', () => {
    expect(() => findRepository(makeFolder('bare-'))).toThrow(
      /git rev-parse in .* says: .*not a git repository/s,
    );
  });
});

describe('a repository', () => {
  it('without changes has a commit to build, and what signing writes is none', () => {
    const head = commit();
    write('garden/editions/1/SHA256SUMS', 'list');
    expect(requireCommit(repository, (path) => path === 'garden/editions/1/SHA256SUMS')).toBe(head);
  });

  it('is found from a folder that is reached through a link, too', () => {
    const link = join(makeFolder('link-'), 'campaign');
    symlinkSync(join(repository, 'garden'), link);
    expect([link, repository].map(findPrefix)).toEqual(['garden/', '']);
  });
});

describe('the commit of an earlier edition', () => {
  it('is unknown where none has its list', () => {
    expect(findFirstCommit(repository, 'garden/editions/1/SHA256SUMS')).toBeUndefined();
  });

  it('is the first that has the list as it was signed, and not one with a list that was taken back', () => {
    const path = 'garden/editions/1/SHA256SUMS';
    write(path, 'taken back');
    commit();
    git(repository, 'rm', '-q', path);
    commit();
    mkdirSync(join(repository, 'garden/editions/1'), { recursive: true });
    write(path, 'signed');
    const signed = commit();
    write('garden/site.yaml', 'id: garden # later\n');
    commit();
    expect(findFirstCommit(repository, path)).toBe(signed);
  });
});
