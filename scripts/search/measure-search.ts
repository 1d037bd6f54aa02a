import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'astro/zod';
import { parse } from 'parse5';
import { listElements } from '../../src/integrations/post-build/built-page.ts';
import { hasMark, markOf } from '../../src/integrations/post-build/marks.ts';
import { collectTexts } from '../../src/integrations/post-build/page-text.ts';
import { splitWords } from '../../src/lib/search/fold.ts';
import { isWord } from '../../src/lib/search/keys.ts';
import type { WordRules } from '../../src/lib/search/word-rules.ts';
import { answerQuery, type Asked } from '../../src/search/answer-query.ts';
import type { Share } from './measure-terms.ts';
import { openPagefind } from './open-pagefind.ts';
import { isRight, type Query } from './queries.ts';
import { TermPages, type Link } from './term-pages.ts';

/** So many results a reader looks at. */
const looked = 3;
/** So many the page shows at once. */
const shown = 10;

/** How many queries of a language are answered, and what they load. */
export interface SearchShare extends Share {
  /** What each query loads as the first one, in bytes as they are sent: the costliest last. */
  costs: readonly { query: string; bytes: number }[];
}

/**
 * How many queries have a right place among the first results of the search, which is asked for
 * each query as the page of its language asks it: with the program, index and strings of a built
 * site.
 * @param folder a built site
 */
export async function measureSearch(
  folder: string,
  queries: readonly Query[],
): Promise<SearchShare[]> {
  const shares: SearchShare[] = [];
  for (const [language, own] of Map.groupBy(queries, (query) => query.language)) {
    const missed = new Map<string, readonly string[]>();
    const costs: { query: string; bytes: number }[] = [];
    for (const query of own) {
      const search = await openPagefind(folder, language);
      try {
        const asked = {
          engine: search.engine,
          ...readPage(folder, language, search.read),
        };
        const { found } = await answerQuery(query.query, asked);
        const places = await Promise.all(found.slice(0, shown).map((one) => one.data()));
        const first = places.slice(0, looked).map(({ url }) => url.slice(language.length + 2));
        if (!first.some((place) => isRight(place, query))) missed.set(query.query, first);
        costs.push({ query: query.query, bytes: search.countBytes() });
      } finally {
        search.close();
      }
    }
    costs.sort((a, b) => a.bytes - b.bytes);
    shares.push({ language, asked: own.length, found: own.length - missed.size, missed, costs });
  }
  return shares;
}

/** What the search page of a language knows: keys that words share, and letters of the index. */
function readPage(
  folder: string,
  language: string,
  read: (path: string) => Buffer,
): Pick<Asked, 'rules' | 'shared' | 'index'> {
  const path = `${language}/search.html`;
  const html = readFileSync(join(folder, path), 'utf8');
  const elements = listElements(parse(html));
  const place = elements.find((element) => hasMark(element, 'data-strings'));
  const main = elements.find(({ tagName }) => tagName === 'main');
  const { rules, shared } = strings.parse(
    JSON.parse((place && markOf(place, 'data-strings')) ?? ''),
  );
  const pages = new TermPages((other) => (other === path ? html : read(other).toString()));
  const link = ({ text, target }: Link) => ({ text, address: target });
  return {
    rules,
    shared,
    index: {
      words: splitWords(main ? collectTexts(main).join(' ') : '').filter(isWord),
      letters: pages.open(path).letters.map(link),
      open: (address) => {
        const { rows } = pages.open(address);
        const words = rows.map(({ label }) => label).filter((label) => label !== '');
        const parts = words.length > 0 ? [] : rows.flatMap(({ links }) => links.map(link));
        return Promise.resolve({ words, parts });
      },
    },
  };
}

const strings = z.looseObject({
  rules: z.custom<WordRules>((value) => typeof value === 'object'),
  shared: z.record(z.string(), z.string()),
});
