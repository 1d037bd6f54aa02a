import { PageError } from '../page-diff/page-file.ts';
import { parsePage } from '../page-diff/parse-page.ts';
import { decodeUtf8 } from '../text/bytes.ts';
import { findDigests, type FoundDigest, type Search } from './find-digest.ts';
import { readMailPage } from './mail-page-text.ts';
import type { MailPart, ReadMail } from './mail-parts.ts';

/** Of a digest in its longest language. */
export const maxTextBytes = 2 ** 20;
/** Each is laid out and hashed: a mail of ours has two. */
const maxCandidates = 24;

/** A part of the mail in which a digest was looked for. */
export interface Candidate {
  readonly part: MailPart;
  readonly digest: FoundDigest;
  /** How the part was read. */
  readonly from: 'text' | 'page' | 'other encoding';
}

/** A text that programs show. */
export const isText = ({ type, isAttached }: MailPart): boolean =>
  type === 'text/plain' && !isAttached;
/** A page that programs show. */
export const isPage = ({ type, isAttached }: MailPart): boolean =>
  type === 'text/html' && !isAttached;

/** Where a digest may be, the likeliest first: in plain text, in the bytes of one, in a page. */
export function findCandidates({ parts }: ReadMail): { candidates: Candidate[]; fault: unknown } {
  const candidates: Candidate[] = [];
  let fault: unknown = 'none';
  const look = (part: MailPart, text: string, from: Candidate['from']): void => {
    const search: Search =
      text.length > maxTextBytes || candidates.length >= maxCandidates
        ? { fault: 'none' }
        : findDigests(text);
    if ('fault' in search) {
      if (search.fault !== 'none') fault = search.fault;
    } else for (const digest of search.digests) candidates.push({ part, digest, from });
  };
  for (const part of parts.filter(isText)) {
    look(part, part.text, 'text');
    const other = decodeUtf8(part.bytes);
    if (other !== undefined && other !== part.text) look(part, other, 'other encoding');
  }
  for (const part of parts.filter(isPage)) look(part, textOfPage(part.text), 'page');
  return { candidates, fault };
}

function textOfPage(html: string): string {
  try {
    return readMailPage(parsePage(html)).text;
  } catch (error) {
    if (!(error instanceof PageError)) throw error;
    return '';
  }
}
