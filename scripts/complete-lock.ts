/**
 * Completes package-lock.json: `node scripts/run.mjs scripts/complete-lock.ts [FOLDER]`, after
 * every change of a dependency there.
 *
 * npm writes a lock without the platform packages that its registry does not hold (npm/cli#9846),
 * and the `npm ci` of npm 11 and 12 then refuses that lock. Each missing optional package gets the
 * entry that npm would have written, but for the integrity, which only a registry that holds the
 * package knows.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

interface LockEntry {
  version?: string;
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

const path = join(process.argv[2] ?? '.', 'package-lock.json');
const lock = JSON.parse(readFileSync(path, 'utf8')) as Lock;
const added: string[] = [];

for (const [place, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (lock.packages[`${place}/node_modules/${name}`] ?? lock.packages[`node_modules/${name}`])
      continue;
    if (!/^\d+\.\d+\.\d+/.test(version)) {
      console.error(
        `${path}: ${name} is missing and ${place || 'package.json'} asks for "${version}", ` +
          'not for one version. Add it by hand.',
      );
      process.exit(1);
    }
    lock.packages[`node_modules/${name}`] = { version, ...readPlatform(name), optional: true };
    added.push(`${name}@${version}`);
  }
}

const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : 1));
lock.packages = Object.fromEntries(sorted);
if (added.length > 0) writeFileSync(path, `${JSON.stringify(lock, null, 2)}\n`);
console.log(
  added.length > 0 ? `added to ${path}:\n  ${added.join('\n  ')}` : `${path} is complete`,
);
