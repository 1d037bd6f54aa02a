/** What a language asks of its signs. A language without a table is not checked. */
export interface TypeTable {
  /** Opening and closing quotation marks. */
  quotes: readonly [open: string, close: string];
  /** The same within a quotation. */
  nested: readonly [open: string, close: string];
  /** What stands inside the outer quotation marks: nothing, or a space that does not break. */
  padding: string;
  /** What stands before a sign. Signs that are not named have nothing before them. */
  before: Readonly<Record<string, string>>;
  /** Dashes between words; the first is the one to write. */
  dashes: readonly string[];
  /** What parts thousands; the first is the one to write. */
  thousands: readonly string[];
  /** What stands between a number and "%"; the first is the one to write. */
  percent: readonly string[];
}

/** The no-break spaces: of the width of a word space, and narrow. */
export const noBreak = '\u00A0';
export const narrow = '\u202F';

/** A place of a text that is not set as its language asks. */
export interface TypeFault {
  /** Where it begins, in code units. */
  start: number;
  found: string;
  /** What should stand there. */
  wanted: string;
  /** The rule, in words. */
  rule: string;
}
