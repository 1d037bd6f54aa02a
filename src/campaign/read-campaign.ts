import type { Draft, Edition } from '../kit/core/edition/edition.ts';
import { site as siteSchema, languages as languagesSchema, type Site } from './schema/site.ts';
import { slug as slugSchema, type Locales } from './schema/fields.ts';
import { dropPast, findDay, lapseDesignations, retireSilent } from './check/apply-dates.ts';
import { checkAccents } from './check/check-accents.ts';
import { checkBodies } from './check/check-bodies.ts';
import { checkNumerals } from './check/check-numerals.ts';
import { checkOrnament } from './check/check-ornament.ts';
import { checkRelations } from './check/check-relations.ts';
import { checkType } from './check/check-type.ts';
import {
  collectionNames,
  rowOf,
  type CollectionName,
  type Entries,
  type Entry,
} from './schema/collections.ts';
import { checkKeys, findBuild } from './editions/built-edition.ts';
import { checkSignatures } from './editions/check-signatures.ts';
import type { PublishedEdition } from './editions/read-edition.ts';
import { readEditions } from './editions/read-editions.ts';
import { readAttestations } from './editions/read-attestations.ts';
import { carryStates, listStates, printStates, type KnownState } from './editions/states.ts';
import { CampaignError, type Fault } from './read/fault.ts';
import { listFieldTexts } from './text/field-texts.ts';
import { isImageFile, listFiles, listLinks, readText } from './read/folder.ts';
import { checkFolder } from './check/check-folder.ts';
import { readPapers } from './read/papers.ts';
import { parseSource, type SourceFile } from './read/source-file.ts';
import { languageOfList, readWordLists } from './text/word-lists.ts';
import { validate } from './read/validate.ts';

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
  faults.push(
    ...(ofEditions.length > 0 ? ofEditions : await checkSignatures(folder, editions)),
    ...checkKeys(build, editions, site.keys),
    ...checkAccents(site, siteSource, readPapers()),
    ...checkOrnament(folder, site),
    ...ofWords,
    ...checkRelations(entries, locales, broken, site),
    ...checkNumerals(entries, site, siteSource),
    ...checkType(listFieldTexts(entries, site, siteSource)),
    ...(await checkBodies(folder, entries, broken)),
  );
  if (faults.length > 0) throw new CampaignError(faults, context);
  const day = findDay(build, entries);
  lapseDesignations(entries, day);
  retireSilent(entries, day);
  dropPast(entries, day);
  return { site, siteSource, locales, entries, words, editions, attestations };
}

/** What the steps after the build need of a campaign: the rest was checked before it, or is in the pages. */
export interface Records {
  site: Site;
  /** Without texts; of the records those that grow old or that feeds name. */
  entries: Entries;
  build: Edition | Draft;
  /** The day for which the build speaks. */
  day: string;
  editions: readonly PublishedEdition[];
}

const namedInFeeds: ReadonlySet<CollectionName> = new Set(['interface', 'notices', 'subjects']);

/** Reads a campaign that `readCampaign` has found sound, without its texts. */
export function readRecords(folder: string, name: string): Records {
  return readForDay(folder, name, (collection) => {
    const { movesDay, lapses, needsLife, ends } = rowOf(collection).dates;
    return movesDay || lapses || needsLife || ends || namedInFeeds.has(collection);
  });
}

/**
 * What the newest edition of a sound campaign knows of states, as `states.txt`, for whoever signs it:
 * the feeds of the next edition hold what differs.
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
  lapseDesignations(entries, day);
  retireSilent(entries, day);
  dropPast(entries, day);
  return { site, entries, build, day, editions };
}

function readSite(
  folder: string,
  context: string,
): { site: Site; locales: Locales; source: SourceFile } {
  const file = 'site.yaml';
  checkFolder(folder, context);
  if (!listFiles(folder).includes(file)) {
    throw new CampaignError(
      [
        {
          file,
          found: 'no such file',
          expected: 'the identity of the campaign',
          fix: 'check CONTENT_DIR, or copy src/content/site.yaml and change it',
        },
      ],
      context,
    );
  }
  const source = parseSource(file, readText(folder, file));
  if ('found' in source) throw new CampaignError([source], context);
  const first = validate(source, languagesSchema);
  if ('faults' in first) throw new CampaignError(first.faults, context);
  const all = first.data.languages.map(({ tag }) => tag);
  const second = validate(source, siteSchema(all, first.data.main));
  if ('faults' in second) throw new CampaignError(second.faults, context);
  return { site: second.data, locales: { main: first.data.main, all }, source };
}

/** `broken` are the files with faults of their own, as `collection/slug`: whoever names them is not at fault as well. */
function readEntries(
  folder: string,
  locales: Locales,
  faults: Fault[],
  wanted: (name: CollectionName) => boolean = () => true,
): { entries: Entries; broken: Set<string> } {
  const names = collectionNames();
  const schemas = new Map(names.map((name) => [name, rowOf(name).schema(locales)]));
  const entries = Object.fromEntries(names.map((name) => [name, []])) as unknown as Entries;
  const seen = new Map<string, string>();
  const broken = new Set<string>();

  for (const file of listFiles(folder)) {
    const name = names.find((known) => file.split('/', 1)[0] === known);
    if (name !== undefined && !wanted(name)) continue;
    const place = locate(file, name, locales);
    if (place === undefined) continue;
    if ('found' in place) {
      faults.push(place);
      continue;
    }
    const key = `${place.collection}/${place.id}`;
    const duplicate = seen.get(key);
    if (duplicate !== undefined) {
      faults.push({
        file,
        found: `the same name as ${duplicate}`,
        expected: 'one file for one page or record',
        fix: 'rename one of the two',
      });
      continue;
    }
    seen.set(key, file);

    const source = parseSource(file, readText(folder, file));
    const schema = schemas.get(place.collection);
    if (schema === undefined) continue;
    const result = 'found' in source ? { faults: [source] } : validate(source, schema);
    if ('faults' in result || 'found' in source) {
      faults.push(...('faults' in result ? result.faults : []));
      broken.add(`${place.collection}/${place.slug}`);
    } else {
      const data = result.data as Entry['data']; // the table ties each schema to its collection
      (entries[place.collection] as Entry[]).push(makeEntry(place, source, data));
    }
  }
  return { entries, broken };
}

interface Place {
  collection: CollectionName;
  id: string;
  slug: string;
  language?: string;
}

const makeEntry = (
  place: Place,
  { file, body, bodyLine, lineOf }: SourceFile,
  data: Entry['data'],
): Entry => {
  const { id, slug, language } = place;
  return {
    id,
    file,
    data,
    slug,
    body,
    bodyLine,
    lineOf,
    ...(language !== undefined && { language }),
  };
};

/** What a path below the campaign folder means. Undefined: an image, the ornament, or a file for people. */
function locate(
  file: string,
  collection: CollectionName | undefined,
  locales: Locales,
): Place | Fault | undefined {
  const parts = file.split('/');
  const rest = parts.slice(1);
  const name = rest.at(-1) ?? '';
  const dot = name.lastIndexOf('.');
  const [stem, ending] = [name.slice(0, dot), name.slice(dot + 1)];

  const form = collection === undefined ? undefined : rowOf(collection).form;
  if (collection !== undefined && form !== 'texts') {
    if (ending !== 'yaml' || rest.length !== 1) {
      return {
        file,
        found: `a file "${rest.join('/')}"`,
        expected: `${collection}/<name>.yaml`,
        fix: 'rename it, or move it out of this folder',
      };
    }
    if (form !== 'strings') return checkName(file, stem) ?? { collection, id: stem, slug: stem };
    return (
      checkLanguage(file, stem, locales) ?? {
        collection,
        id: stem,
        slug: stem,
        language: stem,
      }
    );
  }
  if (collection !== undefined && /^mdx?$/.test(ending)) {
    const [language = '', ...below] = rest;
    if (below.length !== 1)
      return {
        file,
        found: `the path ${file}`,
        expected: `${collection}/<language>/<name>.${ending}`,
        fix: 'move the file',
      };
    return (
      checkLanguage(file, language, locales) ??
      checkName(file, stem) ?? {
        collection,
        id: `${language}/${stem}`,
        slug: stem,
        language,
      }
    );
  }
  if (languageOfList(file) !== undefined) return undefined;
  const known =
    isImageFile(file) ||
    /^(site\.yaml|[a-z0-9-]+\.svg|(README|LICENSE)(\.(md|txt))?)$/.test(file) ||
    file.startsWith('editions/');
  if (known && file.split('/').every((part) => /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(part)))
    return undefined;
  // A file of code could be loaded by the bundler under the name of an image; and nothing here is needed but words and pictures.
  return {
    file,
    found: 'a file that nothing reads',
    expected:
      'texts, records, images (jpg, png, webp, avif, gif), the ornament, README and LICENSE, with plain names',
    fix: 'move it out of the campaign, or fix its name',
  };
}

function checkName(file: string, stem: string): Fault | undefined {
  if (slugSchema.safeParse(stem).success) return undefined;
  return {
    file,
    found: `the name "${stem}"`,
    expected: 'a name of a-z, 0-9 and single hyphens, at most 60 characters: it becomes an address',
    fix: 'rename the file',
  };
}

function checkLanguage(file: string, language: string, locales: Locales): Fault | undefined {
  if (locales.all.includes(language)) return undefined;
  return {
    file,
    found: `the language "${language}"`,
    expected: `a language of site.yaml: ${locales.all.join(', ')}`,
    fix: 'add the language to site.yaml, or move the file',
  };
}
