import { describe, expect, test } from 'vitest';
import {
  parsePage,
  type BuiltPage,
  type LinkVerdict,
} from '../../src/integrations/post-build/built-page.ts';
import type { Dist } from '../../src/integrations/post-build/dist.ts';
import { checkTranslations } from '../../src/integrations/post-build/steps/check-translations.ts';

const body =
  '<p>Twelve (12) litres. <a href="sage.html">Sage</a></p><div data-notice="warning">Not at noon.</div><img src="bed.webp" alt="A bed"><article data-shown="actions/water"></article>';

/** A page of a text, in a language, with the links as the step before has judged them. */
function makePage(
  language: string,
  html: string,
  verdict: LinkVerdict = { kind: 'inside', path: `${language}/sage.html`, fragment: '' },
): BuiltPage {
  const page = parsePage(
    `${language}/guide/beds.html`,
    `<html lang="${language}"><body><main><h1>Beds</h1><div data-source="guides/${language}/beds.mdx">${html}</div></main></body></html>`,
  );
  for (const element of page.elements)
    if (element.tagName === 'a') page.links.set(element, verdict);
  return page;
}

function compare(
  translated: string,
  verdict?: LinkVerdict,
  language = 'ar',
  original = body,
): string[] {
  const dist = {
    pages: [makePage(language, translated, verdict), makePage('en', original)],
    site: { main: 'en', languages: [{ tag: 'en' }, { tag: 'ar' }, { tag: 'fa' }] },
    faults: [] as Dist['faults'],
  } as unknown as Dist;
  checkTranslations(dist);
  return dist.faults.map(({ file, found }) => `${file}: ${found}`);
}

describe('a translation', () => {
  test.each([
    [
      'with another number',
      body.replace('12', '21'),
      'numbers that differ',
      'has 12; this one has 21',
    ],
    [
      'without the warning',
      body.replace('<div data-notice="warning">Not at noon.</div>', ''),
      'warnings that differ',
      'has warning; this one has none more',
    ],
    [
      'whose warning is a mere note',
      body.replace('"warning"', '"note"'),
      'warnings that differ',
      'has warning; this one has note',
    ],
    [
      'with a picture less',
      body.replace('<img src="bed.webp" alt="A bed">', ''),
      'images that differ',
      'has image; this one has none more',
    ],
    [
      'with a picture more',
      `${body}<img src="map.webp" alt="A map">`,
      'images that differ',
      'has none more; this one has image',
    ],
    [
      'with another record',
      body.replace('actions/water', 'actions/give'),
      'records that differ',
      'has actions/water; this one has actions/give',
    ],
    [
      'without the link',
      body.replace(/<a href[^>]*>Sage<\/a>/, 'Sage'),
      'links that differ',
      'has sage.html; this one has none more',
    ],
  ])('%s is a fault of the translation', (_name, translated, what, found) => {
    const faults = compare(translated);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(`guides/ar/beds.mdx: ${what}`);
    expect(faults[0]).toContain(found);
  });

  test('that leads outside where the original does not is one as well', () => {
    expect(compare(body, { kind: 'outside', address: 'https://rakes.example/' })).toEqual([
      'guides/ar/beds.mdx: links that differ: guides/en/beds.mdx has sage.html; this one has https://rakes.example/',
    ]);
  });

  test('that says the same is none, though its digits and spaces are its own', () => {
    expect(
      compare(
        body.replace('Twelve (12) litres', '١٢ لترا').replace('Not at noon.', 'ليس عند الظهر.'),
      ),
    ).toEqual([]);
  });

  test('may show a record by the dates and digits of its own language', () => {
    const card = (date: string) => `${body}<figure data-shown="figures/a">${date}</figure>`;
    expect(compare(card('٢٠ مايو'), undefined, 'ar', card('1 April 2022'))).toEqual([]);
  });

  test('names a day as its own calendar does, but no other day', () => {
    const original = body.replace('litres', 'litres on 12 May 2022, first in 2021');
    const translated = (day: string) => body.replace('litres', `لیتر در ${day}، از ۱۳۹۹`);
    expect(compare(translated('۲۲ اردیبهشت ۱۴۰۱'), undefined, 'fa', original)).toEqual([]);
    expect(compare(translated('۲۳ اردیبهشت ۱۴۰۱'), undefined, 'fa', original)).toEqual([
      'guides/fa/beds.mdx: numbers that differ: guides/en/beds.mdx has 12; this one has 23',
    ]);
  });

  describe('of a text that leads to a place', () => {
    /** A guide with two headings, and a text that links to a place in it. */
    const comparePlaces = (there: string, here: string, headings = ['متى', 'كيف']): string[] => {
      const sage = (language: string, ids: readonly string[]) =>
        parsePage(
          `${language}/sage.html`,
          `<html lang="${language}"><body><main><h2 id="contents">C</h2><div data-source="guides/${language}/sage.mdx">${ids.map((id) => `<h2 id="${id}">${id}</h2>`).join('')}</div></main></body></html>`,
        );
      const leading = (language: string, fragment: string) =>
        makePage(language, body, { kind: 'inside', path: `${language}/sage.html`, fragment });
      const dist = {
        pages: [
          leading('ar', here),
          leading('en', there),
          sage('ar', headings),
          sage('en', ['when', 'how']),
        ],
        site: { main: 'en', languages: [{ tag: 'en' }, { tag: 'ar' }] },
        faults: [] as Dist['faults'],
      } as unknown as Dist;
      checkTranslations(dist);
      return dist.faults.map(({ found }) => found);
    };

    test.each([
      [
        'another one',
        '#when',
        '#كيف',
        'heading 1 of sage.html; this one has heading 2 of sage.html',
      ],
      ['none', '#how', '', 'heading 2 of sage.html; this one has its beginning of sage.html'],
      ['a place of the engine', '#how', '#contents', 'this one has #contents of sage.html'],
    ])('leads to %s is a fault', (_, there, here, found) => {
      const faults = comparePlaces(there, here);
      expect(faults).toHaveLength(1);
      expect(faults[0]).toContain('places that differ');
      expect(faults[0]).toContain(found);
    });

    test('leads to the same one is none, under another name, and where the guide lags', () => {
      expect(comparePlaces('#when', '#متى')).toEqual([]);
      expect(comparePlaces('#when', `#${encodeURIComponent('متى')}`)).toEqual([]);
      expect(comparePlaces('#when', '#كيف', ['كيف'])).toEqual([]);
    });
  });
});
