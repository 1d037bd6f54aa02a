import type { Edition } from '../edition/edition.ts';

/** What can be said of a copy, the gravest first. */
export const verdicts = [
  'unreachable',
  'mixed',
  'tampered',
  'injected',
  'incomplete',
  'forked',
  'rolled back',
  'stale',
  'unsigned',
  'authentic',
] as const;
export type Verdict = (typeof verdicts)[number];

/** One thing that was seen, with the verdict that it alone would give. */
export interface Evidence {
  readonly verdict: Exclude<Verdict, 'authentic'>;
  /** The file that is meant, as the copy spells it. */
  readonly path?: string;
  /** A sentence for people, safe to print. */
  readonly text: string;
}

/** All that was found out about a copy. */
export interface Report {
  readonly verdict: Verdict;
  readonly evidence: readonly Evidence[];
  /** What is no fault, but worth knowing: sentences, safe to print. */
  readonly notes: readonly string[];
  /** What the copy says of itself; proven only if the verdict is authentic, stale or rolled back. */
  readonly edition: Edition | undefined;
  /** SHA-256 of the list; undefined if there is none. */
  readonly list: string | undefined;
  /** Ids of the trusted keys whose signatures fit. */
  readonly signedBy: readonly string[];
  /** Whether enough of the keys that were asked for have signed its list, and with it what it says of its edition. */
  readonly isProven: boolean;
  /** How many files of the list were there and fitted. */
  readonly files: number;
}

/** The gravest of all. */
export const decideVerdict = (evidence: readonly Evidence[]): Verdict =>
  verdicts.find((verdict) => evidence.some((item) => item.verdict === verdict)) ?? 'authentic';

/** What a command ends with: 0 for what may be relied on, 3 for a host that does not answer, 1 for all else. 2 is for wrong use. */
export function exitCodeOf(verdict: Verdict, allowUnsigned: boolean): number {
  if (verdict === 'authentic' || (verdict === 'unsigned' && allowUnsigned)) return 0;
  return verdict === 'unreachable' ? 3 : 1;
}

/** More of one kind nobody reads, and a hostile copy could have a million. */
const mostOfAVerdict = 500;

/** Collects what is seen while a copy is checked. */
export class Findings {
  readonly evidence: Evidence[] = [];
  readonly notes: string[] = [];
  readonly #counts = new Map<Evidence['verdict'], number>();

  add(verdict: Evidence['verdict'], text: string, path?: string): void {
    const count = (this.#counts.get(verdict) ?? 0) + 1;
    this.#counts.set(verdict, count);
    if (count <= mostOfAVerdict)
      this.evidence.push({ verdict, text, ...(path !== undefined && { path }) });
  }

  count(verdict: Evidence['verdict']): number {
    return this.#counts.get(verdict) ?? 0;
  }

  note(text: string): void {
    if (this.notes.length < mostOfAVerdict && !this.notes.includes(text)) this.notes.push(text);
  }
}
