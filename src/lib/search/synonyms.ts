import { keyOf } from './keys.ts';
import type { WordRules } from './word-rules.ts';

/** A record of `synonyms/`, as far as its words go. */
interface WordGroup {
  word: Readonly<Record<string, string>>;
  also: readonly string[];
  alsoIn: Readonly<Partial<Record<string, readonly string[]>>>;
}

/** The words of a record by which readers of one language look for the same. */
export const wordsOf = ({ word, also, alsoIn }: WordGroup, language: string): string[] => [
  ...Object.values(word),
  ...also,
  ...(alsoIn[language] ?? []),
];

/** One key for all words of a record, by the key of each; the key itself is left out. */
export type SharedKeys = Readonly<Record<string, string>>;

/** The shared keys of a language. A word in two records belongs to the first. */
export function shareKeys(groups: readonly WordGroup[], rules: WordRules): SharedKeys {
  const shared = new Map<string, string>();
  for (const group of groups) {
    const keys = wordsOf(group, rules.language).map((word) => keyOf(word, rules));
    const own = keys.map((key) => shared.get(key)).find((key) => key !== undefined) ?? keys[0];
    for (const key of keys) if (own !== undefined && !shared.has(key)) shared.set(key, own);
  }
  return Object.fromEntries([...shared].filter(([key, own]) => key !== own));
}
