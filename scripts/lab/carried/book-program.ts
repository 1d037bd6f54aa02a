import type { Program } from '../programs.ts';
import type { CheckResult } from '../report.ts';

/** A program that reads or judges e-books. */
export interface BookProgram {
  name: string;
  needs: readonly Program[];
  /** @param scratch a folder for whatever it keeps */
  version: (scratch: string) => Promise<string>;
  /**
   * @param book the path of an EPUB
   * @param scratch an empty folder
   */
  check: (book: string, scratch: string) => Promise<CheckResult>;
}
