/** An item of a feed as it lies on the disk, cut out of its text. */
export interface FeedText {
  id: string;
  /** The whole element. */
  text: string;
}

const whole = /<(item|entry)[\s>][\s\S]*?<\/\1>/g;

/**
 * The items of an RSS or Atom feed. Markup in them is escaped or in CDATA, and holds no such
 * element.
 */
export const listItems = (feed: string): FeedText[] =>
  (feed.match(whole) ?? []).map((text) => ({
    id: /<(?:guid|id)(?:\s[^>]*)?>\s*([^<\s]+)\s*</.exec(text)?.[1] ?? '',
    text,
  }));

/** A feed as an earlier edition had it: without its newest items, as many as that are at most. */
export function takeBack(feed: string, count: number): string {
  const items = listItems(feed);
  return items
    .slice(0, Math.min(count, Math.max(0, items.length - 1)))
    .reduce((text, item) => text.replace(item.text, ''), feed);
}
