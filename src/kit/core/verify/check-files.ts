import { CopyError, type SiteCopy } from '../source/site-copy.ts';
import { mapInRandomOrder } from '../source/map-in-random-order.ts';
import type { ListedFile } from '../manifest/manifest.ts';
import { quoteName } from '../text/quote-name.ts';
import { indexKnownFiles, type Trust } from '../trust/trust.ts';
import type { Platform } from '../platform.ts';
import type { Findings } from './verdict.ts';
import { verdictOf } from './claims.ts';

export interface FilesOptions {
  /** The number of the edition that the list is of. */
  readonly number: number | undefined;
  /** Is told how many files are done. */
  readonly progress: (done: number, all: number) => void;
  readonly platform: Platform;
}

/** A host that has failed so often is not asked for the rest. */
const maxUnreachable = 5;
/** Files that are asked for at once over HTTP, as browsers do. */
const atOnce = 6;

/**
 * Compares each file of a list with the copy. Attacks: a changed page; a page of an older edition,
 * true once, with an account of then; a page in another's place.
 * @returns how many fit
 */
export async function checkFiles(
  copy: SiteCopy,
  list: readonly ListedFile[],
  trust: Trust,
  findings: Findings,
  { number, progress, platform }: FilesOptions,
): Promise<number> {
  const known = indexKnownFiles(trust);
  let [done, fitting] = [0, 0];
  const check = async ({ hash, path }: ListedFile): Promise<void> => {
    if (findings.count('unreachable') >= maxUnreachable) return;
    try {
      const found = await copy.hash(path);
      if (found === hash) fitting += 1;
      else if (found === undefined)
        findings.add('incomplete', `${quoteName(path)} is missing.`, path);
      else explain(path, found);
    } catch (error) {
      if (!(error instanceof CopyError)) throw error;
      findings.add(verdictOf(error), error.message, path);
    }
    progress(++done, list.length);
  };
  const explain = (path: string, found: string): void => {
    const editions = known.byPath
      .get(path)
      ?.get(found)
      ?.filter((edition) => edition !== number);
    const place = known.byHash.get(found) ?? list.find((file) => file.hash === found)?.path;
    if (editions && editions.length > 0)
      findings.add('mixed', `${quoteName(path)} is that of edition ${editions.join(', ')}.`, path);
    else if (place !== undefined)
      findings.add(
        'tampered',
        `${quoteName(path)} holds what belongs to ${quoteName(place)}.`,
        path,
      );
    else findings.add('tampered', `${quoteName(path)} has other bytes than the list says.`, path);
  };

  if (copy.kind === 'web') await mapInRandomOrder(list, atOnce, platform, check);
  else for (const file of list) await check(file);
  if (findings.count('unreachable') >= maxUnreachable)
    findings.note('The host failed so often that the rest was not asked for.');
  return fitting;
}
