import { foldWord } from './fold.ts';

/**
 * Endings by language, for words that no dictionary knows, names above all, and for what readers
 * type: neither the search page nor every campaign has a dictionary. Longest first in use; a word
 * keeps three letters at least. Folded, as `foldWord` leaves them.
 */
const endings: Readonly<Record<string, string>> = {
  be: `амі ямі аў оў яў еў ах ях ам ям ай яй ой ей ою аю ею аго яго ога ага аму яму ому ую юю ым ім ых
       іх ыя ія ая яя ое ае яе ы і а я у ю е э о ь`,
  ru: `ами ями ов ев ей ий ый ах ях ам ям ой ою ею ого его ому ему ую юю ым им ых их ые ие ая яя ое ее ом
       ем ы и а я у ю е о й ь`,
  uk: 'ами ями ів їв ах ях ам ям ой ою ею ого ому ий ій их іх ую ая ом ем і ї и а я у ю е о й ь',
  en: 's es ed ing',
  fr: 's x e es ee ees er ez',
};
const lists = new Map(
  Object.entries(endings).map(([language, text]) => [
    language,
    text
      .split(/\s+/)
      .map(foldWord)
      .sort((a, b) => b.length - a.length || (a < b ? -1 : 1)),
  ]),
);

const shortestStem = 3;

/** A folded word without its ending; whole in a language whose endings are not known. */
export function cutEnding(folded: string, language: string): string {
  const known = lists.get(language.split('-')[0] ?? '') ?? [];
  const ending = known.find(
    (item) => folded.endsWith(item) && folded.length - item.length >= shortestStem,
  );
  return ending === undefined ? folded : folded.slice(0, -ending.length);
}

/**
 * Vowels that come, go and change between the forms of a word, by language: мост and масты, письмо
 * and писем. What is left is no word any more, and for comparing alone.
 */
const alternations: Readonly<Record<string, readonly (readonly [RegExp, string])[]>> = {
  be: [
    [/ь/g, ''],
    [/(?<=..[^аеіоуыэюя])[еоэ](?=[^аеіоуыэюя]$)/, ''],
    [/[оэ]/g, 'а'],
    [/е/g, 'я'],
  ],
  ru: [
    [/ь/g, ''],
    [/(?<=..[^аеиоуыэюя])[ео](?=[^аеиоуыэюя]$)/, ''],
  ],
};

export const hasAlternations = (language: string): boolean =>
  Object.hasOwn(alternations, language.split('-')[0] ?? '');

/** The part of a folded word that all its forms have, as far as letters alone show it. */
export function commonPart(folded: string, language: string): string {
  const changes = alternations[language.split('-')[0] ?? ''] ?? [];
  return changes.reduce(
    (part, [pattern, text]) => part.replace(pattern, text),
    cutEnding(folded, language),
  );
}

/** Little words that some languages write onto the next one, and a case that one writes behind. */
const attached: Readonly<Record<string, RegExp>> = {
  en: /['’]s?$/u,
  fr: /^\p{L}{1,2}['’]|^(?:jusqu|lorsqu|puisqu|quoiqu)['’]/iu,
  it: /^\p{L}{1,5}['’]/u,
};

/** A word without what its language attaches to it: “l’UNESCO”, “Anna’s”. */
export const detachWord = (word: string, language: string): string => {
  const pattern = attached[language.split('-')[0] ?? ''];
  return (pattern && word.replace(pattern, '')) || word;
};
