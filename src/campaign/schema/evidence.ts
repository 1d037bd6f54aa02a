/**
 * What a file says of where its words come from: sources and what cites them, dated traces of
 * activity, and what the authorities have decided. All of it is dated (invariant 9 of the design).
 */
import { z } from 'astro/zod';
import { day, line, localized, nameOrNames, partialDate, slug, type Locales } from './fields.ts';

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
