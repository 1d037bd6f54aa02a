import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, test } from 'vitest';
import { measureSearch } from '../../scripts/search/measure-search.ts';
import { makeShare, measureTerms } from '../../scripts/search/measure-terms.ts';
import { isRight, readQueries, type Query } from '../../scripts/search/queries.ts';
import { budgets, measureGzip } from '../../src/lib/page-size.ts';
import { languages } from '../helpers/campaign.ts';
import { attribute, readSite } from '../helpers/site.ts';

const folder = inject('defaultSite');
const queries = readQueries(join(import.meta.dirname, '../search/queries.yaml'));
/** In each language; what it was is in the closing notes. */
const floor = 0.9;

describe('the queries', () => {
  test('are 40 in each language, for places that there are', () => {
    const pages = new Map(
      readSite(folder).map(({ path, elements }) => [
        path,
        new Set(elements.map((element) => attribute(element, 'id'))),
      ]),
    );
    for (const language of languages) {
      const own = queries.filter((query) => query.language === language);
      expect(own.length, language).toBe(40);
      for (const { query, places } of own)
        for (const place of places) {
          const [page = '', section] = place.split('#');
          const on = [...pages].filter(([path]) =>
            page.endsWith('.html')
              ? path === `${language}/${page}`
              : path === `${language}/${page}.html` || path.startsWith(`${language}/${page}/`),
          );
          const isThere = on.some(([, ids]) => section === undefined || ids.has(section));
          expect(isThere, `${language} ${query}: ${place}`).toBe(true);
        }
    }
  });

  test('are not answered by another section of the right page, or another page', () => {
    const query: Query = {
      language: 'en',
      kind: 'plain',
      query: 'x',
      places: ['a.html#b', 'list#c'],
    };
    expect(
      ['a.html', 'a.html#c', 'b.html#b', 'list.html', 'listen/2.html#c'].filter((place) =>
        isRight(place, query),
      ),
    ).toEqual([]);
    expect(
      ['a.html#b', 'list.html#c', 'list/2.html#c'].every((place) => isRight(place, query)),
    ).toBe(true);
    expect(makeShare('en', [query], () => ['a.html#c']).found).toBe(0);
  });
});

/** What a reader over a slow line waits for, as sent (issue 17). */
const mostBytes = 125_000;

describe('the search', () => {
  const measured = measureSearch(folder, queries);

  test('has a right place among the first three for nine of ten queries in each language', async () => {
    for (const { language, asked, found, missed } of await measured)
      expect(found / asked, `${language} ${[...missed.keys()].join(', ')}`).toBeGreaterThanOrEqual(
        floor,
      );
  });

  test('takes few bytes for any first answer, with the page it is asked on', async () => {
    for (const { language, costs } of await measured) {
      const page = measureGzip(readFileSync(join(folder, language, 'search.html')));
      for (const { query, bytes } of costs)
        expect(page + bytes, `${language} ${query}`).toBeLessThanOrEqual(mostBytes);
    }
  });

  test('needs one program in all languages, no worker, and neither help nor looks of Pagefind', () => {
    const files = readdirSync(join(folder, 'pagefind'), { recursive: true, encoding: 'utf8' });
    const programs = files.filter((name) => /\.(?:js|css)$|^wasm/.test(name));
    expect(programs.sort()).toEqual(['pagefind.js', 'wasm.unknown.pagefind']);
  });
});

describe('the index of words', () => {
  test('leads nine of ten queries in each language to the right section within three clicks', async () => {
    for (const { language, asked, found, missed } of await measureTerms(folder, queries))
      expect(found / asked, `${language} ${[...missed.keys()].join(', ')}`).toBeGreaterThanOrEqual(
        floor,
      );
  });

  test('has few pages, none larger than what paints at once', () => {
    for (const language of languages) {
      const names = readdirSync(join(folder, language, 'terms'));
      expect(names.length, language).toBeLessThan(12);
      for (const name of names)
        expect(measureGzip(readFileSync(join(folder, language, 'terms', name))), name).toBeLessThan(
          budgets.ordinary,
        );
    }
  });
});
