import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { manifestFile } from '../../../src/kit/core/edition/edition-files.ts';
import { hashBytes } from '../../../src/kit/node/platform.ts';
import type { Plan } from '../plan.ts';
import type { Publication } from '../publication.ts';
import { below, incomingOf, markerOf, working, type Remote } from './remote.ts';
import { rclone } from './run-rclone.ts';

type Report = (line: string) => void;

/**
 * Carries out a plan file by file. First go the lists of what comes and of what was there, and they
 * are taken away last: whatever happens between, the next run knows what the files can be. On a
 * server that writes files under their own name at once, they wait in a folder until they are
 * whole, and are renamed. Attack: a connection that is cut in the middle of a page, and half an
 * account number is read.
 * @param before the list that is there now
 * @throws PlaceError
 */
export async function publishStepByStep(
  remote: Remote,
  { steps }: Plan,
  { folder, list }: Publication,
  before: Buffer | undefined,
  report: Report,
): Promise<void> {
  const { root } = remote;
  // The list from before as well: when the new one is in its place, only this says what to delete.
  for (const bytes of [...(before ? [before] : []), readFileSync(join(folder, manifestFile))])
    await rclone(['rcat', below(root, markerOf(hashBytes(bytes)))], { input: bytes });
  const incoming = below(root, incomingOf(list));
  const waits = !remote.writesWhole && remote.canRename;
  const sent = steps.flatMap(({ name, paths }) => (name === 'deletions' ? [] : paths));
  if (waits && sent.length > 0) {
    report(`sending ${sent.length} files`);
    // What a run that was stopped has sent is not sent again: the folder is named by the list.
    await rclone(['copy', folder, incoming, '--files-from-raw=-', '--size-only'], {
      input: printPaths(sent),
      isLong: true,
    });
  }
  for (const { name, paths } of steps) {
    report(`${name}: ${paths.length}`);
    if (name === 'deletions') await removeFiles(remote, paths);
    else if (waits) await renameFiles(incoming, root, paths);
    else
      await rclone(
        ['copy', folder, root, '--files-from-raw=-', '--no-traverse', '--ignore-times'],
        { input: printPaths(paths), isLong: true },
      );
  }
  await rclone(['purge', below(root, working)]);
}

const printPaths = (paths: readonly string[]): string => paths.map((path) => `${path}\n`).join('');

async function removeFiles({ root, isBucket }: Remote, paths: readonly string[]): Promise<void> {
  await rclone(['delete', root, '--files-from-raw=-'], { input: printPaths(paths) });
  if (!isBucket) await rclone(['rmdirs', root, '--leave-root']);
}

/**
 * Moves files from the folder where they wait to their places, by the server alone. rclone refuses
 * to move a folder into one above it, so each folder at the top goes by itself, and each file
 * there.
 */
async function renameFiles(from: string, to: string, paths: readonly string[]): Promise<void> {
  const folders = new Map<string, string[]>();
  for (const path of paths) {
    const [top = '', ...rest] = path.split('/');
    if (rest.length === 0) await rclone(['moveto', below(from, path), below(to, path), '-I']);
    else folders.set(top, [...(folders.get(top) ?? []), rest.join('/')]);
  }
  for (const [top, inside] of folders)
    await rclone(
      [
        ...['move', below(from, top), below(to, top)],
        ...['--files-from-raw=-', '--no-traverse', '--ignore-times'],
      ],
      { input: printPaths(inside) },
    );
}
