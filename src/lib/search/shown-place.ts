/** What a result of the search says of a place besides words of its text. */
export interface ShownPlace {
  title: string;
  /** The title of its page, where it is a part of one. */
  page?: string;
  /** Language and direction of the title, where these are not the page's own. */
  lang?: string;
  dir?: string;
  /** Said before any words of a text that warns, or has a state that does. */
  warning?: string;
}
