/** An item of a feed as it lies on the disk, cut out of its text. */
export interface FeedText {
  id: string;
  /** The whole element, or its object as JSON. */
  text: string;
}

interface JsonItem {
  id: string;
  url?: string;
}
interface JsonFeed {
  items: JsonItem[];
}

const isJson = (feed: string): boolean => feed.startsWith('{');

const whole = /<(item|entry)[\s>][\s\S]*?<\/\1>/g;

/**
 * The items of a feed. Markup in those of RSS and Atom is escaped or in CDATA, and holds no such
 * element.
 */
export function listItems(feed: string): FeedText[] {
  if (isJson(feed))
    return (JSON.parse(feed) as JsonFeed).items.map((item) => ({
      id: item.id,
      text: JSON.stringify(item),
    }));
  return (feed.match(whole) ?? []).map((text) => ({
    id: /<(?:guid|id)(?:\s[^>]*)?>\s*([^<\s]+)\s*</.exec(text)?.[1] ?? '',
    text,
  }));
}

/** A feed as an earlier edition had it: without its newest items, as many as that are at most. */
export function takeBack(feed: string, count: number): string {
  const items = listItems(feed);
  const taken = Math.min(count, Math.max(0, items.length - 1));
  if (isJson(feed)) {
    const parsed = JSON.parse(feed) as JsonFeed;
    return JSON.stringify({ ...parsed, items: parsed.items.slice(taken) });
  }
  return items.slice(0, taken).reduce((text, item) => text.replace(item.text, ''), feed);
}
