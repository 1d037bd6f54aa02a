import { describe, expect, it } from 'vitest';
import { choosePages, cutFromOldest, listPage, paginate, pathOf } from '../../src/lib/paths.ts';

describe('pathOf', () => {
  it.each([
    ['en', 'guide/letters.html', '/en/guide/letters.html'],
    ['be-tarask', 'index.html', '/be-tarask/index.html'],
    ['ar', '', '/ar/'],
  ])('puts the language %s before "%s"', (language, page, expected) => {
    expect(pathOf(language, page)).toBe(expected);
  });
});

describe('listPage', () => {
  it.each([
    ['guides', 1, 'guides.html'],
    ['guides', 2, 'guides/2.html'],
    ['updates/2021', 11, 'updates/2021/11.html'],
    ['search', 499, 'search/499.html'],
    ['search', 500, 'search/500/500.html'],
    ['search', 1234, 'search/1000/1234.html'],
  ])('names the page of %s with the number %i', (name, number, expected) => {
    expect(listPage(name, number)).toBe(expected);
  });
});

describe('cutFromOldest', () => {
  const newestFirst = (length: number) => Array.from({ length }, (_, index) => length - index);
  const show = (length: number, size = 3) =>
    cutFromOldest('updates/2021', newestFirst(length), size).map(
      ({ path, number, items }) => `${path} ${number}: ${items.join(' ')}`,
    );

  it.each([
    ['nothing: one empty page', 0, ['updates/2021.html 1: ']],
    ['a page that is not full', 2, ['updates/2021.html 1: 2 1']],
    ['a full page, without a numbered one', 3, ['updates/2021.html 1: 3 2 1']],
    [
      'one more: the newest, and the oldest',
      4,
      ['updates/2021.html 2: 4 3 2', 'updates/2021/1.html 1: 3 2 1'],
    ],
    [
      'three pages, the older ones full',
      7,
      [
        'updates/2021.html 3: 7 6 5',
        'updates/2021/2.html 2: 6 5 4',
        'updates/2021/1.html 1: 3 2 1',
      ],
    ],
  ])('cuts %s', (_, length, expected) => {
    expect(show(length)).toEqual(expected);
  });

  it('never changes a numbered page by newer items, and leaves none out', () => {
    let before = new Set<string>();
    for (let length = 1; length < 40; length++) {
      const [, ...numbered] = show(length);
      expect(before.isSubsetOf(new Set(numbered)), `${length}`).toBe(true);
      before = new Set(numbered);
      const all = cutFromOldest('x', newestFirst(length), 3).flatMap(({ items }) => items);
      expect(new Set(all).size, `${length}`).toBe(length);
    }
  });
});

describe('the pages of a list of any length', () => {
  it('are in folders of at most 1,000 entries', () => {
    const entries = new Map<string, Set<string>>();
    for (let number = 1; number <= 100_000; number++) {
      const parts = listPage('files', number).split('/');
      parts.forEach((name, depth) => {
        const folder = parts.slice(0, depth).join('/');
        entries.set(folder, (entries.get(folder) ?? new Set()).add(name));
      });
    }
    expect(Math.max(...[...entries.values()].map(({ size }) => size))).toBeLessThanOrEqual(1000);
  });
});

describe('choosePages', () => {
  it.each([
    [1, 0, [0]],
    [5, 2, [0, 1, 2, 3, 4]],
    [14, 7, [0, 1, 5, 6, 7, 8, 9, 12, 13]],
    [14, 0, [0, 1, 2, 12, 13]],
  ])('chooses of %i pages, on the one at %i, %j', (total, current, expected) => {
    expect(choosePages(total, current, 2)).toEqual(expected);
  });

  it('lets a reader go from any page to any other one', () => {
    const reached = new Set([40]);
    for (const place of reached) for (const next of choosePages(99, place, 2)) reached.add(next);
    expect(reached.size).toBe(99);
  });
});

describe('paginate', () => {
  it.each([
    ['an empty list into one empty page', [], 3, [[]]],
    ['a list that is shorter than a page', [1, 2], 3, [[1, 2]]],
    ['a list that is as long as a page, without an empty one after it', [1, 2, 3], 3, [[1, 2, 3]]],
    ['a list that is longer by one', [1, 2, 3, 4], 3, [[1, 2, 3], [4]]],
    [
      'a list of two full pages',
      [1, 2, 3, 4],
      2,
      [
        [1, 2],
        [3, 4],
      ],
    ],
    ['a list into pages of one', [1, 2, 3], 1, [[1], [2], [3]]],
  ])('cuts %s', (_, items: number[], size, expected) => {
    expect(paginate(items, size)).toEqual(expected);
  });

  it.each([0, -1, 1.5, NaN])('throws on pages of the size %d', (size) => {
    expect(() => paginate([1, 2, 3], size)).toThrow(RangeError);
  });

  it('leaves the list as it is', () => {
    const items = [1, 2, 3];
    paginate(items, 2);
    expect(items).toEqual([1, 2, 3]);
  });
});
