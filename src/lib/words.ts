/** Choosing and filling the words of a language. */

/** A text and, where it is not in the language of its page, the language that it is in. */
export interface Phrase {
  text: string;
  lang?: string;
}

/**
 * A text in `language`, or else in the main one. A plain string is a name that is the same in all
 * languages.
 */
export function pickLanguage(
  words: string | Readonly<Record<string, string>>,
  language: string,
  main: string,
): Phrase {
  if (typeof words === 'string') return { text: words };
  const own = words[language];
  return own === undefined ? { text: words[main] ?? '', lang: main } : { text: own };
}

/**
 * The attributes of an element that holds nothing but a text in another language, whose direction
 * may be another one, too.
 */
export const markLanguage = ({ lang }: Phrase): { lang?: string; dir?: 'auto' } =>
  lang === undefined ? {} : { lang, dir: 'auto' };

/** The same for lists: each item with its language. */
export function pickList(
  lists: Readonly<Record<string, readonly string[]>>,
  language: string,
  main: string,
): Phrase[] {
  const own = lists[language];
  return own === undefined
    ? (lists[main] ?? []).map((text) => ({ text, lang: main }))
    : own.map((text) => ({ text }));
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
