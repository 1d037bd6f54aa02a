import { describe, expect, inject, it } from 'vitest';
import { PageError, pageLimits } from '../../src/kit/core/page-diff/page-file.ts';
import { recognisePage, type KnownPage } from '../../src/kit/core/page-diff/recognise-page.ts';
import { isLong } from '../helpers/depth.ts';
import { fuzz, fuzzSettings, fuzzTimeout } from '../helpers/fuzz.ts';
import { htmlOf, pages, readPages, recognise } from '../helpers/known-pages.ts';

const path = 'en/guide/letters.html';
const letters = htmlOf(path);

describe('recognisePage', () => {
  it('refuses a page that is too large', () => {
    expect(() => recognise(Buffer.alloc(pageLimits.maxBytes + 1, 'a'))).toThrow(PageError);
  });

  it('passes over known pages that are too large', () => {
    expect(
      recognise(letters, [
        { path: 'all.html', html: '<a>'.repeat(pageLimits.maxMarks + 1) },
        ...pages,
      ])?.path,
    ).toBe(path);
  });

  it.each<[what: string, html: string, known?: KnownPage[]]>([
    ['nothing', ''],
    ['a page of others', '<title>Tea</title><p>How to make tea: boil water, wait, pour.</p>'],
    ['words that are no page', 'x'.repeat(100_000)],
    [
      'our frame around other words',
      letters.replace(
        /<main[^]*<\/main>/,
        `<main><h1>Tea</h1>${Array.from({ length: 40 }, (_, at) => `<p>Cup ${at} holds tea and number ${at * 7} of milk.</p>`).join('')}</main>`,
      ),
    ],
    [
      'a page of another campaign',
      htmlOf('en/guide/watering.html', readPages(inject('gardenSite'))),
    ],
    ['any page where none is known', letters, []],
  ])('does not know %s', (_, html, known) => {
    expect(recognise(html, known ?? pages)).toBeUndefined();
  });

  it('knows the pages of a site again, without a change', () => {
    const others = pages.filter(({ path: each }) => !/^[a-z]{2}\/index\.html$/.test(each));
    for (const page of others.filter((_, index) => index % (isLong ? 5 : 40) === 0)) {
      // each is compared with all
      expect(recognise(page.html), page.path).toEqual({ path: page.path, changes: [] });
    }
  });

  it.each<[what: string, change: (html: string) => string, expected: string[]]>([
    ['line ends of Windows', (html) => html.replaceAll('\n', '\r\n'), []],
    [
      'a mark of where it was saved',
      (html) =>
        html.replace(
          '<html',
          '\r\n<!-- saved from url=(0029)https://mirror.example/x.html -->\r\n<html',
        ),
      [],
    ],
    [
      'its encoding said as browsers say it',
      (html) =>
        html.replace(
          '<meta charset="utf-8">',
          '<meta http-equiv="Content-Type" content="text/html; charset=UTF-8">',
        ),
      [],
    ],
    ['UTF-16', (html) => html, []],
    [
      'tags in capitals, without quotes',
      (html) =>
        html
          .replace(
            /<(\/?)([a-z0-9]+)/g,
            (_, end: string, name: string) => `<${end}${name.toUpperCase()}`,
          )
          .replace(/ class="([a-z]+)"/g, ' CLASS=$1'),
      [],
    ],
    ['non-breaking spaces', (html) => html.replaceAll('<p>You ', '<p>You&nbsp;'), []],
    [
      'another title',
      (html) => html.replace(/<title>[^<]*/, '<title>Tea'),
      ['the title reads differently: known "Write a letter – Solidarity with Belarus", here "Tea"'],
    ],
    ['half of it', (html) => html.slice(0, html.length * 0.6), []],
  ])('knows a page again with %s', (what, change, expected) => {
    const html = change(letters);
    const found = recognise(what === 'UTF-16' ? Buffer.from(`\uFEFF${html}`, 'utf16le') : html);
    expect(found?.path).toBe(path);
    if (what !== 'half of it') expect(found?.changes).toEqual(expected);
    else expect(found?.changes.some((line) => line.startsWith('a link is missing'))).toBe(true);
  });

  it('tells editions of one page apart', () => {
    const editions = [1, 2, 3, 4, 5].map((number) => ({
      path,
      html: letters.replace('<p class="edition">', `<p class="edition">Edition ${number}. `),
      number,
    }));
    for (const edition of editions)
      expect(recognisePage(Buffer.from(edition.html), editions)).toMatchObject({
        page: { number: edition.number },
        changes: [],
      });
    const altered = letters
      .replace('<p class="edition">', '<p class="edition">Edition 4. ')
      .replace('</h1>', '</h1><p>DE89 3704 0044 0532 0130 00</p>');
    expect(recognisePage(Buffer.from(altered), editions)).toMatchObject({
      page: { number: 4 },
      changes: [{ kind: 'account' }],
    });
  });

  it(
    'ends for damaged pages, of which many are still known',
    () => {
      const few = pages.filter((page) => page.path.startsWith('en/guide'));
      let known = 0;
      fuzz(
        'recognisePage',
        [Buffer.from(letters), Buffer.from(htmlOf('en/home.html'))],
        (bytes) => {
          if (recognisePage(bytes, few)) known++;
        },
        [PageError],
        fuzzSettings(60),
      );
      expect(known).toBeGreaterThan(5);
    },
    fuzzTimeout,
  );
});
