import { describe, expect, test } from 'vitest';
import { hasFilterPage, listFilterPages, minFiltered } from '../../src/lib/filter-page.ts';

describe('a part of a list', () => {
  test.each([
    ['has no page with too few entries', 11, 900, false, false],
    ['has a page from twelve on', 12, 25, false, true],
    ['has no page where it is half of the list', 12, 24, false, false],
    ['has no page where it is most of the list', 400, 402, false, false],
    ['has no page without an entry', 0, 0, false, false],
    ['keeps a published page when it has become half of the list', 13, 20, true, true],
    ['keeps a published page when it has lost its entries', 0, 20, true, true],
  ])('%s', (_, count, total, isPublished, expected) => {
    expect(hasFilterPage(count, total, isPublished)).toBe(expected);
  });

  test('never loses its page when entries are added to the others', () => {
    for (let count = minFiltered; count < 40; count++)
      for (let total = count * 2 + 1; total < 200; total++)
        expect(hasFilterPage(count, total + 1, false)).toBe(true);
  });
});

test('the pages that narrow a list down are found in a manifest, once for all languages', () => {
  const files = [
    'en/actions.html',
    'en/actions/2.html',
    'en/actions/write.html',
    'ar/actions/write.html',
    'en/actions-archive/2.html',
    'en/updates/2024.html',
    'en/updates/subjects.html',
    'en/updates/about/weather.html',
    'en/updates/about/weather/1.html',
    'assets/actions/write.html.png',
  ].map((path) => ({ path }));
  expect(listFilterPages(files)).toEqual([
    'actions/2',
    'actions/write',
    'updates/about/weather',
    'updates/about/weather/1',
  ]);
});
