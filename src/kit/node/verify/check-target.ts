import { readFileSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ArchiveError } from '../../core/archive/archive.ts';
import { mhtmlLimits } from '../../core/page-diff/page-file.ts';
import type { OpenedCopy } from '../../core/source/site-copy.ts';
import type { Trust } from '../../core/trust/trust.ts';
import type { PageFile } from '../../core/verify/saved-page.ts';
import type { Report } from '../../core/verify/verdict.ts';
import { refuseArchive, verifyCopy, type CheckOptions } from '../../core/verify/verify-copy.ts';
import { verifyPage, type Reference } from '../../core/verify/verify-page.ts';
import { checkMail } from '../mail/check-mail.ts';
import { findKind, isAddress, openLocalCopy, openSource } from '../source/open-source.ts';

export interface CheckTarget {
  /** A path or an address. */
  readonly place: string;
  /** The copy that a single page or mail is compared with. */
  readonly against: string | undefined;
  readonly proxy: string | undefined;
  /** What checks a copy, as it is typed before the copy: `npm run verify --`. */
  readonly call: string;
}

/**
 * Checks whatever a user names. Throws TargetError, and what the reading of a local copy throws.
 */
export async function checkTarget(
  { place, against, proxy, call }: CheckTarget,
  trust: Trust,
  options: CheckOptions,
): Promise<{ report: Report; isWeb: boolean }> {
  const isWeb = isAddress(place);
  const kind = isWeb ? undefined : findKind(place);
  const reference = against === undefined ? undefined : referTo(against);
  if (kind === 'page')
    return {
      report: await verifyPage(pageOnDisk(place), reference, trust, { ...options, call }),
      isWeb,
    };
  if (kind === 'mail')
    return { report: await checkMail(place, reference, trust, { ...options, call }), isWeb };
  try {
    return { report: await check(await openSource(place, proxy), trust, options), isWeb };
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    return { report: refuseArchive(error), isWeb };
  }
}

const referTo = (place: string): Reference => ({
  name: place,
  open: async () => {
    const kind = findKind(place);
    return kind === 'folder' || kind === 'zip' || kind === 'car'
      ? openLocalCopy(place, kind)
      : undefined;
  },
});

async function check(opened: OpenedCopy, trust: Trust, options: CheckOptions): Promise<Report> {
  try {
    return await verifyCopy(opened, trust, options);
  } finally {
    await opened.copy.close();
  }
}

/** A saved page on this machine's disk. Throws what the system does. */
export const pageOnDisk = (path: string): PageFile => ({
  name: basename(path),
  size: statSync(path).size,
  read: () => readFile(path),
  readNextTo: async (reference) => {
    const found = findNextTo(dirname(path), reference);
    return found === undefined ? undefined : readFileSync(found);
  },
});

/** A file below the folder of a page, unless it is larger than any image of ours. */
function findNextTo(folder: string, src: string): string | undefined {
  const base = pathToFileURL(folder + sep);
  const url = URL.canParse(src, base) ? new URL(src, base) : undefined;
  // `%2F` and `%5C` would name another file than the one that browsers ask for.
  if (url?.protocol !== 'file:' || url.host !== '' || /%(?:2f|5c|00)/i.test(url.pathname))
    return undefined;
  const path = toPath(url);
  const stat = path?.startsWith(resolve(folder) + sep)
    ? statSync(path, { throwIfNoEntry: false })
    : undefined;
  return stat?.isFile() && stat.size <= mhtmlLimits.maxBytes ? path : undefined;
}

/** Undefined for an address that names no file, since what follows its `%` is no UTF-8. */
function toPath(url: URL): string | undefined {
  try {
    return fileURLToPath(url);
  } catch (error) {
    if (error instanceof URIError) return undefined;
    throw error;
  }
}
