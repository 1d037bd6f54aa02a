/** A place of a text that is not set as its language asks. */
export interface TypeFault {
  /** Where it begins, in code units. */
  start: number;
  found: string;
  /** What should be there. */
  wanted: string;
  /** The rule, in words. */
  rule: string;
}
