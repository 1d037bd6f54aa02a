import { quoteName } from '../text/quote-name.ts';
import { findPathFault, type PathFault } from '../text/safe-path.ts';

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
