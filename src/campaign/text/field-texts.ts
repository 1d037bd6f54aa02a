import type { Site } from '../schema/site.ts';
import { recordsOf, stringsOf, textsOf, type Entries } from '../schema/collections.ts';
import { isLanguageMap } from '../read/language-map.ts';
import type { SourceFile } from '../read/source-file.ts';
import type { WrittenText } from './written-text.ts';

/** Fields of guides and updates that are in the language of their file. */
const ownFields = new Set(['title', 'description', 'publisher', 'name']);

/** The texts of all fields: of records and of the site by their languages, of the interface, guides and updates in that of their file. */
export function listFieldTexts(
  entries: Entries,
  site: Site,
  siteSource: Pick<SourceFile, 'file' | 'lineOf'>,
): WrittenText[] {
  return [
    ...textsOf(entries).flatMap((entry) =>
      listStrings(entry, entry.data, entry.language ?? '', [], ownFields),
    ),
    ...stringsOf(entries).flatMap((entry) =>
      listStrings(entry, entry.data, entry.language ?? '', []),
    ),
    ...[...recordsOf(entries), { ...siteSource, data: site }].flatMap((entry) =>
      listMaps(entry, entry.data, []),
    ),
  ];
}

type Place = Pick<SourceFile, 'file' | 'lineOf'>;

/** The strings of all maps from languages to texts. A string outside such a map is a name that is the same in all languages. */
function listMaps(place: Place, value: unknown, path: PropertyKey[]): WrittenText[] {
  if (typeof value !== 'object' || value === null) return [];
  const isMap = isLanguageMap(value);
  return Object.entries(value).flatMap(([key, item]) =>
    isMap ? listStrings(place, item, key, [...path, key]) : listMaps(place, item, [...path, key]),
  );
}

/** All strings of a value, or those of the wanted fields. */
function listStrings(
  place: Place,
  value: unknown,
  language: string,
  path: PropertyKey[],
  wanted?: ReadonlySet<string>,
): WrittenText[] {
  if (typeof value === 'string') {
    if (wanted && !wanted.has(String(path.at(-1)))) return [];
    const line = place.lineOf(path);
    return [
      {
        file: place.file,
        lineAt: () => line,
        where: `field "${path.join('.')}"`,
        language,
        text: value,
      },
    ];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    listStrings(place, item, language, [...path, key], wanted),
  );
}
