import { readFile, stat } from 'node:fs/promises';
import { mailLimits } from '../../core/mail/mail-parts.ts';
import { verifyMail } from '../../core/mail/verify-mail.ts';
import type { Trust } from '../../core/trust/trust.ts';
import type { Report } from '../../core/verify/verdict.ts';
import type { PageOptions, Reference } from '../../core/verify/verify-page.ts';
import { MailError, readMail } from './read-mail.ts';

/** Checks a mail on this machine's disk. Throws what the system does. */
export async function checkMail(
  path: string,
  against: Reference | undefined,
  trust: Trust,
  options: PageOptions,
): Promise<Report> {
  try {
    const { size } = await stat(path);
    if (size > mailLimits.maxBytes)
      throw new MailError(`${size} bytes`, `at most ${mailLimits.maxBytes}`);
    return await verifyMail(await readMail(await readFile(path)), against, trust, options);
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
    return {
      verdict: 'tampered',
      evidence: [{ verdict: 'tampered', text: error.message }],
      notes: [],
      edition: undefined,
      list: undefined,
      signedBy: [],
      isProven: false,
      files: 0,
    };
  }
}
