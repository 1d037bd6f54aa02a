import type { Program } from '../programs.ts';

/** What a reader sees of a page, as far as the program tells. */
export interface Sight {
  /** Where it ended up, with redirects followed. */
  address: string;
  title: string;
  /** The visible text; undefined where the program shows pictures only. */
  text: string | undefined;
  /**
   * Links in the order of the page, resolved by the program itself; undefined where it does not
   * tell.
   */
  links: { address: string; text: string }[] | undefined;
}

/** A program that people read with, started once for many pages. */
export interface Reader {
  /** The program and version that really ran: `Lynx 2.9.0`. */
  version: string;
  read: (address: string) => Promise<Sight>;
  /**
   * Opens a page, activates a link of it as a person would, and gives the page that it leads to.
   * @param link what the link shows, and the address it should lead to
   * @throws ProgramError where no such link can be activated
   */
  follow: (address: string, link: { text: string; address: string }) => Promise<Sight>;
  /**
   * Opens a page with a search box, types a word, and gives the addresses of the results; only
   * where scripts run.
   */
  search?: (address: string, word: string) => Promise<string[]>;
  /**
   * Whether the page's own style applies: the width of its body is narrower than the window's, its
   * font another than the program's own.
   */
  isStyled?: (address: string) => Promise<boolean>;
  stop: () => Promise<void>;
}

export interface Client {
  name: string;
  needs: readonly Program[];
  /** Whether scripts run in it. */
  scripts: boolean;
  /**
   * What this program cannot do for any page, in sentences for the table, by column: text, links,
   * follow, language switch, style, search.
   */
  limits?: Record<string, string>;
  /** Whether it can follow a link with these words; any, where this is missing. */
  canFollow?: (text: string) => boolean;
  /** @param scratch an empty folder for its profile, cache and settings */
  start: (scratch: string) => Promise<Reader>;
}
