import { findSearchTable, readLanguages } from '../../src/campaign/read/read-languages.ts';
import { makeWordRules, type WordRules } from '../../src/lib/search/word-rules.ts';

const { languages } = readLanguages();

/** How a search knows the words of a language, by the rules that the engine ships. */
export const rulesOf = (tag: string): WordRules =>
  makeWordRules(tag, findSearchTable(languages, tag));
