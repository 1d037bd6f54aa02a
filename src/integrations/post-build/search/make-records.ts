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

/** What words are found by. */
interface Keys {
  ofText: (text: string) => string[];
  /** Of what is between two spaces of a text. */
  ofWord: (word: string) => string;
}

/**
 * The places of the pages of one language, each by its own words; none of pages that do not belong
 * in the search.
 */
export function makeRecords(
  pages: readonly BuiltPage[],
  { shared, rules, ofPages }: KnownKeys,
): SearchRecord[] {
  const ofText = (text: string) =>
    listKeys(text, rules).map((key) => (shared[key] ?? key) + wordEnd);
  const known = new Map<string, string>(); // most words come again and again
  const ofWord = (word: string): string => {
    const key = known.get(word) ?? (ofText(word).join('-') || noKey);
    known.set(word, key);
    return key;
  };
  return pages.flatMap((page) =>
    recordPage(page, { ofText, ofWord }, (ofPages.get(page.path) ?? []).flatMap(ofText)),
  );
}

function recordPage(page: BuiltPage, keysOf: Keys, names: readonly string[]): SearchRecord[] {
  const { language } = page;
  const sections = listSections(page);
  const ofPage = sections.flatMap(({ warnings }) => warnings)[0];
  const records = new Map<string, SearchRecord>();
  for (const section of sections) {
    const { path, fragment, heading, texts } = section;
    const url = fragment === '' ? path : `${path}#${fragment}`;
    const words = texts.flatMap(splitText);
    const before = records.get(url);
    records.set(url, {
      language,
      url,
      words: [...(before?.words ?? []), ...words.map(keepSpaces)],
      keys: [...(before?.keys ?? []), ...words.map(keysOf.ofWord)],
      fields: before?.fields ?? {
        [fieldOf(section)]: keysOf.ofText(heading.text),
        page: fragment === '' ? [] : keysOf.ofText(section.page.text),
        names: fragment === '' ? names : [],
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
