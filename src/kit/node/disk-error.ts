import { getSystemErrorName } from 'node:util';

/** What the system says of a disk, for people; undefined for other errors. */
export function explainDiskError(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error ? explainCode(String(error.code)) : undefined;
}

/**
 * The same of the first such error in what another program has printed: by its name, or by its
 * number on this system, as programs in Rust have it.
 */
export function findDiskError(output: string): string | undefined {
  for (const [, name, number] of output.matchAll(/\b(E[A-Z]{2,})\b|\(os error ([1-9]\d{0,3})\)/g)) {
    const words = explainCode(name ?? getSystemErrorName(-Number(number)));
    if (words !== undefined) return words;
  }
  return undefined;
}

function explainCode(code: string): string | undefined {
  const words = diskErrors[code];
  return words === undefined ? undefined : `${words} (${code})`;
}

const diskErrors: Readonly<Record<string, string>> = {
  EACCES: 'this user may not write there',
  EBUSY: 'it is the root of a disk or in use, and cannot be replaced: name a folder inside of it',
  EDQUOT: 'no more room is left for this user',
  EFBIG: 'the disk does not take files of this size',
  EIO: 'the disk cannot be read or written: it may be damaged',
  ENAMETOOLONG: 'the disk does not take names of this length',
  ENOSPC: 'the disk is full',
  EPERM: 'the system does not let this user do so',
  ENOTEMPTY: 'something in it could not be deleted',
  EROFS: 'the disk is for reading only',
  EXDEV: 'it is the root of another disk, and cannot be replaced: name a folder inside of it',
};
