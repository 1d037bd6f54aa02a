import type { Edition } from '../edition/edition.ts';
import type { KeySet } from '../minisign/public-key.ts';

interface VerdictRow {
  /** What it means, and what to do: a sentence or two for people. */
  readonly meaning: string;
  /** What a command ends with; 2 is for wrong use. */
  readonly exitCode: 0 | 1 | 3;
  /** Whether all that was read is as its manifest says. */
  readonly isSound: boolean;
  /** Whether what the copy says of its edition is proven by its signatures. */
  readonly isProven: boolean;
}

/** What can be said of a copy, the gravest first. All that depends on a verdict is in its row. */
const table = {
  unreachable: {
    meaning:
      'It did not answer, or not whole. Try again later, or from another network. Nothing is said about its truth.',
    exitCode: 3,
    isSound: false,
    isProven: false,
  },
  mixed: {
    meaning:
      'Files of different editions are mixed. Do not rely on it; its keeper may have stopped in the middle of an update.',
    exitCode: 1,
    isSound: false,
    isProven: false,
  },
  tampered: {
    meaning:
      'It is not what was signed. Do not rely on it, do not follow its links, use none of its accounts and contacts; warn others.',
    exitCode: 1,
    isSound: false,
    isProven: false,
  },
  injected: {
    meaning:
      'Something was added that nobody has signed. What the list names may be true; do not rely on the rest.',
    exitCode: 1,
    isSound: false,
    isProven: false,
  },
  incomplete: {
    meaning: 'Parts are missing. What is there fits, as far as nothing else is said below.',
    exitCode: 1,
    isSound: false,
    isProven: false,
  },
  'too new': {
    meaning:
      'It is in a newer format than this checker knows. Get a newer checker; until then, nothing proves that it is genuine.',
    exitCode: 1,
    isSound: false,
    isProven: false,
  },
  forked: {
    meaning:
      'Two different editions have the same number or history. Rely on neither until the key holders have explained it.',
    exitCode: 1,
    isSound: false,
    isProven: false,
  },
  'rolled back': {
    meaning:
      'It is a true edition, but an older one than you have seen. Look for the newer one: what it says may be wrong by now.',
    exitCode: 1,
    isSound: true,
    isProven: true,
  },
  stale: {
    meaning:
      'It is a true edition, past its date. Look for a newer one: what it says may be wrong by now.',
    exitCode: 1,
    isSound: true,
    isProven: true,
  },
  unsigned: {
    meaning: 'Nothing proves that it is genuine.',
    exitCode: 1,
    isSound: true,
    isProven: false,
  },
  authentic: {
    meaning: 'It is what the key holders have signed, whole and unchanged.',
    exitCode: 0,
    isSound: true,
    isProven: true,
  },
} as const satisfies Record<string, VerdictRow>;

export type Verdict = keyof typeof table;

/** The gravest first. */
export const verdicts = Object.keys(table) as readonly Verdict[];

/** What a verdict means and entails. */
export const describeVerdict = (verdict: Verdict): VerdictRow => table[verdict];

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
  /** What the verdict means here, where it is not what it means of a whole copy. */
  readonly meaning?: string;
  readonly evidence: readonly Evidence[];
  /** What is no fault, but worth knowing: sentences, safe to print. */
  readonly notes: readonly string[];
  /**
   * What the copy says of itself; proven only if the verdict is authentic, stale or rolled back.
   */
  readonly edition: Edition | undefined;
  /** SHA-256 of the list; undefined if there is none. */
  readonly list: string | undefined;
  /** Ids of the trusted keys whose signatures fit. */
  readonly signedBy: readonly string[];
  /**
   * Whether enough of the keys that were asked for have signed its list, and with it what it says
   * of its edition.
   */
  readonly isProven: boolean;
  /** The sets of keys that its chain of editions shows to be replaced, if it is proven. */
  readonly replaced?: readonly KeySet[];
  /** How many files of the list were there and fitted. */
  readonly files: number;
}

/** The gravest of all. */
export const decideVerdict = (evidence: readonly Evidence[]): Verdict =>
  verdicts.find((verdict) => evidence.some((item) => item.verdict === verdict)) ?? 'authentic';

/** What a command ends with. @param allowUnsigned whether a sound draft is enough for its user */
export const exitCodeOf = (verdict: Verdict, allowUnsigned: boolean): number =>
  verdict === 'unsigned' && allowUnsigned ? 0 : table[verdict].exitCode;

/** More of one kind nobody reads, and a hostile copy could have a million. */
const maxOfAVerdict = 500;

/** Collects what is seen while a copy is checked. */
export class Findings {
  readonly evidence: Evidence[] = [];
  readonly notes: string[] = [];
  readonly #counts = new Map<Evidence['verdict'], number>();

  add(verdict: Evidence['verdict'], text: string, path?: string): void {
    const count = (this.#counts.get(verdict) ?? 0) + 1;
    this.#counts.set(verdict, count);
    if (count <= maxOfAVerdict)
      this.evidence.push({ verdict, text, ...(path !== undefined && { path }) });
  }

  count(verdict: Evidence['verdict']): number {
    return this.#counts.get(verdict) ?? 0;
  }

  note(text: string): void {
    if (this.notes.length < maxOfAVerdict && !this.notes.includes(text)) this.notes.push(text);
  }
}
