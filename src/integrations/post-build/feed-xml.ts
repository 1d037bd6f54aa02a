import { getRssString } from '@astrojs/rss';
import { generateAtomFeed, generateOpml } from 'feedsmith';
import { toUtc } from '../../kit/core/text/dates.ts';
import { escapeHtml } from '../../lib/escape-html.ts';
import { makeUrn } from '../../lib/identifiers.ts';
import { feeds, homePage } from '../../lib/paths.ts';
import {
  aboutDocument,
  idOfItem,
  linkFrom,
  pathOfDocument,
  type Channel,
  type FeedDocument,
} from './feed-channel.ts';
import type { FeedItem } from './feed-source.ts';

/**
 * RSS 2.0. It holds links only if the campaign has a canonical address: RSS knows no relative ones,
 * and half of the readers take them as they are. For the same reason it names no archive documents.
 */
export async function printRss(channel: Channel, items: readonly FeedItem[]): Promise<string> {
  const { canonical, language } = channel;
  const link =
    canonical === undefined ? makeUrn(channel.id) : `${canonical}${language}/${homePage}`;
  const xml = await getRssString({
    title: channel.title,
    description: aboutDocument(channel, { archive: undefined }),
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
        `<guid isPermaLink="false">${idOfItem(channel, item, 'rss')}</guid>`,
        ...(item.author === undefined ? [] : [element('dc:creator', item.author)]),
        ...(item.language === language ? [] : [element('dc:language', item.language)]),
      ].join(''),
    })),
  });
  return `${xml}\n`;
}

const element = (name: string, text: string): string => `<${name}>${escapeHtml(text)}</${name}>`;

/**
 * Atom (RFC 4287), with relative links, which readers resolve against the address from which they
 * have the feed. An archive document says nothing that changes from edition to edition.
 */
export function printAtom(channel: Channel, document: FeedDocument): string {
  const { language, day } = channel;
  const { items, archive, older } = document;
  const own = pathOfDocument(channel, archive, 'atom');
  const leadTo = (path: string): string => linkFrom(channel, own, path);
  const toDocument = (rel: string, number: number | undefined) => ({
    rel,
    type: 'application/atom+xml',
    href: leadTo(pathOfDocument(channel, number, 'atom')),
  });
  const text = (value: string) => ({ value, type: 'text' });
  const dates = [...items.map(({ updated }) => updated), ...(archive === undefined ? [day] : [])];
  const xml = generateAtomFeed(
    {
      xml: { lang: language },
      id: makeUrn(`${channel.id} atom`),
      title: text(channel.title),
      subtitle: text(aboutDocument(channel, document)),
      updated: toUtc(dates.sort().at(-1) ?? day),
      authors: [{ name: channel.title }],
      links: [
        { rel: 'self', type: 'application/atom+xml', href: own.slice(own.lastIndexOf('/') + 1) },
        { rel: 'alternate', type: 'text/html', href: leadTo(`${language}/${homePage}`) },
        ...(archive === undefined ? [] : [toDocument('current', undefined)]),
        ...(older === undefined ? [] : [toDocument('prev-archive', older)]),
      ],
      entries: items.map((item) => ({
        id: idOfItem(channel, item, 'atom'),
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
  return archive === undefined ? xml : markAsArchive(xml);
}

/** The mark of RFC 5005, section 4, which feedsmith does not know. */
function markAsArchive(xml: string): string {
  const marked = xml.replace(
    /<feed [^>]*xmlns="http:\/\/www\.w3\.org\/2005\/Atom"[^>]*>/,
    (start) =>
      `${start.slice(0, -1)} xmlns:fh="http://purl.org/syndication/history/1.0">\n  <fh:archive/>`,
  );
  if (marked === xml) throw new Error('feedsmith writes the element <feed> in another form');
  return marked;
}

/**
 * A list of all feeds (OPML 2.0), one a language: whoever takes it in has each item once. Programs
 * take its addresses as they are, so that relative ones lead nowhere: newsboat, sfeed and rss2email
 * ask for `en/feed.atom.xml` itself. Only a campaign with an address of its own has a list.
 * @param channels of all languages
 * @param canonical the address of the campaign, with a slash at its end
 */
export const printFeedList = (channels: readonly Channel[], canonical: string): string =>
  generateOpml(
    {
      ...(channels[0] && { head: { title: channels[0].title } }),
      body: {
        outlines: channels.map(({ title, language }) => ({
          type: 'rss',
          text: `${title} (${language})`,
          title: `${title} (${language})`,
          language,
          xmlUrl: `${canonical}${language}/${feeds.atom.file}`,
          htmlUrl: `${canonical}${language}/${homePage}`,
        })),
      },
    },
    { strict: true },
  );
