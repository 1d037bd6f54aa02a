import { splitWords } from '../lib/search/fold.ts';
import { isWord, keyOf } from '../lib/search/keys.ts';
import type { ShownPlace } from '../lib/search/shown-place.ts';
import type { SharedKeys } from '../lib/search/synonyms.ts';
import { detachWord, type WordRules } from '../lib/search/word-rules.ts';
import { findNearWord, type WordIndex } from './near-word.ts';

/**
 * How Pagefind is started. Its worker is not used: no policy of a page binds a worker in Chromium,
 * and an index of this size is searched in a few milliseconds. Names and titles say more about a
 * place than its text; the title of an entry less, since it is one of many in its list. Measured
 * with `npm run search-quality`.
 */
export const pagefindOptions = {
  noWorker: true,
  excerptLength: 24,
  excerptEllipsis: '…',
  ranking: { metaWeights: { names: 15, main: 10, title: 6, entry: 3, page: 1 } },
} as const;

/** What a result leads to. */
export interface Place {
  url: string;
  plain_excerpt: string;
  meta: ShownPlace;
}
export interface Found {
  id: string;
  data: () => Promise<Place>;
}
/** Pagefind, as far as it is asked. */
export interface Engine {
  search: (query: string) => Promise<{ results: readonly Found[] }>;
}

/** Whom a query is asked of. */
export interface Asked {
  rules: WordRules;
  shared: SharedKeys;
  engine: Engine;
  index: WordIndex;
}

export interface Answer {
  found: readonly Found[];
  /** What was asked for, to mark it in excerpts. */
  keys: readonly string[];
  /** Where the query finds nothing: words like its own that do. */
  instead?: string;
}

/**
 * What a query finds. If that is nothing, its words are asked for one by one, and in the place of
 * one that no text has, the one that is most like it.
 */
export async function answerQuery(query: string, asked: Asked): Promise<Answer> {
  const { rules, shared, engine, index } = asked;
  const find = async (words: readonly string[]) => {
    const own = words.map((word) => keyOf(word, rules));
    const keys = [...new Set(own.map((key) => shared[key] ?? key))];
    const { results } = await engine.search(keys.join(' '));
    return { keys, found: results };
  };
  const words = tellingWords(query, rules);
  const whole = await find(words);
  if (whole.found.length > 0) return whole;

  const known: string[] = [];
  for (const word of words) {
    const isKnown = words.length > 1 && (await find([word])).found.length > 0;
    const near = isKnown ? word : await findNearWord(word, rules, index);
    if (near !== undefined) known.push(near);
  }
  const together = await find(known);
  if (together.found.length > 0) return { ...together, instead: known.join(' ') };
  const apart = await Promise.all(known.map((word) => find([word])));
  const found = new Map(apart.flatMap((one) => one.found.map((place) => [place.id, place])));
  if (found.size === 0) return whole;
  return {
    found: [...found.values()],
    keys: apart.flatMap(({ keys }) => keys),
    instead: known.join(', '),
  };
}

/** The words of a query, its short ones only where there are no others. */
function tellingWords(query: string, rules: WordRules): string[] {
  const words = splitWords(query).map((word) => detachWord(word, rules));
  const telling = words.filter(isWord);
  return telling.length > 0 ? telling : words;
}
