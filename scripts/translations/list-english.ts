import { parse } from 'yaml';
import type { Entries } from '../../src/campaign/schema/entries.ts';
import { isSpoken, makeInterface } from '../new/campaign-words.ts';

/** A file of the interface that has texts as a new campaign has them: in English. */
export interface EnglishTexts {
  readonly file: string;
  /** By their places, in the order of the file: `home.latest`. */
  readonly places: readonly string[];
}

/** Shorter ones are the same in many languages, as “RSS”, “Menu” or “{title}: {what}” are. */
const isLong = (text: string): boolean => text.replace(/\{\w+\}/g, '').length >= 12;

/**
 * The texts of the interface that nobody has translated, in languages that this program does not
 * speak. A new campaign has all of them in English, and so has what `new -- interface` adds.
 */
export function listEnglishTexts(files: Entries['interface']): EnglishTexts[] {
  return files.flatMap(({ file, slug, data }): EnglishTexts[] => {
    if (isSpoken(slug)) return [];
    const english = new Map(listStrings(parse(makeInterface(slug))));
    const places = listStrings(data)
      .filter(([place, text]) => english.get(place) === text && isLong(text))
      .map(([place]) => place);
    return places.length === 0 ? [] : [{ file, places }];
  });
}

/** All strings of a file, by their places. */
function listStrings(value: unknown, place = ''): [place: string, text: string][] {
  if (typeof value === 'string') return [[place, value.trim()]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) =>
    listStrings(item, place === '' ? name : `${place}.${name}`),
  );
}

/** So many places are named of each file. */
const shown = 5;

/** The same in lines; none where all is translated. */
export const printEnglishTexts = (files: readonly EnglishTexts[]): string[] =>
  files.length === 0
    ? []
    : [
        '',
        'still in English',
        ...files.map(
          ({ file, places }) =>
            `  ${file}: ${places.length} texts, ${places.slice(0, shown).join(', ')}` +
            (places.length > shown ? ', …' : ''),
        ),
      ];
