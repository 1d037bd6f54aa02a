import {
  collectionNames,
  rowOf,
  type CitingName,
  type CollectionName,
  type DataOf,
  type ExpiringName,
  type NameWhere,
  type TextName,
  type VersionedName,
} from './collections.ts';
import type { Collection } from './collection-row.ts';

/** One file of a campaign that has passed its schema. */
export interface Entry<C extends CollectionName = CollectionName> {
  /** `<lang>/<slug>` for texts, the slug for records. */
  id: string;
  /** Path below the campaign folder. */
  file: string;
  data: DataOf<C>;
  /** Only in texts. */
  language?: string;
  /**
   * The path of the file below its collection and language, without ending: `2024/first-rain`. The
   * address of its page ends with it.
   */
  slug: string;
  body: string;
  bodyLine: number;
  lineOf: (path: readonly PropertyKey[]) => number;
}

export type Entries = { [C in CollectionName]: Entry<C>[] };

const entriesWhere = <C extends CollectionName>(
  entries: Entries,
  holds: (row: Collection) => boolean,
): Entry<C>[] =>
  collectionNames()
    .filter((name) => holds(rowOf(name)))
    .flatMap((name) => entries[name] as Entry<C>[]);

/** Guides, updates and whatever else is written in markdown. */
export const textsOf = (entries: Entries) =>
  entriesWhere<TextName>(entries, ({ form }) => form === 'texts');
/** All records but the strings of the interface: what has its languages side by side. */
export const recordsOf = (entries: Entries) =>
  entriesWhere<NameWhere<{ form: 'records' }>>(entries, ({ form }) => form === 'records');
export const stringsOf = (entries: Entries) =>
  entriesWhere(entries, ({ form }) => form === 'strings');
export const versionedOf = (entries: Entries) =>
  entriesWhere<VersionedName>(entries, ({ versioned }) => versioned);
export const citingOf = (entries: Entries) =>
  entriesWhere<CitingName>(entries, ({ cites }) => cites);
export const namingOf = (entries: Entries) =>
  entriesWhere(entries, ({ sharedNames }) => sharedNames);
/** What can have been banned. */
export const expiringOf = (entries: Entries) =>
  entriesWhere<ExpiringName>(entries, ({ dates }) => dates.expires);
/** What is live only with a sign of life. */
export const livingOf = (entries: Entries) =>
  entriesWhere<NameWhere<{ dates: { needsLife: true } }>>(entries, ({ dates }) => dates.needsLife);
/** What moves the day for which a draft speaks. */
export const dayMovingOf = (entries: Entries) =>
  entriesWhere<NameWhere<{ dates: { movesDay: true } }>>(entries, ({ dates }) => dates.movesDay);
