import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { manifestFile } from '../../src/kit/core/edition/edition-files.ts';
import { findNewestEdition, type KeptEdition } from './campaign-editions.ts';
import { digestSources, sourcesFile } from './sources.ts';

/** What a build of these sources is. */
export type Current =
  | { readonly kind: 'edition'; readonly kept: KeptEdition }
  | { readonly kind: 'draft'; readonly of: number; readonly because: string };

/**
 * Tells whether the sources are those of the newest edition, or have changed since it was signed. An edition that nobody has signed yet
 * may still change.
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
    because: `the ${changed.join(' and the ')} ${changed.length === 1 ? 'has' : 'have'} changed since edition ${edition.number} was signed`,
  };
}

const lineOf = (text: string, part: string): string | undefined =>
  text.split('\n').find((line) => line.startsWith(`${part}: `));
