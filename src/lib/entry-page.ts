import { collections, type PagedName } from '../campaign/schema/collections.ts';

/**
 * The page of an entry below its language: `entryPage('guides', 'letters')` is
 * `guide/letters.html`.
 */
export const entryPage = (collection: PagedName, slug: string): string =>
  `${collections[collection].page}/${slug}.html`;
