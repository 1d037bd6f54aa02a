/** One paragraph, heading or field of the campaign, as a reader reads it. */
export interface WrittenText {
  /** Path below the campaign folder. */
  file: string;
  /** Line of the file at a place of the text, in code units. */
  lineAt: (place: number) => number;
  /** The field, where it is one. */
  where?: string;
  language: string;
  /** The words, with a placeholder for code and for phrases in other languages. */
  text: string;
}
