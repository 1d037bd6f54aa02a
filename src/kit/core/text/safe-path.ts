import { countUtf8 } from './bytes.ts';

/** What is wrong with a path, as parts of a sentence. */
export interface PathFault {
  found: string;
  expected: string;
}

export const maxPathBytes = 255;
const maxPathDepth = 16;

const inside = 'a path inside the site';
const plain = 'a name of plain, visible signs';
const everywhere = 'a name that means the same on every disk';

/** In this order: the first that holds is told. */
const faults: readonly [holds: (path: string) => boolean, found: string, expected: string][] = [
  [(path) => path === '', 'an empty path', inside],
  // A name of megabytes costs memory at every step, and depth costs it again for each folder above.
  [
    (path) => countUtf8(path) > maxPathBytes,
    'a path that is too long',
    `at most ${maxPathBytes} bytes`,
  ],
  [
    (path) => path.split('/').length > maxPathDepth,
    'a path that is too deep',
    `at most ${maxPathDepth} names`,
  ],
  // Two names with different halves of a sign are written to disk as the same name.
  [(path) => !path.isWellFormed(), 'half a sign in the path', 'well-formed Unicode'],
  // NUL ends a name for the system and not for us: what is checked is not what is written. Escape
  // codes repaint a terminal.
  [(path) => /\p{Cc}/u.test(path), 'a control character in the path', plain],
  // Signs that cannot be seen, that turn the reading direction, or that some disks drop:
  // "index.html" which is another file.
  [
    (path) =>
      /[\p{Cf}\p{Co}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\uFFFD]|(?! )\p{Zs}/u.test(
        path,
      ),
    'a sign in the path that cannot be seen',
    plain,
  ],
  // The same name in two spellings: one disk holds two files, another lets the second replace the
  // first.
  [(path) => path !== path.normalize('NFC'), 'a path that is not in the form NFC', 'NFC'],
  // On Windows it divides folders: "..\..\x" leaves the folder where "/" alone is looked at.
  [(path) => path.includes('\\'), 'a backslash in the path', 'only / between names'],
  // "C:x" is a place on another drive, "index.html:x" a stream that hides in a file; the others are
  // patterns or cannot be written.
  [(path) => /[<>:"|?*]/u.test(path), 'a path with one of < > : " | ? *', everywhere],
  // "/etc/cron.d/x" is written there by a tool that believes it.
  [(path) => path.startsWith('/'), 'an absolute path', inside],
  // "../../.ssh/authorized_keys" climbs out; "a/./b" and "a//b" are second names of files that the
  // list knows.
  [(path) => path.split('/').includes('..'), 'a path with ".."', inside],
  [
    (path) => path.split('/').some((name) => name === '' || name === '.'),
    'a path with an empty name or "."',
    'one way to write each path',
  ],
  // Windows drops them: "index.html." replaces "index.html".
  [
    (path) => /[. ](?:\/|$)|(?:^|\/) /u.test(path),
    'a name that begins with a space or ends with a space or dot',
    everywhere,
  ],
  // Windows opens the device, with any ending: "aux.html" hangs or swallows what is written.
  [
    (path) =>
      /(?:^|\/)(?:con|prn|aux|nul|conin\$|conout\$|(?:com|lpt)[0-9¹²³]) *(?:\.[^/]*)?(?:\/|$)/iu.test(
        path,
      ),
    'a name that is a device on Windows',
    everywhere,
  ],
];

/**
 * Names of ASCII letters, digits, `_` and `-`, with single dots within: of all faults, only length,
 * depth and devices are left to look for.
 */
const plainPath = /^[\w-]+(?:\.[\w-]+)*(?:\/[\w-]+(?:\.[\w-]+)*)*$/;
const leftForPlain = new Set([
  'a path that is too long',
  'a path that is too deep',
  'a name that is a device on Windows',
]);
const faultsOfPlain = faults.filter(([, found]) => leftForPlain.has(found));

/**
 * Says why a path from a list or an archive that a stranger made must not be used; `undefined` if
 * it may be. A path is that of a file or folder below the site, with `/` between names and none at
 * the end.
 */
export function findPathFault(path: string): PathFault | undefined {
  // nearly all are plain, and Unicode's classes cost
  const fault = (plainPath.test(path) ? faultsOfPlain : faults).find(([holds]) => holds(path));
  return fault && { found: fault[1], expected: fault[2] };
}
