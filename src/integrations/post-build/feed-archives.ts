import { groupVersions, orderVersions, type FeedSource, type FeedText } from './feed-source.ts';

/** How many texts a document of a feed holds. */
export const textsPerDocument = 50;

/**
 * All texts that the feed of a language has ever had as new, the oldest first: by the edition that
 * had them first, so that nothing ever comes between two that were there before. An original that
 * was new before its translation was is still in it, at its place; one that came with it never was.
 */
export function listHistory(source: FeedSource, tag: string): FeedText[] {
  const { firstOf } = source;
  return groupVersions(source)
    .flatMap((versions) => {
      const shown = orderVersions(source, versions, tag);
      return shown.filter((text, index) =>
        shown.slice(0, index).every((better) => firstOf(better) > firstOf(text)),
      );
    })
    .map((text) => ({ text, order: orderOf(firstOf(text), text) }))
    .sort((a, b) => (a.order < b.order ? -1 : 1))
    .map(({ text }) => text);
}

const orderOf = (edition: number, { item }: FeedText): string =>
  `${String(edition).padStart(6, '0')} ${item.published} ${item.name}`;

/**
 * The texts of the archive documents (RFC 5005, section 4) that a feed needs, from the first one
 * on. Counted from the oldest, so that what a document holds never changes; only full ones, since
 * the feed itself has the newest.
 * @param history all texts, the oldest first
 */
export function cutArchives<T>(history: readonly T[], size = textsPerDocument): T[][] {
  const count = Math.max(0, Math.ceil((history.length - size) / size));
  return Array.from({ length: count }, (_, index) =>
    history.slice(index * size, (index + 1) * size),
  );
}
