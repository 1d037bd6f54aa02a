import { readdirSync, type Dirent } from 'node:fs';
import { join, relative, sep } from 'node:path';

/** The paths of all files below a folder, dot files too, with `/` and sorted: what a volunteer's upload would take along. */
export const listFiles = (folder: string): string[] => listItems(folder).files;

/** The same, with what is neither a file nor a folder: symbolic links, pipes, devices. */
export function listItems(folder: string): { files: string[]; strange: string[] } {
  const items = readdirSync(folder, { recursive: true, withFileTypes: true });
  const pathsOf = (chosen: Dirent[]) =>
    chosen
      .map((item) => relative(folder, join(item.parentPath, item.name)).split(sep).join('/'))
      .sort();
  return {
    files: pathsOf(items.filter((item) => item.isFile())),
    strange: pathsOf(items.filter((item) => !item.isFile() && !item.isDirectory())),
  };
}
