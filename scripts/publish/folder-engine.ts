import { cpSync, mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { explainDiskError } from '../../src/kit/node/disk-error.ts';
import { findMirrorTarget, keepAdditions } from '../../src/kit/node/mirror/mirror-target.ts';
import {
  makePublic,
  makeStaging,
  recoverFolder,
  removeFolder,
  replaceFolder,
} from '../../src/kit/node/mirror/replace-folder.ts';
import { openFolder } from '../../src/kit/node/source/folder-copy.ts';
import { resolveHere, UsageError } from '../cli/command-line.ts';
import { planFor } from './check-place.ts';
import type { Engine, Place, Work } from './place.ts';
import { PlaceError } from './place-error.ts';
import { printPlan, type Placed } from './plan.ts';
import type { Publication } from './publication.ts';

/** A folder of this machine, such as the document root of a web server, or a USB stick. */
export const folderEngine: Engine = {
  scheme: '',
  usage: ['FOLDER                  a folder of this machine: a document root, a USB stick'],
  open(rest) {
    if (rest === '') throw new UsageError('The target is empty, expected a folder.');
    return openFolderPlace(resolveHere(rest));
  },
};

/** A folder, replaced as one: readers see the old edition or the new one. */
export const openFolderPlace = (folder: string): Place => ({
  name: folder,
  prepare: (publication) => explaining(folder, () => prepare(folder, publication)),
});

async function prepare(folder: string, publication: Publication): Promise<Work> {
  // What a run that was killed has taken away is seen where it was.
  const isPutBack = recoverFolder(folder);
  const { target, old, leftBehind } = await findMirrorTarget(folder);
  const { plan, notes } = await planFor(
    folder,
    {
      placed: old === undefined ? new Map() : await listPlaced(old),
      unfinished: [],
      read: async (path) => readFileSync(join(target, path)),
    },
    publication,
  );
  return {
    lines: printPlan(plan),
    notes: [
      ...(isPutBack ? ['An earlier run was stopped: the copy from before was put back.'] : []),
      ...leftBehind,
      ...notes,
    ],
    run: (report) =>
      explaining(folder, async () => {
        report(`copying ${publication.files.size} files`);
        mkdirSync(dirname(target), { recursive: true });
        const staging = makeStaging(target);
        try {
          cpSync(publication.folder, staging, { recursive: true, verbatimSymlinks: true });
          const kept = old === undefined ? [] : keepAdditions(old, staging);
          makePublic(staging);
          const undeleted = replaceFolder(staging, target);
          return [
            ...(kept.length > 0 ? [`kept there: ${kept.join(', ')}`] : []),
            ...(undeleted === undefined ? [] : [`could not be deleted: ${undeleted}`]),
          ];
        } finally {
          removeFolder(staging);
        }
      }),
  };
}

async function listPlaced(folder: string): Promise<Placed> {
  const { copy } = openFolder(folder);
  const placed = new Map<string, string | undefined>();
  for (const path of copy.paths ?? []) placed.set(path, await copy.hash(path));
  return placed;
}

async function explaining<T>(folder: string, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (error) {
    const words = explainDiskError(error);
    if (words === undefined) throw error;
    throw new PlaceError(`${folder} cannot be written: ${words}. What was there is as it was.`, {
      cause: error,
    });
  }
}
