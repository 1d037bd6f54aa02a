import { ended, listed, type KnownState } from '../../campaign/editions/states.ts';
import { LocalizedText } from '../../lib/localized-text.ts';
import { interpolate } from '../../lib/words.ts';
import { textsPerDocument } from './feed-archives.ts';
import { describeChange } from './feed-changes.ts';
import {
  printParagraphs,
  type FeedItem,
  type FeedText,
  type LanguageContext,
} from './feed-source.ts';
import { describeText } from './feed-texts.ts';

/** Newest changes that a feed holds. */
const maxChanges = 50;

/** A change that may become an item: it is described only if it is new enough. */
interface Candidate {
  /** What is greater comes first. */
  readonly order: string;
  readonly describe: () => FeedItem | undefined;
}

/**
 * The items of a language's feed: warnings of the whole campaign first, then the newest.
 * @param history all texts that it has had, the oldest first
 */
export function collectItems(context: LanguageContext, history: readonly FeedText[]): FeedItem[] {
  const shown = new Set(context.listedTexts);
  const changes = context.changes.map((change) => ({
    order: `${context.dateOf(change.since)} ${isWarning(change) ? 4 : 2} ${change.name}`,
    describe: () => describeChange(context, change),
  }));
  const texts = history
    .filter((text) => shown.has(text))
    .slice(-textsPerDocument)
    .map((text) => ({ order: orderOf(text), item: describeText(context, text) }));
  const others = [...describeNotices(context), ...describeMirrors(context)].map((item) => ({
    order: `${item.updated} 3 ${item.identity}`,
    item,
  }));
  const all = [...others, ...takeNewest(changes, maxChanges), ...texts];
  return [...describeSiteNotice(context), ...all.sort(compareOrder).map(({ item }) => item)];
}

/** The items of an archive document: its texts as they are now, the newest first. */
export const collectArchive = (context: LanguageContext, texts: readonly FeedText[]): FeedItem[] =>
  texts
    .map((text) => ({ order: orderOf(text), item: describeText(context, text) }))
    .sort(compareOrder)
    .map(({ item }) => item);

/** What is greater is newer. */
const orderOf = (text: FeedText): string =>
  `${text.item.published} ${isNews(text) ? 1 : 0} ${text.item.date} ${text.page.path}`;

const compareOrder = (a: { order: string }, b: { order: string }): number =>
  a.order < b.order ? 1 : -1;

function takeNewest(candidates: Candidate[], max: number): { order: string; item: FeedItem }[] {
  const newest: { order: string; item: FeedItem }[] = [];
  for (const { order, describe } of candidates.sort(compareOrder)) {
    const item = describe();
    if (item) newest.push({ order, item });
    if (newest.length === max) break;
  }
  return newest;
}

/** What can endanger whoever has not read it comes before other news of its day. */
const isWarning = ({ value }: KnownState): boolean =>
  value === ended || /\/(?:dangerous|designated)\b/.test(value);

/** What happened comes before guides and records of the day on which both were published. */
const isNews = ({ item: { id, state } }: FeedText): boolean => id !== undefined && state === 'live';

/** That the campaign has stopped, or that a key was lost: a new text is a new item. */
function describeSiteNotice(context: LanguageContext): FeedItem[] {
  const { records, language, localize, say } = context;
  const { site, build, day } = records;
  const inEdition = 'of' in build ? undefined : build.notice;
  const main = site.notice?.[site.main] ?? inEdition;
  if (main === undefined) return [];
  const notice = site.notice ? localize(site.notice) : new LocalizedText(main, site.main);
  const [text, of] = [say(site.notice ?? main), notice.language ?? site.main];
  return [
    {
      identity: `${language.tag}/notice ${main}`,
      title: text,
      language: of,
      description: text,
      html: printParagraphs(context, [notice], of),
      published: day,
      updated: day,
      path: `${language.tag}/home.html`,
      author: undefined,
      subjects: [],
    },
  ];
}

/** Warnings that records share, each as one item and one more when its meaning changes. */
function describeNotices(context: LanguageContext): FeedItem[] {
  const { records, language, strings, localize, say, date } = context;
  return records.entries.notices.map(({ slug, data }) => {
    const checked = interpolate(strings.page.checked, { date: date(data.checked) });
    const of = localize(data.short).language ?? language.tag;
    return {
      identity: `${language.tag}/notices/${slug} ${data.version}`,
      title: say(data.short),
      language: of,
      description: say(data.text),
      html: printParagraphs(context, [localize(data.text), checked], of),
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
  const { records, language, strings, localize, say, date, changes, dateOf } = context;
  return records.entries.mirrors.map(({ data: { address, since, until, note } }) => {
    const again = changes.find(
      ({ name, value }) => name === `mirrors/${address}` && value === listed,
    );
    const lasts = interpolate(strings.mirrors.until, { date: date(until) });
    const notes = note === undefined ? [] : [note];
    return {
      identity: `${language.tag}/mirrors/${address}${again ? ` ${again.since}` : ''}`,
      title: interpolate(strings.feeds.copy, { address }),
      language: language.tag,
      description: [lasts, ...notes.map(say)].join(' '),
      html: printParagraphs(context, [lasts, ...notes.map(localize)]),
      published: since,
      updated: again ? dateOf(again.since) : since,
      path: `${language.tag}/mirrors.html`,
      author: undefined,
      subjects: [],
    };
  });
}
