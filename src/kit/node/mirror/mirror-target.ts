import {
  copyFileSync,
  existsSync,
  lstatSync,
  readFileSync,
  readdirSync,
  realpathSync,
} from 'node:fs';
import { join } from 'node:path';
import { belongsInManifest, editionFile, manifestFile } from '../../core/edition/edition-files.ts';
import { parseManifest } from '../../core/manifest/manifest.ts';
import { quoteName } from '../../core/text/quote-name.ts';
import { UserError } from '../../core/text/user-error.ts';
import { hostingCopies, knownAdditions } from '../../core/verify/known-additions.ts';
import { openFolder } from '../source/folder-copy.ts';

/** A folder that may not become a mirror; in words for whoever named it. */
export class MirrorTargetError extends UserError {
  override readonly name = 'MirrorTargetError';
}

/**
 * The true path of a folder that a mirror may be put into: one that is not there, an empty one, or
 * an earlier copy. All else in it would be deleted.
 * @throws MirrorTargetError
 */
export function findMirrorTarget(folder: string): { target: string; old: string | undefined } {
  if (!existsSync(folder)) return { target: folder, old: undefined };
  const target = realpathSync(folder);
  if (!lstatSync(target).isDirectory())
    throw new MirrorTargetError(`${folder} is a file, expected a folder.`);
  const items = readdirSync(target).sort();
  if (items.length === 0) return { target, old: undefined };
  if (!items.includes(manifestFile) || !items.includes(editionFile))
    throw new MirrorTargetError(
      `${folder} holds ${quoteName(items[0] ?? '')}, and is no copy of a site: it would be replaced whole. Name an empty folder, or one that is not there yet.`,
    );
  const stranger = findStranger(target);
  if (stranger !== undefined)
    throw new MirrorTargetError(
      `${folder} holds ${quoteName(stranger)}, which belongs to no copy: it would be deleted with the old one. If you have not put it there, somebody else has. Move it away, then try again.`,
    );
  return { target, old: target };
}

/** A file of an earlier copy that neither its list has nor a host adds. */
function findStranger(target: string): string | undefined {
  const { copy, irregular } = openFolder(target);
  const listed = new Set(
    parseManifest(readFileSync(join(target, manifestFile))).map(({ path }) => path),
  );
  const isOwn = (path: string): boolean =>
    listed.has(path) || !belongsInManifest(path) || isAddition(path);
  return (
    irregular.find(({ kind }) => kind === undefined)?.path ??
    [...(copy.paths ?? [])].find((path) => !isOwn(path))
  );
}

const isAddition = (path: string): boolean =>
  hostingCopies.has(path) || knownAdditions.some((addition) => addition.path.test(path));

/** What a host needs; what systems leave does not go along. */
const isOfHost = (name: string): boolean =>
  hostingCopies.has(name) ||
  knownAdditions.some(({ path, isOfHost }) => isOfHost === true && path.test(name));

/**
 * Takes along what the host of the old copy needs next to it; settings that are a copy of the site's
 * become a copy of the new ones.
 */
export function keepAdditions(old: string, staging: string): string[] {
  const names = readdirSync(old).filter((name) => isOfHost(name));
  const kept = names.filter(
    (name) => lstatSync(join(old, name)).isFile() && !existsSync(join(staging, name)),
  );
  for (const name of kept) {
    const fresh = join(staging, hostingCopies.get(name) ?? '');
    copyFileSync(
      hostingCopies.has(name) && existsSync(fresh) ? fresh : join(old, name),
      join(staging, name),
    );
  }
  return kept;
}
