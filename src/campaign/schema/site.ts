import { z } from 'astro/zod';
import { font, menu, sections } from './appearance.ts';
import { isPlainAddress } from './register.ts';
import { hiddenCharacter } from '../../kit/core/text/bytes.ts';
import { day, languageTag, line, localeTag, localized, slug, type Locales } from './fields.ts';
import { campaignKeys } from './keys.ts';
import { archiveKinds } from '../../kit/core/edition/edition-files.ts';

const colour = z.string().regex(/^#[0-9a-f]{6}$/i, 'a colour such as #b3121f');

/**
 * What goes above all else. The main language's becomes a line of EDITION.txt: 300 characters are
 * at most 900 bytes, which fit there.
 */
const notice = line(300).refine(
  (text) => text === text.normalize('NFC') && !hiddenCharacter.test(text),
  'one line of visible characters, in the form NFC',
);

const language = z.strictObject({
  tag: languageTag,
  /** The language's own name of itself. */
  name: line(40),
  direction: z.enum(['ltr', 'rtl']).default('ltr'),
  /**
   * The tag by which dates and numbers are set, if a more exact one than `tag` is wanted: en-GB, or
   * fa-u-ca-gregory-nu-latn for another calendar and other digits.
   */
  locale: localeTag.optional(),
});

/** The first look at `site.yaml`: only the languages, which all other schemas need. */
export const languages = z.looseObject({
  main: languageTag,
  languages: z
    .array(language)
    .min(1, 'at least one language')
    .refine(
      (list) => new Set(list.map((item) => item.tag.toLowerCase())).size === list.length,
      'each language once',
    ),
});

const svgFile = z.string().regex(/^[a-z0-9-]+\.svg$/, 'the name of an SVG file next to site.yaml');

/**
 * A page below its language, as links in texts name it, without the slash: `guide/letters.html`.
 */
const pageName = z
  .string()
  .regex(/^([a-z0-9-]+\/)?[a-z0-9-]+\.html$/, 'a page such as guide/letters.html');

/**
 * What the first screen of home says. All of it may be missing: then it has the title of the text
 * and the ways that every campaign has. `check/check-home.ts` looks up what is named here.
 */
const home = (locales: Locales) =>
  z.strictObject({
    /** A file of `figures/`: home shows its newest number, large, and what it is a number of. */
    figure: z
      .strictObject({
        id: slug,
        /** Goes on after the number: "people were in prison on {date}", the day of the number. */
        headline: localized(line(140), locales),
        caption: localized(line(240), locales),
      })
      .optional(),
    /** A file of `voices/`. */
    voice: slug.optional(),
    /** The buttons, the first one filled; the menu has the first one too. */
    ways: z
      .array(z.strictObject({ page: pageName, label: localized(line(24), locales) }))
      .max(2, 'at most two: a phone shows them, and the way for readers inside, on one screen')
      .default([]),
    /** Files of `actions/`, in the order of home. Without them, the first ones of the list. */
    actions: z.array(slug).max(3, 'at most three').optional(),
    /** Below the buttons: what the one for readers inside leads to. */
    inside: localized(line(140), locales).optional(),
    /** What is below all this, in this order; what a campaign has nothing of is left out. */
    sections,
  });

/** `site.yaml`: all identity of a campaign. */
export const site = (tags: readonly string[], main: string) => {
  const locales = { main, all: tags };
  return z.strictObject({
    id: slug,
    main: z.enum(tags as [string, ...string[]]),
    languages: languages.shape.languages,
    name: localized(line(60), locales),
    description: localized(line(200, 20), locales),
    /** Line under the name on the root page. */
    motto: localized(line(160), locales),
    accent: z.strictObject({ light: colour, dark: colour }),
    font,
    /** In this order; what a campaign has nothing of is left out. */
    menu,
    /** An SVG file of the campaign folder. */
    ornament: svgFile,
    /** Another one: a picture for home and the root page, always on a dark ground. */
    drawing: svgFile.optional(),
    /** A third one, in black and white: the front of postcards. */
    postcard: svgFile.optional(),
    home: home(locales).prefault({}),
    /** The campaign's day: a file of `dates/` of the kind "day". */
    day: slug.optional(),
    /**
     * Present only if the campaign has one address that it stands by. Feeds and the share text use
     * it, nothing else.
     */
    canonical: z
      .url({ protocol: /^https?$/, error: 'an address such as https://example.org/ ' })
      .regex(/\/$/, 'an address that ends with /')
      .refine(
        isPlainAddress,
        'an address alone, without "?", "#" or characters that have to be encoded',
      )
      .optional(),
    /** The day on which the editors last looked for news; pages with news say it. */
    searched: day.optional(),
    textLicence: line(120),
    /**
     * Which archives a build puts into `download/`. Each has every byte of the site once more: a
     * CAR (for IPFS) is about as large as all files together.
     */
    archives: z
      .array(z.enum(archiveKinds))
      .min(1, 'at least one: whoever takes the site home needs it whole')
      .refine((kinds) => new Set(kinds).size === kinds.length, 'each kind once')
      .default([...archiveKinds]),
    /** What the country calls the ways in which it bans, by the kind that a decision names. */
    bans: z.record(slug, localized(line(80), locales)).default({}),
    /**
     * Languages of people who may be in the country: their pages print an address outside as text,
     * since a thumb can slip.
     */
    readersAtRisk: z.array(z.enum(tags as [string, ...string[]])).default([]),
    /** Whoever must have signed an edition. Without it no copy can be proven. */
    keys: campaignKeys.optional(),
    /** Stands above every page: that the campaign has stopped, that a key was lost. */
    notice: localized(notice, locales).optional(),
  });
};
export type Site = z.infer<ReturnType<typeof site>>;
export type Language = z.infer<typeof language>;
