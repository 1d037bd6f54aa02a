import { collections } from '../../../campaign/schema/collections.ts';
import { keepSpaces } from '../../../lib/search/excerpt.ts';
import { listKeys, wordEnd } from '../../../lib/search/keys.ts';
import type { ShownPlace } from '../../../lib/search/shown-place.ts';
import type { SharedKeys } from '../../../lib/search/synonyms.ts';
import type { WordRules } from '../../../lib/search/word-rules.ts';
import type { BuiltPage } from '../built-page.ts';
import { listSections, type Section } from '../terms/sections.ts';
import { firstSentence } from './first-sentence.ts';

/** A place that a search leads to. */
export interface SearchRecord {
  language: string;
  /** From the root of the site. */
  url: string;
  /** The words of its text as readers see them, with their punctuation. */
  words: readonly string[];
  /** What each of them is found by, at the same position. */
  keys: readonly string[];
  /** What says more about the place than its text does, as keys. */
  fields: Readonly<Partial<Record<Field, readonly string[]>>>;
  shown: ShownPlace;
}

/**
 * Titles of pages, of their parts and of entries of a list; the title of the page of a part;
 * further names of what a page is about.
 */
type Field = 'main' | 'title' | 'entry' | 'page' | 'names';

/** What a campaign says of words besides its texts, for one language. */
export interface KnownKeys {
  shared: SharedKeys;
  rules: WordRules;
  /** Further names of what a page is about, by its path. */
  ofPages: ReadonlyMap<string, readonly string[]>;
}

/**
 * The places of a page, each by its own words; none of a page that does not belong in the search.
 */
export function makeRecords(
  page: BuiltPage,
  { shared, rules, ofPages }: KnownKeys,
): SearchRecord[] {
  const { language } = page;
  const keysOf = (text: string) =>
    listKeys(text, rules).map((key) => (shared[key] ?? key) + wordEnd);
  const sections = listSections(page);
  const ofPage = sections.flatMap(({ warnings }) => warnings)[0];
  const records = new Map<string, SearchRecord>();
  for (const section of sections) {
    const { path, fragment, heading, texts } = section;
    const url = fragment === '' ? path : `${path}#${fragment}`;
    const words = texts.flatMap(splitText);
    const keys = words.map((word) => keysOf(word).join('-') || noKey);
    const before = records.get(url);
    records.set(url, {
      language,
      url,
      words: [...(before?.words ?? []), ...words.map(keepSpaces)],
      keys: [...(before?.keys ?? []), ...keys],
      fields: before?.fields ?? {
        [fieldOf(section)]: keysOf(heading.text),
        page: fragment === '' ? [] : keysOf(section.page.text),
        names: fragment === '' ? (ofPages.get(path) ?? []).flatMap(keysOf) : [],
      },
      shown: before?.shown ?? describePlace(section, language, ofPage),
    });
  }
  return [...records.values()];
}

/** A text of a day is one of many, as an entry is; what is read again and again comes first. */
const fieldOf = ({ path, fragment, isEntry }: Section): Field => {
  if (isEntry) return 'entry';
  const isDated = path.split('/')[1] === collections.updates.page;
  return fragment === '' && !isDated ? 'main' : 'title';
};

/** Holds the place of a word that nothing is found by: Pagefind counts it, and indexes nothing. */
const noKey = '-';

/** The words of a text; what has no end of a sentence is apart from what follows. */
const splitText = (text: string): string[] => [
  ...text.split(/[ \n\t]+/),
  ...(/[.!?…:;][»”"')]*$/.test(text) ? [] : ['·']),
];

function describePlace(
  { fragment, page, heading, badges, warnings }: Section,
  locale: string,
  ofPage: string | undefined,
): ShownPlace {
  const { language, direction } = heading;
  const warned = warnings[0] ?? ofPage;
  const warning = [...badges, ...(warned === undefined ? [] : [firstSentence(warned, locale)])];
  return {
    title: heading.text || page.text,
    ...(fragment === '' || heading.text === '' ? {} : { page: page.text }),
    ...(language === undefined ? {} : { lang: language }),
    ...(direction === undefined ? {} : { dir: direction }),
    ...(warning.length === 0 ? {} : { warning: warning.join(' · ') }),
  };
}
