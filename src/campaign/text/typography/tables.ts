/** What a language asks of its punctuation. A language without a table is not checked. */
export interface TypeTable {
  /** Opening and closing quotation marks. */
  quotes: readonly [open: string, close: string];
  /** The same within a quotation. */
  nested: readonly [open: string, close: string];
  /** What is inside the outer quotation marks: nothing, or a space that does not break. */
  padding: string;
  /** What comes before a character. Those that are not named have nothing before them. */
  before: Readonly<Record<string, string>>;
  /** Dashes between words; the first is the one to write. */
  dashes: readonly string[];
  /** What separates thousands; the first is the one to write. */
  thousands: readonly string[];
  /** What is between a number and "%"; the first is the one to write. */
  percent: readonly string[];
}

/** A place of a text that is not set as its language asks. */
export interface TypeFault {
  /** Where it begins, in code units. */
  start: number;
  found: string;
  /** What should be there. */
  wanted: string;
  /** The rule, in words. */
  rule: string;
}

/** The no-break spaces: of the width of a word space, and narrow. */
const noBreak = '\u00A0';
const narrow = '\u202F';

/** Milchin and Cheltsova, the handbook of publishers and authors. */
const ru: TypeTable = {
  quotes: ['«', '»'],
  nested: ['„', '“'],
  padding: '',
  before: {},
  dashes: ['—'],
  thousands: [noBreak, narrow],
  percent: [noBreak, narrow, ''],
};

const tables: Readonly<Record<string, TypeTable>> = {
  /** The rules of spelling and punctuation of 2008; in print, the characters of Russian. */
  be: ru,
  /**
   * New Hart's Rules for spaces and numbers. Outer quotes are double, as in most English read on
   * screens.
   */
  en: {
    quotes: ['“', '”'],
    nested: ['‘', '’'],
    padding: '',
    before: {},
    dashes: ['–', '—'],
    thousands: [','],
    percent: [''],
  },
  /** Lexique des règles typographiques en usage à l'Imprimerie nationale. */
  fr: {
    quotes: ['«', '»'],
    nested: ['“', '”'],
    padding: noBreak,
    before: { ';': narrow, '!': narrow, '?': narrow, ':': noBreak },
    dashes: ['–', '—'],
    thousands: [narrow, noBreak],
    percent: [narrow, noBreak],
  },
  ru,
};

/**
 * The table of a language: of be-tarask that of be. Another script has other rules, so be-Latn has
 * none.
 */
export function findTypeTable(tag: string): TypeTable | undefined {
  const { language, script } = new Intl.Locale(tag);
  return script === undefined && Object.hasOwn(tables, language) ? tables[language] : undefined;
}
