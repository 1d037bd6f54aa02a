/**
 * `interface/<lang>.yaml`: every string that the engine itself says. One file a language, each
 * complete.
 */
import { z } from 'astro/zod';

/** Braces hold what the engine puts in. A string that lost one would lose a date or a number. */
const holding = (...names: string[]) =>
  z.string().superRefine((text, context) => {
    for (const name of names) {
      if (!text.includes(`{${name}}`))
        context.addIssue({ code: 'custom', message: `a text with {${name}} in it` });
    }
  });
const texts = <K extends string>(...keys: K[]) =>
  Object.fromEntries(
    keys.map((key) => [key, z.string().regex(/\p{L}/u, 'a text with letters')]),
  ) as Record<K, z.ZodString>;
/**
 * By plural category of the language (Unicode CLDR: one, few, many, other); "other" is always
 * needed.
 */
const form = holding('count').optional();
const counted = z.strictObject({
  zero: form,
  one: form,
  two: form,
  few: form,
  many: form,
  other: holding('count'),
});

export const interfaceStrings = z.strictObject({
  nav: z.strictObject({
    ...texts(
      'skip',
      'menu',
      'home',
      'actions',
      'guides',
      'day',
      'updates',
      'initiatives',
      'mirrors',
      'about',
      'search',
      'inside',
      'languages',
      'trail',
      'contents',
      'neighbours',
      'pages',
    ),
    previous: holding('title'),
    next: holding('title'),
    page: holding('number'),
  }),
  states: z.strictObject({
    ...texts('live', 'archived', 'dangerous', 'unverified'),
  }),
  stateMeanings: z.strictObject({
    ...texts('live', 'archived', 'dangerous', 'unverified'),
  }),
  page: z.strictObject({
    ...texts('sources', 'readOriginal', 'recordsUnchecked'),
    checked: holding('date'),
    reported: holding('date'),
    period: holding('from', 'to'),
    publisher: holding('name'),
    fallback: holding('language'),
    unchecked: holding('version'),
    nativeChecked: holding('version'),
    alive: holding('date'),
    aliveFrom: holding('date', 'source'),
    lag: counted,
    recordsBehind: counted,
  }),
  edition: z.strictObject({
    ...texts('check'),
    draft: holding('number'),
    line: holding('number', 'date', 'until'),
  }),
  home: z.strictObject({
    ...texts(
      'languagesTitle',
      'start',
      'abroad',
      'abroadText',
      'inside',
      'insideText',
      'firstActions',
      'allActions',
      'days',
      'latest',
      'allUpdates',
    ),
  }),
  actions: z.strictObject({
    ...texts(
      'title',
      'intro',
      'insideFirst',
      'insideTitle',
      'archiveTitle',
      'archiveIntro',
      'archiveLink',
      'through',
      'readFirst',
      'why',
      'care',
      'askedIn',
      'asked',
      'askedNote',
      'askedPage',
      'filters',
      'byWhere',
      'byTime',
      'byKind',
      'byState',
      'byText',
      'abroad',
    ),
    askedTitle: holding('title'),
    filtered: holding('title', 'filter'),
  }),
  times: z.strictObject({
    ...texts('minutes', 'hour', 'month'),
  }),
  timeTitles: z.strictObject({
    ...texts('minutes', 'hour', 'month'),
  }),
  kinds: z.strictObject({
    ...texts('write', 'tell', 'press', 'give', 'join', 'care'),
  }),
  guides: z.strictObject({
    ...texts('title', 'intro'),
  }),
  updates: z.strictObject({
    ...texts(
      'title',
      'intro',
      'years',
      'feed',
      'atom',
      'bySubject',
      'about',
      'reports',
      'reportedIn',
    ),
    yearTitle: holding('year'),
  }),
  feeds: z.strictObject({
    ...texts('warning', 'endedText'),
    state: holding('state', 'title'),
    changed: holding('title'),
    copies: holding('copies'),
    copy: holding('address'),
    ended: holding('address'),
    struckOut: holding('text'),
  }),
  kindsOfUpdate: z.strictObject({
    ...texts('digest', 'news', 'opinion', 'event', 'background'),
  }),
  initiatives: z.strictObject({
    ...texts(
      'title',
      'intro',
      'works',
      'past',
      'tasks',
      'today',
      'safer',
      'languages',
      'cost',
      'since',
      'aliases',
      'outbound',
      'outboundWarning',
      'outboundNone',
      'site',
    ),
  }),
  costs: z.strictObject({
    ...texts('free', 'donations', 'money', 'unknown'),
  }),
  risk: z.strictObject({
    ...texts('payer', 'recipient', 'compare', 'more'),
  }),
  designation: z.strictObject({
    ...texts('title', 'sign', 'signUnknown', 'unknown', 'undated', 'consequence'),
    byAddress: holding('name'),
    decision: holding('label', 'decided', 'source'),
    none: holding('date', 'source'),
    again: holding('until'),
    past: holding('until'),
  }),
  day: z.strictObject({
    ...texts('editions', 'others', 'timeline', 'timelineIntro'),
  }),
  mirrors: z.strictObject({
    ...texts(
      'list',
      'none',
      'keys',
      'keysNote',
      'keysNone',
      'keyId',
      'past',
      'signed',
      'unsigned',
      'rebuiltNone',
      'downloads',
      'storage',
      'downloadsNote',
      'zip',
      'car',
      'sums',
      'share',
      'shareNote',
    ),
    until: holding('date'),
    keysNeeded: holding('needed', 'count'),
    pastEdition: holding('number', 'date'),
    rebuilt: counted,
    shareText: holding('name', 'motto'),
  }),
  files: z.strictObject({
    ...texts('title', 'intro', 'list', 'apart', 'apartText'),
  }),
  sheets: z.strictObject({
    ...texts(
      'leaflets',
      'leafletsIntro',
      'printing',
      'poster',
      'fold',
      'foldHow',
      'cards',
      'cardsHow',
      'copies',
      'blank',
      'key',
      'unsigned',
      'code',
      'letterHow',
      'from',
      'to',
      'stamp',
      'toLeaflets',
      'toLetters',
    ),
  }),
  search: z.strictObject({
    ...texts('title', 'intro', 'needs', 'label', 'placeholder', 'more', 'failed', 'list', 'runs'),
    none: holding('query'),
    some: counted,
  }),
  figure: z.strictObject({
    ...texts('date', 'value', 'source', 'marks', 'table'),
    about: holding('value'),
  }),
  missing: z.strictObject({
    ...texts('title', 'text', 'how'),
  }),
  root: z.strictObject({
    way: holding('language'),
  }),
  footer: z.strictObject({
    licence: holding('licence'),
  }),
  languageNames: z.record(z.string(), z.string()),
});
export type InterfaceStrings = z.infer<typeof interfaceStrings>;
