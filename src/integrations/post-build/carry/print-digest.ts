import { numberOf } from '../../../campaign/read-campaign.ts';
import { layOutMail, printMailText, type MailBlock } from '../../../kit/core/mail/mail-text.ts';
import { plainText } from '../../../lib/localized-text.ts';
import { interpolate } from '../../../lib/words.ts';
import { describeChange } from '../feed-changes.ts';
import { describeChannel } from '../feed-channel.ts';
import type { FeedText, LanguageContext } from '../feed-source.ts';
import { describeText } from '../feed-texts.ts';
import { describeOrigin } from './describe-origin.ts';
import { readMailBlocks } from './mail-blocks.ts';
import { copyForText } from './print-texts.ts';

/** Where an edition has no news, these many of those before are in its digest. */
const newest = 3;

/**
 * The digest of an edition for mail: what has changed since the edition before, and the news of
 * this one in full, the newest first.
 * @param path of the file, by which the manifest knows it
 * @param maxBytes what does not fit is on the site alone, which the digest says
 */
export function printDigest(context: LanguageContext, path: string, maxBytes: number): string {
  return fitNews(
    listNews(context),
    (text) => describeNews(context, text),
    (news, isWhole) => [
      ...describeHead(context, path, isWhole),
      ...describeChanges(context),
      ...news,
      { kind: 'paragraph', text: context.strings.mail.check },
    ],
    maxBytes,
  );
}

/**
 * Lays out a digest with as much of the news as fits, from the first on. To a first edition all
 * news of a campaign is new: what is behind the last that may fit is never described, and the
 * whole is laid out a few times, not once for each text.
 * @param describe gives the blocks of one text
 * @param frame puts those that are in it between what every digest has; `isWhole` if all are
 */
export function fitNews<T>(
  all: readonly T[],
  describe: (text: T) => readonly MailBlock[],
  frame: (news: readonly MailBlock[], isWhole: boolean) => readonly MailBlock[],
  maxBytes: number,
): string {
  const news: (readonly MailBlock[])[] = [];
  let bytes = 0;
  for (const text of all) {
    const blocks = describe(text);
    bytes += Buffer.byteLength(layOutBlocks(blocks));
    if (bytes > maxBytes) break;
    news.push(blocks);
  }
  for (let count = news.length; ; count -= 1) {
    const text = layOutBlocks(frame(news.slice(0, count).flat(), count === all.length));
    if (count === 0 || Buffer.byteLength(text) <= maxBytes) return text;
  }
}

/** Words that read as marks are laid out as such the first time, and stay so. */
const layOutBlocks = (blocks: readonly MailBlock[]): string =>
  layOutMail(layOutMail(printMailText(blocks)));

function describeHead(context: LanguageContext, path: string, isWhole: boolean): MailBlock[] {
  const { records, say, strings } = context;
  const { site, build } = records;
  const name = say(site.name);
  const number = context.number(numberOf(build));
  return [
    { kind: 'title', text: interpolate(strings.mail.title, { name, number }) },
    { kind: 'paragraph', text: say(site.description) },
    ...describeOrigin(context, path, true).flatMap(({ text, kind }): MailBlock[] =>
      kind === 'text'
        ? []
        : [{ kind: kind === 'warning' ? kind : 'paragraph', text: plainText(text) }],
    ),
    ...describeChannel(context).copies.map((text): MailBlock => ({ kind: 'paragraph', text })),
    ...(isWhole ? [] : [{ kind: 'paragraph', text: strings.carry.newest } as const]),
  ];
}

/** News of the language's own that is new in this edition, or else the newest of those before. */
function listNews(context: LanguageContext): FeedText[] {
  const { listedTexts, language, records, firstOf } = context;
  const all = listedTexts
    .filter(
      ({ page, item }) =>
        item.name.startsWith('updates/') && item.state === 'live' && page.language === language.tag,
    )
    .sort((a, b) => (orderOf(a) < orderOf(b) ? 1 : -1));
  const own = all.filter((text) => firstOf(text) === numberOf(records.build));
  return own.length > 0 ? own : all.slice(0, newest);
}

const orderOf = ({ page, item }: FeedText): string => `${item.date} ${page.path}`;

function describeNews(context: LanguageContext, text: FeedText): MailBlock[] {
  return [
    { kind: 'title', text: describeText(context, text).title },
    ...readMailBlocks(copyForText(text.page, context)),
  ];
}

/** What has changed its state or words since the edition before: a line each. */
function describeChanges(context: LanguageContext): MailBlock[] {
  const number = numberOf(context.records.build);
  const lines = context.changes
    .filter(({ since }) => since === number)
    .flatMap((change) => describeChange(context, change) ?? [])
    .map(({ title, description }): MailBlock => ({
      kind: 'item',
      text: description === '' ? title : `${title}. ${description}`,
    }));
  return lines.length === 0
    ? []
    : [{ kind: 'title', text: context.strings.mail.changed }, ...lines];
}
