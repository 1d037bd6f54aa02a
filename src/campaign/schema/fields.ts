/**
 * The small fields that several kinds of record share. Each message says what was expected, for
 * `campaign/validate.ts`.
 */
import { z } from 'astro/zod';
import { isCalendarDate } from '../../kit/core/text/dates.ts';

/** States of pages, initiatives and actions: what a reader may rely on. */
export const states = ['live', 'archived', 'dangerous', 'unverified'] as const;
export const state = z.enum(states);
export type State = z.infer<typeof state>;
/** Whether what has this state is offered to readers, or only kept as a record. */
export const isOfferedState = (state: State): boolean => state === 'live' || state === 'unverified';

/** YAML reads an unquoted 2015 as a number. It is a year all the same. */
const yearAsText = (value: unknown) => (typeof value === 'number' ? String(value) : value);

/** The tag of a language (BCP 47), as Intl knows its form. */
export const languageTag = z
  .string()
  .refine(
    (text) => /^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/.test(text) && isLanguageTag(text),
    'a language tag such as en, be or be-tarask',
  );
function isLanguageTag(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/**
 * A language tag with its conventions for dates and numbers, such as en-GB; `-u-ca-…` chooses the
 * calendar, `-nu-…` the digits (RFC 6067), from those that Intl knows.
 */
export const localeTag = z
  .string()
  .refine(
    (text) => isLocale(text),
    'a language tag such as en-GB, or one that chooses calendar and digits: fa-u-ca-gregory-nu-latn',
  );
function isLocale(text: string): boolean {
  const [, tag = '', extension = ''] =
    /^(.*?)(-u(?:-(?:ca|nu)(?:-[a-z0-9]{3,8})+)+)?$/.exec(text) ?? [];
  if (!languageTag.safeParse(tag).success) return false;
  if (extension === '') return true;
  const { calendar, numberingSystem } = new Intl.Locale(text);
  const known = new Intl.DateTimeFormat([text, 'en']).resolvedOptions();
  return (
    (calendar === undefined || calendar === known.calendar) &&
    (numberingSystem === undefined || numberingSystem === known.numberingSystem)
  );
}

/** A date as exact as it is known: YYYY, YYYY-MM or YYYY-MM-DD. */
export const partialDate = z.preprocess(
  yearAsText,
  z.string().refine(isCalendarDate, 'a date of the calendar: YYYY, YYYY-MM or YYYY-MM-DD'),
);

/** A whole day: YYYY-MM-DD. */
export const day = z
  .string()
  .refine(
    (text) => text.length === 10 && isCalendarDate(text),
    'a day of the calendar: YYYY-MM-DD',
  );

/**
 * The name of a file, an address or a record. Windows, case-folding disks and gateways agree on
 * these characters.
 */
export const slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'a name of a-z, 0-9 and single hyphens')
  .max(60, 'at most 60 characters');

/**
 * The name of an entry of another collection. `collections.ts` has to say of which: the type forces
 * it.
 */
export const reference = slug.brand('reference');
export type Reference = z.output<typeof reference>;

/** Plain text of one paragraph. */
export const line = (most: number, least = 1) =>
  z
    .string()
    .trim()
    .min(least, `at least ${least} characters`)
    .max(most, `at most ${most} characters`)
    .regex(/[\p{L}\p{N}]/u, 'a text with letters');

/** The languages of a campaign, as the schemas need them. */
export interface Locales {
  main: string;
  all: readonly string[];
}

/**
 * A text in the languages of the campaign: `{ en: …, fr: … }`. The main language must be there, the
 * others fall back to it.
 * @param item the schema of one language's value
 */
export function localized<T extends z.ZodType>(item: T, locales: Locales) {
  return z.record(z.string(), item).superRefine((map, context) => {
    for (const tag of Object.keys(map)) {
      if (!locales.all.includes(tag)) {
        context.addIssue({
          code: 'custom',
          path: [tag],
          message: `a language of site.yaml: ${locales.all.join(', ')}`,
        });
      }
    }
    if (!(locales.main in map)) {
      context.addIssue({
        code: 'custom',
        path: [],
        message: `a text in the main language: "${locales.main}: …"`,
      });
    }
  });
}

/** A name that is the same in all languages, or a map of names. */
export const nameOrNames = (locales: Locales) =>
  z.union([line(120), localized(line(120), locales)]);

/**
 * What a claim rests on: a name and the date of the source, never an address (invariant 5 of the
 * design).
 */
export const source = (locales: Locales) =>
  z.strictObject({
    /**
     * The name by which claims of the same file cite it: `<Source id="…" />` in a text, `cites` in
     * a record.
     */
    id: slug.optional(),
    name: nameOrNames(locales),
    date: partialDate.optional(),
    until: partialDate.optional(),
  });
export type Source = z.infer<ReturnType<typeof source>>;
export const sources = (locales: Locales) =>
  z
    .array(source(locales))
    .min(1, 'at least one source')
    .superRefine((list, context) => {
      list.forEach(({ id }, index) => {
        if (id === undefined || list.findIndex((other) => other.id === id) === index) return;
        context.addIssue({
          code: 'custom',
          path: [index, 'id'],
          message: 'an id that no other source of this file has',
        });
      });
    });

/**
 * What a decision of the authorities or a sign of life rests on: one source, with the day from
 * which it is.
 */
const datedSource = (locales: Locales) =>
  z.strictObject({ name: nameOrNames(locales), date: partialDate.optional() });

/**
 * One decision by which an organisation or address was banned. `kind` is a key of `bans` in
 * site.yaml, which holds what the country calls it. `until` is the day by which somebody has to
 * look again; `expired` is for the engine (`apply-dates.ts`).
 */
const decision = (locales: Locales) =>
  z
    .strictObject({
      kind: slug,
      /** Who decided; left out where no source says it. */
      body: nameOrNames(locales).optional(),
      /** When; left out where no source says it. */
      date: partialDate.optional(),
      source: datedSource(locales),
      until: day,
    })
    .superRefine(({ date, until }, context) => {
      if (date === undefined || until > date) return;
      context.addIssue({ code: 'custom', path: ['until'], message: 'a day after "date"' });
    })
    .transform((value) => ({ ...value, expired: false }));

/**
 * That somebody has read the official lists and found nothing there, which only such a reading may
 * say.
 */
const clearance = (locales: Locales) =>
  z
    .strictObject({ date: partialDate, source: nameOrNames(locales), until: day })
    .superRefine(({ date, until }, context) => {
      if (until <= date)
        context.addIssue({ code: 'custom', path: ['until'], message: 'a day after "date"' });
    });

/**
 * Whether the authorities of the country have banned an organisation or address: what makes a link
 * dangerous to its reader. A file lists the decisions; the status follows from them, so that no
 * file can call free what a decision has banned.
 */
export const designation = (locales: Locales) =>
  z
    .strictObject({
      decisions: z.array(decision(locales)).default([]),
      cleared: clearance(locales).optional(),
    })
    .superRefine(({ decisions, cleared }, context) => {
      if (decisions.length === 0 || cleared === undefined) return;
      context.addIssue({
        code: 'custom',
        path: ['cleared'],
        message: '"decisions" alone: what a decision has banned is not free',
      });
    })
    .transform((value) => ({ ...value, status: statusOf(value), expired: false }));

/** No decision found is no all-clear: unknown counts as banned (invariant 5). */
const statusOf = ({
  decisions,
  cleared,
}: {
  decisions: unknown[];
  cleared?: unknown;
}): DesignationStatus =>
  decisions.length > 0 ? 'designated' : cleared === undefined ? 'unknown' : 'none';
export type DesignationStatus = 'designated' | 'none' | 'unknown';

/**
 * The newest sign that somebody still runs it. Without one it is not offered as something that
 * works.
 */
export const signOfLife = (locales: Locales) =>
  z.strictObject({ date: partialDate, source: nameOrNames(locales) });
export type SignOfLife = z.infer<ReturnType<typeof signOfLife>>;

/** One claim, with the ids of the sources of its file that it rests on. */
export const statement = (locales: Locales) =>
  z.strictObject({
    text: localized(line(500), locales),
    cites: z
      .array(slug)
      .min(1, 'at least one id of "sources": a claim without a source is left out'),
  });

/** Which version of the original a translation follows, and whether a native reader has read it. */
export const translation = z.strictObject({ of: z.int().min(1), checked: z.boolean() });
export type Translation = z.infer<typeof translation>;

/**
 * In records the languages are side by side: `version` is that of the main language's texts,
 * raised with each change of meaning; `translations` says what the others follow. One that is not
 * named follows version 1 and is not checked.
 */
export const versions = (locales: Locales) => ({
  version: z.int().min(1).default(1),
  translations: z
    .record(z.string(), translation)
    .default({})
    .superRefine((map, context) => {
      for (const tag of Object.keys(map)) {
        if (locales.all.includes(tag) && tag !== locales.main) continue;
        context.addIssue({
          code: 'custom',
          path: [tag],
          message:
            'a language of site.yaml that is translated into: ' +
            `${locales.all.filter((other) => other !== locales.main).join(', ')}`,
        });
      }
    }),
});
