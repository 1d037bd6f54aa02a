import { fileURLToPath } from 'node:url';
import { createHunspellFromFiles, type Hunspell } from 'hunspell-wasm';
import type { SourceFile } from '../read/source-file.ts';
import type { Entries } from '../schema/entries.ts';
import type { Site } from '../schema/site.ts';
import { findDictionary, type Languages } from '../read/read-languages.ts';
import { listSharedNames, readEngineNames, readEngineWords } from '../read/word-lists.ts';
import { listWrittenTexts, splitWords, type WrittenText } from '../text/texts.ts';
import type { Fault } from '../read/fault.ts';

/** Checks the spelling of all texts of a campaign. */
export function spellCampaign({
  entries,
  site,
  siteSource,
  words,
  languages,
}: {
  entries: Entries;
  site: Site;
  siteSource: SourceFile;
  words: ReadonlyMap<string, ReadonlySet<string>>;
  languages: Languages;
}): Promise<Spelling> {
  const names = new Set(
    [...readEngineNames(), ...listSharedNames(entries)]
      .flatMap(splitWords)
      .flatMap(({ word }) => [word, ...word.split('-')]),
  );
  return checkSpelling(listWrittenTexts(entries, site, siteSource), words, names, languages);
}

export interface Spelling {
  /** The first place of each unknown word. */
  faults: Fault[];
  /** How many words were looked up, by language. */
  counts: Record<string, number>;
  /** Languages without a dictionary: nothing in them was checked. */
  leftOut: string[];
}

/**
 * Looks up every word of every text in the dictionary of its language, the campaign's word list of
 * that language, and the names of its records.
 * @param lists the campaign's own words, by language
 * @param names words that are the same in all languages
 */
export async function checkSpelling(
  texts: readonly WrittenText[],
  lists: ReadonlyMap<string, ReadonlySet<string>>,
  names: ReadonlySet<string>,
  languages: Languages,
): Promise<Spelling> {
  const result: Spelling = { faults: [], counts: {}, leftOut: [] };
  const byLanguage = Map.groupBy(texts, ({ language }) => language);
  for (const language of [...byLanguage.keys()].sort()) {
    const dictionary = await openDictionary(findDictionary(languages, language));
    if (!dictionary) {
      result.leftOut.push(language);
      continue;
    }
    try {
      checkLanguage(
        language,
        byLanguage.get(language) ?? [],
        dictionary,
        new Set([...(lists.get(language) ?? []), ...readEngineWords(language), ...names]),
        result,
      );
    } finally {
      dictionary.dispose();
    }
  }
  return result;
}

function checkLanguage(
  language: string,
  texts: readonly WrittenText[],
  dictionary: Dictionary,
  own: ReadonlySet<string>,
  result: Spelling,
): void {
  const seen = new Set<string>();
  let [count, unknown] = [0, 0];
  for (const { file, lineAt, where, text } of texts) {
    for (const { word, place } of splitWords(text)) {
      count++;
      if (seen.has(word)) continue;
      seen.add(word);
      if (isKnown(word, dictionary, own)) continue;
      const likely =
        ++unknown > maxSuggested
          ? []
          : dictionary
              .getSpellingSuggestions(straighten(word))
              .slice(0, 3)
              .map((suggestion) => `“${suggestion}”`);
      result.faults.push({
        file,
        line: lineAt(place),
        where,
        found: `the word “${word}”`,
        expected: `words of the dictionary of ${language}, of words/${language}.txt, or of the name of a record`,
        fix:
          `${likely.length > 0 ? `did you mean ${likely.join(' or ')}? ` : ''}If it is ` +
          `right, add it to words/${language}.txt; if it is in another language, write ` +
          `<Phrase lang="…">${word}</Phrase> in an .mdx file`,
      });
    }
  }
  result.counts[language] = count;
}

/** A suggestion takes a tenth of a second: more than these nobody reads at once. */
const maxSuggested = 40;

/** Some dictionaries know the curved apostrophe, some the straight one. */
const straighten = (word: string) => word.replace(/[’ʼ]/g, "'").replaceAll('‑', '-');

/** A word of the list may begin a sentence; parts between hyphens may be words of their own. */
function isKnown(word: string, dictionary: Dictionary, own: ReadonlySet<string>): boolean {
  const isOwn = (form: string) =>
    own.has(form) || own.has(form.charAt(0).toLowerCase() + form.slice(1));
  if (isOwn(word) || dictionary.testSpelling(straighten(word)) || dictionary.testSpelling(word))
    return true;
  const stem = /^(.+)’s$/u.exec(word)?.[1] ?? /^\p{L}{1,3}’(.+)$/u.exec(word)?.[1];
  if (stem !== undefined && (isOwn(stem) || dictionary.testSpelling(stem))) return true;
  const parts = word.split(/[-‑]/);
  return (
    parts.length > 1 && parts.every((part) => part.length > 0 && isKnown(part, dictionary, own))
  );
}

/** Whether a word is in the dictionary, words like it, and the words it is a form of. */
export type Dictionary = Pick<
  Hunspell,
  'testSpelling' | 'getSpellingSuggestions' | 'stemWord' | 'dispose'
>;

/**
 * Opens the dictionary of a package; undefined if it is not installed. Whoever opens one disposes of
 * it.
 */
export async function openDictionary(name: string | undefined): Promise<Dictionary | undefined> {
  if (name === undefined || !isInstalled(name)) return undefined;
  const [affixes, words] = ['index.aff', 'index.dic'].map((file) =>
    fileURLToPath(new URL(file, import.meta.resolve(name))),
  );
  return createHunspellFromFiles(affixes ?? '', words ?? '');
}

const isInstalled = (name: string): boolean => {
  try {
    return import.meta.resolve(name) !== '';
  } catch {
    return false; // Node says so in an error alone
  }
};
