import type { SearchTable } from '../../campaign/schema/language.ts';
import { foldWord } from './fold.ts';

/**
 * How a search knows the forms of a word in one language, for words that no dictionary knows, names
 * above all, and for what readers type. As JSON the search page has it, too.
 */
export interface WordRules {
  language: string;
  /** Folded, as `foldWord` leaves them; the longest first. */
  endings: readonly string[];
  /** A letter, and what it is compared as. */
  exchanged: Readonly<Record<string, string>>;
  fleeting?: SearchTable['fleeting'];
  finals: SearchTable['finals'];
  single?: string | undefined;
  before?: SearchTable['before'];
  after: readonly string[];
}

/** The rules of a language; one of which nothing is known has none, and its words stay whole. */
export function makeWordRules(language: string, table?: SearchTable): WordRules {
  const { endings, silent = '', exchanged = {}, finals = [], after = [] } = table ?? {};
  const { fleeting, single, before } = table ?? {};
  return {
    language,
    endings: (endings?.split(/\s+/) ?? [])
      .map(foldWord)
      .sort((a, b) => b.length - a.length || (a < b ? -1 : 1)),
    exchanged: {
      ...exchanged,
      ...Object.fromEntries(Array.from(silent, (letter) => [letter, ''])),
    },
    ...(fleeting && { fleeting }),
    finals,
    ...(single !== undefined && { single }),
    ...(before && { before }),
    after: after.toSorted((a, b) => b.length - a.length),
  };
}

const shortestStem = 3;

/** A folded word without its ending. */
export function cutEnding(folded: string, { endings }: WordRules): string {
  const ending = endings.find(
    (item) => folded.endsWith(item) && folded.length - item.length >= shortestStem,
  );
  return ending === undefined ? folded : folded.slice(0, -ending.length);
}

/** Whether letters change between the forms of a word, so that stems of a dictionary differ, too. */
export const hasAlternations = ({ exchanged, fleeting }: WordRules): boolean =>
  fleeting !== undefined || Object.keys(exchanged).length > 0;

/**
 * The part of a folded word that all its forms have, as far as letters alone show it. Where letters
 * change, it is no word any more, and for comparing alone.
 */
export function commonPart(folded: string, rules: WordRules): string {
  const part = cutEnding(folded, rules);
  if (!hasAlternations(rules)) return part;
  const { exchanged, fleeting } = rules;
  const silent = replaceLetters(part, (letter) => (exchanged[letter] === '' ? '' : letter));
  return replaceLetters(
    fleeting ? dropFleeting(silent, fleeting) : silent,
    (letter) => exchanged[letter] ?? letter,
  );
}

const replaceLetters = (text: string, replace: (letter: string) => string): string =>
  Array.from(text, replace).join('');

/** Letters before a vowel that may be left out: a shorter word would not be known again. */
const beforeFleeting = 3;

/** Without a vowel between the last two consonants: письмо and писем. */
function dropFleeting(
  part: string,
  { letters, vowels }: NonNullable<WordRules['fleeting']>,
): string {
  const at = part.length - 2;
  const isFleeting =
    at >= beforeFleeting &&
    letters.includes(part.charAt(at)) &&
    [at - 1, at + 1].every((place) => !vowels.includes(part.charAt(place)));
  return isFleeting ? part.slice(0, at) + part.slice(at + 1) : part;
}

/** What still differs between forms of a word when its ending is gone. */
export function changeFinals(part: string, { finals, single }: WordRules): string {
  const changed = finals.reduce(
    (text, { letter, after, write }) =>
      text.endsWith(letter) && text.length > after ? text.slice(0, -letter.length) + write : text,
    part,
  );
  const [last, other] = [changed.at(-1), changed.at(-2)];
  const isDoubled = changed.length >= 4 && last !== undefined && last === other;
  return single !== undefined && isDoubled && !single.includes(last)
    ? changed.slice(0, -1)
    : changed;
}

/** A word without what its language attaches to it: “l’UNESCO”, “Anna’s”. */
export function detachWord(word: string, { before, after }: WordRules): string {
  const place = word.search(/['’]/);
  if (place < 0) return word;
  const first = word.slice(0, place);
  const isBefore =
    before &&
    ((/^\p{L}+$/u.test(first) && Array.from(first).length <= before.letters) ||
      before.words.includes(first.toLowerCase()));
  if (isBefore) return word.slice(place + 1) || word;
  const behind = after.find((ending) => word.endsWith(`'${ending}`) || word.endsWith(`’${ending}`));
  return (behind === undefined ? word : word.slice(0, -behind.length - 1)) || word;
}
