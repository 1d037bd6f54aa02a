import { campaignFolder } from '../../src/campaign/read/campaign-folder.ts';
import { readLanguages } from '../../src/campaign/read/read-languages.ts';
import { openStemmer } from '../../src/integrations/post-build/terms/stems.ts';
import { TermReader } from './look-up-terms.ts';
import { isRight, type Query } from './queries.ts';

/** How many of the queries of a language led to a right place, and which did not. */
export interface Share {
  language: string;
  asked: number;
  found: number;
  /** What was found instead, by query. */
  missed: ReadonlyMap<string, readonly string[]>;
}

/**
 * How many queries lead to a right place within three clicks of the search page, without scripts.
 * Misspelled ones are left out: no index has them.
 * @param folder a built site
 */
export async function measureTerms(folder: string, queries: readonly Query[]): Promise<Share[]> {
  const byLanguage = Map.groupBy(
    queries.filter(({ kind }) => kind !== 'misspelled'),
    ({ language }) => language,
  );
  const { languages } = readLanguages(campaignFolder());
  const shares: Share[] = [];
  for (const [language, own] of byLanguage) {
    const stemmer = await openStemmer(language, languages);
    try {
      const reader = new TermReader(folder, language, stemmer);
      shares.push(makeShare(language, own, (query) => reader.lookUp(query)));
    } finally {
      stemmer.close();
    }
  }
  return shares;
}

/** @param find what a query finds, below the language, the best first */
export function makeShare(
  language: string,
  queries: readonly Query[],
  find: (query: string) => readonly string[],
): Share {
  const results = queries.map((query) => ({ query, places: find(query.query) }));
  const missed = results.filter(({ query, places }) => !places.some((one) => isRight(one, query)));
  return {
    language,
    asked: queries.length,
    found: queries.length - missed.length,
    missed: new Map(missed.map(({ query, places }) => [query.query, places])),
  };
}
