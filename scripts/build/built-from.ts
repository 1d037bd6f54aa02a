import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { manifestFile } from '../../src/kit/core/edition/edition-files.ts';
import { hashBytes } from '../../src/kit/node/platform.ts';

/*
 * A site says nothing of the commit that it was built from, since its bytes must not depend on it.
 * So each build leaves a note next to the packages, by the hash of the site's list.
 */

const noteOf = (project: string, folder: string): string =>
  join(
    project,
    'node_modules/.cache/builds',
    `${hashBytes(readFileSync(join(folder, manifestFile)))}.txt`,
  );

/**
 * Notes what a folder was built from.
 * @param sources the digest of them (`sources.ts`), taken before the build began
 */
export function noteSources(project: string, folder: string, sources: string): void {
  const note = noteOf(project, folder);
  mkdirSync(join(note, '..'), { recursive: true });
  writeFileSync(note, sources);
}

/** The digest of what a folder was built from, here; undefined if it was not. */
export function findSources(project: string, folder: string): string | undefined {
  if (!existsSync(join(folder, manifestFile))) return undefined;
  const note = noteOf(project, folder);
  return existsSync(note) ? readFileSync(note, 'utf8') : undefined;
}
