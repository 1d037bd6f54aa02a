import { z } from 'astro/zod';
import {
  day,
  line,
  localized,
  partialDate,
  reference,
  state,
  translation,
  type Locales,
} from './fields.ts';
import { sources } from './evidence.ts';
import { identifier } from './identifier.ts';

/** What guides and updates have in common: a text with a state, dates and sources. */
const text = (locales: Locales) => ({
  title: line(80),
  description: line(200, 40),
  state,
  /** Raised with each change of meaning, so that translations can lag visibly. */
  version: z.int().min(1),
  published: day,
  checked: day,
  sources: sources(locales),
  translation: translation.optional(),
  /**
   * What a mistake of a translator could cost a reader. Translations have what their original has.
   */
  touches: z.array(z.enum(['law', 'safety', 'money'])).default([]),
});

/** `guides/<lang>/<slug>.mdx`: standing pages. */
export const guide = (locales: Locales) =>
  z.strictObject({
    ...text(locales),
    order: z.int().default(100),
    /**
     * Whether a list of contents may come before the text; what the original says holds for its
     * translations.
     */
    contents: z.boolean().default(true),
    /**
     * Whether it is about copies of the site, not about the cause: the list of guides is without
     * it, and the page of copies has it.
     */
    manual: z.boolean().default(false),
    /** Whether the drawing of the campaign is next to the title. */
    drawing: z.boolean().default(false),
    /**
     * What one can begin with: the first button of the page of the campaign's day leads to this
     * heading of the text.
     */
    start: z.strictObject({ label: line(40), heading: line(80) }).optional(),
  });
export type Guide = z.infer<ReturnType<typeof guide>>;

export const updateKinds = ['digest', 'news', 'opinion', 'event', 'background'] as const;

/**
 * `updates/<lang>/<year>/<name>.md`: dated items. Folder and name become the address, so that a
 * corrected date moves nothing.
 */
export const update = (locales: Locales) =>
  z.strictObject({
    ...text(locales),
    id: identifier,
    date: partialDate,
    period: z
      .strictObject({ from: day, to: day })
      .refine(({ from, to }) => from <= to, 'a period that ends after it begins')
      .optional(),
    kind: z.enum(updateKinds),
    publisher: line(120),
    /** What it is about: names of files in `subjects/`. */
    subjects: z.array(reference).default([]),
  });
export type Update = z.infer<ReturnType<typeof update>>;

/** `subjects/<id>.yaml`: what updates can be about. Each has a list of its own. */
export const subject = (locales: Locales) =>
  z.strictObject({
    name: localized(line(60), locales),
    description: localized(line(200), locales),
    order: z.int().default(100),
  });
export type Subject = z.infer<ReturnType<typeof subject>>;

/** An index lists words, one by one. */
const singleWord = line(40).regex(/^\S+$/, 'one word: the index of words has no phrases');

/**
 * `synonyms/<id>.yaml`: a word as the texts write it, and other spellings and words by which readers
 * look for the same. They lead to the same places in the search and in the index of words; no page
 * shows them.
 */
export const synonym = (locales: Locales) =>
  z.strictObject({
    word: localized(singleWord, locales),
    /** In all languages, as those of `word`: names in other letters, spellings of other countries. */
    also: z.array(singleWord).default([]),
    /** In one language alone. */
    alsoIn: z.partialRecord(z.enum(locales.all), z.array(singleWord)).default({}),
  });

/**
 * Guides whose body belongs to a page of the engine, by slug. The others are at
 * guide/<slug>.html.
 */
export const standingGuides = ['home', 'day', 'about', 'mirrors', 'actions-inside'] as const;
export type StandingGuide = (typeof standingGuides)[number];
export const isStanding = (name: string): name is StandingGuide =>
  (standingGuides as readonly string[]).includes(name);
