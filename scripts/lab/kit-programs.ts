import type { Program } from './programs.ts';

/**
 * Programs with which people check and copy a mirror by hand. The tests of the mirror kit hold ours against them, and leave out by
 * name what a machine lacks; --install gets them all.
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
