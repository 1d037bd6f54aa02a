import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { project } from '../build/project.ts';
import { BenchError } from './measure.ts';

const wanted = join(project, 'scripts/bench/peers');
const files = ['package.json', 'package-lock.json'] as const;

/**
 * Installs the peers into the cache of this clone, once for each state of their lock, without
 * running a script of theirs.
 * @returns the folder that holds their `node_modules`
 * @throws BenchError where npm cannot
 */
export function installPeers(report: (line: string) => void): string {
  const lock = createHash('sha256')
    .update(readFileSync(join(wanted, 'package-lock.json')))
    .digest('hex');
  const folder = join(project, 'node_modules/.cache/bench', lock.slice(0, 16));
  const stamp = join(folder, 'installed');
  if (existsSync(stamp)) return folder;
  report(`installing the peers into ${folder} (about 130 MB to fetch, once)`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  for (const name of files) cpSync(join(wanted, name), join(folder, name));
  const { status, error } = spawnSync(
    'npm',
    ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error', `--prefix=${folder}`],
    { cwd: folder, stdio: 'inherit' },
  );
  if (status !== 0)
    throw new BenchError(
      `The peers could not be installed (${error?.message ?? 'see above'}). "npm ci" needs the ` +
        'npm registry: check the network, then run the same command again, or measure without ' +
        'them: --peers none',
    );
  writeFileSync(stamp, '');
  return folder;
}
