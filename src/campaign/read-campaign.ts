import type { Draft, Edition } from '../kit/core/edition/edition.ts';
import type { Site } from './schema/site.ts';
import type { Locales } from './schema/fields.ts';
import { dropPast, findDay, expireDesignations, retireSilent } from './check/apply-dates.ts';
import { checkAccents, readPapers } from './check/check-accents.ts';
import { checkAddresses } from './check/check-addresses.ts';
import { checkBodies } from './check/check-bodies.ts';
import { sortSources } from './check/check-citations.ts';
import { checkDates } from './check/check-dates.ts';
import { checkNames } from './check/check-names.ts';
import { checkNumerals } from './check/check-numerals.ts';
import { checkHome } from './check/check-home.ts';
import { checkPictures } from './check/check-pictures.ts';
import { checkReadings } from './check/check-readings.ts';
import { checkRelations } from './check/check-relations.ts';
import { checkHidden, checkType } from './check/check-type.ts';
import { mergeUnknownLanguages } from './check/check-unknown-languages.ts';
import { rowOf, type CollectionName } from './schema/collections.ts';
import { stringsOf, textsOf, type Entries } from './schema/entries.ts';
import { checkKeys, findBuild } from './editions/built-edition.ts';
import { checkSignatures } from './editions/check-signatures.ts';
import type { PublishedEdition } from './editions/read-edition.ts';
import { readEditions } from './editions/read-editions.ts';
import { readAttestations } from './editions/read-attestations.ts';
import { carryStates, listStates, printStates, type KnownState } from './editions/states.ts';
import { CampaignError, type Fault } from './read/fault.ts';
import { listFieldTexts } from './text/texts.ts';
import { listCampaignFiles, listLinks } from './read/folder.ts';
import { readEntries } from './read/read-entries.ts';
import { readLanguages, type Languages } from './read/read-languages.ts';
import { examineSite, readSite } from './read/read-site.ts';
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
  /** What languages ask of texts. */
  languages: Languages;
  /** From the first to the newest. */
  editions: PublishedEdition[];
  /** Keys of those who have built an edition again with the same result, by its number. */
  attestations: ReadonlyMap<number, readonly string[]>;
}

/** What was found in a campaign folder. */
export interface ExaminedCampaign {
  /** All that is wrong, in all files. */
  readonly faults: readonly Fault[];
  /** What could be read, for further checks; undefined where `site.yaml` has faults. */
  readonly reading?: Campaign & { readonly broken: ReadonlySet<string> };
}

/**
 * Reads and checks a campaign folder.
 * @param folder where it is
 * @param name the folder as messages call it
 * @throws CampaignError with all faults of all files at once
 */
export async function readCampaign(folder: string, name: string): Promise<Campaign> {
  const { faults, reading } = await examineCampaign(folder, name);
  if (faults.length > 0 || !reading) throw new CampaignError(faults, contextOf(name));
  const { broken: _, ...campaign } = reading;
  const { entries, editions, site } = campaign;
  const day = findDay(findBuildOf(site, editions), entries);
  expireDesignations(entries, day);
  retireSilent(entries, day);
  dropPast(entries, day);
  sortSources(entries);
  return campaign;
}

const contextOf = (name: string): string => `the campaign ${name}`;
const findBuildOf = (site: Site, editions: readonly PublishedEdition[]): Edition | Draft =>
  findBuild(
    site.id,
    editions.map(({ edition }) => edition),
  );

/**
 * Reads and checks a campaign folder, and gives all that it finds. A fault of `site.yaml` hides
 * none of other files: all but what depends on it is looked at as well.
 * @throws CampaignError if the folder is none that could be a campaign
 */
export async function examineCampaign(folder: string, name: string): Promise<ExaminedCampaign> {
  const { faults: ofSite, site, locales, source } = examineSite(folder, contextOf(name));
  if (!locales || !source) return { faults: ofSite };
  const faults: Fault[] = [...ofSite, ...refuseLinks(folder)];
  const { entries, broken } = readEntries(folder, locales, faults);
  const { lists: words, faults: ofWords } = readWordLists(folder);
  const { languages, faults: ofLanguages } = readLanguages(folder);
  faults.push(...ofWords, ...ofLanguages);
  const used = new Set(
    [...textsOf(entries), ...stringsOf(entries)].map(({ language = '' }) => language),
  );
  const merge = (): Fault[] => mergeUnknownLanguages(faults, source, locales, used);
  if (!site) return { faults: merge() };
  const { editions, faults: ofEditions } = readEditions(folder, site.id);
  const build = findBuildOf(site, editions);
  const attestations = new Map<number, string[]>();
  for (const published of editions)
    attestations.set(published.edition.number, await readAttestations(folder, published, faults));
  const texts = listFieldTexts(entries, site, source);
  faults.push(
    ...(ofEditions.length > 0 ? ofEditions : await checkSignatures(folder, editions)),
    ...checkKeys(build, editions, site.keys),
    ...checkAccents(site, source, readPapers()),
    ...checkPictures(folder, site),
    ...checkHome(entries, broken, site, source),
    ...checkAddresses(listCampaignFiles(folder), entries, locales),
    ...checkRelations(entries, locales, broken, site),
    ...checkDates(entries, build),
    ...checkReadings(entries),
    ...checkNumerals(entries, site, source),
    ...checkType(texts, languages),
    ...checkHidden(texts),
    ...checkNames(entries, texts, words),
    ...(await checkBodies(folder, entries, broken, site, languages)),
  );
  const read = { site, siteSource: source, locales, entries, words, languages };
  return { faults: merge(), reading: { ...read, editions, attestations, broken } };
}

const refuseLinks = (folder: string): Fault[] =>
  listLinks(folder).map((file) => ({
    file,
    found: 'a symbolic link, or something else that is no file',
    expected: 'files and folders only: a link could publish a file of the machine that builds',
    fix: 'put the file itself in its place',
  }));

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
  languages: Languages;
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

/** The number of the edition that a build is, or may become. */
export const numberOf = (build: Edition | Draft): number =>
  'of' in build ? build.of : build.number;

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
  // a campaign without records has texts
  const day = findDay(build, entries) || findDay(build, readEntries(folder, locales, []).entries);
  expireDesignations(entries, day);
  retireSilent(entries, day);
  dropPast(entries, day);
  return { site, entries, build, day, editions, languages: readLanguages(folder).languages };
}
