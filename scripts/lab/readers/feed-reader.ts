import type { Program } from '../programs.ts';

/** An item as a reader keeps it. */
export interface SeenItem {
  id: string;
  /** Where it leads; empty where the reader knows of no link. */
  link: string;
}

/** A reader with its settings and memory in a folder of its own. */
export interface Subscriber {
  version: string;
  /**
   * Takes the place of all earlier subscriptions; what was read stays known, as when a feed has
   * moved.
   */
  subscribe: (addresses: readonly string[]) => Promise<void>;
  /** Asks for all feeds once. */
  fetch: () => Promise<void>;
  /** What it has shown as new since it was asked last, an item as often as it was new. */
  takeNew: () => Promise<SeenItem[]>;
}

/** A program by which people follow feeds. */
export interface FeedReader {
  name: string;
  needs: readonly Program[];
  /** What it is known to do otherwise, each with the reason. */
  limits: {
    /** It shows items of Atom again once the feed comes from another address. */
    atomMoved?: string;
    /** It reads no JSON Feed. */
    noJson?: string;
    /** It knows no relative links. */
    atomLinks?: string;
  };
  /** @param scratch an empty folder for everything that it writes */
  start: (scratch: string) => Promise<Subscriber>;
}
