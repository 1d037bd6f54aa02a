import { ArchiveError, CutOffError } from '../../core/archive/archive.ts';
import { findKind, isAddress, openSource } from '../source/open-source.ts';
import type { OpenedCopy } from '../../core/source/site-copy.ts';
import type { Trust } from '../../core/trust/trust.ts';
import type { Report } from '../../core/verify/verdict.ts';
import { verifyCopy, type CheckOptions } from '../../core/verify/verify-copy.ts';
import { verifyPage } from './verify-page.ts';

export interface CheckTarget {
  /** A path or an address. */
  readonly place: string;
  /** The copy that a single page is compared with. */
  readonly against: string | undefined;
  readonly proxy: string | undefined;
}

/**
 * Checks whatever a user names. Throws TargetError, and what the reading of a local copy throws.
 */
export async function checkTarget(
  { place, against, proxy }: CheckTarget,
  trust: Trust,
  options: CheckOptions,
): Promise<{ report: Report; isWeb: boolean }> {
  const isWeb = isAddress(place);
  if (!isWeb && findKind(place) === 'page')
    return { report: await verifyPage(place, against, trust, options), isWeb };
  try {
    return { report: await check(await openSource(place, proxy), trust, options), isWeb };
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error;
    return { report: refuse(error), isWeb };
  }
}

async function check(opened: OpenedCopy, trust: Trust, options: CheckOptions): Promise<Report> {
  try {
    return await verifyCopy(opened, trust, options);
  } finally {
    await opened.copy.close();
  }
}

/** An archive that was not opened at all, since nobody could say what is in it. */
function refuse(error: ArchiveError): Report {
  const verdict = error instanceof CutOffError ? 'incomplete' : 'tampered';
  return {
    verdict,
    evidence: [{ verdict, text: error.message }],
    notes: [],
    edition: undefined,
    list: undefined,
    signedBy: [],
    isProven: false,
    files: 0,
  };
}
