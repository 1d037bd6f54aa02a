import type { Draft, Edition } from '../kit/core/edition/edition.ts';
import type { Site } from './schema/site.ts';
import type { Locales } from './schema/fields.ts';
import { dropPast, findDay, expireDesignations, retireSilent } from './check/apply-dates.ts';
import { checkAccents, readPapers } from './check/check-accents.ts';
import { checkBodies } from './check/check-bodies.ts';
import { checkNames } from './check/check-names.ts';
import { checkNumerals } from './check/check-numerals.ts';
import { checkOrnament } from './check/check-ornament.ts';
import { checkRelations } from './check/check-relations.ts';
import { checkHidden, checkType } from './check/check-type.ts';
import { rowOf, type CollectionName } from './schema/collections.ts';
import type { Entries } from './schema/entries.ts';
import { checkKeys, findBuild } from './editions/built-edition.ts';
import { checkSignatures } from './editions/check-signatures.ts';
import type { PublishedEdition } from './editions/read-edition.ts';
import { readEditions } from './editions/read-editions.ts';
import { readAttestations } from './editions/read-attestations.ts';
import { carryStates, listStates, printStates, type KnownState } from './editions/states.ts';
import { CampaignError, type Fault } from './read/fault.ts';
import { listFieldTexts } from './text/texts.ts';
import { listLinks } from './read/folder.ts';
import { readEntries } from './read/read-entries.ts';
import { readSite } from './read/read-site.ts';
import type { SourceFile } from './read/source-file.ts';
import { readWordLists } from './read/word-lists.ts';

/** A campaign folder, read whole and found sound. */
export interface Campaign {
  site: Site;
  locales: Locales;
  entries: Entries;
  /** site.yaml itself, for the lines of its fields. */
  siteSource: SourceFile;
  /** The campaign's own words, by language. */
  words: ReadonlyMap<string, ReadonlySet<string>>;
  /** From the first to the newest. */
  editions: PublishedEdition[];
  /** Keys of those who have built an edition again with the same result, by its number. */
  attestations: ReadonlyMap<number, readonly string[]>;
}

/**
 * Reads and checks a campaign folder.
 * @param folder where it is
 * @param name the folder as messages call it
 * @throws CampaignError with all faults of all files at once
 */
export async function readCampaign(folder: string, name: string): Promise<Campaign> {
  const context = `the campaign ${name}`;
  const { site, locales, source: siteSource } = readSite(folder, context);
  const faults: Fault[] = [];
  for (const file of listLinks(folder)) {
    faults.push({
      file,
      found: 'a symbolic link, or something else that is no file',
      expected: 'files and folders only: a link could publish a file of the machine that builds',
      fix: 'put the file itself in its place',
    });
  }
  const { entries, broken } = readEntries(folder, locales, faults);
  const { lists: words, faults: ofWords } = readWordLists(folder);
  const { editions, faults: ofEditions } = readEditions(folder, site.id);
  const build = findBuild(
    site.id,
    editions.map(({ edition }) => edition),
  );
  const attestations = new Map<number, string[]>();
  for (const published of editions)
    attestations.set(published.edition.number, await readAttestations(folder, published, faults));
  const texts = listFieldTexts(entries, site, siteSource);
  faults.push(
    ...(ofEditions.length > 0 ? ofEditions : await checkSignatures(folder, editions)),
    ...checkKeys(build, editions, site.keys),
    ...checkAccents(site, siteSource, readPapers()),
    ...checkOrnament(folder, site),
    ...ofWords,
    ...checkRelations(entries, locales, broken, site),
    ...checkNumerals(entries, site, siteSource),
    ...checkType(texts),
    ...checkHidden(texts),
    ...checkNames(entries, texts, words),
    ...(await checkBodies(folder, entries, broken, site)),
  );
  if (faults.length > 0) throw new CampaignError(faults, context);
  const day = findDay(build, entries);
  expireDesignations(entries, day);
  retireSilent(entries, day);
  dropPast(entries, day);
  return { site, siteSource, locales, entries, words, editions, attestations };
}

/**
 * What the steps after the build need of a campaign: the rest was checked before it, or is in the
 * pages.
 */
export interface Records {
  site: Site;
  /** Without texts. */
  entries: Entries;
  build: Edition | Draft;
  /** The day for which the build speaks. */
  day: string;
  editions: readonly PublishedEdition[];
}

/** Reads a campaign that `readCampaign` has found sound, without its texts. */
export function readRecords(folder: string, name: string): Records {
  return readForDay(folder, name, (collection) => rowOf(collection).form !== 'texts');
}

/**
 * What the newest edition of a sound campaign knows of states, as `states.txt`, for whoever signs
 * it: the feeds of the next edition hold what differs.
 */
export function printEditionStates(folder: string, name: string): string {
  const { editions, entries, build } = readForDay(folder, name, () => true, true);
  return printStates(
    carryStates(statesBefore(editions, build), listStates(entries), numberOf(build)),
  );
}

const numberOf = (build: Edition | Draft): number => ('of' in build ? build.of : build.number);

/** What was known before a build: of the newest edition before it that has kept it. */
export const statesBefore = (
  editions: readonly PublishedEdition[],
  build: Edition | Draft,
): readonly KnownState[] | undefined =>
  editions.findLast(({ edition, states }) => edition.number < numberOf(build) && states)?.states;

function readForDay(
  folder: string,
  name: string,
  wanted: (collection: CollectionName) => boolean,
  isNewest = false,
): Records {
  const { site, locales } = readSite(folder, `the campaign ${name}`);
  const { editions } = readEditions(folder, site.id);
  const all = editions.map(({ edition }) => edition);
  const build = (isNewest ? all.at(-1) : undefined) ?? findBuild(site.id, all);
  const { entries } = readEntries(folder, locales, [], wanted);
  const day = findDay(build, entries);
  expireDesignations(entries, day);
  retireSilent(entries, day);
  dropPast(entries, day);
  return { site, entries, build, day, editions };
}
