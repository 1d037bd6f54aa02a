import { describe, expect, it } from 'vitest';
import { decode, makeRelative, resolveLink } from '../../src/lib/resolve-link.ts';

const files = new Set([
  'index.html',
  '404.html',
  'en/index.html',
  'en/archive/index.html',
  'en/feed.xml',
  'en/guide/letters.html',
  'en/guide/support.html',
  'en/update/2021/11/digest.html',
  'fr/index.html',
  'fr/guide/letters.html',
  'fr/guide/aide à lire #1.html',
  '_astro/photo.webp',
]);

describe('resolveLink', () => {
  const page = 'en/guide/support.html';

  it.each([
    ['a page that does not exist', '/guide/lettres.html'],
    ['a page of no language', '/de/guide/letters.html'],
    ['a page of another language only', 'aide%20%C3%A0%20lire%20%231.html'],
    ['a name without its ending', '/guide/letters'],
    ['a name in another case', '/Guide/Letters.html'],
    ['a folder without its slash', '/archive'],
    ['a folder without an index document', '/guide/'],
    ['a slash after a file', '/guide/letters.html/'],
    ['a doubled slash', '/guide//letters.html'],
    ['a NUL after the name', '/guide/letters.html%00'],
    ['a way above the root', '../../../etc/passwd'],
    ['a way above the root with encoded slashes', '..%2F..%2F..%2Findex.html'],
    ['a way above the root with encoded dots', '/%2e%2e/%2e%2e/etc/passwd'],
    ['a name that is encoded twice', '/guide/letters%252Ehtml'],
    ['a file next to the page that is elsewhere', 'feed.xml'],
    ['a relative path that climbs out of its language', '../../guide/letters.html'],
    ['a percent sign that encodes nothing', '/guide/100%.html'],
    ['an encoded name that is not UTF-8', '/guide/%E4.html'],
    ['an address that cannot be read', 'https://['],
    // Browsers take these for addresses of another host, though no scheme or "//" stands at their
    // beginning.
    ['a host after a slash and a backslash', '/\\evil.example/guide/letters.html'],
    ['a host after two backslashes', '\\\\evil.example/guide/letters.html'],
    ['a scheme after a space', ' https://evil.example/guide/letters.html'],
    ['a scheme with a tab in it', 'ht\ttps://evil.example/guide/letters.html'],
  ])('finds no file for %s', (_, reference) => {
    expect(resolveLink(reference, page, files)).toBeUndefined();
  });

  it.each([
    ['a path from the root', '/en/guide/letters.html', page, 'en/guide/letters.html'],
    ['a path without its language', '/guide/letters.html', page, 'en/guide/letters.html'],
    [
      'the same path in another language',
      '/guide/letters.html',
      'fr/index.html',
      'fr/guide/letters.html',
    ],
    ['a path into another language', '/fr/guide/letters.html', page, 'fr/guide/letters.html'],
    ['a page next to it', 'letters.html', page, 'en/guide/letters.html'],
    ['a page next to it with a dot', './letters.html', page, 'en/guide/letters.html'],
    ['a page above', '../feed.xml', page, 'en/feed.xml'],
    [
      'a page above, from deep below',
      '../../../guide/letters.html',
      'en/update/2021/11/digest.html',
      'en/guide/letters.html',
    ],
    [
      'a path with dots in the middle',
      '/guide/../guide/./letters.html',
      page,
      'en/guide/letters.html',
    ],
    ['the root', '/', page, 'index.html'],
    ['the root from the root page', '/', '404.html', 'index.html'],
    ['the index document of a folder', '/archive/', page, 'en/archive/index.html'],
    ['the index document of the folder above', '../', page, 'en/index.html'],
    ['the folder of a language', '/fr/', page, 'fr/index.html'],
    ['a file of no language', '/_astro/photo.webp', page, '_astro/photo.webp'],
    ['a page of the root without a language', 'en/index.html', 'index.html', 'en/index.html'],
    ['the page itself, by nothing', '', page, 'en/guide/support.html'],
    [
      'an encoded name',
      '/fr/guide/aide%20%C3%A0%20lire%20%231.html',
      page,
      'fr/guide/aide à lire #1.html',
    ],
    [
      'a name that should have been encoded',
      '/fr/guide/aide à lire %231.html',
      page,
      'fr/guide/aide à lire #1.html',
    ],
    ['a needlessly encoded name', '/guide/%6Cetters%2Ehtml', page, 'en/guide/letters.html'],
    ['more steps up than there are folders', '../../../../../index.html', page, 'index.html'],
    ['a path with a query', '/guide/letters.html?from=feed', page, 'en/guide/letters.html'],
  ])('finds %s', (_, reference, from, path) => {
    expect(resolveLink(reference, from, files)).toEqual({ path, fragment: '' });
  });

  it('takes a file as it stands before one of the language', () => {
    const both = new Set(['guide/letters.html', 'en/guide/letters.html']);
    expect(resolveLink('/guide/letters.html', page, both)).toEqual({
      path: 'guide/letters.html',
      fragment: '',
    });
  });

  it('takes the root page of the language where the site has no other', () => {
    expect(resolveLink('/', page, new Set(['en/index.html']))).toEqual({
      path: 'en/index.html',
      fragment: '',
    });
  });

  it('takes the home page of a folder before its index document', () => {
    const both = new Set(['index.html', 'en/index.html', 'en/home.html']);
    expect(resolveLink('/', page, both)).toEqual({ path: 'en/home.html', fragment: '' });
    expect(resolveLink('/en/', 'fr/guide/support.html', both)).toEqual({
      path: 'en/home.html',
      fragment: '',
    });
  });

  it.each([
    [
      'of another page',
      '/guide/letters.html#rules',
      { path: 'en/guide/letters.html', fragment: '#rules' },
    ],
    ['of the same page', '#top', { path: 'en/guide/support.html', fragment: '#top' }],
    [
      'of an index document',
      '/archive/#y2021',
      { path: 'en/archive/index.html', fragment: '#y2021' },
    ],
    [
      'in letters that must be encoded',
      '#été',
      { path: 'en/guide/support.html', fragment: '#%C3%A9t%C3%A9' },
    ],
    ['that is empty', '/guide/letters.html#', { path: 'en/guide/letters.html', fragment: '' }],
    [
      'that looks like a path',
      '#/../../index.html',
      { path: 'en/guide/support.html', fragment: '#/../../index.html' },
    ],
    ['after a query', '/guide/letters.html?a#b', { path: 'en/guide/letters.html', fragment: '#b' }],
  ])('keeps a fragment %s', (_, reference, target) => {
    expect(resolveLink(reference, page, files)).toEqual(target);
  });
});

describe('decode', () => {
  it.each([
    ['nothing', '', ''],
    ['letters of several bytes', '%C3%A9t%C3%A9', 'été'],
    ['a percent sign that encodes nothing', '100%', undefined],
    ['bytes that are not UTF-8', '%E4', undefined],
  ])('reads %s', (_, part, expected) => {
    expect(decode(part)).toBe(expected);
  });
});

describe('makeRelative', () => {
  it.each([
    ['a page next to it', 'en/guide/support.html', 'en/guide/letters.html', '', 'letters.html'],
    ['a page above', 'en/guide/support.html', 'en/index.html', '', '../index.html'],
    ['the root page', 'en/guide/support.html', 'index.html', '', '../../index.html'],
    ['a page below', 'en/index.html', 'en/guide/letters.html', '', 'guide/letters.html'],
    [
      'a page below, from the root',
      'index.html',
      'en/guide/letters.html',
      '',
      'en/guide/letters.html',
    ],
    [
      'a page in a neighbouring folder',
      'en/guide/support.html',
      'en/archive/index.html',
      '',
      '../archive/index.html',
    ],
    [
      'another language',
      'en/guide/letters.html',
      'fr/guide/letters.html',
      '',
      '../../fr/guide/letters.html',
    ],
    [
      'the top, from deep below',
      'en/update/2021/11/digest.html',
      'en/index.html',
      '',
      '../../../index.html',
    ],
    [
      'a folder of the same name elsewhere',
      'en/guide/a.html',
      'fr/guide/a.html',
      '',
      '../../fr/guide/a.html',
    ],
    [
      'a file that is called like the folder of the page',
      'en/guide/a.html',
      'en/guide',
      '',
      '../guide',
    ],
    ['a folder that is called like the page', 'en/guide', 'en/guide/a.html', '', 'guide/a.html'],
    [
      'a folder whose name begins with that of the page',
      'en/guide/a.html',
      'en/guides/a.html',
      '',
      '../guides/a.html',
    ],
    ['the page itself', 'en/guide/support.html', 'en/guide/support.html', '', 'support.html'],
    ['the root page, from itself', 'index.html', 'index.html', '', 'index.html'],
    [
      'a place in the page itself',
      'en/guide/support.html',
      'en/guide/support.html',
      '#top',
      '#top',
    ],
    [
      'a place in another page',
      'en/guide/support.html',
      'en/guide/letters.html',
      '#rules',
      'letters.html#rules',
    ],
    [
      'a name that must be encoded',
      'fr/index.html',
      'fr/guide/aide à lire #1.html',
      '',
      'guide/aide%20%C3%A0%20lire%20%231.html',
    ],
    [
      'a name that looks like a scheme',
      'en/index.html',
      'en/javascript:x.html',
      '',
      'javascript%3Ax.html',
    ],
    ['a name that looks like a query', 'en/index.html', 'en/what?.html', '', 'what%3F.html'],
    [
      'a place whose name has other letters, as they are',
      'ru/a.html',
      'ru/b.html',
      '#%D0%B7%D0%B0-%D1%87%D1%82%D0%BE',
      'b.html#за-что',
    ],
    [
      'a place whose name has characters that an address cannot hold, encoded',
      'ru/a.html',
      'ru/a.html',
      '#a%20%22b%C3%A9%E2%80%8B%FF',
      '#a%20%22b%C3%A9%E2%80%8B%FF',
    ],
    [
      'the page itself, whose name looks like a query',
      'en/what?.html',
      'en/what?.html',
      '',
      'what%3F.html',
    ],
  ])('leads to %s', (_, page, path, fragment, expected) => {
    expect(makeRelative(page, { path, fragment })).toBe(expected);
  });

  const pages = [...files].filter((file) => file.endsWith('.html'));
  it.each(pages)('leads from %s to each file, wherever the site is mounted', (page) => {
    for (const path of files) {
      const reference = makeRelative(page, { path, fragment: '' });
      expect(resolveLink(reference, page, files), reference).toEqual({ path, fragment: '' });
      const mounted = new URL(reference, `https://mirror.example/some/deep/folder/${page}`);
      expect(decodeURIComponent(mounted.pathname)).toBe(`/some/deep/folder/${path}`);
    }
  });
});
