import type { Publication } from './publication.ts';

/** What has to be done at a place so that it holds an edition. */
export interface Work {
  /** What will be done, a line each, safe to print; none if the place holds the edition already. */
  readonly lines: readonly string[];
  /** What whoever publishes should know: sentences, safe to print. */
  readonly notes: readonly string[];
  /** The address of its content on IPFS, where that is a part of readers' addresses. */
  readonly cid?: string;
  /**
   * Does it.
   * @param report is given a line for each step that begins
   * @returns what to print afterwards, a line each
   * @throws PlaceError; then the place holds the old edition, or parts of both, and the same
   *   command goes on
   */
  readonly run: (report: (line: string) => void) => Promise<readonly string[]>;
}

/** Where an edition can be put. */
export interface Place {
  /** As its user named it. */
  readonly name: string;
  /**
   * Looks at what is there, and changes nothing.
   * @throws PlaceError if the edition must not go there
   */
  readonly prepare: (publication: Publication) => Promise<Work>;
}

/** A kind of place: one row of the table of engines. */
export interface Engine {
  /** What a target of this kind begins with: `git:`; empty for the one that has no such word. */
  readonly scheme: string;
  /** Lines of the usage. */
  readonly usage: readonly string[];
  /**
   * Reads the rest of a target.
   * @throws UsageError
   */
  readonly open: (rest: string) => Place;
}
