import { comparePages } from '../page-diff/compare-pages.ts';
import { describeChange } from '../page-diff/page-change.ts';
import { readPage } from '../page-diff/read-page.ts';
import { hashWith } from '../platform.ts';
import { decodeUtf8, encodeUtf8 } from '../text/bytes.ts';
import { quoteName } from '../text/plain-characters.ts';
import type { Trust } from '../trust/trust.ts';
import { decideVerdict, Findings, type Report } from '../verify/verdict.ts';
import type { PageOptions, Reference } from '../verify/verify-page.ts';
import { findCandidates, maxTextBytes, type Candidate } from './find-candidates.ts';
import type { PageJudgement } from './judge-page.ts';
import { judgeFiles, judgeRest } from './judge-parts.ts';
import { printMailPage } from './mail-page.ts';
import type { ReadMail } from './mail-parts.ts';
import { ProofError } from './mail-proof.ts';
import { isEvidenceName, proveDigest, readFrom, type EditionProof } from './prove-digest.ts';

const meanings = {
  whole:
    'The digest in it is what the key holders have signed, word for word. Who sent it, nothing proves.',
  added:
    'The digest in it is what the key holders have signed, word for word. The lines below it are not; they are named here.',
  rewritten:
    'Its plain text is what the key holders have signed. Its HTML was written anew by a mail program: read the plain text.',
} as const;

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

function report(findings: Findings, edition?: EditionProof, judged?: PageJudgement): Report {
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
  const brought = new Map<string, Uint8Array>();
  for (const { name, bytes } of parts)
    if (isEvidenceName(name) && !brought.has(name)) brought.set(name, bytes);
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
