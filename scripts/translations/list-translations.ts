import {
  collectionNames,
  rowOf,
  type CollectionName,
} from '../../src/campaign/schema/collections.ts';
import type { Entries, Entry } from '../../src/campaign/schema/entries.ts';
import type { Locales, Translation } from '../../src/campaign/schema/fields.ts';
import { isLanguageMap } from '../../src/campaign/text/texts.ts';

/** One text or record in one language that it is not written in. */
export interface TranslationState {
  /** The file of the translation, or of the original where there is none; of a record its own. */
  readonly file: string;
  readonly collection: CollectionName;
  readonly language: string;
  /** Whether some words are not there in this language. */
  readonly isMissing: boolean;
  /** How many versions the original is ahead. */
  readonly behind: number;
  /** Whether a native reader has read it. */
  readonly isRead: boolean;
  /** The day on which the original was last compared with its sources, where it has one. */
  readonly checked: string | undefined;
  /** What a mistake could cost a reader. */
  readonly touches: readonly string[];
}

/** What texts and records say of themselves, where they do. */
interface Versioned {
  readonly version?: number;
  readonly checked?: string;
  readonly touches?: readonly string[];
  readonly translation?: Translation | undefined;
  readonly translations?: Readonly<Record<string, Translation>>;
}
const fieldsOf = ({ data }: Entry) => data as Versioned;

/** All translations that a campaign has or lacks, by collection, file and language. */
export const listTranslations = (entries: Entries, locales: Locales): TranslationState[] =>
  collectionNames()
    .filter((name) => rowOf(name).form !== 'strings')
    .flatMap((name) =>
      rowOf(name).form === 'texts'
        ? listTexts(name, entries[name], locales)
        : entries[name].flatMap((entry) => listRecord(name, entry, locales)),
    );

function listTexts(
  collection: CollectionName,
  texts: readonly Entry[],
  { all }: Locales,
): TranslationState[] {
  const groups = Map.groupBy(texts, ({ slug }) => slug);
  return [...groups.values()].flatMap((versions) => {
    const original = versions.find((text) => !fieldsOf(text).translation);
    if (!original) return [];
    const { version = 1, checked, touches = [] } = fieldsOf(original);
    return all
      .filter((tag) => tag !== original.language)
      .map((tag) => {
        const own = versions.find(({ language }) => language === tag);
        const translation = own && fieldsOf(own).translation;
        return {
          file: own?.file ?? original.file,
          collection,
          language: tag,
          isMissing: !own,
          behind: translation ? version - translation.of : 0,
          isRead: translation?.checked ?? false,
          checked,
          touches,
        };
      });
  });
}

function listRecord(
  collection: CollectionName,
  entry: Entry,
  { main, all }: Locales,
): TranslationState[] {
  const maps = listLanguageMaps(entry.data);
  if (maps.length === 0) return [];
  const { version = 1, checked, translations = {} } = fieldsOf(entry);
  const { versioned, touches } = rowOf(collection);
  return all
    .filter((tag) => tag !== main)
    .map((tag) => ({
      file: entry.file,
      collection,
      language: tag,
      isMissing: maps.some((map) => !Object.hasOwn(map, tag)),
      behind: versioned ? version - (translations[tag]?.of ?? 1) : 0,
      // what has no versions has nobody who could say that it was read
      isRead: !versioned || (translations[tag]?.checked ?? false),
      checked,
      touches: touches === 'always' ? ['law', 'safety', 'money'] : [],
    }));
}

/** All maps from languages to texts in the data of a record. */
function listLanguageMaps(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  if (isLanguageMap(value)) return [value];
  return Object.values(value).flatMap(listLanguageMaps);
}
