import { serialize } from 'parse5';
import type { BuiltPage } from './built-page.ts';
import { copyWords } from './copy-words.ts';

/** What a text for a feed needs besides its page. */
export interface FeedContext {
  /** The address of the campaign, if it has one. */
  canonical: string | undefined;
  /** How the language says that words no longer hold, with `{text}` for them. */
  struckOut: string;
}

/**
 * The words of a page as HTML for a feed; links only if the campaign has an address of its own, and
 * only to itself: a link to a designated site in a reader's feed is a trace on their device.
 */
export const serializeForFeed = (page: BuiltPage, { canonical, struckOut }: FeedContext): string =>
  serialize(
    copyWords(page, {
      struckOut,
      leadTo: (link) =>
        link.kind === 'inside' && canonical !== undefined
          ? canonical + link.path + link.fragment
          : undefined,
    }),
  ).trim();
