import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { project } from '../build/project.ts';

/** The languages of the corpus: two scripts, three stemmers, each with a public dictionary here. */
export const corpusLanguages = ['en', 'fr', 'ru'] as const;
export type CorpusLanguage = (typeof corpusLanguages)[number];

interface Vocabulary {
  readonly dictionary: string;
  /** Plain words of the language: names, abbreviations and joined words are left out. */
  readonly word: RegExp;
}

const vocabularies: Record<CorpusLanguage, Vocabulary> = {
  en: { dictionary: 'dictionary-en-gb', word: /^[a-z]{3,12}$/ },
  fr: { dictionary: 'dictionary-fr', word: /^[a-zàâçèéêëîïôùûü]{3,12}$/ },
  ru: { dictionary: 'dictionary-ru', word: /^[а-я]{3,12}$/ },
};

/** How many different words a language of the corpus has: about those of a thousand real pages. */
const vocabularySize = 12_000;

/** Numbers from 0 up to 1 that are always the same for one seed (mulberry32). */
export function makeRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The words of a language, the most frequent first; the order is drawn, but always the same. */
export function readVocabulary(language: CorpusLanguage): readonly string[] {
  const { dictionary, word } = vocabularies[language];
  const lines = readFileSync(join(project, 'node_modules', dictionary, 'index.dic'), 'utf8');
  const all = lines
    .split('\n')
    .map((line) => line.replace(/[/\t ].*$/, ''))
    .filter((entry) => word.test(entry));
  const random = makeRandom(7);
  const ranked = [...new Set(all)].sort().map((entry) => ({ entry, rank: random() }));
  return ranked
    .sort((a, b) => a.rank - b.rank)
    .slice(0, vocabularySize)
    .map(({ entry }) => entry);
}

/** Draws words as often as texts have them: the n-th most frequent one n times as seldom (Zipf). */
export const drawWord = (vocabulary: readonly string[], random: () => number): string =>
  vocabulary[Math.floor(Math.exp(random() * Math.log(vocabulary.length))) - 1] ?? '';
