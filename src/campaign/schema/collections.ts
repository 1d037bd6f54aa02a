import { type z } from 'astro/zod';
import { action, initiative, mirror, notice, outsideSite } from './directory.ts';
import { date, figure } from './facts.ts';
import type { Reference, State, Locales } from './fields.ts';
import { interfaceStrings } from './interface.ts';
import { guide, subject, update } from './pages.ts';
import { leaflet, letter } from './sheets.ts';

/** What becomes of a record when another one, which it names, is not live (any more). */
type IfNotLive =
  /** Nothing: it says something about the other one, whatever its state. */
  | 'keep'
  /** It is at most as good as what it names: it is not called live, and is not offered with what is not. */
  | 'unverify'
  /** The name is left out of the list in which it stands. */
  | 'omit';

/** A field that names records of a collection. */
export interface Relation {
  readonly to: string;
  readonly ifNotLive?: IfNotLive;
}

/** One folder of a campaign: everything that loaders, checks and versions have to know of it. */
export interface Collection {
  /** `texts` are markdown, a folder a language; `records` YAML files; `strings` YAML, a file a language. */
  readonly form: 'texts' | 'records' | 'strings';
  /** One entry, as messages call it. */
  readonly singular: string;
  readonly schema: (locales: Locales) => z.ZodType;
  /** The languages stand side by side in a record, and each follows a `version` (`versions` of `fields.ts`). */
  readonly versioned: boolean;
  /** Its statements name their sources in `cites`, and no source stands uncited. */
  readonly cites: boolean;
  /** The names in it are right as they are, for the spelling of all other texts. */
  readonly sharedNames: boolean;
  /** Whether it touches law, safety or money: each text says so itself, all do, or none. A signer is shown what does. */
  readonly touches: 'declared' | 'always' | 'never';
  /** What grows old by itself (`check/apply-dates.ts`). */
  readonly dates: {
    /** Its `checked` moves the day for which a draft speaks. */
    readonly movesDay: boolean;
    /** Its `designation` lapses. */
    readonly lapses: boolean;
    /** It is live only with a sign of life (`alive`) within twelve months. */
    readonly needsLife: boolean;
    /** It is dropped after its `until`. */
    readonly ends: boolean;
  };
  /** Fields that name entries of other collections, by path; `*` stands for each item of a list. */
  readonly relations: Readonly<Record<string, Relation>>;
  /** The folder of the pages that its entries have, one each, below their language. */
  readonly page: string | undefined;
}

const undated = { movesDay: false, lapses: false, needsLife: false, ends: false } as const;

const table = {
  guides: {
    form: 'texts',
    singular: 'guide',
    schema: guide,
    versioned: false,
    cites: false,
    sharedNames: false,
    touches: 'declared',
    dates: undated,
    relations: {},
    page: 'guide',
  },
  updates: {
    form: 'texts',
    singular: 'update',
    schema: update,
    versioned: false,
    cites: false,
    sharedNames: false,
    touches: 'declared',
    dates: undated,
    relations: { 'subjects.*': { to: 'subjects' } },
    page: 'update',
  },
  initiatives: {
    form: 'records',
    singular: 'initiative',
    schema: initiative,
    versioned: true,
    cites: true,
    sharedNames: true,
    touches: 'always',
    dates: { movesDay: true, lapses: true, needsLife: true, ends: false },
    relations: {
      'notices.*': { to: 'notices' },
      'risk.payer': { to: 'notices' },
      'risk.recipient': { to: 'notices' },
    },
    page: 'initiative',
  },
  actions: {
    form: 'records',
    singular: 'action',
    schema: action,
    versioned: true,
    cites: false,
    sharedNames: true,
    touches: 'always',
    dates: { ...undated, movesDay: true },
    relations: {
      'notices.*': { to: 'notices' },
      'risk.payer': { to: 'notices' },
      'risk.recipient': { to: 'notices' },
      'initiatives.*': { to: 'initiatives', ifNotLive: 'unverify' },
      update: { to: 'updates', ifNotLive: 'keep' },
      guide: { to: 'guides', ifNotLive: 'keep' },
    },
    page: undefined,
  },
  notices: {
    form: 'records',
    singular: 'notice',
    schema: notice,
    versioned: true,
    cites: false,
    sharedNames: false,
    touches: 'always',
    dates: undated,
    relations: {},
    page: undefined,
  },
  sites: {
    form: 'records',
    singular: 'site',
    schema: outsideSite,
    versioned: false,
    cites: false,
    sharedNames: true,
    touches: 'never',
    dates: { movesDay: true, lapses: true, needsLife: true, ends: false },
    relations: { initiative: { to: 'initiatives', ifNotLive: 'keep' } },
    page: undefined,
  },
  mirrors: {
    form: 'records',
    singular: 'mirror',
    schema: mirror,
    versioned: false,
    cites: false,
    sharedNames: false,
    touches: 'never',
    dates: { ...undated, ends: true },
    relations: {},
    page: undefined,
  },
  dates: {
    form: 'records',
    singular: 'date',
    schema: date,
    versioned: true,
    cites: false,
    sharedNames: true,
    touches: 'never',
    dates: undated,
    relations: { update: { to: 'updates', ifNotLive: 'keep' } },
    page: undefined,
  },
  figures: {
    form: 'records',
    singular: 'figure',
    schema: figure,
    versioned: true,
    cites: false,
    sharedNames: true,
    touches: 'never',
    dates: undated,
    relations: {},
    page: undefined,
  },
  leaflets: {
    form: 'records',
    singular: 'leaflet',
    schema: leaflet,
    versioned: true,
    cites: false,
    sharedNames: false,
    touches: 'always',
    dates: undated,
    relations: { 'actions.*': { to: 'actions', ifNotLive: 'omit' } },
    page: undefined,
  },
  letters: {
    form: 'records',
    singular: 'letter',
    schema: letter,
    versioned: true,
    cites: false,
    sharedNames: false,
    touches: 'always',
    dates: undated,
    relations: { guide: { to: 'guides', ifNotLive: 'keep' } },
    page: undefined,
  },
  subjects: {
    form: 'records',
    singular: 'subject',
    schema: subject,
    versioned: false,
    cites: false,
    sharedNames: false,
    touches: 'never',
    dates: undated,
    relations: {},
    page: undefined,
  },
  interface: {
    form: 'strings',
    singular: 'interface',
    schema: () => interfaceStrings,
    versioned: false,
    cites: false,
    sharedNames: false,
    touches: 'never',
    dates: undated,
    relations: {},
    page: undefined,
  },
} as const satisfies Record<string, Collection>;

type Table = typeof table;
export type CollectionName = keyof Table;
export type DataOf<C extends CollectionName> = z.output<ReturnType<Table[C]['schema']>>;

/** The paths of all references in the data of an entry, such as `risk.payer` or `notices.*`. */
type ReferencePath<V> = V extends readonly (infer Item)[]
  ? `*${Below<Item>}`
  : V extends object
    ? { [K in keyof V & string]: `${K}${Below<NonNullable<V[K]>>}` }[keyof V & string]
    : never;
type Below<V> = V extends Reference
  ? ''
  : V extends string
    ? never
    : V extends object
      ? `.${ReferencePath<V>}`
      : never;

type Has<Data, Fields> = Data extends Fields ? true : false;
type May<Data, Fields> = Data extends Fields ? boolean : false;

/** What a row has to say of a collection whose entries hold this data: nothing that a schema has can be left unchecked. */
export interface Facts<Data> {
  readonly versioned: Has<Data, { version: number; translations: object }>;
  readonly cites: Has<Data, { cites: readonly string[] }>;
  readonly touches: Data extends { touches: unknown } ? 'declared' : 'always' | 'never';
  readonly dates: {
    readonly movesDay: May<Data, { checked: string }>;
    readonly lapses: Has<Data, { designation: { decisions: object } }>;
    readonly needsLife: 'alive' extends keyof Data ? true : false;
    readonly ends: May<Data, { until: string }>;
  };
  readonly relations: {
    readonly [Path in ReferencePath<Data>]: RelationTo<
      | 'keep'
      | (Data extends { state: State } ? 'unverify' : never)
      | (Path extends `${string}.*` ? 'omit' : never)
    >;
  };
}
/** Whoever names what has a state says what becomes of it when that is not live. */
type RelationTo<Possible extends IfNotLive> = {
  [C in CollectionName]: DataOf<C> extends { state: State }
    ? { readonly to: C; readonly ifNotLive: Possible }
    : { readonly to: C };
}[CollectionName];

/** All collections of a campaign, by the name of their folder. A row that does not fit its schema is an error of types. */
export const collections = table satisfies { readonly [C in CollectionName]: Facts<DataOf<C>> };

/** One file of a campaign that has passed its schema. */
export interface Entry<C extends CollectionName = CollectionName> {
  /** `<lang>/<slug>` for texts, the file's name for records. */
  id: string;
  /** Path below the campaign folder. */
  file: string;
  data: DataOf<C>;
  /** Only in texts. */
  language?: string;
  slug: string;
  body: string;
  bodyLine: number;
  lineOf: (path: readonly PropertyKey[]) => number;
}

export type Entries = { [C in CollectionName]: Entry<C>[] };

/** The names of all collections, in the order of the table. */
export const collectionNames = (): CollectionName[] => Object.keys(collections) as CollectionName[];

/** What the table says of a collection. */
export const rowOf = (name: CollectionName): Collection => collections[name];

/** Names of collections by what the table says of them, as types. */
type NameWhere<Row> = {
  [C in CollectionName]: Table[C] extends Row ? C : never;
}[CollectionName];
export type VersionedName = NameWhere<{ versioned: true }>;
export type TextName = NameWhere<{ form: 'texts' }>;
export type LapsingName = NameWhere<{ dates: { lapses: true } }>;
/** Collections whose entries have a page each. */
export type PagedName = NameWhere<{ page: string }>;
type CitingName = NameWhere<{ cites: true }>;

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
export const lapsingOf = (entries: Entries) =>
  entriesWhere<LapsingName>(entries, ({ dates }) => dates.lapses);
/** What is live only with a sign of life. */
export const livingOf = (entries: Entries) =>
  entriesWhere<NameWhere<{ dates: { needsLife: true } }>>(entries, ({ dates }) => dates.needsLife);
/** What moves the day for which a draft speaks. */
export const dayMovingOf = (entries: Entries) =>
  entriesWhere<NameWhere<{ dates: { movesDay: true } }>>(entries, ({ dates }) => dates.movesDay);
