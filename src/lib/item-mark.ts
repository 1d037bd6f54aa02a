/**
 * How a page says to the steps after the build that it is an item of the feeds: a mark on its
 * <main>, which they take out.
 */
export interface TextItem {
  /** `guides/en/letters`: the name under which editions know it. */
  name: string;
  /** The identifier that was drawn for it; undefined where its address identifies it. */
  id?: string;
  version: number;
  state: string;
  /** The day on which it was written for this campaign. */
  published: string;
  /** What it is of: a partial date. */
  date: string;
  /** Whether it is a translation: where a language has none, feeds hold the original. */
  translation: boolean;
  publisher?: string;
  /** Names of files in `subjects/`. */
  subjects?: readonly string[];
  /** A page of the engine's own: an item only once it has changed. */
  standing?: boolean;
}

/** The value of the mark `data-item`. */
export const printItemMark = (item: TextItem): string => JSON.stringify(item);

/** The item that a mark describes. Only our own pages hold marks, so that it is taken as it is. */
export const readItemMark = (mark: string): TextItem => JSON.parse(mark) as TextItem;
