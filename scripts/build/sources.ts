import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openFolder } from '../../src/kit/node/source/folder-copy.ts';
import { hashBytes } from '../../src/kit/node/platform.ts';
import { compareBytes } from '../../src/kit/core/text/bytes.ts';
import { manifestFile } from '../../src/kit/core/edition/edition-files.ts';
import { findNewestEdition, type KeptEdition } from './kept-edition.ts';

/** In an edition's folder: what it was built from, `key: hash` lines. */
export const sourcesFile = 'sources.txt';

const engineFolders = ['public', 'scripts', 'src'];
const engineFiles = ['astro.config.mjs', 'package-lock.json', 'package.json', 'tsconfig.json'];
/** Has no part in what is built, or is not of the engine. */
const left = /(?:^|\/)(?:node_modules|\.[^/]*)(?:\/|$)|^src\/content\/|^scripts\/lab\//;

/**
 * A digest of all that a build is made from, so that a build can tell whether it is of the edition
 * that was signed or of what came after. Without git, since a copy of the sources may come as a
 * zip; dot files and the editions themselves do not count.
 * @returns the text of `sources.txt`
 */
export async function digestSources(project: string, campaignFolder: string): Promise<string> {
  const engine = digest([
    ...(await listBelow(project, engineFolders)),
    ...engineFiles.map((path): [string, string] => [
      path,
      hashBytes(readFileSync(join(project, path))),
    ]),
  ]);
  const campaign = digest(
    (await listBelow(campaignFolder, [''])).filter(([path]) => !path.startsWith('editions/')),
  );
  return `engine: ${engine}\ncampaign: ${campaign}\n`;
}

async function listBelow(
  root: string,
  folders: readonly string[],
): Promise<[path: string, hash: string][]> {
  const files: [string, string][] = [];
  for (const folder of folders) {
    if (!existsSync(join(root, folder))) continue;
    const { copy } = openFolder(join(root, folder));
    for (const path of copy.paths ?? []) {
      const full = folder === '' ? path : `${folder}/${path}`;
      if (left.test(full)) continue;
      files.push([full, (await copy.hash(path)) ?? '']);
    }
  }
  return files;
}

const digest = (files: readonly [path: string, hash: string][]): string =>
  hashBytes(
    files
      .toSorted(([a], [b]) => compareBytes(a, b))
      .map(([path, hash]) => `${hash}  ${path}\n`)
      .join(''),
  );

/** What a build of these sources is. */
export type Current =
  | { readonly kind: 'edition'; readonly kept: KeptEdition }
  | { readonly kind: 'draft'; readonly of: number; readonly because: string };

/**
 * Tells whether the sources are those of the newest edition, or have changed since it was signed.
 * An edition that nobody has signed yet may still change.
 */
export async function findCurrentEdition(
  project: string,
  campaignFolder: string,
): Promise<Current> {
  const kept = findNewestEdition(campaignFolder);
  if (!kept) return { kind: 'draft', of: 1, because: 'the campaign has no edition yet' };
  const { edition, folder } = kept;
  if (!existsSync(join(folder, manifestFile))) return { kind: 'edition', kept };
  const file = join(folder, sourcesFile);
  const signed = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const now = await digestSources(project, campaignFolder);
  const changed = ['engine', 'campaign'].filter(
    (part) => lineOf(signed, part) !== lineOf(now, part),
  );
  if (changed.length === 0) return { kind: 'edition', kept };
  return {
    kind: 'draft',
    of: edition.number + 1,
    because:
      `the ${changed.join(' and the ')} ${changed.length === 1 ? 'has' : 'have'} changed ` +
      `since edition ${edition.number} was signed`,
  };
}

const lineOf = (text: string, part: string): string | undefined =>
  text.split('\n').find((line) => line.startsWith(`${part}: `));
