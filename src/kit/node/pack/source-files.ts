import { lstat, readFile, realpath } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ArchiveError, archiveLimits, inBytes } from '../../core/archive/archive.ts';
import { compareBytes } from '../../core/text/bytes.ts';
import { PathRegister } from '../../core/text/safe-path.ts';

/** A file of a folder that is to be packed. */
export interface SourceFile {
  /** In the archive, and below `folder`. */
  path: string;
  folder: string;
  /** Bytes, when it was looked at. */
  size: number;
}

/**
 * Looks at the files that an archive is to hold, before a byte is written.
 * @param paths relative to `folder`, with `/`, in any order
 * @returns the files in byte order of their paths
 * @throws ArchiveError if there are none, or one is something that our own readers refuse: a path
 *   that is not safe, a link, or more files or bytes than a checker takes (50,000 files, 256 MB
 *   each, 2 GB in all; far from what a zip without ZIP64 can hold)
 */
export async function findSourceFiles(
  folder: string,
  paths: readonly string[],
): Promise<SourceFile[]> {
  const fail = (found: string, expected: string, path?: string): never => {
    throw new ArchiveError(folder, found, expected, path);
  };
  if (paths.length === 0) fail('no file to pack', 'at least one');
  if (paths.length > archiveLimits.entries)
    fail(
      `${paths.length} files to pack`,
      `at most ${archiveLimits.entries}, which is what checkers take`,
    );
  const register = new PathRegister();
  for (const path of paths) {
    const fault = register.add(path, 'file');
    if (fault) fail(fault.found, fault.expected, path);
  }

  const isInside = rememberFolders(folder);
  const files: SourceFile[] = [];
  let bytes = 0;
  for (const path of paths.toSorted(compareBytes)) {
    const facts = await lstat(join(folder, path)).catch((error: unknown) => {
      throw new ArchiveError(folder, 'it cannot be read', 'a file', path, error);
    });
    // Attack: a link, in place of the file or of a folder above it, packs and signs a file from
    // elsewhere on the editor's machine.
    if (!facts.isFile() || !(await isInside(dirname(path))))
      fail('a link, a folder or a device', 'a file inside of the folder', path);
    if (facts.size > archiveLimits.bytesOfAFile)
      fail(
        inBytes(facts.size),
        `at most ${archiveLimits.bytesOfAFile} in one file, which is what checkers take`,
        path,
      );
    bytes += facts.size;
    if (bytes > archiveLimits.bytes)
      fail(
        `with it the files have ${inBytes(bytes)}`,
        `at most ${archiveLimits.bytes}, which is what checkers take`,
        path,
      );
    files.push({ path, folder, size: facts.size });
  }
  return files;
}

/**
 * Whether a folder below is where its path says, without links on the way; each is asked for once.
 */
function rememberFolders(folder: string): (path: string) => Promise<boolean> {
  const known = new Map<string, boolean>();
  return async (path) => {
    const isInside =
      known.get(path) ??
      (await realpath(join(folder, path))) === join(await realpath(folder), path);
    known.set(path, isInside);
    return isInside;
  };
}

/**
 * @throws ArchiveError if it has another size than when it was looked at: a build that still runs
 * would be packed half done
 */
export async function readSourceFile({ folder, path, size }: SourceFile): Promise<Buffer> {
  const bytes = await readFile(join(folder, path));
  if (bytes.length !== size)
    throw new ArchiveError(
      folder,
      `it has ${inBytes(bytes.length)}, and had ${size} a moment ago`,
      'files that nothing changes meanwhile',
      path,
    );
  return bytes;
}
