import type { ChapterPart } from './chapters.ts';

/**
 * The name of a place of a page among those of all pages: `guide.letters.when`. Drawings have such
 * names as well, and those are names of XML, without a slash (XML 1.0, 2.3).
 */
export const namePlace = (chapter: string, id: string): string =>
  `${chapter.replaceAll('/', '.')}.${id}`;

/** A place in a file that holds many pages. */
export interface Place {
  /** The name of its chapter. */
  chapter: string;
  /** Its own id on its page; undefined for the page itself. */
  id: string | undefined;
}

/** Where links to pages of the site lead, in a file that holds many of them. */
export interface Places {
  /** undefined if the page is not in the file */
  find: (target: { path: string; fragment: string }) => Place | undefined;
}

/** @param parts all that the file holds */
export function placesOf(parts: readonly ChapterPart[]): Places {
  const chapters = new Map(
    parts.flatMap((part) => part.chapters.map(({ page, name }) => [page.path, { page, name }])),
  );
  return {
    find: ({ path, fragment }) => {
      const chapter = chapters.get(path);
      if (!chapter) return undefined;
      const id = decodeURIComponent(fragment.slice(1));
      const isKept = chapter.page.ids.has(id) && !id.startsWith('_');
      return { chapter: chapter.name, id: isKept ? id : undefined };
    },
  };
}
