import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { makeCarCopy, makeZipCopy } from '../../core/source/archive-copy.ts';
import { openCar, openZip } from '../open-archive.ts';
import { nodePlatform } from '../platform.ts';
import { openFolder } from './folder-copy.ts';
import type { OpenedCopy } from '../../core/source/site-copy.ts';

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
  if (start.includes('<') && /^[\uFEFF\s]*<(?:!|html|head|\?xml)/i.test(start.toString('utf8')))
    return 'page';
  return /\.car$/i.test(path)
    ? 'car'
    : /\.html?$/i.test(path)
      ? 'page'
      : start.subarray(0, 2).toString('latin1') === 'PK' || /\.zip$/i.test(path)
        ? 'zip'
        : 'other';
}

function readStart(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const start = Buffer.alloc(512);
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
