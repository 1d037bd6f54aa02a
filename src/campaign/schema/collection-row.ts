import type { z } from 'astro/zod';
import type { Locales, Reference } from './fields.ts';

/** What becomes of a record when another one, which it names, is not live (any more). */
export type IfNotLive =
  /** Nothing: it says something about the other one, whatever its state. */
  | 'keep'
  /**
   * It is at most as good as what it names: it is not called live, and is not offered with what is
   * not.
   */
  | 'unverify'
  /** The name is left out of the list that it is in. */
  | 'omit';

/** What follows where one pays for what is named. */
export type IfPaid =
  | 'keep'
  /** Whoever names it says whether one pays (`pays`). */
  | 'declare'
  /** It may not be named: paper has no room for what it can cost both sides. */
  | 'refuse';

/** What follows where what is named is banned, or not known to be free. */
export type IfBanned =
  | 'keep'
  /** Whoever names it is not called free either. */
  | 'follow';

/** What to do about a value that two entries have. */
export type Uniqueness =
  /** One of the two is wrong: somebody has to find out which. */
  | 'claimed'
  /** The younger entry is a copy of the other one, and gets a value of its own. */
  | 'drawn';

/** A field that names records of a collection. */
export interface Relation {
  readonly to: string;
  readonly ifNotLive?: IfNotLive;
  readonly ifPaid?: IfPaid;
  readonly ifBanned?: IfBanned;
}

/** One folder of a campaign: everything that loaders, checks and versions have to know of it. */
export interface Collection {
  /**
   * `texts` are markdown, a folder a language; `records` YAML files; `strings` YAML, a file a
   * language.
   */
  readonly form: 'texts' | 'records' | 'strings';
  /** One entry, as messages call it. */
  readonly singular: string;
  readonly schema: (locales: Locales) => z.ZodType;
  /**
   * The languages are side by side in a record, and each follows a `version` (`versions` of
   * `fields.ts`).
   */
  readonly versioned: boolean;
  /** Its statements name their sources in `cites`, and no source is uncited. */
  readonly cites: boolean;
  /** Fields whose values belong to one entry of the collection only, by path. */
  readonly unique: Readonly<Record<string, Uniqueness>>;
  /** The names in it are right as they are, for the spelling of all other texts. */
  readonly sharedNames: boolean;
  /**
   * Whether it touches law, safety or money: each text says so itself, all do, or none. A signer is
   * shown what does.
   */
  readonly touches: 'declared' | 'always' | 'never';
  /** What grows old by itself (`check/apply-dates.ts`). */
  readonly dates: {
    /** Its `checked` moves the day for which a draft speaks. */
    readonly movesDay: boolean;
    /** Its `designation` expires. */
    readonly expires: boolean;
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

/** The paths of all references in the data of an entry, such as `risk.payer` or `notices.*`. */
export type ReferencePath<V> = V extends readonly (infer Item)[]
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
