/**
 * Completes package-lock.json: `node scripts/run.mjs scripts/complete-lock.ts [FOLDER]`, after
 * every change of a dependency there.
 *
 * npm writes a lock without the platform packages that its registry does not hold (npm/cli#9846),
 * and the `npm ci` of npm 11 and 12 then refuses that lock. Each missing optional package gets the
 * entry that npm would have written. Where an entry has no hash, the registry is asked for it: a
 * package that is named by its version alone could be exchanged.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { UsageError, runCommand } from './cli/command-line.ts';

interface LockEntry {
  version?: string;
  integrity?: string;
  link?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}
interface Lock {
  packages: Record<string, LockEntry>;
}

const systems: Record<string, string> = {
  android: 'android',
  darwin: 'darwin',
  freebsd: 'freebsd',
  linux: 'linux',
  win32: 'win32',
  windows: 'win32',
};
const processors = ['arm', 'arm64', 'ia32', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];

/** The platform that a package of native code names in its own name, in the form of the lock. */
function readPlatform(name: string): Pick<LockEntry, 'os' | 'cpu' | 'libc'> {
  const words = name.split(/[/-]/);
  const os = words.map((word) => systems[word]).find((word) => word !== undefined);
  const cpu = words.find((word) => processors.includes(word));
  const libc = words.includes('musl') ? 'musl' : words.includes('gnu') ? 'glibc' : undefined;
  return { ...(os && { os: [os] }), ...(cpu && { cpu: [cpu] }), ...(libc && { libc: [libc] }) };
}

/**
 * The hash of a package, as the registry of this machine gives it.
 * @throws UsageError where it knows none
 */
function askForIntegrity(name: string, version: string): string {
  const { stdout, stderr } = spawnSync('npm', ['view', `${name}@${version}`, 'dist.integrity'], {
    cwd: tmpdir(), // no settings of this project
    encoding: 'utf8',
    shell: process.platform === 'win32', // npm.cmd
  });
  const integrity = stdout.trim();
  if (!/^sha512-[\w+/]{86}==$/.test(integrity))
    throw new UsageError(
      `The registry gives no hash of ${name}@${version}: ${integrity || stderr.trim().split('\n').at(-1)}. ` +
        'Ask one that holds the package: npm_config_registry=https://registry.npmjs.org/',
      1,
    );
  return integrity;
}

await runCommand(async () => {
  const path = join(process.argv[2] ?? '.', 'package-lock.json');
  const lock = JSON.parse(readFileSync(path, 'utf8')) as Lock;
  const changes: string[] = [];
  for (const [place, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      if (lock.packages[`${place}/node_modules/${name}`] ?? lock.packages[`node_modules/${name}`])
        continue;
      if (!/^\d+\.\d+\.\d+/.test(version))
        throw new UsageError(
          `${path}: ${name} is missing and ${place || 'package.json'} asks for "${version}", ` +
            'not for one version. Add it by hand.',
          1,
        );
      lock.packages[`node_modules/${name}`] = { version, ...readPlatform(name), optional: true };
      changes.push(`${name}@${version}`);
    }
  }
  for (const [place, entry] of Object.entries(lock.packages)) {
    const { version, ...rest } = entry;
    if (place === '' || entry.link === true || entry.integrity !== undefined) continue;
    const name = place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const integrity = askForIntegrity(name, version ?? '');
    lock.packages[place] = { ...(version !== undefined && { version }), integrity, ...rest };
    changes.push(`the hash of ${name}@${version}`);
  }
  const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
  lock.packages = Object.fromEntries(sorted);
  if (changes.length > 0) writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
  console.log(
    changes.length > 0 ? `added to ${path}:\n  ${changes.join('\n  ')}` : `${path} is complete`,
  );
  return 0;
});
