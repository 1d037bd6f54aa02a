import type { Verdict } from '../../kit/core/verify/verdict.ts';

/** What is said of a verdict. */
export interface VerdictWords {
  /** As it agrees with "copy" in this language. */
  readonly name: string;
  readonly meaning: string;
  /** What to do now. */
  readonly now: string;
}

/** All that the page says in one language; `{…}` is filled in. */
export interface Words {
  /** The language in itself. */
  readonly language: string;
  readonly title: string;
  readonly lead: string;
  /** Where this page itself should be from. */
  readonly origin: string;
  readonly keys: {
    readonly heading: string;
    readonly help: string;
    readonly label: string;
    readonly file: string;
    readonly threshold: string;
    readonly thresholdHelp: string;
  };
  readonly copy: {
    readonly heading: string;
    readonly help: string;
    readonly folder: string;
    readonly file: string;
    readonly none: string;
    readonly chosen: string;
  };
  /** The copy that a single page is compared with. */
  readonly against: { readonly heading: string; readonly help: string };
  readonly check: string;
  readonly stop: string;
  readonly checking: string;
  readonly progress: string;
  readonly verdict: string;
  readonly verdicts: Readonly<Record<Verdict, VerdictWords>>;
  /** What the verdict means of a page that a browser has written anew. */
  readonly page: { readonly same: string; readonly links: string };
  readonly noVerdict: string;
  readonly reasons: {
    readonly lack: string;
    readonly noKey: string;
    readonly badKey: string;
    readonly twice: string;
    readonly threshold: string;
    readonly noCopy: string;
    readonly noReference: string;
    readonly other: string;
    readonly stopped: string;
    readonly unreadable: string;
  };
  readonly report: {
    readonly edition: string;
    readonly unproven: string;
    readonly newer: string;
    readonly signers: string;
    readonly files: string;
    readonly list: string;
    readonly findings: string;
    readonly notes: string;
    readonly more: string;
    /** Why what follows is in English; empty in English. */
    readonly inEnglish: string;
  };
  readonly limits: { readonly heading: string; readonly list: readonly string[] };
}
