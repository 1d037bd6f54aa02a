import { ended, listed, type KnownState } from '../../campaign/editions/states.ts';
import type { Language } from '../../campaign/schema/site.ts';
import { interpolate } from '../../lib/words.ts';
import { describeChange } from './feed-changes.ts';
import {
  inLanguage,
  printParagraphs,
  type FeedItem,
  type FeedSource,
  type LanguageContext,
} from './feed-source.ts';
import { describeText } from './feed-texts.ts';

/** Newest texts that a feed holds in full. */
const maxTexts = 50;
/** Newest changes. */
const maxChanges = 50;

/** Something that may become an item: texts and changes are described only if they are new enough. */
interface Candidate {
  /** What is greater comes first. */
  readonly order: string;
  readonly describe: () => FeedItem | undefined;
}

/** The items of a language's feed: warnings of the whole campaign first, then the newest. */
export function collectItems(source: FeedSource, language: Language): FeedItem[] {
  const context = inLanguage(source, language);
  const changes = source.changes.map((change) => ({
    order: `${source.dateOf(change.since)} ${isWarning(change) ? 4 : 2} ${change.name}`,
    describe: () => describeChange(context, change),
  }));
  const texts = context.listedTexts.map((text) => ({
    order: `${text.item.published} 1 ${text.item.date} ${text.page.path}`,
    describe: () => describeText(context, text),
  }));
  const others = [...describeNotices(context), ...describeMirrors(context)].map((item) => ({
    order: `${item.updated} 3 ${item.identity}`,
    item,
  }));
  const all = [...others, ...takeNewest(changes, maxChanges), ...takeNewest(texts, maxTexts)];
  return [...describeSiteNotice(context), ...all.sort(compareOrder).map(({ item }) => item)];
}

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
      html: printParagraphs([text]),
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
      html: printParagraphs([localize(data.text), checked]),
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
      html: printParagraphs(lines),
      published: since,
      updated: again ? dateOf(again.since) : since,
      path: `${language.tag}/mirrors.html`,
      author: undefined,
      subjects: [],
    };
  });
}
