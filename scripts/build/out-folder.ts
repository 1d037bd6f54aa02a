import { existsSync, lstatSync, readFileSync, readdirSync, realpathSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { chainFile, editionFile, manifestFile } from '../../src/kit/core/edition/edition-files.ts';
import { UserError } from '../../src/kit/core/text/user-error.ts';
import { feedList } from '../../src/lib/paths.ts';

/** A folder that may not be replaced, in words for the person who named it. */
export class ForeignFolderError extends UserError {
  override name = 'ForeignFolderError';
}

/** What a built site has at its top besides folders. */
const ownFiles: readonly string[] = [
  'index.html',
  '404.html',
  editionFile,
  chainFile,
  manifestFile,
  feedList.file,
];
const isOwnFile = (name: string): boolean =>
  ownFiles.includes(name) || /^(?:files(?:-\d+)?\.html|SHA256SUMS\.[\w-]+\.minisig)$/.test(name);

/**
 * The folder that a build may write: one that does not exist yet, an empty one, or an earlier
 * result. Replacing a folder deletes what was in it: a slip in OUT_DIR must not cost anyone their
 * files.
 * @returns its true path, links followed
 * @throws ForeignFolderError
 */
export function checkOutFolder(outDir: string): string {
  const given = resolve(outDir);
  const needed = [process.cwd(), resolve(process.env['CONTENT_DIR'] ?? 'src/content')];
  if (needed.some((folder) => `${folder}/`.startsWith(`${given}/`)))
    throw new ForeignFolderError(
      `${given} holds the campaign or the project itself, and a build replaces the whole ` +
        'folder. Set OUT_DIR to another folder.',
    );
  if (!existsSync(given)) return given;
  const target = realpathSync(given);
  const refuse = (what: string) =>
    new ForeignFolderError(
      `${target} ${what}, and a build replaces the whole folder. Empty it, or set OUT_DIR to another folder.`,
    );
  if (!lstatSync(target).isDirectory()) throw refuse('is a file');
  const items = readdirSync(target, { withFileTypes: true });
  if (items.length === 0) return target;
  const foreign = items.find(
    (item) => item.name.startsWith('.') || (!item.isDirectory() && !isOwnFile(item.name)),
  );
  if (foreign) throw refuse(`holds ${foreign.name}, which no built site has`);
  const strange = items.find(
    (item) =>
      item.isDirectory() &&
      !/^(assets|files|pagefind|download|hosting)$/.test(item.name) &&
      !isOurPage(join(target, item.name, 'index.html')),
  );
  if (strange) throw refuse(`holds the folder ${strange.name}, which no built site has`);
  if (!isOurPage(join(target, 'index.html')) || !isOurPage(join(target, '404.html')))
    throw refuse('holds files that are not a built site');
  return target;
}

/** Every page of a built site has an edition line. */
const isOurPage = (file: string): boolean =>
  existsSync(file) && readFileSync(file, 'utf8').includes('class="edition"');
