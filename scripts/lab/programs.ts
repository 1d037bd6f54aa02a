import { spawnSync } from 'node:child_process';
import { accessSync, chmodSync, constants, existsSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** A program of the machine that a host or client needs. */
export interface Program {
  /** Its command, or a path where it is outside the usual folders. */
  command: string;
  /** The Debian package that holds it. */
  debian?: string;
  /** Where else to get it, if Debian has no package. */
  otherwise?: string;
}

/**
 * Programs with which people check and copy a mirror by hand. The tests of the mirror kit hold ours
 * against them, and leave out by name what a machine lacks; --install gets them all.
 */
export const kitPrograms: readonly Program[] = [
  { command: 'minisign', debian: 'minisign' },
  { command: 'sha256sum', debian: 'coreutils' },
  { command: 'unzip', debian: 'unzip' },
  { command: 'bsdtar', debian: 'libarchive-tools' },
  { command: 'wget', debian: 'wget' },
  { command: 'python3', debian: 'python3' },
  { command: 'git', debian: 'git' },
];

/** Where a command lies; the folders of administrators are looked through too. */
export function findProgram(command: string): string | undefined {
  const folders = command.startsWith('/')
    ? ['']
    : [...(process.env['PATH'] ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin'];
  // A path can be that of a library, which nobody starts.
  const need = command.startsWith('/') ? constants.R_OK : constants.X_OK;
  return folders.map((folder) => join(folder, command)).find((path) => isUsable(path, need));
}

function isUsable(path: string, need: number): boolean {
  try {
    accessSync(path, need);
    return true;
  } catch {
    return false; // not there, or not for this user: the next folder may have it
  }
}

/** The first of these programs that the machine lacks, as a reason to leave out what needs it. */
export function explainMissing(programs: readonly Program[]): string | undefined {
  const missing = programs.filter(({ command }) => findProgram(command) === undefined);
  if (missing.length === 0) return undefined;
  const ways = missing.map(
    ({ command, debian, otherwise }) =>
      `${command} is not on this machine (${debian === undefined ? otherwise : `Debian: ${debian}; --install gets it`})`,
  );
  return ways.join('; ');
}

/**
 * Installs Debian packages, only those that hold a missing program. Services that Debian would
 * start stay off: the lab starts its own, and a web server on port 80 is nothing that a check may
 * leave behind.
 * @returns what was in the way, in one sentence; undefined if all went well
 */
export function installPrograms(
  programs: readonly Program[],
  report: (line: string) => void,
): string | undefined {
  const packages = [
    ...new Set(
      programs
        .filter(({ command }) => findProgram(command) === undefined)
        .flatMap(({ debian }) => (debian === undefined ? [] : [debian])),
    ),
  ].sort();
  if (packages.length === 0) return undefined;
  if (!findProgram('apt-get'))
    return `--install knows only Debian's apt-get, which this machine lacks. Missing: ${packages.join(', ')}.`;
  const root = process.getuid?.() === 0;
  if (!root && spawnSync('sudo', ['-n', 'true']).status !== 0)
    return `--install needs root, or sudo without a password. By hand: sudo apt-get install ${packages.join(' ')}`;
  report(`installing from Debian: ${packages.join(', ')}`);
  const run = (...words: string[]) =>
    spawnSync(root ? (words[0] ?? '') : 'sudo', root ? words.slice(1) : ['-n', ...words], {
      encoding: 'utf8',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' },
    });
  const policy = '/usr/sbin/policy-rc.d';
  const quiet = root && !existsSync(policy);
  if (quiet) {
    writeFileSync(policy, '#!/bin/sh\nexit 101\n');
    chmodSync(policy, 0o755);
  }
  try {
    run('apt-get', 'update', '-qq');
    const { status, stderr } = run(
      'apt-get',
      'install',
      '-y',
      '-qq',
      '--no-install-recommends',
      ...packages,
    );
    return status === 0
      ? undefined
      : `apt-get install ${packages.join(' ')} failed: ${stderr.trim().split('\n').slice(-3).join(' ')}`;
  } finally {
    if (quiet) rmSync(policy);
  }
}
