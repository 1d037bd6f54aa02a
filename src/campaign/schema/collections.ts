import type { z } from 'astro/zod';
import { action, initiative, mirror, notice, outsideSite } from './directory.ts';
import { date, figure, voice } from './facts.ts';
import type { Collection, IfBanned, IfNotLive, IfPaid, ReferencePath } from './collection-row.ts';
import type { State } from './fields.ts';
import { interfaceStrings } from './interface.ts';
import { guide, subject, synonym, update } from './pages.ts';
import { leaflet, letter } from './sheets.ts';

const undated = { movesDay: false, expires: false, needsLife: false, ends: false } as const;

const table = {
  guides: {
    form: 'texts',
    singular: 'guide',
    schema: guide,
    versioned: false,
    cites: false,
    unique: {},
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
    unique: { id: 'drawn' },
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
    unique: {},
    sharedNames: true,
    touches: 'always',
    dates: { movesDay: true, expires: true, needsLife: true, ends: false },
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
    unique: {},
    sharedNames: true,
    touches: 'always',
    dates: { ...undated, movesDay: true },
    relations: {
      'notices.*': { to: 'notices' },
      'risk.payer': { to: 'notices' },
      'risk.recipient': { to: 'notices' },
      'initiatives.*': { to: 'initiatives', ifNotLive: 'unverify', ifPaid: 'declare' },
      update: { to: 'updates', ifNotLive: 'keep' },
      guide: { to: 'guides', ifNotLive: 'keep' },
    },
    page: 'action',
  },
  notices: {
    form: 'records',
    singular: 'notice',
    schema: notice,
    versioned: true,
    cites: false,
    unique: {},
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
    unique: { 'prefixes.*': 'claimed' },
    sharedNames: true,
    touches: 'never',
    dates: { movesDay: true, expires: true, needsLife: true, ends: false },
    relations: {
      initiative: { to: 'initiatives', ifNotLive: 'keep', ifPaid: 'keep', ifBanned: 'follow' },
    },
    page: undefined,
  },
  mirrors: {
    form: 'records',
    singular: 'mirror',
    schema: mirror,
    versioned: false,
    cites: false,
    unique: {},
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
    unique: {},
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
    unique: {},
    sharedNames: true,
    touches: 'never',
    dates: undated,
    relations: {},
    page: undefined,
  },
  voices: {
    form: 'records',
    singular: 'voice',
    schema: voice,
    versioned: true,
    cites: false,
    unique: {},
    sharedNames: true,
    touches: 'always',
    dates: { ...undated, movesDay: true },
    relations: {},
    page: undefined,
  },
  leaflets: {
    form: 'records',
    singular: 'leaflet',
    schema: leaflet,
    versioned: true,
    cites: false,
    unique: {},
    sharedNames: false,
    touches: 'always',
    dates: undated,
    relations: {
      figure: { to: 'figures' },
      'actions.*': { to: 'actions', ifNotLive: 'omit', ifPaid: 'refuse' },
    },
    page: undefined,
  },
  letters: {
    form: 'records',
    singular: 'letter',
    schema: letter,
    versioned: true,
    cites: false,
    unique: {},
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
    unique: {},
    sharedNames: false,
    touches: 'never',
    dates: undated,
    relations: {},
    page: undefined,
  },
  synonyms: {
    form: 'records',
    singular: 'synonym',
    schema: synonym,
    versioned: false,
    cites: false,
    unique: {},
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
    unique: {},
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

type Has<Data, Fields> = Data extends Fields ? true : false;
type May<Data, Fields> = Data extends Fields ? boolean : false;

/**
 * What a row has to say of a collection whose entries hold this data: nothing that a schema has can
 * be left unchecked.
 */
export interface Facts<Data> {
  readonly versioned: Has<Data, { version: number; translations: object }>;
  readonly cites: Has<Data, { cites: readonly string[] }>;
  readonly unique: Data extends { prefixes: readonly string[] }
    ? { readonly 'prefixes.*': 'claimed' }
    : Data extends { id: string }
      ? { readonly id: 'drawn' }
      : Readonly<Record<string, never>>;
  readonly touches: Data extends { touches: unknown } ? 'declared' : 'always' | 'never';
  readonly dates: {
    readonly movesDay: May<Data, { checked: string }>;
    readonly expires: Has<Data, { designation: { decisions: object } }>;
    readonly needsLife: 'alive' extends keyof Data ? true : false;
    readonly ends: May<Data, { until: string }>;
  };
  readonly relations: {
    readonly [Path in ReferencePath<Data>]: RelationTo<
      | 'keep'
      | (Data extends { state: State } ? 'unverify' : never)
      | (Path extends `${string}.*` ? 'omit' : never),
      'keep' | 'refuse' | ('pays' extends keyof Data ? 'declare' : never),
      Data extends { designation: object } ? IfBanned : never
    >;
  };
}
/**
 * Whoever names what has a state, costs money or can be banned says what follows from each of
 * these.
 */
type RelationTo<NotLive extends IfNotLive, Paid extends IfPaid, Banned extends IfBanned> = {
  [C in CollectionName]: { readonly to: C } & (DataOf<C> extends { state: State }
    ? { readonly ifNotLive: NotLive }
    : object) &
    ('risk' extends keyof DataOf<C> ? { readonly ifPaid: Paid } : object) &
    ([Banned] extends [never]
      ? object
      : DataOf<C> extends { designation: object }
        ? { readonly ifBanned: Banned }
        : object);
}[CollectionName];

/**
 * All collections of a campaign, by the name of their folder. A row that does not fit its schema is
 * an error of types.
 */
export const collections = table satisfies { readonly [C in CollectionName]: Facts<DataOf<C>> };

/** The names of all collections, in the order of the table. */
export const collectionNames = (): CollectionName[] => Object.keys(collections) as CollectionName[];

/** What the table says of a collection. */
export const rowOf = (name: CollectionName): Collection => collections[name];

/** Names of collections by what the table says of them, as types. */
export type NameWhere<Row> = {
  [C in CollectionName]: Table[C] extends Row ? C : never;
}[CollectionName];
export type VersionedName = NameWhere<{ versioned: true }>;
export type TextName = NameWhere<{ form: 'texts' }>;
export type ExpiringName = NameWhere<{ dates: { expires: true } }>;
/** Collections whose entries have a page each. */
export type PagedName = NameWhere<{ page: string }>;
export type CitingName = NameWhere<{ cites: true }>;
