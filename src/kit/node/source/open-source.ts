import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { isPageFile } from '../../core/page-diff/page-file.ts';
import { makeCarCopy, makeZipCopy } from '../../core/source/archive-copy.ts';
import { CopyError, type OpenedCopy } from '../../core/source/site-copy.ts';
import { quoteName } from '../../core/text/quote-name.ts';
import { openCar, openZip } from '../open-archive.ts';
import { nodePlatform } from '../platform.ts';
import { openFolder } from './folder-copy.ts';
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

/** What a path on this machine is, for a checker. */
export type Kind = 'folder' | 'zip' | 'car' | 'page' | 'other' | 'missing';

/** Looks at the file itself, since names lie: a CAR called .zip is a CAR. */
export function findKind(path: string): Kind {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 'missing';
  if (stat.isDirectory()) return 'folder';
  if (!stat.isFile()) return 'other';
  const start = readStart(path);
  if (start.subarray(1, 12).includes('roots') || start.subarray(1, 12).includes('version'))
    return 'car';
  if (isPageFile(path, start)) return 'page';
  return /\.car$/i.test(path)
    ? 'car'
    : start.subarray(0, 2).toString('latin1') === 'PK' || /\.zip$/i.test(path)
      ? 'zip'
      : 'other';
}

function readStart(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(1445);
    return start.subarray(0, readSync(file, start, 0, start.length, 0));
  } finally {
    closeSync(file);
  }
}

/** Opens a folder, zip or CAR of this machine; throws as its opener does. */
export async function openLocalCopy(
  path: string,
  kind: 'folder' | 'zip' | 'car',
): Promise<OpenedCopy> {
  if (kind === 'folder') return openFolder(path);
  return kind === 'zip'
    ? makeZipCopy(path, await openZip(path), nodePlatform)
    : makeCarCopy(path, await openCar(path), nodePlatform);
}
