import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';

export interface RssItem {
  title: string;
  link?: string;
  guid: { '#text': string; '@_isPermaLink': string };
  pubDate: string;
  description: string;
  category?: string | string[];
  'dc:creator'?: string;
  'dc:language'?: string;
  'content:encoded': string;
}

export interface AtomEntry {
  id: string;
  title: string;
  summary: string;
  content: string;
  published: string;
  updated: string;
  link?: string;
  language: string | undefined;
  author: string | undefined;
  categories: string[];
}

const parser = new XMLParser({
  ignoreAttributes: false,
  isArray: (name) => name === 'entry' || name === 'item',
});
const textOf = (node: string | { '#text': string }): string =>
  typeof node === 'string' ? node : node['#text'];

/** The RSS feed of a language, as a program that reads XML sees it. */
export function readRss(folder: string, tag: string) {
  const xml = readFileSync(join(folder, tag, 'feed.xml'), 'utf8');
  const { rss } = parser.parse(xml) as {
    rss: {
      '@_version': string;
      channel: {
        title: string;
        description: string;
        link: string;
        language: string;
        item: RssItem[];
      };
    };
  };
  return { xml, version: rss['@_version'], ...rss.channel };
}

interface RawText {
  '#text': string;
}
interface RawLink {
  '@_rel': string;
  '@_href': string;
}
interface RawEntry {
  id: string;
  title: RawText;
  summary: RawText;
  content: RawText;
  published: string;
  updated: string;
  link?: RawLink;
  author?: { name: string };
  category?: { '@_label': string } | { '@_label': string }[];
  '@_xml:lang'?: string;
}

/** The same for its Atom feed. */
export function readAtom(folder: string, tag: string) {
  const xml = readFileSync(join(folder, tag, 'feed.atom.xml'), 'utf8');
  const { feed } = parser.parse(xml) as {
    feed: {
      id: string;
      title: RawText;
      subtitle: RawText;
      updated: string;
      link: RawLink[];
      author: { name: string };
      '@_xml:lang': string;
      entry: RawEntry[];
    };
  };
  const entries = feed.entry.map(({ link, author, category, ...entry }): AtomEntry => ({
    id: entry.id,
    title: textOf(entry.title),
    summary: textOf(entry.summary),
    content: textOf(entry.content),
    published: entry.published,
    updated: entry.updated,
    ...(link && { link: link['@_href'] }),
    language: entry['@_xml:lang'],
    author: author?.name,
    categories: [category ?? []].flat().map((of) => of['@_label']),
  }));
  return {
    xml,
    id: feed.id,
    language: feed['@_xml:lang'],
    subtitle: textOf(feed.subtitle),
    updated: feed.updated,
    links: feed.link.map((link) => [link['@_rel'], link['@_href']]),
    author: feed.author.name,
    entries,
  };
}
