import { describe, expect, it } from 'vitest';
import { listPage, paginate, pathOf } from '../../src/lib/paths.ts';

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
    ['updates-2021', 1, 'updates-2021.html'],
    ['updates-2021', 2, 'updates-2021-2.html'],
    ['updates-2021', 11, 'updates-2021-11.html'],
  ])('names the page of %s with the number %i', (name, number, expected) => {
    expect(listPage(name, number)).toBe(expected);
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
