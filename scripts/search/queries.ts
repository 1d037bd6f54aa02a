import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'astro/zod';

/** Why a query is not the word of a page as a dictionary has it. */
const kinds = ['plain', 'inflected', 'misspelled', 'script', 'acronyms', 'names'] as const;

const table = z.record(
  z.string(),
  z.record(z.enum(kinds), z.record(z.string(), z.union([z.string(), z.array(z.string())]))),
);

/** What a reader looks for, and the places each of which is right. */
export interface Query {
  language: string;
  kind: (typeof kinds)[number];
  query: string;
  /** Below the language, with `#` and a section where one is meant. */
  places: readonly string[];
}

/** Reads tests/search/queries.yaml. */
export const readQueries = (file: string): Query[] =>
  Object.entries(table.parse(parse(readFileSync(file, 'utf8')))).flatMap(([language, byKind]) =>
    kinds.flatMap((kind) =>
      Object.entries(byKind[kind]).map(([query, places]) => ({
        language,
        kind,
        query,
        places: [places].flat(),
      })),
    ),
  );

/**
 * Whether a place that was found is one of those that are right. A list without `.html` is on any
 * of its pages: which one an entry is on changes with those before it.
 * @param found below the language
 */
export const isRight = (found: string, { places }: Query): boolean =>
  places.some((place) => {
    const [page = '', section] = place.split('#');
    const [foundPage = '', foundSection] = found.split('#');
    const onPage = page.endsWith('.html')
      ? foundPage === page
      : foundPage === `${page}.html` || foundPage.startsWith(`${page}/`);
    return onPage && (section === undefined || section === foundSection);
  });
