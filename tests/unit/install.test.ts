import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../helpers/build.ts';

/**
 * Starts `run.mjs` in a project without packages, with a program in npm's place that writes down
 * its words.
 */
function start(settings: Record<string, string>, { installs = true, code = 0 } = {}) {
  const root = makeFolder('install-');
  mkdirSync(join(root, 'scripts'));
  copyFileSync('scripts/run.mjs', join(root, 'scripts/run.mjs'));
  writeFileSync(join(root, 'package-lock.json'), '{}');
  writeFileSync(join(root, 'tool.mjs'), '');
  const npm = join(root, 'npm');
  writeFileSync(
    npm,
    `#!/bin/sh\necho "$@" > said\n${installs ? 'mkdir -p node_modules\n' : ''}exit ${code}\n`,
  );
  chmodSync(npm, 0o755);
  const { npm_execpath: _, ...others } = process.env;
  const { status, stderr } = spawnSync(process.execPath, ['scripts/run.mjs', 'tool.mjs'], {
    cwd: root,
    env: { ...others, PATH: `${root}:${process.env['PATH']}`, ...settings },
    encoding: 'utf8',
  });
  return { root, status, stderr, said: readFileSync(join(root, 'said'), 'utf8') };
}

test.each([
  ['yarn', '/usr/lib/yarn.js'],
  ['pnpm', '/usr/lib/pnpm.cjs'],
])('npm installs also when %s starts a command', (_, npm_execpath) => {
  const { status, said } = start({ npm_execpath });
  expect({ status, said }).toMatchObject({ status: 0, said: expect.stringMatching(/^ci /) });
});

test('a workspace above, a dry run and a global install do not send packages elsewhere', () => {
  const { root, said } = start({});
  for (const flag of [`--prefix=${root}`, '--dry-run=false', '--global=false'])
    expect(said).toContain(flag);
});

test('an npm that works offline is named as the reason', () => {
  const { status, stderr } = start({ npm_config_offline: 'true' }, { code: 1 });
  expect({ status, stderr }).toMatchObject({
    status: 1,
    stderr: expect.stringMatching(/npm is set to work offline.*npm config delete offline/),
  });
});

test('an install that left nothing is no install', () => {
  expect(start({}, { installs: false })).toMatchObject({
    status: 1,
    stderr: expect.stringContaining('has installed nothing in'),
  });
});
