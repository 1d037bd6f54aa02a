import type { Site } from './writers/edition.ts';
import type { VectorKey } from './writers/keys.ts';

/** The verdicts of docs/spec.md, V-1, that a local copy can get. */
export type VectorVerdict =
  | 'mixed'
  | 'tampered'
  | 'injected'
  | 'incomplete'
  | 'too new'
  | 'forked'
  | 'rolled back'
  | 'stale'
  | 'unsigned'
  | 'authentic';

/** A case as `cases.json` holds it; paths are relative to its folder. */
export interface VectorCase {
  readonly name: string;
  readonly target: string;
  readonly trust:
    | { readonly clone: string }
    | { readonly keys: readonly string[]; readonly threshold?: number }
    | null;
  readonly today: string;
  readonly exit: 0 | 1 | 2;
  /** Null where the program ends with 2. */
  readonly verdict: VectorVerdict | null;
  /** Ids of the rules that decide, the first above all. */
  readonly rules: readonly string[];
  readonly says: string;
  /**
   * Symbolic links, and where each leads, that are made in a copy of the target before it is
   * checked. They are not in the repository, which holds plain files only.
   */
  readonly links?: Readonly<Record<string, string>>;
}

/** What a target is made of: a folder of files and links, or one file. */
export type TargetContent =
  | { readonly files: Site; readonly links?: Readonly<Record<string, string>> }
  | { readonly ending: string; readonly bytes: Buffer };

/** Where keys come from, by the names of clones and keys that the world has. */
export type TrustName =
  | { readonly clone: string }
  | { readonly keys: readonly VectorKey[]; readonly threshold?: number }
  | { readonly keyFiles: Readonly<Record<string, string | Buffer>> }
  | null;

/** A case before it is written. */
export interface MadeCase {
  readonly name: string;
  /** Its own content, or the name of the case whose target it shares. */
  readonly target: TargetContent | string;
  readonly trust: TrustName;
  readonly today: string;
  readonly verdict: VectorVerdict | null;
  readonly rules: readonly string[];
  readonly says: string;
}

export type CaseOptions = Partial<Pick<MadeCase, 'trust' | 'today'>>;

/** What every case says: rules with a space between, and a sentence. */
export type Claim = readonly [
  name: string,
  verdict: VectorVerdict | null,
  rules: string,
  says: string,
];

/** The day of a check, where a case names no other. */
const usualDay = '2026-06-01';

/** Makes a case; without a trust it is the clone that knows all editions up to the third. */
export const makeCase = (
  [name, verdict, rules, says]: Claim,
  target: TargetContent | string,
  options: CaseOptions = {},
): MadeCase => ({
  name,
  target,
  trust: { clone: 'all' },
  today: usualDay,
  verdict,
  rules: rules.split(' '),
  says,
  ...options,
});
