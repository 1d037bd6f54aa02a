/** Picking and filling the words of a language. */
import { LocalizedText } from './localized-text.ts';

/**
 * A text in `language`, or else in the main one, or in whatever language it has. A plain string is
 * a name that is the same in all languages.
 */
export function pickLanguage(
  words: string | Readonly<Record<string, string>>,
  language: string,
  main: string,
): LocalizedText {
  if (typeof words === 'string') return new LocalizedText(words);
  const tag = pickTag(words, language, main);
  return new LocalizedText(words[tag] ?? '', tag);
}

/** The same for lists: each item with its language. */
export function pickList(
  lists: Readonly<Record<string, readonly string[]>>,
  language: string,
  main: string,
): LocalizedText[] {
  const tag = pickTag(lists, language, main);
  return (lists[tag] ?? []).map((text) => new LocalizedText(text, tag));
}

const pickTag = (map: Readonly<Record<string, unknown>>, language: string, main: string): string =>
  [language, main].find((tag) => Object.hasOwn(map, tag)) ?? Object.keys(map)[0] ?? main;

/**
 * What a language puts between the items of a list (Unicode CLDR): ", " or "، ". A list of links
 * has no "and" before its last one, nor in Arabic between all: there the comma of the script parts
 * them.
 */
export function listSeparator(locale: string): string {
  const parts = new Intl.ListFormat([locale, 'en']).formatToParts(['1', '2', '3', '4']);
  const between = (parts[1]?.value ?? '').replaceAll(/\p{Default_Ignorable_Code_Point}/gu, '');
  if (!/\p{L}/u.test(between)) return between;
  return new Intl.Locale(locale).maximize().script === 'Arab' ? '، ' : ', ';
}

/**
 * Puts values into the `{braces}` of a string. A brace without a value stays, so that a test can
 * find it.
 */
export const interpolate = (
  template: string,
  values: Readonly<Record<string, string | number>>,
): string =>
  template.replace(/\{(\w+)\}/g, (brace, name: string) =>
    Object.hasOwn(values, name) ? String(values[name]) : brace,
  );

/**
 * The form of a counted text for a number, by the plural rules of the language (Unicode CLDR),
 * filled with that number. A language that Intl does not know is treated as English, not as what
 * the machine speaks (invariant 2).
 */
export function pluralize(
  forms: Readonly<Record<string, string | undefined>> & { other: string },
  number: number,
  locale: string,
): string {
  const form = forms[new Intl.PluralRules([locale, 'en']).select(number)] ?? forms.other;
  return interpolate(form, { count: formatNumber(number, locale) });
}

/**
 * A whole number with the thousands separator of the language, from 1,000 on, as texts of a
 * campaign have it.
 */
export const formatNumber = (number: number, locale: string): string =>
  new Intl.NumberFormat([locale, 'en'], { useGrouping: 'always' }).format(number);

/** A number in large digits: a space between them is wide in such a size, so it is the narrow one. */
export const setLarge = (number: string): string => number.replaceAll('\u00a0', '\u202f');

/** Digits by their name in Unicode, as CSS calls them (Counter Styles 3, 6.1). */
const listStyles: Readonly<Record<string, string>> = {
  arab: 'arabic-indic',
  arabext: 'persian',
  beng: 'bengali',
  deva: 'devanagari',
  gujr: 'gujarati',
  guru: 'gurmukhi',
  khmr: 'khmer',
  knda: 'kannada',
  laoo: 'lao',
  mlym: 'malayalam',
  mong: 'mongolian',
  mymr: 'myanmar',
  orya: 'oriya',
  tamldec: 'tamil',
  telu: 'telugu',
  thai: 'thai',
  tibt: 'tibetan',
};

/** The style of lists with the digits of a language; undefined where they are ours. */
export const listStyleOf = (locale: string): string | undefined =>
  listStyles[new Intl.NumberFormat([locale, 'en']).resolvedOptions().numberingSystem];
