import { comparePages } from '../page-diff/compare-pages.ts';
import { describeChange } from '../page-diff/page-change.ts';
import { PageError } from '../page-diff/page-file.ts';
import { parsePage } from '../page-diff/parse-page.ts';
import { readPage } from '../page-diff/read-page.ts';
import { hashWith } from '../platform.ts';
import { decodeUtf8, encodeUtf8 } from '../text/bytes.ts';
import { quoteName } from '../text/plain-characters.ts';
import type { Trust } from '../trust/trust.ts';
import { decideVerdict, Findings, type Report } from '../verify/verdict.ts';
import type { PageOptions, Reference } from '../verify/verify-page.ts';
import { findDigests, type FoundDigest, type Search } from './find-digest.ts';
import { isSameSubject, judgeAdditions } from './judge-additions.ts';
import { judgeAnew, judgePage } from './judge-page.ts';
import { printMailPage } from './mail-page.ts';
import { readMailPage } from './mail-page-text.ts';
import type { MailPart, ReadMail } from './mail-parts.ts';
import { ProofError } from './mail-proof.ts';
import { parseMailText, splitLines } from './mail-text.ts';
import { evidenceFiles, proveDigest, readFrom, type EditionProof } from './prove-digest.ts';

const meanings = {
  whole:
    'The digest in it is what the key holders have signed, word for word. Who sent it, nothing proves.',
  added:
    'The digest in it is what the key holders have signed, word for word. The lines below it are not; they are named here.',
  rewritten:
    'Its plain text is what the key holders have signed. Its HTML was written anew by a mail program: read the plain text.',
} as const;

/** Of a digest in its longest language. */
const maxTextBytes = 2 ** 20;
/** Each is laid out and hashed: a mail of ours has two. */
const maxCandidates = 24;

/** A part of the mail in which a digest was looked for. */
interface Candidate {
  readonly part: MailPart;
  readonly digest: FoundDigest;
  /** How the part was read. */
  readonly from: 'text' | 'page' | 'other encoding';
}

/**
 * Says of a mail whether the digest in it is that of a signed edition, and names all that is in it
 * besides. Attacks: an account swapped in a digest that is passed on; a true text that no program
 * shows, next to a page that all show; words added above it; a digest of an older edition as news.
 * @param against a copy that holds the true digest; undefined if there is none
 */
export async function verifyMail(
  mail: ReadMail,
  against: Reference | undefined,
  trust: Trust,
  options: PageOptions,
): Promise<Report> {
  const findings = new Findings();
  for (const { doubles } of mail.messages)
    for (const name of doubles)
      findings.add(
        'tampered',
        `It has the field ${quoteName(name)} twice: programs show one or the other.`,
      );
  const { candidates, fault } = findCandidates(mail);
  const [first] = candidates;
  if (!first) {
    explainMissing(fault, findings);
    return report(findings);
  }
  const { proof } = first.digest;
  const brought = findEvidence(mail);
  const edition = await proveDigest(proof, brought, against, trust, options, findings);
  if (edition.files === undefined) return report(findings, edition);
  const hashes = new Map(edition.files.map(({ path, hash }) => [path, hash]));
  const listed = hashes.get(proof.path);
  const found = await findFitting(candidates, proof.path, listed, options);
  if (!found) {
    await explainText(first, listed, against, findings, options);
    return report(findings, edition);
  }
  // Attack: another text for those whose programs show no HTML.
  const other = candidates.find(({ from }) => from === 'text');
  if (found.from === 'page' && other) await explainText(other, listed, against, findings, options);
  const judged = judgeRest(mail, found, findings);
  await judgeFiles(mail, found.part, hashes, findings, options);
  return report(findings, edition, judged);
}

function report(
  findings: Findings,
  edition?: EditionProof,
  judged?: { isRewritten: boolean; hasAdditions: boolean },
): Report {
  const { evidence, notes } = findings;
  const verdict = decideVerdict(evidence);
  const meaning =
    verdict === 'authentic'
      ? meanings[judged?.hasAdditions ? 'added' : 'whole']
      : verdict === 'unsigned' && judged?.isRewritten && edition?.isProven
        ? meanings.rewritten
        : undefined;
  return {
    verdict,
    ...(meaning !== undefined && { meaning }),
    evidence,
    notes,
    edition: edition?.edition,
    list: undefined,
    signedBy: edition?.signedBy ?? [],
    isProven: edition?.isProven ?? false,
    ...(edition?.replaced && { replaced: edition.replaced }),
    files: 0,
  };
}

const isText = ({ type, isAttached }: MailPart): boolean => type === 'text/plain' && !isAttached;
const isPage = ({ type, isAttached }: MailPart): boolean => type === 'text/html' && !isAttached;

/** Where a digest may be, the likeliest first: in plain text, in the bytes of one, in a page. */
function findCandidates({ parts }: ReadMail): { candidates: Candidate[]; fault: unknown } {
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

function explainMissing(fault: unknown, findings: Findings): void {
  if (fault instanceof ProofError)
    findings.add(fault.isNewer ? 'too new' : 'tampered', fault.message);
  else
    findings.add(
      'incomplete',
      fault === 'cut off'
        ? 'It breaks off inside of the block at its end, which says who has signed it.'
        : 'It has no block at its end that says of which edition it is: it was cut off, or is no digest.',
    );
}

/** The files of the edition that the mail brings, by name: the first of each. */
function findEvidence({ parts }: ReadMail): Map<string, Uint8Array> {
  const names = evidenceFiles as readonly string[];
  const brought = new Map<string, Uint8Array>();
  for (const { name, bytes } of parts)
    if (name !== undefined && names.includes(name) && !brought.has(name)) brought.set(name, bytes);
  return brought;
}

/** The candidate whose text is the file of the edition, byte for byte once it is laid out. */
async function findFitting(
  candidates: readonly Candidate[],
  path: string,
  listed: string | undefined,
  { platform }: PageOptions,
): Promise<Candidate | undefined> {
  for (const candidate of candidates)
    if (
      candidate.digest.proof.path === path &&
      (await hashWith(platform, encodeUtf8(`\uFEFF${candidate.digest.text}`))) === listed
    )
      return candidate;
  return undefined;
}

/** Says what is wrong with a text that is not that of its edition: in words, if a copy has it. */
async function explainText(
  { digest: { proof, text }, from }: Candidate,
  listed: string | undefined,
  against: Reference | undefined,
  findings: Findings,
  options: PageOptions,
): Promise<void> {
  if (listed === undefined) {
    findings.add('tampered', `Edition ${proof.number} has no file ${quoteName(proof.path)}.`);
    return;
  }
  const opened = await against?.open();
  const bytes = await readFrom(opened, proof.path, listed, maxTextBytes, options).finally(() =>
    opened?.copy.close(),
  );
  const known = bytes && decodeUtf8(bytes);
  const [language = ''] = proof.path.split('/');
  const pageOf = (each: string) => readPage(printMailPage(each, '', language));
  const changes = known === undefined ? [] : comparePages(pageOf(known), pageOf(text), proof.path);
  for (const change of changes)
    findings.add('tampered', `In its text, ${describeChange(change)}.`, proof.path);
  if (changes.length > 0) return;
  const hint =
    known === undefined
      ? ' To hear what differs, give a copy of this edition: --against COPY.'
      : ' Its words are the same, and its lines or signs are not.';
  const where = from === 'page' ? 'HTML (it has no plain text with it)' : 'text';
  findings.add(
    'tampered',
    `Its ${where} is not the ${proof.path} of edition ${proof.number}.${hint}`,
    proof.path,
  );
}

/** All that the mail shows besides the digest that was found in it. */
function judgeRest(
  { messages, parts }: ReadMail,
  { part: own, digest, from }: Candidate,
  findings: Findings,
): { isRewritten: boolean; hasAdditions: boolean } {
  const { proof, text } = digest;
  const subject = parseMailText(text)[0]?.text ?? '';
  let [isRewritten, hasAdditions] = [false, false];
  const join = (judged: { isRewritten: boolean; hasAdditions: boolean }): void => {
    isRewritten ||= judged.isRewritten;
    hasAdditions ||= judged.hasAdditions;
  };
  if (from === 'other encoding') judgeEncoding(own, findings);
  if (from === 'page') {
    const known = readPage(printMailPage(text, '', '')).links.map(({ href }) => href);
    const content = readMailPage(parsePage(own.text));
    join(judgeAnew(content, digest, new Set(known), subject, findings));
    findings.note('No plain text in it has the digest: its HTML was read.');
  } else
    hasAdditions = judgeAdditions(digest.above, digest.below, subject, findings) || hasAdditions;
  for (const [index, part] of parts.entries()) {
    if (part === own) continue;
    if (isPage(part)) {
      if (from === 'page') findings.add('injected', 'It has a second HTML part.');
      else join(judgePage(part.text, { text, proof }, subject, findings));
    } else if (isText(part)) {
      const lines = splitLines(part.text).filter((line) => line !== '');
      const isBelow = index > parts.indexOf(own);
      const [above, below] = isBelow ? [[], lines] : [lines, []];
      hasAdditions = judgeAdditions(above, below, subject, findings) || hasAdditions;
    }
  }
  for (const { subject: shown } of messages)
    if (shown !== undefined && !isSameSubject(shown, subject))
      findings.add(
        'injected',
        `Its subject is ${quoteName(shown)}, which nobody has signed; that of the digest is ${quoteName(subject)}.`,
      );
  return { isRewritten, hasAdditions };
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
async function judgeFiles(
  { parts }: ReadMail,
  own: MailPart,
  hashes: ReadonlyMap<string, string>,
  findings: Findings,
  { platform }: PageOptions,
): Promise<void> {
  const names = evidenceFiles as readonly string[];
  const known = new Map([...hashes].map(([path, hash]) => [hash, path]));
  const seen = new Set<string>();
  for (const part of parts) {
    if (part === own || isText(part) || isPage(part)) continue;
    const { name, type, bytes } = part;
    // The list was held against the proof, and cannot name itself.
    const isEvidence = name !== undefined && names.includes(name) && !seen.has(name);
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
