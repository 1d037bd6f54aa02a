/**
 * The small fields that several kinds of record share. Each message says what was expected, for
 * `read/validate.ts`.
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
 * The name of an entry of another collection: the path of its file below that collection's folder
 * (and language), without ending, such as `rake-club` or `2024/first-rain`. `collections.ts` has to
 * say of which collection: the type forces it.
 */
export const reference = z
  .string()
  .regex(
    /^[a-z0-9]+(?:-[a-z0-9]+)*(?:\/[a-z0-9]+(?:-[a-z0-9]+)*)*$/,
    'the name of a file without its ending, after its folders if it is in some: 2024/first-rain',
  )
  .max(120, 'at most 120 characters')
  .brand('reference');
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

/** Under this name a schema keeps its languages, for the JSON Schema that is made of it. */
export const languagesOf = 'x-languages';

/**
 * A text in the languages of the campaign: `{ en: …, fr: … }`. The main language must be there, the
 * others fall back to it.
 * @param item the schema of one language's value
 */
export function localized<T extends z.ZodType>(item: T, locales: Locales) {
  return z
    .record(z.string(), item)
    .superRefine((map, context) => {
      for (const tag of Object.keys(map)) {
        if (!locales.all.includes(tag)) {
          context.addIssue({
            code: 'custom',
            path: [tag],
            message: `a language of site.yaml: ${locales.all.join(', ')}`,
            params: { unknownLanguage: tag },
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
    })
    .meta({ [languagesOf]: locales });
}

/** A name that is the same in all languages, or a map of names. */
export const nameOrNames = (locales: Locales) =>
  z.union([line(120), localized(line(120), locales)]);

/**
 * Which version of the original a translation follows, and whether a native reader has read it:
 * `checked` is false, or a mark of the words that were read (`check/check-readings.ts`).
 */
export const translation = z
  .strictObject({
    of: z.int().min(1),
    checked: z.union([
      z.boolean(),
      z
        .string()
        .regex(/^read-[0-9a-f]{16}$/, 'false, or "read-" and 16 digits, which the build names'),
    ]),
  })
  .transform(({ of, checked }): { of: number; checked: boolean; read?: string } =>
    checked === false
      ? { of, checked }
      : { of, checked: true, read: checked === true ? '' : checked },
  );
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
