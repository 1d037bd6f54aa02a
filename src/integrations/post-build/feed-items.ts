import {
  carryStates,
  ended,
  listed,
  listStates,
  parseValue,
  textValue,
  type KnownState,
} from '../../campaign/editions/states.ts';
import { statesBefore, type Records } from '../../campaign/read-campaign.ts';
import type { CollectionName } from '../../campaign/schema/collections.ts';
import type { Entries, Entry } from '../../campaign/schema/entries.ts';
import type { InterfaceStrings } from '../../campaign/schema/interface.ts';
import type { Language } from '../../campaign/schema/site.ts';
import { formatDate } from '../../kit/core/text/dates.ts';
import { entryPage } from '../../lib/entry-page.ts';
import { readItemMark, type TextItem } from '../../lib/item-mark.ts';
import { plainText } from '../../lib/localized-text.ts';
import { interpolate, pickLanguage } from '../../lib/words.ts';
import { attributeOf, type BuiltPage } from './built-page.ts';
import type { Dist } from './dist.ts';
import { serializeForFeed } from './feed-html.ts';
import { markOf } from './marks.ts';

/** One thing that a subscriber reads once. */
export interface FeedItem {
  /**
   * What its identifier is made of, below the campaign: the same on every mirror and in every
   * build.
   */
  identity: string;
  title: string;
  /** The language of title and text, which may be that of an original. */
  language: string;
  description: string;
  html: string;
  /** YYYY-MM-DD, from the campaign. */
  published: string;
  updated: string;
  /** The page that it is about, with its fragment. */
  path: string | undefined;
  author: string | undefined;
  subjects: readonly { id: string; name: string }[];
}

/** What the items of all languages are made of. */
export interface FeedSource {
  dist: Dist;
  records: Records;
  /** Pages that are texts, by the name under which editions know them: `updates/en/first-rain`. */
  texts: ReadonlyMap<string, { page: BuiltPage; item: TextItem }>;
  /** What has changed since an edition before, as it is now. */
  changes: readonly KnownState[];
  dateOf: (edition: number) => string;
}

/** Newest texts that a feed holds in full. */
const maxTexts = 50;
/** Newest changes. */
const maxChanges = 50;

/** Finds in pages and records what feeds hold. */
export function readFeedSource(dist: Dist, records: Records): FeedSource {
  const texts = new Map(
    dist.pages.flatMap((page) => {
      const main = page.elements.find(({ tagName }) => tagName === 'main');
      const mark = main && markOf(main, 'data-item');
      if (!mark) return [];
      const item = readItemMark(mark);
      return [[item.name, { page, item }] as const];
    }),
  );
  const { build, editions, entries, day } = records;
  const now = listStates(entries);
  for (const [name, { item }] of texts) now.set(name, textValue(item));
  const number = 'of' in build ? build.of : build.number;
  const dates = new Map(editions.map(({ edition }) => [edition.number, edition.date]));
  return {
    dist,
    records,
    texts,
    changes: carryStates(statesBefore(editions, build), now, number).filter(
      ({ first, since }) => since > first,
    ),
    dateOf: (edition) => dates.get(edition) ?? day,
  };
}

/** The items of a language's feed: warnings of the whole campaign first, then the newest. */
export function collectItems(source: FeedSource, language: Language): FeedItem[] {
  const { entries, site } = source.records;
  const strings = entries.interface.find(({ slug }) => slug === language.tag)?.data;
  if (!strings)
    throw new Error(`interface/${language.tag}.yaml is missing, and the reader let it pass.`);
  const context: LanguageContext = {
    ...source,
    language,
    strings,
    localize: (words) => plainText(pickLanguage(words, language.tag, site.main)),
    date: (text) => formatDate(text, language.locale ?? language.tag),
  };
  const newest = (items: { item: FeedItem; order: string }[], max: number) =>
    items.sort((a, b) => (a.order < b.order ? 1 : -1)).slice(0, max);
  const changes = source.changes.flatMap((change) => {
    const item = describeChange(context, change);
    const rank = isWarning(change) ? 4 : 2;
    return item ? [{ item, order: `${item.updated} ${rank} ${change.name}` }] : [];
  });
  const texts = listTexts(context).map(({ page, item }) => ({
    item: describeText(context, page, item),
    order: `${item.published} 1 ${item.date} ${page.path}`,
  }));
  const others = [...describeNotices(context), ...describeMirrors(context)].map((item) => ({
    item,
    order: `${item.updated} 3 ${item.identity}`,
  }));
  return [
    ...describeSiteNotice(context),
    ...newest(
      [...others, ...newest(changes, maxChanges), ...newest(texts, maxTexts)],
      Infinity,
    ).map(({ item }) => item),
  ];
}

/** What can endanger whoever has not read it comes before other news of its day. */
const isWarning = ({ value }: KnownState): boolean =>
  value === ended || /\/(?:dangerous|designated)\b/.test(value);

interface LanguageContext extends FeedSource {
  language: Language;
  strings: InterfaceStrings;
  localize: (words: string | Readonly<Record<string, string>>) => string;
  date: (text: string) => string;
}

/** What the language's own list holds: its texts, and the originals of updates that it has not. */
function listTexts({ texts, language: { tag }, records: { site } }: LanguageContext) {
  const bySlug = Map.groupBy(
    [...texts.values()].filter(({ item }) => !item.standing),
    ({ item: { name } }) => name.replace(/\/[^/]+/, ''),
  );
  return [...bySlug].flatMap(([slug, versions]) => {
    const own = versions.find(({ page }) => page.language === tag);
    if (own || !slug.startsWith('updates/')) return own ? [own] : [];
    return (
      versions.find(({ page }) => page.language === site.main) ??
      versions.find(({ item }) => !item.translation) ??
      []
    );
  });
}

function describeText(context: LanguageContext, page: BuiltPage, item: TextItem): FeedItem {
  const { language, strings, localize, records, changes, dateOf } = context;
  const heading = page.elements.find(({ tagName }) => tagName === 'h1');
  const meta = page.elements.find(
    (element) => element.tagName === 'meta' && attributeOf(element, 'name') === 'description',
  );
  const change = changes.find(({ name }) => name === item.name);
  const isOriginal = page.language !== language.tag;
  const original = interpolate(strings.page.fallback, {
    language:
      records.site.languages.find(({ tag }) => tag === page.language)?.name ?? page.language,
  });
  const html = htmlOf(context, page);
  return {
    identity: page.path,
    title: heading?.childNodes.map((node) => ('value' in node ? node.value : '')).join('') ?? '',
    language: page.language,
    description: [
      ...stateWords(strings, item.state),
      ...(isOriginal ? [original] : []),
      (meta && attributeOf(meta, 'content')) ?? '',
    ].join(' '),
    html: isOriginal
      ? `<p lang="${language.tag}" dir="${language.direction}">${escape(original)}</p><div lang="${page.language}" dir="auto">${html}</div>`
      : html,
    published: item.published,
    updated: change ? dateOf(change.since) : item.published,
    path: page.path,
    author: item.publisher,
    subjects: records.entries.subjects
      .filter(({ slug }) => item.subjects?.includes(slug))
      .map(({ slug, data }) => ({ id: slug, name: localize(data.name) })),
  };
}

/** What is not plainly valid says so before anything else. */
const stateWords = ({ states, stateMeanings }: InterfaceStrings, state: string): string[] =>
  state === 'live' || !isState(states, state) ? [] : [`${states[state]}.`, stateMeanings[state]];

const isState = <T extends object>(states: T, state: string): state is keyof T & string =>
  Object.hasOwn(states, state);

/**
 * A change as an item of its own. Its identifier is made of what has changed, what it is now and
 * the edition that says so: readers keep the first item of an identifier, and would miss a second
 * warning.
 */
function describeChange(context: LanguageContext, change: KnownState): FeedItem | undefined {
  const { strings, texts, records, language, localize, dateOf } = context;
  const { name, since, value } = change;
  const [collection = '', ...rest] = name.split('/');
  const identity = (of: string) => `${of} ${since} ${value}`;
  const common = { published: dateOf(since), updated: dateOf(since), language: language.tag };

  const text = texts.get(name);
  if (text) {
    const shown = listTexts(context).includes(text) || text.page.language === language.tag;
    if (!shown || name.endsWith('/home')) return undefined;
    const item = describeText(context, text.page, text.item);
    return {
      ...item,
      ...common,
      identity: identity(text.page.path),
      title: titleOf(strings, change, item.title),
    };
  }
  const of = `${language.tag}/${name}`;
  const nothing = { path: undefined, author: undefined, subjects: [] };
  if (collection === 'mirrors') {
    const address = rest.join('/');
    if (value !== ended) return undefined; // `describeMirrors` has what is listed
    return {
      ...common,
      ...nothing,
      identity: identity(of),
      title: interpolate(strings.feeds.ended, { address }),
      description: strings.feeds.endedText,
      html: paragraphs([strings.feeds.endedText]),
    };
  }
  const { state, designation = '' } = parseValue(value);
  const isBanned = designation.startsWith('designated');
  const words = [
    ...stateWords(strings, state),
    ...(isBanned ? [strings.designation.consequence] : []),
    ...(designation === 'unknown' ? [strings.designation.unknown] : []),
  ];
  const entry = findEntry(records.entries, collection, rest[0]);
  if (!entry) return undefined;
  const { data } = entry;
  const reason = 'reason' in data && data.reason ? [localize(data.reason)] : [];
  const title =
    'title' in data ? localize(data.title) : 'name' in data ? localize(data.name) : entry.slug;
  const page = findPage(context, entry, collection);
  return {
    ...common,
    ...nothing,
    identity: identity(of),
    title: titleOf(strings, change, title),
    description: [...words, ...reason].join(' '),
    html: paragraphs([...words, ...reason]) + (page ? htmlOf(context, page) : ''),
    path: page?.path,
  };
}

const isCollection = (name: string, entries: Entries): name is CollectionName =>
  Object.hasOwn(entries, name);

function findEntry(entries: Entries, name: string, slug: string | undefined): Entry | undefined {
  const list: Entry[] = isCollection(name, entries) ? entries[name] : [];
  return list.find((entry) => entry.slug === slug);
}

/** The page of a record, or of the initiative that an address belongs to. */
function findPage(
  { dist, language }: LanguageContext,
  { slug, data }: Entry,
  collection: string,
): BuiltPage | undefined {
  const own =
    collection === 'initiatives' ? slug : 'initiative' in data ? data.initiative : undefined;
  const path = own && `${language.tag}/${entryPage('initiatives', own)}`;
  return dist.pages.find((page) => page.path === path);
}

/**
 * "Dangerous · Banned: Name" where state or ban have changed, "Changed: Name" where only its words
 * have.
 */
function titleOf(strings: InterfaceStrings, { was, value }: KnownState, title: string): string {
  const [before, now] = [parseValue(was), parseValue(value)];
  if (before.state === now.state && before.designation === now.designation)
    return interpolate(strings.feeds.changed, { title });
  const signs = [
    ...(isState(strings.states, now.state) ? [strings.states[now.state]] : []),
    ...(now.designation?.startsWith('designated') ? [strings.designation.sign] : []),
    ...(now.designation === 'unknown' ? [strings.designation.signUnknown] : []),
  ];
  return interpolate(strings.feeds.state, { state: signs.join(' · '), title });
}

/** That the campaign has stopped, or that a key was lost: a new text is a new item. */
function describeSiteNotice({ records, language, localize }: LanguageContext): FeedItem[] {
  const { site, build, day } = records;
  const inEdition = 'of' in build ? undefined : build.notice;
  const main = site.notice?.[site.main] ?? inEdition;
  if (main === undefined) return [];
  const text = site.notice ? localize(site.notice) : main;
  return [
    {
      identity: `${language.tag}/notice ${main}`,
      title: text,
      language: text === main ? site.main : language.tag,
      description: text,
      html: paragraphs([text]),
      published: day,
      updated: day,
      path: `${language.tag}/home.html`,
      author: undefined,
      subjects: [],
    },
  ];
}

/** Warnings that records share, each as one item and one more when its meaning changes. */
function describeNotices({
  records,
  language,
  strings,
  localize,
  date,
}: LanguageContext): FeedItem[] {
  return records.entries.notices.map(({ slug, data }) => {
    const checked = interpolate(strings.page.checked, { date: date(data.checked) });
    return {
      identity: `${language.tag}/notices/${slug} ${data.version}`,
      title: localize(data.short),
      language: language.tag,
      description: localize(data.text),
      html: paragraphs([localize(data.text), checked]),
      published: data.checked,
      updated: data.checked,
      path: undefined,
      author: undefined,
      subjects: [],
    };
  });
}

/**
 * Where copies are: a subscriber whose address is blocked learns of the others from what is on the
 * device.
 */
function describeMirrors(context: LanguageContext): FeedItem[] {
  const { records, language, strings, localize, date, changes, dateOf } = context;
  return records.entries.mirrors.map(({ data: { address, since, until, note } }) => {
    const again = changes.find(
      ({ name, value }) => name === `mirrors/${address}` && value === listed,
    );
    const lines = [
      interpolate(strings.mirrors.until, { date: date(until) }),
      ...(note === undefined ? [] : [localize(note)]),
    ];
    return {
      identity: `${language.tag}/mirrors/${address}${again ? ` ${again.since}` : ''}`,
      title: interpolate(strings.feeds.copy, { address }),
      language: language.tag,
      description: lines.join(' '),
      html: paragraphs(lines),
      published: since,
      updated: again ? dateOf(again.since) : since,
      path: `${language.tag}/mirrors.html`,
      author: undefined,
      subjects: [],
    };
  });
}

/**
 * The text of a page; its direction is said, since most readers show all in that of their own
 * language.
 */
function htmlOf({ dist, strings }: LanguageContext, page: BuiltPage): string {
  const html = serializeForFeed(page, {
    canonical: dist.site.canonical,
    struckOut: strings.feeds.struckOut,
  });
  const { direction } = dist.site.languages.find(({ tag }) => tag === page.language) ?? {};
  return direction === 'rtl' ? `<div dir="rtl">${html}</div>` : html;
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

const paragraphs = (texts: readonly string[]): string =>
  texts.map((text) => `<p>${escape(text)}</p>`).join('');
