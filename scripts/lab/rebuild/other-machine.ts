import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { project } from '../../build/project.ts';
import { giveAway, type Start, type Surroundings } from './clone.ts';

/**
 * Names of the other machine, which nothing else has: where one of them is in a site, the build
 * wrote it there.
 */
export const machineMarks = {
  folder: 'vyrai-folder-axolotl',
  user: 'vyrai-user-okapi',
  home: 'vyrai-home-numbat',
  host: 'vyrai-host-quagga',
  branch: 'vyrai-branch-tapir',
  'time zone': 'Pacific/Kiritimati',
  'other time zone': 'America/Adak',
  'temporary folder': 'vyrai-tmp-dugong',
  'cache of tools': 'vyrai-cache-saola',
};

/** Another person at another machine, as far as this one can pretend. */
export interface OtherMachine {
  start: Start;
  /** What a process of theirs has to see. */
  expected: Partial<Surroundings>;
  /** What could not be pretended, and why. */
  notes: string[];
  /** Where they may write results. */
  outDirs: string;
  /** All that has to be deleted at the end. */
  folders: string[];
  /** Lets them into the clone, when it is there. */
  admit: () => void;
}

/**
 * Prepares another user, home and host name in namespaces of Linux, which end with the process:
 * root becomes a user number that nobody has, others keep their rights and only look different.
 * Nothing of the machine changes.
 */
export function makeStranger(scratch: string, clone: string): OtherMachine {
  const [home, temporary, cache, outDirs] = [
    machineMarks.home,
    machineMarks['temporary folder'],
    machineMarks['cache of tools'],
    'results',
  ].map((name) => join(scratch, name)) as [string, string, string, string];
  const passwords = join(scratch, 'passwd');
  const isRoot = process.getuid?.() === 0;
  if (isRoot) openFolder(scratch);
  for (const folder of [home, temporary, cache, outDirs]) mkdirSync(folder);
  const { notes, prefix, uid } = findPrefix(passwords, home, isRoot);
  const names = {
    USER: machineMarks.user,
    LOGNAME: machineMarks.user,
    HOSTNAME: machineMarks.host,
  };
  const folders = {
    HOME: home,
    TMPDIR: temporary,
    CACHE_DIR: join(cache, 'astro'),
    XDG_CACHE_HOME: cache,
    npm_config_cache: cache,
  };
  return {
    start: { command: [...prefix, nodeOf(clone)], settings: { ...names, ...folders } },
    expected: {
      folder: clone,
      home,
      ...(prefix.length > 0 && { user: machineMarks.user, host: machineMarks.host, uid }),
    },
    notes,
    outDirs,
    folders: [clone, home, temporary, cache, outDirs, passwords],
    admit: () => {
      if (isRoot && uid !== 0)
        for (const folder of [clone, home, temporary, cache, outDirs]) giveAway(folder, uid);
    },
  };
}

/**
 * The command that puts another in a namespace with another user and host name; empty where the
 * machine allows none.
 */
function findPrefix(
  passwords: string,
  home: string,
  isRoot: boolean,
): { prefix: string[]; uid: number; notes: string[] } {
  const known = process.platform === 'linux' ? readFileSync('/etc/passwd', 'utf8') : '';
  let free = 61_357;
  while (known.includes(`:${free}:`)) free++;
  const enter = 'hostname "$1" && mount --bind "$2" /etc/passwd && shift 2 && exec "$@"';
  const ways = [
    {
      asRoot: true,
      uid: free,
      flags: [],
      become: ['setpriv', `--reuid=${free}`, `--regid=${free}`, '--clear-groups'],
    },
    // 0 in there is this user outside
    { asRoot: false, uid: 0, flags: ['--map-root-user'], become: [] },
  ];
  let why = 'there is no Linux here';
  for (const { asRoot, uid, flags, become } of known === '' ? [] : ways) {
    if (asRoot && !isRoot) continue;
    writeFileSync(passwords, `${machineMarks.user}:x:${uid}:${uid}::${home}:/bin/sh\n`);
    const prefix = [
      'unshare',
      ...flags,
      '--mount',
      '--uts',
      'sh',
      '-c',
      enter,
      'sh',
      machineMarks.host,
      passwords,
      ...become,
    ];
    const { status, stderr, error } = spawnSync(
      prefix[0] ?? '',
      [...prefix.slice(1), 'test', '-x', dirname(passwords)],
      { encoding: 'utf8' },
    );
    if (status === 0) return { prefix, uid, notes: [] };
    why = (error?.message ?? stderr).trim() || `the other user cannot enter ${dirname(passwords)}`;
  }
  return {
    prefix: [],
    uid: 0,
    notes: [`User and host name were not changed: this machine allows no namespaces (${why}).`],
  };
}

/**
 * Lets every user of the machine pass through a temporary folder of this lab, and through its
 * parents that are temporary too.
 */
function openFolder(folder: string): void {
  chmodSync(folder, statSync(folder).mode | 0o055);
  const parent = dirname(folder);
  if (parent.startsWith(`${tmpdir()}/`)) openFolder(parent);
}

/**
 * The clone's own copy of the Node that runs this: the other user may not enter the folder of the
 * first.
 */
const nodeOf = (clone: string): string =>
  process.execPath.startsWith(project)
    ? join(clone, relative(project, process.execPath))
    : process.execPath;
