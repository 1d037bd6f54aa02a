import { z } from 'astro/zod';
import { isAnnual } from '../../kit/core/text/dates.ts';
import {
  day,
  line,
  localized,
  nameOrNames,
  partialDate,
  reference,
  versions,
  type Locales,
} from './fields.ts';
import { sources } from './evidence.ts';

/**
 * `dates/<id>.yaml`: a day of each year, an edition of the campaign's day, or an event of the
 * timeline.
 */
export const date = (locales: Locales) =>
  z
    .strictObject({
      ...versions(locales),
      kind: z.enum(['day', 'edition', 'event']),
      date: partialDate.optional(),
      /** The last day, where it lasted, or where only this much is known of when it was. */
      until: partialDate.optional(),
      annual: z.string().refine(isAnnual, 'a month and a day of the calendar: MM-DD').optional(),
      title: localized(line(100), locales),
      text: localized(line(700), locales),
      /** What the poster of the campaign's day says: what to do, and where to find how. */
      poster: z
        .strictObject({
          sentence: localized(line(60), locales),
          where: localized(line(60), locales),
        })
        .optional(),
      /** The update that reports it. */
      update: reference.optional(),
      sources: sources(locales),
    })
    .superRefine((value, context) => {
      const [wanted, other] =
        value.kind === 'day' ? (['annual', 'date'] as const) : (['date', 'annual'] as const);
      if (value[wanted] === undefined)
        context.addIssue({
          code: 'custom',
          path: [wanted],
          message: `"${wanted}", since kind is "${value.kind}"`,
        });
      if (value[other] !== undefined)
        context.addIssue({
          code: 'custom',
          path: [other],
          message: `"${wanted}" alone, since kind is "${value.kind}"`,
        });
      if (value.until !== undefined && !(value.date !== undefined && value.date < value.until))
        context.addIssue({ code: 'custom', path: ['until'], message: 'a date after "date"' });
    });
export type DateRecord = z.infer<ReturnType<typeof date>>;

/**
 * `figures/<id>.yaml`: numbers by date, each with its source; nothing is known between two points.
 */
export const figure = (locales: Locales) =>
  z.strictObject({
    ...versions(locales),
    title: localized(line(120), locales),
    note: localized(line(600), locales),
    points: z
      .array(
        z.strictObject({
          date: partialDate,
          value: z.int().min(0),
          approximate: z.boolean().default(false),
          source: nameOrNames(locales),
        }),
      )
      .min(1, 'at least one point'),
    /** What the marks under the axis are, where it is not what the interface calls them. */
    marksTitle: localized(line(60), locales).optional(),
    /** Home shows the first one. */
    order: z.int().default(100),
    /** Whether its chart is on the timeline, too. Texts and home have it where they name it. */
    timeline: z.boolean().default(true),
    marks: z
      .array(
        z.strictObject({
          date: partialDate,
          /** How many: written at its mark, if there is room. */
          value: z.int().min(0).optional(),
          text: localized(line(200), locales),
          sources: sources(locales).optional(),
        }),
      )
      .default([]),
    sources: sources(locales),
  });
export type Figure = z.infer<ReturnType<typeof figure>>;

/**
 * `voices/<id>.yaml`: words of one person who speaks in public under this name, from where speaking
 * harms nobody, quoted from one source. Never of a person in the country without consent.
 */
export const voice = (locales: Locales) =>
  z.strictObject({
    ...versions(locales),
    /** In the quotation marks of its language. */
    quote: localized(line(240), locales),
    name: localized(line(80), locales),
    /** Who this is, in a few words. */
    about: localized(line(120), locales),
    checked: day,
    sources: sources(locales),
  });
export type Voice = z.infer<ReturnType<typeof voice>>;
