declare namespace App {
  /** What a page tells the components of its text: MDX hands them only their own attributes. */
  interface Locals {
    /** The sources of the text, in the order of the list at its foot. */
    sources?: readonly import('./campaign/schema/evidence.ts').Source[];
    /** Names of the notices that a card further up has shown whole. */
    noticesShown?: Map<string, 'short' | 'whole'>;
    /** Whether a button is further up. */
    hasButton?: boolean;
  }
}
