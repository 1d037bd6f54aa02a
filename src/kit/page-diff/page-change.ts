/** What differs between two pages; those that matter most come first. `host` is no difference in itself: where all links lead. */
export const changeKinds = [
  'account',
  'contact',
  'script',
  'link',
  'warning',
  'figure',
  'structure',
  'text',
  'host',
] as const;
export type ChangeKind = (typeof changeKinds)[number];

export interface PageChange {
  readonly kind: ChangeKind;
  /** What happened, in words of ours: "a link leads elsewhere". */
  readonly what: string;
  /** In the known page; undefined where nothing was. As the page has it: not fit for a terminal. */
  readonly before: string | undefined;
  /** In the page under test, likewise. */
  readonly after: string | undefined;
  /** The words that it stands in or belongs to, likewise. */
  readonly context?: string | undefined;
  /** What one cannot see in the words themselves, such as letters of another script; fit for a terminal. */
  readonly notes?: readonly string[];
}
