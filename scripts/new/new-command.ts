/** What `npm run new` can begin, by the word that follows it. */
export interface NewCommand {
  /** How it is called, and what its options are. */
  readonly usage: string;
  /**
   * Writes what was asked for, and says where.
   * @param words what follows on the command line
   * @returns what to end with
   * @throws UserError
   */
  readonly run: (words: readonly string[]) => Promise<number>;
}
