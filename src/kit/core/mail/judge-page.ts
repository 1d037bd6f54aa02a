import { comparePages } from '../page-diff/compare-pages.ts';
import { describeChange } from '../page-diff/page-change.ts';
import { PageError } from '../page-diff/page-file.ts';
import { parsePage } from '../page-diff/parse-page.ts';
import { readPage, readParsedPage } from '../page-diff/read-page.ts';
import { quoteName } from '../text/plain-characters.ts';
import type { Findings } from '../verify/verdict.ts';
import { findDigests } from './find-digest.ts';
import { judgeAdditions } from './judge-additions.ts';
import { printMailPage } from './mail-page.ts';
import { readMailPage, type MailPageContent } from './mail-page-text.ts';
import { printProof, type MailProof } from './mail-proof.ts';

/** What became of the page of a mail, which most programs show in place of its text. */
export interface PageJudgement {
  /** Whether a program has written it anew, so that its look proves nothing. */
  readonly isRewritten: boolean;
  readonly hasAdditions: boolean;
}

/**
 * Holds a page of a mail to the one that follows from the text that was signed.
 * Attack: a true text that nobody sees, next to a page with another account.
 * @param html of the part
 * @param text of the digest, which is proven
 */
export function judgePage(
  html: string,
  { text, proof }: { readonly text: string; readonly proof: MailProof },
  subject: string,
  findings: Findings,
): PageJudgement {
  const [language = ''] = proof.path.split('/');
  const expected = printMailPage(text, printProof(proof), language);
  const plain = { isRewritten: false, hasAdditions: false };
  if (withPlainEnds(html) === withPlainEnds(expected)) return plain;
  try {
    const parsed = parsePage(html);
    const known = readPage(expected);
    const changes = comparePages(known, readParsedPage(parsed), proof.path);
    if (changes.length === 0) return plain;
    const content = readMailPage(parsed);
    const search = findDigests(content.text);
    const found =
      'digests' in search &&
      search.digests.find(
        (digest) => digest.text === text && printProof(digest.proof) === printProof(proof),
      );
    if (!found) {
      for (const change of changes)
        findings.add('tampered', `In its HTML, ${describeChange(change)}.`);
      return plain;
    }
    return judgeAnew(
      content,
      found,
      new Set(known.links.map(({ href }) => href)),
      subject,
      findings,
    );
  } catch (error) {
    if (!(error instanceof PageError)) throw error;
    findings.add('tampered', error.message);
    return plain;
  }
}

const withPlainEnds = (html: string): string =>
  html
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .map((line) => line.trimEnd())
    .join('\n')
    .trimEnd();

/** A page that has all words of the digest in their order, and other tags. */
export function judgeAnew(
  content: MailPageContent,
  { above, below }: { readonly above: readonly string[]; readonly below: readonly string[] },
  known: ReadonlySet<string>,
  subject: string,
  findings: Findings,
): PageJudgement {
  // Attack: words below the others, which a style puts in the place of these.
  const isRewritten = content.restyling.length > 0;
  const parts = isRewritten ? [[...above, ...below], []] : [above, below];
  const hasAdditions = judgeAdditions(parts[0] ?? [], parts[1] ?? [], subject, findings);
  for (const { href, words } of content.links) {
    // Programs make links of what looks like an address.
    if (known.has(href) || bareAddress(href) === bareAddress(words)) continue;
    findings.add(
      'tampered',
      `In its HTML, ${quoteName(words.trim())} leads to ${quoteName(href)}, which is not in the digest.`,
    );
  }
  if (content.active.length > 0)
    findings.add(
      'injected',
      `Its HTML has ${quoteName(content.active.join(' '))}, which no digest has and which can load, run or send something.`,
    );
  if (isRewritten)
    findings.add(
      'unsigned',
      `A program has written its HTML anew, with ${quoteName(content.restyling.join(' '))}, which can hide words or change their order.`,
    );
  return { isRewritten, hasAdditions };
}

const bareAddress = (address: string): string =>
  address
    .trim()
    .replace(/^(?:https?:\/\/|mailto:)/i, '')
    .replace(/\/$/, '')
    .toLowerCase();
