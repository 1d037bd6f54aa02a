import { describeEdition } from '../../lib/edition-line.ts';
import { makeUrn } from '../../lib/identifiers.ts';
import { feedArchive, feeds } from '../../lib/paths.ts';
import { makeRelative } from '../../lib/resolve-link.ts';
import { interpolate } from '../../lib/words.ts';
import type { FeedItem, LanguageContext } from './feed-source.ts';

/** What a feed says of itself. */
export interface Channel {
  id: string;
  language: string;
  title: string;
  /** What it is about and where it must not be used: the same in all editions. */
  about: string;
  /** Where the site is now: a sentence, if an address of it is known. */
  copies: readonly string[];
  /** Edition, until when silence is normal, and where the site is now. */
  position: string;
  /** The address that the campaign is known by, with a slash at its end. */
  canonical: string | undefined;
  day: string;
}

export type FeedFormat = keyof typeof feeds;

/** One document of a feed: the one that programs ask for, or an archive document. */
export interface FeedDocument {
  items: readonly FeedItem[];
  /** Its number as an archive document, from 1; undefined in the one that programs ask for. */
  archive: number | undefined;
  /** The number of the archive document with what is next older, if there is one. */
  older: number | undefined;
}

export function describeChannel(context: LanguageContext): Channel {
  const { records, language, strings, say } = context;
  const { site, entries, build, day } = records;
  const copies = entries.mirrors.map(({ data: { address } }) => address).sort();
  const addresses = [...new Set([...(site.canonical ? [site.canonical] : []), ...copies])];
  const where =
    addresses.length === 0
      ? []
      : [interpolate(strings.feeds.copies, { copies: addresses.join(' ') })];
  return {
    id: `${site.id}/${language.tag}`,
    language: language.tag,
    title: say(site.name),
    about: `${say(site.description)} ${strings.feeds.warning}`,
    copies: where,
    position: [describeEdition(strings.edition, build, context), ...where].join(' '),
    canonical: site.canonical,
    day,
  };
}

/** What a document says it is: an archive document, nothing that changes between editions. */
export const aboutDocument = (
  { about, position }: Channel,
  { archive }: Pick<FeedDocument, 'archive'>,
): string => (archive === undefined ? `${about} ${position}` : about);

/**
 * The identifier of an item. Each format has its own: newsboat keeps one item an identifier over
 * all its feeds, and who has two would lose the links of one.
 */
export function idOfItem({ id }: Channel, { identity }: FeedItem, format: FeedFormat): string {
  const campaign = id.slice(0, id.lastIndexOf('/'));
  return makeUrn(`${campaign}/${identity}${format === 'rss' ? '' : ` ${format}`}`);
}

/** Where a document of a feed is, from the root. */
export const pathOfDocument = (
  { language }: Channel,
  number: number | undefined,
  format: 'atom' | 'json',
): string =>
  `${language}/${number === undefined ? feeds[format].file : feedArchive(number, format)}`;

/**
 * The link from one document of a feed to a page or another document, relative if the campaign has
 * no address of its own.
 * @param own the document's path, from the root
 * @param target a path from the root, with its fragment
 */
export function linkFrom({ canonical }: Channel, own: string, target: string): string {
  if (canonical !== undefined) return canonical + target;
  const at = target.indexOf('#');
  const [path, fragment] = at < 0 ? [target, ''] : [target.slice(0, at), target.slice(at)];
  return makeRelative(own, { path, fragment });
}
