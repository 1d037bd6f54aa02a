import { z } from 'astro/zod';
import { isPlainAddress } from './register.ts';
import {
  day,
  isOfferedState,
  languageTag,
  line,
  localized,
  nameOrNames,
  partialDate,
  reference,
  slug,
  state,
  versions,
  type Locales,
} from './fields.ts';
import { designation, signOfLife, sources, statement } from './evidence.ts';

/** What works has shown a sign of life: `apply-dates.ts` says from when on it is too old. */
const needsSign = ({ state: given, alive }: { state: string; alive?: unknown }): boolean =>
  given === 'live' && alive === undefined;
const signWanted = {
  path: ['alive'],
  message:
    'the newest sign of life, since state is "live": alive: { date: …, source: … }, or state: unverified',
};

/** What money can cost who pays and who receives it: names of files in `notices/`. */
const risk = z.strictObject({ payer: reference, recipient: reference });
const riskWanted = {
  path: ['risk'],
  message:
    'what it can cost both sides, since money is paid: risk: { payer: …, recipient: … }, names of files in notices/',
};

/**
 * `notices/<id>.yaml`: a warning that several records share, with its sources. The page of a record
 * shows it whole, lists its first words and the way there: what is seven times on a page is read by
 * nobody.
 */
export const notice = (locales: Locales) =>
  z.strictObject({
    ...versions(locales),
    short: localized(line(120), locales),
    text: localized(line(400), locales),
    checked: day,
    sources: sources(locales),
  });
export type NoticeRecord = z.infer<ReturnType<typeof notice>>;

/** `initiatives/<id>.yaml`: an organisation or platform of the directory. */
export const initiative = (locales: Locales) =>
  z
    .strictObject({
      ...versions(locales),
      name: nameOrNames(locales),
      aliases: z.array(line(80)).default([]),
      summary: localized(line(200), locales),
      tasks: localized(z.array(line(400)).min(1, 'at least one task'), locales).optional(),
      languages: z.array(languageTag).default([]),
      cost: z.enum(['free', 'donations', 'money', 'unknown']),
      since: partialDate.optional(),
      /** Ids of the sources of summary, tasks, languages, cost and since. */
      cites: z.array(slug).min(1, 'at least one id of "sources"'),
      state,
      alive: signOfLife(locales).optional(),
      today: z.array(statement(locales)).min(1, 'at least one statement'),
      /** Advice alone: what it claims belongs to "today", with a source. */
      safer: localized(line(500), locales).optional(),
      designation: designation(locales),
      risk: risk.optional(),
      notices: z.array(reference).default([]),
      order: z.int().default(100),
      checked: day,
      sources: sources(locales),
    })
    .refine((value) => !needsSign(value), signWanted)
    .refine(
      ({ cost, state: given, risk: named }) =>
        !isOfferedState(given) || named !== undefined || (cost !== 'money' && cost !== 'donations'),
      riskWanted,
    );
export type Initiative = z.infer<ReturnType<typeof initiative>>;

/** How long an action takes, the shortest first, and what one does. */
export const times = ['minutes', 'hour', 'month'] as const;
/** The order of the ways to help wherever several are shown: what costs nothing first, money last. */
export const kinds = ['write', 'press', 'tell', 'care', 'join', 'give'] as const;

/** `actions/<id>.yaml`: one thing that one can do, or was once asked to do. */
export const action = (locales: Locales) =>
  z
    .strictObject({
      ...versions(locales),
      title: localized(line(80), locales),
      text: localized(line(700), locales),
      /** One or two sentences: what lists show, instead of the text. */
      short: localized(line(160), locales).optional(),
      /** Where and how to do it, for leaflets: paper has no links. */
      onPaper: localized(line(150), locales).optional(),
      /** What its button says. It leads to the guide, or to the first initiative without one. */
      button: localized(line(30), locales).optional(),
      where: z.enum(['abroad', 'inside', 'both']),
      time: z.enum(times),
      kind: z.enum(kinds),
      state,
      reason: localized(line(500), locales).optional(),
      initiatives: z.array(reference).default([]),
      /**
       * Whether one pays for it. To be said where an initiative of it takes money; `kind: give`
       * says it by itself.
       */
      pays: z.boolean().optional(),
      risk: risk.optional(),
      notices: z.array(reference).default([]),
      update: reference.optional(),
      guide: reference.optional(),
      order: z.int().default(100),
      checked: day,
      sources: sources(locales),
    })
    .refine(({ button, guide, initiatives }) => !button || guide || initiatives.length > 0, {
      path: ['button'],
      message: '"guide" or "initiatives" too: the button leads there',
    })
    .refine((value) => value.state === 'live' || value.reason !== undefined, {
      path: ['reason'],
      message: 'a reason, since the action is not live',
    })
    .refine(
      ({ kind, pays, state: given, risk: named }) =>
        !isOfferedState(given) || named !== undefined || (kind !== 'give' && pays !== true),
      riskWanted,
    );
export type Action = z.infer<ReturnType<typeof action>>;

/**
 * Only hosts that answer at one name with one owner: https, a host in ASCII, and a path that ends
 * with a slash or is a file.
 */
const prefix = z
  .string()
  .regex(
    /^https?:\/\/[a-z0-9.-]+\/[^\s?#]*$/,
    'the beginning of an address, with its host and a slash: https://example.org/ or https://t.example/channel',
  )
  .refine(
    (text) => URL.canParse(text) && new URL(text).href === text,
    'an address as browsers write it, without /./, /../ or characters that have to be encoded',
  );

/** `sites/<id>.yaml`: addresses outside that the site may lead to (invariant 5). */
export const outsideSite = (locales: Locales) =>
  z
    .strictObject({
      prefixes: z.array(prefix).min(1, 'at least one prefix'),
      name: line(80),
      /** The page of the directory that alone may hold the link. */
      initiative: reference.optional(),
      state,
      alive: signOfLife(locales).optional(),
      designation: designation(locales),
      checked: day,
    })
    .refine((value) => !needsSign(value), signWanted);
export type OutsideSite = z.infer<ReturnType<typeof outsideSite>>;

/** `mirrors/<id>.yaml`: where a copy is, and until when it may be shown. */
export const mirror = (locales: Locales) =>
  z
    .strictObject({
      address: z
        .url({
          protocol: /^(https?|ipfs)$/,
          error: 'an address that begins with https://, http:// or ipfs://',
        })
        .refine(isPlainAddress, 'an address alone, without "?", "#", "@" or spaces'),
      kind: z.enum(['web', 'onion', 'ipfs']),
      note: localized(line(200), locales).optional(),
      since: day,
      until: day,
    })
    .refine(({ since, until }) => since <= until, {
      path: ['until'],
      error: 'a day not before "since"',
    });
export type Mirror = z.infer<ReturnType<typeof mirror>>;
