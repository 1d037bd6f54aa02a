/**
 * `interface/<lang>.yaml`: every string that the engine itself says. One file a language, each
 * complete.
 */
import { z } from 'astro/zod';
import { kinds } from './directory.ts';

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
      'print',
    ),
    previous: holding('title'),
    next: holding('title'),
    page: holding('number'),
  }),
  states: z.strictObject(texts('live', 'archived', 'dangerous', 'unverified')),
  stateMeanings: z.strictObject(texts('live', 'archived', 'dangerous', 'unverified')),
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
    aliveOf: holding('name', 'date'),
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
      'inside',
      'firstActions',
      'allActions',
      'days',
      'latest',
      'allUpdates',
      'privacy',
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
      'how',
      'why',
      'care',
      'askedIn',
      'asked',
      'askedNote',
      'filters',
      'byWhere',
      'byTime',
      'byKind',
      'byState',
      'byText',
      'abroad',
    ),
    filtered: holding('title', 'filter'),
    takes: holding('time'),
  }),
  times: z.strictObject(texts('minutes', 'hour', 'month')),
  kinds: z.strictObject(texts(...kinds)),
  kindTitles: z.strictObject(texts(...kinds)),
  guides: z.strictObject(texts('title', 'intro')),
  updates: z.strictObject({
    ...texts('title', 'intro', 'years', 'bySubject', 'about', 'reports', 'reportedIn'),
    yearTitle: holding('year'),
    searched: holding('date'),
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
  follow: z.strictObject({
    ...texts(
      'title',
      'intro',
      'care',
      'feeds',
      'choose',
      'rss',
      'atom',
      'json',
      'opml',
      'holds',
      'programs',
      'moved',
      'calendar',
      'calendarText',
      'calendarFile',
    ),
  }),
  kindsOfUpdate: z.strictObject(texts('digest', 'news', 'opinion', 'event', 'background')),
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
  costs: z.strictObject(texts('free', 'donations', 'money', 'unknown')),
  risk: z.strictObject(texts('payer', 'recipient', 'compare', 'more')),
  designation: z.strictObject({
    ...texts('title', 'sign', 'signUnknown', 'unknown', 'undated', 'consequence'),
    byAddress: holding('name'),
    decision: holding('label', 'decided', 'source'),
    none: holding('date', 'source'),
    again: holding('until'),
    past: holding('until'),
  }),
  day: z.strictObject(texts('editions', 'others', 'timeline', 'timelineIntro', 'mark')),
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
  carry: z.strictObject({
    ...texts('contents', 'all', 'book', 'text', 'current', 'newest'),
    size: holding('size'),
    check: holding('file'),
  }),
  mail: z.strictObject({
    title: holding('name', 'number'),
    ...texts('changed', 'check'),
  }),
  files: z.strictObject(texts('title', 'intro', 'list', 'apart', 'apartText')),
  sheets: z.strictObject({
    ...texts(
      'leaflets',
      'leafletsIntro',
      'printing',
      'poster',
      'posterHow',
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
      'country',
      'stamp',
      'dayPoster',
      'dayPosterHow',
      'dayPosterLine',
      'toLeaflets',
      'toLetters',
    ),
  }),
  search: z.strictObject({
    ...texts('title', 'ways', 'intro', 'needs', 'label', 'placeholder', 'more', 'failed'),
    ...texts('list', 'runs'),
    none: holding('query'),
    near: holding('query', 'other'),
    index: holding('letter'),
    some: counted,
  }),
  terms: z.strictObject(texts('title', 'intro', 'letters')),
  figure: z.strictObject({
    ...texts('date', 'value', 'source', 'marks', 'table', 'since', 'marked'),
    caption: holding('date', 'source'),
    about: holding('value'),
  }),
  missing: z.strictObject(texts('title', 'text', 'how')),
  root: z.strictObject({
    /** May hold {language}: not every language can put its own name into a sentence. */
    ...texts('way'),
  }),
  footer: z.strictObject({
    licence: holding('licence'),
  }),
  languageNames: z.record(z.string(), z.string()),
});
export type InterfaceStrings = z.infer<typeof interfaceStrings>;
