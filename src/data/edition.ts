import { getCollection } from 'astro:content';
import { findBuild } from '../campaign/editions/built-edition.ts';
import { parseEdition, type Edition } from '../kit/core/edition/edition.ts';
import { parsePublicKey, type KeySet } from '../kit/core/minisign/public-key.ts';
import type { BuildName } from '../kit/core/edition/edition-files.ts';
import { LocalizedText } from '../lib/localized-text.ts';
import { site, type Locale } from './campaign.ts';

/** What this build is of: an edition that somebody answers for, or a draft of the next one. */
export type Build = { kind: 'edition'; edition: Edition } | { kind: 'draft'; of: number };

/** An edition before this one, as the mirrors page lists it. */
export interface PastEdition {
  number: number;
  date: string;
  keys: KeySet;
  /** Whether as many keys have signed its list as it needs. */
  isSigned: boolean;
  /** How many known rebuilders have attested that they got the same result. */
  rebuiltBy: number;
}

const stored = (await getCollection('editions'))
  .map(({ data: { text, signedBy, rebuiltBy, filterPages } }) => ({
    edition: parseEdition(Buffer.from(text)),
    signedBy,
    rebuiltBy,
    filterPages,
  }))
  .sort((a, b) => a.edition.number - b.edition.number);

const found = findBuild(
  site.id,
  stored.map(({ edition }) => edition),
);
/** The build by the names that its files have. */
export const buildName: BuildName = found;
export const build: Build =
  'of' in found ? { kind: 'draft', of: found.of } : { kind: 'edition', edition: found };

/**
 * Editions before this one, the newest first. Not this one itself: what is known of it comes after
 * it was built, and must not change its bytes.
 */
export const pastEditions: PastEdition[] = stored
  .filter(({ edition }) => edition !== found)
  .map(({ edition: { number, date, keys }, signedBy, rebuiltBy }) => ({
    number,
    date,
    keys,
    isSigned: signedBy.length >= keys.threshold,
    rebuiltBy,
  }))
  .reverse();

/** Of those before this one alone: a build has to give the same again when its list is signed. */
const published = new Set(
  stored.filter(({ edition }) => edition !== found).flatMap(({ filterPages }) => filterPages),
);
/** Whether an earlier edition has had a page that narrows a list down: `actions/write`. */
export const wasPublished = (name: string): boolean => published.has(name);

/**
 * The keys by which a copy can be checked: those of the edition, or those that will sign the next
 * one.
 */
export const keysOfBuild: KeySet | undefined =
  build.kind === 'edition'
    ? build.edition.keys
    : site.keys && { threshold: site.keys.threshold, keys: site.keys.keys.map(parsePublicKey) };

/**
 * What goes above every page, in the words of a language: of site.yaml, or what the edition says.
 */
export function noticeIn({ localize }: Locale): LocalizedText | undefined {
  if (site.notice) return localize(site.notice);
  const text = build.kind === 'edition' ? build.edition.notice : undefined;
  return text === undefined ? undefined : new LocalizedText(text, site.main);
}
