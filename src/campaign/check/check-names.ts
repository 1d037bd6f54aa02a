import { textsOf, type Entries, type Entry } from '../schema/entries.ts';
import type { Fault } from '../read/fault.ts';
import { splitWords, type Word, type WrittenText } from '../text/texts.ts';

/** Shorter names have too many neighbours among true words. */
const minLength = { lookalike: 4, neighbour: 6 };
/**
 * Where names are inflected, they change at their ends: in Slavic languages by up to three letters.
 */
const endingLength = (name: string): number => (/\p{Script=Latin}/u.test(name) ? 2 : 3);

/**
 * Finds words that are almost the name of a record: "Wiliow" where the directory has "Willow".
 * Attack: a contributor sends readers to somebody who calls themselves almost like an organisation
 * that they trust. Names in other capitals and inflected names pass, and so does what the campaign
 * has put into a word list, where a reviewer sees it.
 * @param texts the fields of all files; bodies are taken from `entries`
 * @param words the campaign's own words, by language
 */
export function checkNames(
  entries: Entries,
  texts: readonly WrittenText[],
  words: ReadonlyMap<string, ReadonlySet<string>>,
): Fault[] {
  const all = [...texts, ...textsOf(entries).map(readBody)].map((text) => ({
    ...text,
    words: splitWords(text.text),
  }));
  const names = listNames(entries, all);
  const known = new Set(
    [...names, ...[...words.values()].flatMap((list) => [...list])].map(toLowerCase),
  );
  const byLookalike = Map.groupBy(
    names.filter(({ length }) => length >= minLength.lookalike),
    toSkeleton,
  );
  const long = names.filter(({ length }) => length >= minLength.neighbour);
  /** The names that words are almost; most words are in a campaign many times. */
  const meant = new Map<string, string | undefined>();
  const findMeant = (word: string): string | undefined => {
    if (known.has(word.toLowerCase())) return undefined;
    const lookalike = byLookalike.get(toSkeleton(word))?.[0];
    if (lookalike !== undefined) return lookalike;
    if (!/^\p{Lu}/u.test(word) || word.length < minLength.neighbour) return undefined;
    return long.find((name) => isNeighbour(word.toLowerCase(), name.toLowerCase()));
  };
  return all.flatMap(({ file, where, lineAt, words: found }) =>
    found.flatMap(({ word, place }) => {
      if (!meant.has(word)) meant.set(word, findMeant(word));
      const name = meant.get(word);
      if (name === undefined) return [];
      return [
        {
          file,
          line: lineAt(place),
          ...(where !== undefined && { where }),
          found: `the word “${word}”, which is almost the name “${name}”`,
          expected: 'the name of a record as it is written there: a false name leads to a trap',
          fix: `write “${name}”; if another name is meant, add it to words/<language>.txt`,
        },
      ];
    }),
  );
}

type Text = Pick<WrittenText, 'file' | 'where' | 'lineAt' | 'text'>;

/** The body of a text with its code; addresses are judged by the register. */
function readBody({ file, body, bodyLine }: Pick<Entry, 'file' | 'body' | 'bodyLine'>): Text {
  const text = body.replace(/\]\([^)\s]*\)/g, (address) => ' '.repeat(address.length));
  const lineAt = (place: number) => bodyLine + text.slice(0, place).split('\n').length - 1;
  return { file, lineAt, text };
}

/** The words of all names, but for those that texts use as ordinary words, too. */
function listNames(entries: Entries, all: readonly { words: readonly Word[] }[]): string[] {
  const ordinary = new Set(
    all.flatMap(({ words }) =>
      words.filter(({ word }) => word === word.toLowerCase()).map(({ word }) => word),
    ),
  );
  const names = entries.initiatives.flatMap(({ data }) => [
    ...(typeof data.name === 'string' ? [data.name] : Object.values(data.name)),
    ...data.aliases,
  ]);
  return [...new Set(names.flatMap((name) => splitWords(name).map(({ word }) => word)))].filter(
    (word) => /^\p{Lu}/u.test(word) && !ordinary.has(word.toLowerCase()),
  );
}

const toLowerCase = (word: string): string => word.toLowerCase();

/**
 * A word without what the eye misses (after UTS 39, section 4): Latin marks, and letters that look
 * like others.
 */
const toSkeleton = (word: string): string =>
  (/^\p{Script=Latin}+$/u.test(word) ? word.normalize('NFD').replace(/\p{M}/gu, '') : word)
    .replace(/[I1|]/g, 'l')
    .toLowerCase()
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replaceAll('cl', 'd')
    .replaceAll('i', 'l')
    .replaceAll('0', 'o');

/** Whether two words differ by one letter, or two exchanged ones, before the ending of the name. */
function isNeighbour(word: string, name: string): boolean {
  if (Math.abs(word.length - name.length) > 1) return false;
  let start = 0;
  while (start < name.length && word[start] === name[start]) start++;
  if (start > name.length - 1 - endingLength(name)) return false;
  const rest = (text: string, skip: number) => text.slice(start + skip);
  return (
    rest(word, 1) === rest(name, 1) ||
    rest(word, 1) === rest(name, 0) ||
    rest(word, 0) === rest(name, 1) ||
    (word[start] === name[start + 1] &&
      word[start + 1] === name[start] &&
      rest(word, 2) === rest(name, 2))
  );
}
