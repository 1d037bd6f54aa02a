import { parsePage } from '../page-diff/parse-page.ts';
import { readPage } from '../page-diff/read-page.ts';
import { hashWith } from '../platform.ts';
import { quoteName } from '../text/plain-characters.ts';
import type { Findings } from '../verify/verdict.ts';
import type { PageOptions } from '../verify/verify-page.ts';
import { isPage, isText, type Candidate } from './find-candidates.ts';
import { isSameSubject, judgeAdditions } from './judge-additions.ts';
import { judgeAnew, judgePage, type PageJudgement } from './judge-page.ts';
import { printMailPage } from './mail-page.ts';
import { readMailPage } from './mail-page-text.ts';
import type { MailPart, ReadMail } from './mail-parts.ts';
import { parseMailText, splitLines } from './mail-text.ts';
import { evidenceFiles, isEvidenceName } from './prove-digest.ts';

/** All that the mail shows besides the digest that was found in it. */
export function judgeRest(
  { messages, parts }: ReadMail,
  { part: own, digest, from }: Candidate,
  findings: Findings,
): PageJudgement {
  const { proof, text } = digest;
  const subject = parseMailText(text)[0]?.text ?? '';
  const judged: PageJudgement[] = [];
  const judgeLines = (above: readonly string[], below: readonly string[]): void => {
    const hasAdditions = judgeAdditions(above, below, subject, findings);
    judged.push({ isRewritten: false, hasAdditions });
  };
  if (from === 'other encoding') judgeEncoding(own, findings);
  if (from === 'page') {
    const known = readPage(printMailPage(text, '', '')).links.map(({ href }) => href);
    const content = readMailPage(parsePage(own.text));
    judged.push(judgeAnew(content, digest, new Set(known), subject, findings));
    findings.note('No plain text in it has the digest: its HTML was read.');
  } else judgeLines(digest.above, digest.below);
  for (const [index, part] of parts.entries()) {
    if (part === own) continue;
    if (isPage(part)) {
      if (from === 'page') findings.add('injected', 'It has a second HTML part.');
      else judged.push(judgePage(part.text, { text, proof }, subject, findings));
    } else if (isText(part)) {
      const lines = splitLines(part.text).filter((line) => line !== '');
      if (index > parts.indexOf(own)) judgeLines([], lines);
      else judgeLines(lines, []);
    }
  }
  for (const { subject: shown } of messages)
    if (shown !== undefined && !isSameSubject(shown, subject))
      findings.add(
        'injected',
        `Its subject is ${quoteName(shown)}, which nobody has signed; that of the digest is ${quoteName(subject)}.`,
      );
  return {
    isRewritten: judged.some(({ isRewritten }) => isRewritten),
    hasAdditions: judged.some(({ hasAdditions }) => hasAdditions),
  };
}

/** Attack: bytes that are a true text as UTF-8, under an encoding in which programs show another. */
function judgeEncoding({ charset }: MailPart, findings: Findings): void {
  if (charset === '' || charset === 'us-ascii' || charset === 'unknown-8bit')
    findings.note('It does not say that it is in UTF-8: programs may show wrong letters.');
  else
    findings.add(
      'tampered',
      `It says that its text is in ${quoteName(charset)}, in which it reads differently; it is in UTF-8.`,
    );
}

/** Parts that are neither text nor page: files of the edition, or of somebody else. */
export async function judgeFiles(
  { parts }: ReadMail,
  own: MailPart,
  hashes: ReadonlyMap<string, string>,
  findings: Findings,
  { platform }: PageOptions,
): Promise<void> {
  const known = new Map([...hashes].map(([path, hash]) => [hash, path]));
  const seen = new Set<string>();
  for (const part of parts) {
    if (part === own || isText(part) || isPage(part)) continue;
    const { name, type, bytes } = part;
    // The list was held against the proof, and cannot name itself.
    const isEvidence = isEvidenceName(name) && !seen.has(name);
    if (isEvidence) seen.add(name);
    if (isEvidence && name === evidenceFiles[0]) continue;
    const path = known.get(await hashWith(platform, bytes));
    if (isEvidence ? path === name : path !== undefined) {
      if (!isEvidence) findings.note(`It brings ${quoteName(path ?? '')} of the edition.`);
    } else if (isEvidence)
      findings.add('tampered', `It brings another ${quoteName(name)} than the edition has.`);
    else
      findings.add(
        'injected',
        `It brings ${name === undefined ? 'a part' : quoteName(name)} (${quoteName(type)}), which is no file of the edition.`,
      );
  }
}
