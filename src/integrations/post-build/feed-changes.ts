import { ended, parseValue, type KnownState } from '../../campaign/editions/states.ts';
import type { CollectionName } from '../../campaign/schema/collections.ts';
import type { Entries, Entry } from '../../campaign/schema/entries.ts';
import type { InterfaceStrings } from '../../campaign/schema/interface.ts';
import { entryPage } from '../../lib/entry-page.ts';
import { interpolate } from '../../lib/words.ts';
import type { BuiltPage } from './built-page.ts';
import {
  htmlOf,
  identityOf,
  printParagraphs,
  type FeedItem,
  type LanguageContext,
} from './feed-source.ts';
import { describeText, isState, stateWords } from './feed-texts.ts';

/**
 * A change as an item of its own. Its identifier is made of what has changed, what it is now and
 * the edition that says so: readers keep the first item of an identifier, and would miss a second
 * warning.
 */
export function describeChange(context: LanguageContext, change: KnownState): FeedItem | undefined {
  const { strings, texts, records, language, localize, say, dateOf } = context;
  const { name, since, value } = change;
  const [collection = '', ...rest] = name.split('/');
  const identity = (of: string) => `${of} ${since} ${value}`;
  const common = { published: dateOf(since), updated: dateOf(since), language: language.tag };

  const text = texts.get(name);
  if (text) {
    const shown = context.listedTexts.includes(text) || text.page.language === language.tag;
    if (!shown || name.endsWith('/home')) return undefined;
    const item = describeText(context, text);
    return {
      ...item,
      ...common,
      identity: identity(identityOf(text)),
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
      html: printParagraphs(context, [strings.feeds.endedText]),
    };
  }
  const { state, designation = '' } = parseValue(value);
  const isBanned = designation.startsWith('designated');
  const words = [
    ...stateWords(strings, state),
    ...(isBanned ? [strings.designation.consequence] : []),
    ...(designation === 'unknown' ? [strings.designation.unknown] : []),
  ];
  const entry = findEntry(records.entries, collection, rest.join('/'));
  if (!entry) return undefined;
  const { data } = entry;
  const reason = 'reason' in data && data.reason ? [data.reason] : [];
  const title = 'title' in data ? say(data.title) : 'name' in data ? say(data.name) : entry.slug;
  const page = findPage(context, entry, collection);
  return {
    ...common,
    ...nothing,
    identity: identity(of),
    title: titleOf(strings, change, title),
    description: [...words, ...reason.map(say)].join(' '),
    html:
      printParagraphs(context, [...words, ...reason.map(localize)]) +
      (page ? htmlOf(context, page) : ''),
    path: page?.path,
  };
}

const isCollection = (name: string, entries: Entries): name is CollectionName =>
  Object.hasOwn(entries, name);

function findEntry(entries: Entries, name: string, slug: string): Entry | undefined {
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
    collection === 'initiatives' || collection === 'actions'
      ? entryPage(collection, slug)
      : 'initiative' in data && data.initiative !== undefined
        ? entryPage('initiatives', data.initiative)
        : undefined;
  const path = own && `${language.tag}/${own}`;
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
