import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { languageTag } from '../schema/fields.ts';
import type { Fault } from './fault.ts';
import { listCampaignFiles, readText } from './folder.ts';
import { engineFolder } from './read-languages.ts';
import { namingOf, type Entries } from '../schema/entries.ts';

/**
 * The language of a list of the campaign's own words: names and terms that no dictionary knows.
 * Phrases have languages of their own.
 */
export function languageOfList(file: string): string | undefined {
  const tag = /^words\/([^/]+)\.txt$/.exec(file)?.[1];
  return tag !== undefined && languageTag.safeParse(tag).success ? tag : undefined;
}

/**
 * The campaign's own words by language, one a line, sorted by code points so that two changes
 * rarely meet on one line.
 */
export function readWordLists(folder: string): {
  lists: Map<string, ReadonlySet<string>>;
  faults: Fault[];
} {
  const lists = new Map<string, ReadonlySet<string>>();
  const faults: Fault[] = [];
  for (const file of listCampaignFiles(folder, 'words')) {
    const language = languageOfList(file);
    if (language === undefined) continue;
    const words = readText(folder, file)
      .replace(/\r?\n$/, '')
      .split(/\r?\n/);
    for (const [index, word] of words.entries()) {
      const before = words[index - 1];
      const place = { file, line: index + 1, found: JSON.stringify(word) };
      if (!/^\p{L}[\p{L}\p{M}]*(?:['’.-]\p{L}[\p{L}\p{M}]*)*$/u.test(word))
        faults.push({
          ...place,
          expected: 'one word a line, without spaces or remarks',
          fix: 'write each word on a line of its own, with its capital if it is a name',
        });
      else if (before !== undefined && before >= word)
        faults.push({
          ...place,
          expected: 'each word once, in the order of their code points',
          fix: `sort the file: LC_ALL=C sort -u ${file}`,
        });
    }
    lists.set(language, new Set(words));
  }
  return { lists, faults };
}

/**
 * Names of programs, formats and addresses that the interface of every campaign has, whatever its
 * language: no dictionary knows them, and no editor should have to list them.
 */
export const readEngineNames = (): string[] => readLines('languages/names.txt');

/** Words that the interface of every campaign has in a language, and its dictionary lacks. */
export function readEngineWords(language: string): string[] {
  const file = `languages/words/${language}.txt`;
  return existsSync(join(engineFolder(), file)) ? readLines(file) : [];
}

const readLines = (file: string): string[] => readText(engineFolder(), file).trim().split('\n');

/**
 * Words of the names that the records give in one form for all languages: organisations, sites,
 * sources.
 */
export function listSharedNames(entries: Entries): string[] {
  const names: string[] = [];
  const collect = (value: unknown, key = ''): void => {
    if (typeof value === 'string') {
      if (['name', 'source', 'aliases'].includes(key)) names.push(value);
    } else if (Array.isArray(value)) value.forEach((item) => collect(item, key));
    else if (typeof value === 'object' && value !== null)
      Object.entries(value).forEach(([name, item]) => collect(item, name));
  };
  for (const { data } of namingOf(entries)) collect(data);
  return [...new Set(names)];
}
