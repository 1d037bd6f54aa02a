import {
  findDictionary,
  findSearchTable,
  type Languages,
} from '../../../campaign/read/read-languages.ts';
import { openDictionary, type Dictionary } from '../../../campaign/spelling/check-spelling.ts';
import { foldWord } from '../../../lib/search/fold.ts';
import {
  commonPart,
  detachWord,
  hasAlternations,
  makeWordRules,
  type WordRules,
} from '../../../lib/search/word-rules.ts';

/** What the forms of a word have in common. */
export interface Stemmer {
  /**
   * The folded stems of a word, at least one: words that share one are forms of each other.
   * @param word as it is written, without what its language attaches to it
   */
  stemsOf: (word: string) => readonly string[];
  /** A word without what its language attaches to it. */
  detach: (word: string) => string;
  close: () => void;
}

/**
 * Stems by the dictionary of a language, by its endings for what is not in it, and in a language
 * without either by the word alone.
 */
export async function openStemmer(language: string, languages: Languages): Promise<Stemmer> {
  const dictionary = await openDictionary(findDictionary(languages, language));
  const rules = makeWordRules(language, findSearchTable(languages, language));
  const known = new Map<string, readonly string[]>();
  const stemsOf = (word: string): readonly string[] => {
    const stems = known.get(word) ?? findStems(word, rules, dictionary);
    known.set(word, stems);
    return stems;
  };
  const detach = (word: string) => detachWord(word, rules);
  return { stemsOf, detach, close: () => dictionary?.dispose() };
}

function findStems(word: string, rules: WordRules, dictionary?: Dictionary): readonly string[] {
  const folded = foldWord(word);
  const plain = word.normalize('NFC').replace(/[’‘ʼ`]/g, "'");
  const stems = dictionary ? lookUp(plain, dictionary) : [];
  const near = stems.map(foldWord).filter((stem) => isNear(stem, folded));
  // Of languages with many endings no dictionary joins all forms.
  const stem = hasAlternations(rules) ? (part: string) => commonPart(part, rules) : String;
  return near.length > 0 ? [...new Set(near.map(stem))] : [commonPart(folded, rules)];
}

/** Dictionaries hold names with their capital, and words without one. */
function lookUp(word: string, dictionary: Dictionary): string[] {
  const lower = word.toLowerCase();
  const stems = dictionary.stemWord(word);
  if (stems.length > 0 || lower === word)
    return stems.length > 0 ? stems : stemCompound(word, dictionary);
  const ofLower = dictionary.stemWord(lower);
  return ofLower.length > 0 ? ofLower : stemCompound(lower, dictionary);
}

/** How much of a compound is its last part, at least, and its first one. */
const [shortestLast, shortestFirst] = [5, 3];

/** The stem of a compound that no dictionary has, by its last part: паліт|вязняў, полит|заключённых. */
function stemCompound(word: string, dictionary: Dictionary): string[] {
  for (let cut = shortestFirst; cut <= word.length - shortestLast; cut++) {
    const [stem] = dictionary.stemWord(word.slice(cut));
    if (stem !== undefined) return [word.slice(0, cut) + stem];
  }
  return [];
}

/**
 * Whether a stem begins as the word does. Dictionaries also lead from a word to one that is another
 * to readers, and to a different one of the same spelling.
 */
function isNear(stem: string, folded: string): boolean {
  const wanted = Math.min(3, stem.length, folded.length);
  return stem.slice(0, wanted) === folded.slice(0, wanted);
}
