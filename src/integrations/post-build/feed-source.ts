import {
  carryStates,
  listStates,
  textValue,
  type KnownState,
} from '../../campaign/editions/states.ts';
import { numberOf, statesBefore, type Records } from '../../campaign/read-campaign.ts';
import type { InterfaceStrings } from '../../campaign/schema/interface.ts';
import type { Language } from '../../campaign/schema/site.ts';
import { formatDate } from '../../kit/core/text/dates.ts';
import { escapeHtml } from '../../lib/escape-html.ts';
import { readItemMark, type TextItem } from '../../lib/item-mark.ts';
import { plainText, type LocalizedText } from '../../lib/localized-text.ts';
import { formatNumber, pickLanguage } from '../../lib/words.ts';
import type { BuiltPage } from './built-page.ts';
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

/** A page that is a text, and what it says of itself for feeds. */
export interface FeedText {
  page: BuiltPage;
  item: TextItem;
}

/** What the identifiers of a text's items are made of. */
export const identityOf = ({ page, item }: FeedText): string => item.id ?? page.path;

/** What the items of all languages are made of. */
export interface FeedSource {
  dist: Dist;
  records: Records;
  /** Pages that are texts, by the name under which editions know them: `updates/en/first-rain`. */
  texts: ReadonlyMap<string, FeedText>;
  /** What has changed since an edition before, as it is now. */
  changes: readonly KnownState[];
  /** The edition that had a text first. */
  firstOf: (text: FeedText) => number;
  dateOf: (edition: number) => string;
}

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
  const dates = new Map(editions.map(({ edition }) => [edition.number, edition.date]));
  const states = carryStates(statesBefore(editions, build), now, numberOf(build));
  const firsts = new Map(states.map(({ name, first }) => [name, first]));
  return {
    dist,
    records,
    texts,
    changes: states.filter(({ first, since }) => since > first),
    firstOf: ({ item: { name } }) => firsts.get(name) ?? numberOf(build),
    dateOf: (edition) => dates.get(edition) ?? day,
  };
}

/** A feed's source as one language shows it. */
export interface LanguageContext extends FeedSource {
  language: Language;
  strings: InterfaceStrings;
  /** In the language, or in the main one where that is missing. */
  localize: (words: string | Readonly<Record<string, string>>) => LocalizedText;
  /** The same without its language, for titles and summaries: the item says it. */
  say: (words: string | Readonly<Record<string, string>>) => string;
  date: (text: string) => string;
  number: (value: number) => string;
  /** What the language's own list holds. */
  listedTexts: readonly FeedText[];
}

/** @throws Error if the language has no strings, which the reader of the campaign finds first */
export function inLanguage(source: FeedSource, language: Language): LanguageContext {
  const { entries, site } = source.records;
  const { locale = language.tag } = language;
  const strings = entries.interface.find(({ slug }) => slug === language.tag)?.data;
  if (!strings)
    throw new Error(`interface/${language.tag}.yaml is missing, and the reader let it pass.`);
  return {
    ...source,
    language,
    strings,
    localize: (words) => pickLanguage(words, language.tag, site.main),
    say: (words) => plainText(pickLanguage(words, language.tag, site.main)),
    date: (text) => formatDate(text, locale),
    number: (value) => formatNumber(value, locale),
    listedTexts: listTexts(source, language.tag),
  };
}

/** What the language's own list holds: its texts, and the originals of updates that it has not. */
const listTexts = (source: FeedSource, tag: string): FeedText[] =>
  groupVersions(source).flatMap((versions) => orderVersions(source, versions, tag).slice(0, 1));

/** Texts, each with its translations. */
export const groupVersions = ({ texts }: FeedSource): FeedText[][] => [
  ...Map.groupBy(
    [...texts.values()].filter(({ item }) => !item.standing),
    ({ item: { name } }) => name.replace(/\/[^/]+/, ''),
  ).values(),
];

/** The versions of a text that the feed of a language may hold, the best first. */
export function orderVersions(
  { records: { site } }: FeedSource,
  versions: readonly FeedText[],
  tag: string,
): FeedText[] {
  const own = versions.find(({ page }) => page.language === tag);
  const others = versions.some(({ item }) => item.name.startsWith('updates/'))
    ? [
        versions.find(({ page }) => page.language === site.main),
        versions.find(({ item }) => !item.translation),
      ]
    : [];
  return [...new Set([own, ...others])].filter((text) => text !== undefined);
}

/**
 * The text of a page; its direction is said, since most readers show all in that of their own
 * language.
 */
export function htmlOf({ dist, strings }: LanguageContext, page: BuiltPage): string {
  const html = serializeForFeed(page, {
    canonical: dist.site.canonical,
    struckOut: strings.feeds.struckOut,
  });
  const { direction } = dist.site.languages.find(({ tag }) => tag === page.language) ?? {};
  return direction === 'rtl' ? `<div dir="rtl">${html}</div>` : html;
}

/**
 * Lines as paragraphs of HTML. Strings are in the language of the feed; what is in another one, or
 * in an item of another one, says so.
 * @param of the language of the item
 */
export function printParagraphs(
  { language, records: { site } }: LanguageContext,
  texts: readonly (string | LocalizedText)[],
  of = language.tag,
): string {
  return texts
    .map((text) => {
      const tag = (typeof text === 'string' ? undefined : text.language) ?? language.tag;
      const { direction } = site.languages.find((each) => each.tag === tag) ?? {};
      const mark = tag === language.tag && tag === of ? '' : ` lang="${tag}" dir="${direction}"`;
      return `<p${mark}>${escapeHtml(plainText(text))}</p>`;
    })
    .join('');
}
