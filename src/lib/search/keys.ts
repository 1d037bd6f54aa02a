import { foldWord, splitWords } from './fold.ts';
import { changeFinals, commonPart, detachWord, type WordRules } from './word-rules.ts';

/**
 * What words are found by: the build indexes a text under its keys, the search page asks for those
 * of a query. Nothing of it may need a dictionary.
 */

/**
 * Ends each key in the index, so that a longer word is never taken for a shorter one that it begins
 * with, as Pagefind does when it finds nothing else. Unicode has it for a letter; no text has it.
 */
export const wordEnd = '\u02D1';

/** Shorter words say nothing, unless they are written in capitals. */
const [shortestWord, shortestAcronym] = [3, 2];

/** Whether a word may be a subject. Numbers of one or two digits are days and counts. */
export const isWord = (word: string): boolean =>
  /\p{Nd}/u.test(word)
    ? word.length >= shortestWord
    : word.length >= (word === word.toUpperCase() ? shortestAcronym : shortestWord);

/**
 * The key of one word, in letters without marks: Pagefind would keep a second form of the others.
 */
export const keyOf = (word: string, rules: WordRules): string =>
  changeFinals(commonPart(foldWord(word), rules), rules)
    .normalize('NFD')
    .replace(/\p{M}/gu, '');

/** The keys of the words of a text, in their order. */
export const listKeys = (text: string, rules: WordRules): string[] =>
  splitWords(text)
    .map((word) => detachWord(word, rules))
    .filter(isWord)
    .map((word) => keyOf(word, rules));
