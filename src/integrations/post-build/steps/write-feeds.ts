import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getRssString } from '@astrojs/rss';
import { generateAtomFeed } from 'feedsmith';
import type { Records } from '../../../campaign/read-campaign.ts';
import type { Language } from '../../../campaign/schema/site.ts';
import { formatDate, toUtc } from '../../../kit/core/text/dates.ts';
import { escapeHtml } from '../../../lib/escape-html.ts';
import { makeUrn } from '../../../lib/identifiers.ts';
import { plainText } from '../../../lib/localized-text.ts';
import { feedKinds, homePage } from '../../../lib/paths.ts';
import { makeRelative } from '../../../lib/resolve-link.ts';
import { formatNumber, interpolate, pickLanguage } from '../../../lib/words.ts';
import type { Dist } from '../dist.ts';
import { collectItems } from '../feed-items.ts';
import { readFeedSource, type FeedItem } from '../feed-source.ts';

/** Paths of all feeds of a language. */
export const feedPaths = (language: string): string[] =>
  feedKinds.map(({ file }) => `${language}/${file}`);

/** What a feed says of itself. */
interface Channel {
  id: string;
  language: string;
  title: string;
  description: string;
  /** The address that the campaign is known by, with a slash at its end. */
  canonical: string | undefined;
  day: string;
}

/**
 * Writes two feeds a language, with the full text of each item, so that they are enough where the
 * site is blocked. Identifiers name no host, so every mirror's feed has the same ones.
 *
 * RSS holds links only if the campaign has a canonical address: RSS 2.0 knows no relative ones, and
 * half of the readers take them as they stand. Atom (RFC 4287) has relative ones, which readers
 * resolve against the address from which they have the feed. The two have different identifiers:
 * newsboat keeps one item an identifier over all its feeds, and who has both would lose the links.
 */
export async function writeFeeds(dist: Dist, records: Records): Promise<void> {
  const source = readFeedSource(dist, records);
  for (const language of dist.site.languages) {
    const items = collectItems(source, language);
    const channel = describeChannel(records, language);
    const [rss, atom] = feedPaths(language.tag).map((path) => join(dist.folder, path));
    writeFileSync(rss ?? '', await printRss(channel, items));
    writeFileSync(atom ?? '', printAtom(channel, items));
  }
}

/** Warning, edition, until when silence is normal, and where else copies are. */
function describeChannel({ site, entries, build, day }: Records, language: Language): Channel {
  const { tag, locale = tag } = language;
  const strings = entries.interface.find(({ slug }) => slug === tag)?.data;
  if (!strings) throw new Error(`interface/${tag}.yaml is missing, and the reader let it pass.`);
  const localize = (words: Record<string, string>) =>
    plainText(pickLanguage(words, tag, site.main));
  const date = (text: string) => formatDate(text, locale);
  const number = (value: number) => formatNumber(value, locale);
  const copies = entries.mirrors.map(({ data: { address } }) => address).sort();
  return {
    id: `${site.id}/${tag}`,
    language: tag,
    title: localize(site.name),
    description: [
      localize(site.description),
      strings.feeds.warning,
      'of' in build
        ? interpolate(strings.edition.draft, { number: number(build.of) })
        : interpolate(strings.edition.line, {
            number: number(build.number),
            date: date(build.date),
            until: date(build.lookForNewerAfter),
          }),
      ...(copies.length === 0
        ? []
        : [interpolate(strings.feeds.copies, { copies: copies.join(' ') })]),
    ].join(' '),
    canonical: site.canonical,
    day,
  };
}

const idOfItem = ({ id }: Channel, { identity }: FeedItem): string =>
  `${id.slice(0, id.lastIndexOf('/'))}/${identity}`;

async function printRss(channel: Channel, items: readonly FeedItem[]): Promise<string> {
  const { canonical, language } = channel;
  const link =
    canonical === undefined ? makeUrn(channel.id) : `${canonical}${language}/${homePage}`;
  const xml = await getRssString({
    title: channel.title,
    description: channel.description,
    // @astrojs/rss wants an address; the <link> below replaces it
    site: canonical ?? 'https://feed.invalid/',
    xmlns: { dc: 'http://purl.org/dc/elements/1.1/' },
    customData: element('link', link) + element('language', language),
    items: items.map((item) => ({
      title: item.title,
      description: item.description,
      pubDate: toUtc(item.published),
      content: item.html,
      categories: item.subjects.map(({ name }) => name),
      ...(canonical !== undefined && item.path && { link: `${canonical}${item.path}` }),
      customData: [
        `<guid isPermaLink="false">${makeUrn(idOfItem(channel, item))}</guid>`,
        ...(item.author === undefined ? [] : [element('dc:creator', item.author)]),
        ...(item.language === language ? [] : [element('dc:language', item.language)]),
      ].join(''),
    })),
  });
  return `${xml}\n`;
}

const element = (name: string, text: string): string => `<${name}>${escapeHtml(text)}</${name}>`;

function printAtom(channel: Channel, items: readonly FeedItem[]): string {
  const { canonical, language, day } = channel;
  const [, { file }] = feedKinds;
  const own = `${language}/${file}`;
  const leadTo = (path: string): string =>
    canonical === undefined ? makeRelative(own, splitFragment(path)) : canonical + path;
  const text = (value: string) => ({ value, type: 'text' });
  return generateAtomFeed(
    {
      xml: { lang: language },
      id: makeUrn(`${channel.id} atom`),
      title: text(channel.title),
      subtitle: text(channel.description),
      updated: toUtc(items.map(({ updated }) => updated).reduce((a, b) => (a > b ? a : b), day)),
      authors: [{ name: channel.title }],
      links: [
        { rel: 'self', type: 'application/atom+xml', href: file },
        { rel: 'alternate', type: 'text/html', href: leadTo(`${language}/${homePage}`) },
      ],
      entries: items.map((item) => ({
        id: makeUrn(`${idOfItem(channel, item)} atom`),
        title: text(item.title),
        summary: text(item.description),
        published: toUtc(item.published),
        updated: toUtc(item.updated),
        content: { value: item.html, type: 'html' },
        categories: item.subjects.map(({ id, name }) => ({ term: id, label: name })),
        ...(item.language !== language && { xml: { lang: item.language } }),
        ...(item.author !== undefined && { authors: [{ name: item.author }] }),
        ...(item.path !== undefined && {
          links: [{ rel: 'alternate', type: 'text/html', href: leadTo(item.path) }],
        }),
      })),
    },
    { strict: true },
  );
}

const splitFragment = (path: string) => {
  const at = path.indexOf('#');
  return at < 0 ? { path, fragment: '' } : { path: path.slice(0, at), fragment: path.slice(at) };
};
