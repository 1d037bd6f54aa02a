import { countUtf8 } from './bytes.ts';
import { quoteName } from './plain-characters.ts';

/** What is wrong with a path, as parts of a sentence. */
export interface PathFault {
  found: string;
  expected: string;
}

export const maxPathBytes = 255;
const maxPathDepth = 16;

/**
 * Characters that cannot be seen, turn the reading direction, are private, are no characters or are
 * spaces but U+0020: Cf, Co, Zl, Zp, Zs, Default_Ignorable_Code_Point and noncharacters of Unicode
 * 17, and U+FFFD, which stands for bytes that are no UTF-8. Ranges and not properties: a verdict
 * must not depend on the Unicode version of the checker.
 */
export const unseenCharacter =
  /[\xA0\xAD\u034F\u0600-\u0605\u061C\u06DD\u070F\u0890\u0891\u08E2\u115F\u1160\u1680\u17B4\u17B5\u180B-\u180F\u2000-\u200F\u2028-\u202F\u205F-\u206F\u3000\u3164\uE000-\uF8FF\uFDD0-\uFDEF\uFE00-\uFE0F\uFEFF\uFFA0\uFFF0-\uFFFB\uFFFD-\uFFFF\u{110BD}\u{110CD}\u{13430}-\u{1343F}\u{1BCA0}-\u{1BCA3}\u{1D173}-\u{1D17A}\u{1FFFE}\u{1FFFF}\u{2FFFE}\u{2FFFF}\u{3FFFE}\u{3FFFF}\u{4FFFE}\u{4FFFF}\u{5FFFE}\u{5FFFF}\u{6FFFE}\u{6FFFF}\u{7FFFE}\u{7FFFF}\u{8FFFE}\u{8FFFF}\u{9FFFE}\u{9FFFF}\u{AFFFE}\u{AFFFF}\u{BFFFE}\u{BFFFF}\u{CFFFE}\u{CFFFF}\u{DFFFE}-\u{E0FFF}\u{EFFFE}-\u{10FFFF}]/u;

const inside = 'a path inside the site';
const plain = 'a name of plain, visible signs';
const everywhere = 'a name that means the same on every disk';

/** In this order: the first that holds is reported. */
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
  [(path) => unseenCharacter.test(path), 'a sign in the path that cannot be seen', plain],
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

interface Known {
  path: string;
  kind: 'file' | 'folder';
  /** A folder that was named, and not only needed by a file. */
  named: boolean;
  holdsFiles: boolean;
}

/**
 * The paths of one archive or list: each must be safe, and safe next to the others on a disk that
 * does not tell `A` from `a`.
 */
export class PathRegister {
  readonly #known = new Map<string, Known>();

  /** Takes a path in, or says why it must not be used. */
  add(path: string, kind: 'file' | 'folder'): PathFault | undefined {
    const names = path.split('/');
    return findPathFault(path) ?? this.#addFolders(names, kind) ?? this.#addLast(path, kind);
  }

  /** Folders that were named though no file is in them. */
  emptyFolders(): string[] {
    return [...this.#known.values()]
      .filter(({ kind, named, holdsFiles }) => kind === 'folder' && named && !holdsFiles)
      .map(({ path }) => path);
  }

  #addFolders(names: readonly string[], kind: Known['kind']): PathFault | undefined {
    for (let depth = 1; depth < names.length; depth += 1) {
      const path = names.slice(0, depth).join('/');
      const known = this.#take({ path, kind: 'folder', named: false, holdsFiles: false });
      const fault = this.#compare(known, path, 'folder');
      if (fault) return fault;
      if (kind === 'file') known.holdsFiles = true;
    }
    return undefined;
  }

  #addLast(path: string, kind: Known['kind']): PathFault | undefined {
    const fresh: Known = { path, kind, named: true, holdsFiles: false };
    const known = this.#take(fresh);
    if (known === fresh) return undefined;
    const fault = this.#compare(known, path, kind);
    if (fault) return fault;
    // Attack: two files of one name. One tool keeps the first, another the last: the one that is
    // checked is not the one that is read.
    if (kind === 'file' || known.named)
      return { found: 'the same path a second time', expected: 'each path once' };
    known.named = true;
    return undefined;
  }

  /**
   * Attack: "Index.html" next to "index.html", or a file where a folder is: what lies on the disk
   * depends on the disk.
   */
  #compare(known: Known, path: string, kind: Known['kind']): PathFault | undefined {
    if (known.path !== path)
      return {
        found: `a path that is ${quoteName(known.path)} on some disks`,
        expected: 'paths that differ in more than case',
      };
    if (known.kind !== kind)
      return { found: `${quoteName(path)} as a file and as a folder`, expected: 'one of both' };
    return undefined;
  }

  #take(fresh: Known): Known {
    const key = foldCase(fresh.path);
    const known = this.#known.get(key);
    if (known) return known;
    this.#known.set(key, fresh);
    return fresh;
  }
}

/** Upper case first, since it also brings together what disks may: `ß` and `ss`, `ſ` and `s`. */
const foldCase = (path: string): string =>
  path.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
