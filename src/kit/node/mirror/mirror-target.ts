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
import { quoteName } from '../../core/text/plain-characters.ts';
import { UserError } from '../../core/text/user-error.ts';
import { findByProducts } from '../../core/verify/by-products.ts';
import { explainAddition, hostingCopies, knownAdditions } from '../../core/verify/check-files.ts';
import { openFolder } from '../source/folder-copy.ts';

/** A folder that may not become a mirror; in words for whoever named it. */
export class MirrorTargetError extends UserError {
  override readonly name = 'MirrorTargetError';
}

interface MirrorTarget {
  /** The true path. */
  readonly target: string;
  /** The same, if an earlier copy is there. */
  readonly old: string | undefined;
  /** What systems have left in that copy, which goes with it: sentences, safe to print. */
  readonly leftBehind: readonly string[];
}

/**
 * Looks at a folder that a mirror may be put into: one that is not there, an empty one, or an
 * earlier copy. All else in it would be deleted.
 * @throws MirrorTargetError
 */
export async function findMirrorTarget(folder: string): Promise<MirrorTarget> {
  if (!existsSync(folder)) return { target: folder, old: undefined, leftBehind: [] };
  const target = realpathSync(folder);
  if (!lstatSync(target).isDirectory())
    throw new MirrorTargetError(`${folder} is a file, expected a folder.`);
  const items = readdirSync(target).sort();
  if (items.length === 0) return { target, old: undefined, leftBehind: [] };
  if (!items.includes(manifestFile) || !items.includes(editionFile))
    throw new MirrorTargetError(
      `${folder} holds ${quoteName(items[0] ?? '')}, and is no copy of a site: it would be replaced whole. Name an empty folder, or one that is not there yet.`,
    );
  return { target, old: target, leftBehind: await listLeftBehind(folder, target) };
}

/** Throws MirrorTargetError if a file is neither of the earlier copy nor of a host or system. */
async function listLeftBehind(folder: string, target: string): Promise<string[]> {
  const { copy, irregular } = openFolder(target);
  const listed = new Map(
    parseManifest(readFileSync(join(target, manifestFile))).map(({ path, hash }) => [path, hash]),
  );
  const sentences: string[] = [];
  const refuse = (path: string): never => {
    throw new MirrorTargetError(
      `${folder} holds ${quoteName(path)}, which belongs to no copy: it would be deleted with the old one. If you have not put it there, somebody else has. Move it away, then try again.`,
    );
  };
  for (const { path, kind } of irregular) if (kind === undefined) refuse(path);
  for (const path of copy.paths ?? []) {
    if (listed.has(path) || !belongsInManifest(path) || isOfHost(path)) continue;
    const remade = findByProducts(path).find(({ isRemade }) => isRemade);
    const what = remade?.what ?? (await explainAddition(copy, path, listed)) ?? refuse(path);
    sentences.push(`${quoteName(path)} was not taken along: ${what}.`);
  }
  return sentences;
}

/** What a host needs; what systems leave does not go along. */
const isOfHost = (path: string): boolean =>
  hostingCopies.has(path) || knownAdditions.some((addition) => addition.path.test(path));

/**
 * Takes along what the host of the old copy needs next to it; settings that are a copy of the
 * site's become a copy of the new ones.
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
