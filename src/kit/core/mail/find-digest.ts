import { layOutMail, splitLines } from './mail-text.ts';
import { parseProof, proofBegin, proofEnd, ProofError, type MailProof } from './mail-proof.ts';

/** A digest that a text may hold, with what is around it. */
export interface FoundDigest {
  readonly proof: MailProof;
  /** As its file has it, if it is what was signed. */
  readonly text: string;
  /** Lines with words before and after it. */
  readonly above: readonly string[];
  readonly below: readonly string[];
}

/** What a text has in the place of a digest. */
export type Search =
  | { readonly digests: readonly FoundDigest[] }
  | { readonly fault: 'none' | 'cut off' | ProofError };

/** Each is laid out and hashed: a mail of ours has one proof, and begins with the first title. */
const [maxProofs, maxTitles] = [4, 6];

/**
 * Finds a digest in a text that mail programs have passed on: between its first title and its
 * proof. Where titles of others are above it, there are several that it may be.
 */
export function findDigests(text: string): Search {
  const lines = splitLines(text);
  const digests: FoundDigest[] = [];
  let fault: 'none' | 'cut off' | ProofError = 'none';
  let start = 0;
  for (let proofs = 0; proofs < maxProofs; proofs += 1) {
    const begin = lines.indexOf(proofBegin, start);
    if (begin < 0) break;
    const end = lines.indexOf(proofEnd, begin);
    if (end < 0) {
      fault = 'cut off';
      break;
    }
    try {
      const proof = parseProof(lines.slice(begin + 1, end));
      for (const title of findTitles(lines, start, begin))
        digests.push({
          proof,
          text: layOutMail(lines.slice(title, begin).join('\n')),
          above: lines.slice(0, title).filter((line) => line !== ''),
          below: lines.slice(end + 1).filter((line) => line !== ''),
        });
    } catch (error) {
      if (!(error instanceof ProofError)) throw error;
      fault = error;
    }
    start = end + 1;
  }
  return digests.length > 0 ? { digests } : { fault };
}

/** Where titles begin: a title is one line or more, with a line of `=` under it. */
function findTitles(lines: readonly string[], from: number, to: number): number[] {
  const titles: number[] = [];
  for (let at = from + 1; at < to && titles.length < maxTitles; at += 1) {
    if (!/^={3,}$/.test(lines[at] ?? '')) continue;
    let start = at;
    while (start > from && lines[start - 1] !== '' && !/^={3,}$/.test(lines[start - 1] ?? ''))
      start -= 1;
    if (start < at) titles.push(start);
  }
  // A text whose title was taken away is still one that has a proof.
  return titles.length > 0 ? titles : [from];
}
