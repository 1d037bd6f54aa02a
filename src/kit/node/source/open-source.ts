import { quoteName } from '../../core/text/quote-name.ts';
import { CopyError } from '../../core/source/copy-error.ts';
import { findKind, openLocalCopy } from './open-copy.ts';
import type { OpenedCopy } from '../../core/source/site-copy.ts';
import { openWebCopy } from './web-copy.ts';

/** Whether a word names a web address, and not a path. */
export const isAddress = (text: string): boolean => /^https?:/i.test(text);

/** Opens a copy by its address or path. Throws CopyError, ArchiveError. */
export async function openSource(source: string, proxy: string | undefined): Promise<OpenedCopy> {
  if (isAddress(source)) {
    const web = openWebCopy(source, { proxy });
    return { copy: web, web, irregular: [] };
  }
  const kind = findKind(source);
  if (kind === 'missing')
    throw new CopyError(
      'unreadable',
      `${quoteName(source)} is not there. Expected a folder, a zip, a CAR, or an address that begins with https:// or http://.`,
    );
  if (kind === 'other' || kind === 'page')
    throw new CopyError('unreadable', `${quoteName(source)} is no folder, zip or CAR.`);
  return openLocalCopy(source, kind);
}
