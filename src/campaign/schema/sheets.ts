import { z } from 'astro/zod';
import { day, languageTag, line, localized, reference, versions, type Locales } from './fields.ts';
import { sources } from './evidence.ts';

/**
 * What a square of print can hold and a cheap phone still reads from an A6 card: version 15 of
 * ISO/IEC 18004 at level L.
 */
const maxBytesOfACode = 500;
const code = line(300).refine(
  (text) => Buffer.byteLength(text) <= maxBytesOfACode,
  `at most ${maxBytesOfACode} bytes in UTF-8 (Cyrillic letters have two): more makes a square that phones cannot read`,
);

/**
 * What is longer is cut off on paper, where the longest list of mirrors and keys is below it.
 */
const mostSignsOfAText = 800;
const text = z
  .array(line(400))
  .min(1, 'at least one paragraph')
  .max(6, 'at most 6 paragraphs')
  .refine(
    (paragraphs) => paragraphs.join('').length <= mostSignsOfAText,
    `at most ${mostSignsOfAText} characters in all paragraphs together: a folded sheet has no room for more`,
  );

/**
 * `leaflets/<id>.yaml`: one leaflet, which the engine sets as A4, folded A5 and A6 cards. Its
 * warning is on each of them.
 */
export const leaflet = (locales: Locales) =>
  z.strictObject({
    ...versions(locales),
    title: localized(line(40), locales),
    /** Who must not keep or pass on this paper. */
    warning: localized(line(200), locales),
    /** The cause in a sentence; with a figure it goes on after the newest number of that. */
    short: localized(line(240), locales),
    figure: reference.optional(),
    text: localized(text, locales),
    actions: z.array(reference).max(3, 'at most 3 actions').default([]),
    /** Where to find how, in one line under the cause: cards have no room for more. */
    where: localized(line(60), locales).optional(),
    /** The text that a printed square holds, so that nothing needs to be opened. */
    code: localized(code, locales),
    checked: day,
    sources: sources(locales),
  });
export type Leaflet = z.infer<ReturnType<typeof leaflet>>;

/**
 * `letters/<id>.yaml`: a sheet and postcards to write on by hand, with the rules in brief next to
 * them on the screen.
 */
export const letter = (locales: Locales) =>
  z.strictObject({
    ...versions(locales),
    title: localized(line(60), locales),
    warning: localized(line(300), locales),
    intro: localized(line(300), locales),
    rules: localized(
      z.array(line(200)).min(1, 'at least one rule').max(8, 'at most 8 rules'),
      locales,
    ),
    guide: reference.optional(),
    /**
     * The last line of every address, printed: the country as posts write it, in the script of the
     * sender and in its own. Without it there is an empty line.
     */
    country: z
      .array(z.strictObject({ name: line(30), language: languageTag.optional() }))
      .max(2, 'at most 2 names: a postcard has room for no more')
      .default([]),
    checked: day,
    sources: sources(locales),
  });
export type Letter = z.infer<ReturnType<typeof letter>>;
