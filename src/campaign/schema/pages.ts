import { z } from 'astro/zod';
import {
  day,
  line,
  localized,
  partialDate,
  reference,
  sources,
  state,
  translation,
  type Locales,
} from './fields.ts';

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
     * Whether a list of contents may stand before the text; what the original says holds for its
     * translations.
     */
    contents: z.boolean().default(true),
  });
export type Guide = z.infer<ReturnType<typeof guide>>;

/** `updates/<lang>/<slug>.md`: dated items. */
export const update = (locales: Locales) =>
  z.strictObject({
    ...text(locales),
    date: partialDate,
    period: z
      .strictObject({ from: day, to: day })
      .refine(({ from, to }) => from <= to, 'a period that ends after it begins')
      .optional(),
    kind: z.enum(['digest', 'news', 'opinion', 'event', 'background']),
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

/**
 * Guides whose body belongs to a page of the engine, by slug. The others are at
 * guide/<slug>.html.
 */
export const standingGuides = ['home', 'day', 'about', 'mirrors', 'actions-inside'] as const;
export type StandingGuide = (typeof standingGuides)[number];
export const isStanding = (name: string): name is StandingGuide =>
  (standingGuides as readonly string[]).includes(name);
