import { getCollection, getEntry } from 'astro:content';
import type { Language } from '../campaign/schema/site.ts';
import type { InterfaceStrings } from '../campaign/schema/interface.ts';
import { formatAnnual, formatDate, formatYearOf, splitAnnual } from '../kit/core/text/dates.ts';
import { LocalizedText } from '../lib/localized-text.ts';
import { formatNumber, listSeparator, pickLanguage } from '../lib/words.ts';

const entry = await getEntry('site', 'site');
if (!entry) throw new Error('The campaign has no site.yaml, and the loader let it pass.');

export const site = entry.data;
const strings = new Map((await getCollection('interface')).map(({ id, data }) => [id, data]));

/** All that a page needs to speak one language of the campaign. */
export interface Locale extends Language {
  strings: InterfaceStrings;
  /** A text of a record in this language, or else in the main one. */
  localize: (words: string | Readonly<Record<string, string>>) => LocalizedText;
  date: (partialDate: string) => string;
  annual: (monthAndDay: string) => string;
  /** The same in two parts, for a calendar leaf. */
  leaf: (monthAndDay: string) => { day: string; month: string };
  /** The year in which a day lies, in the calendar and digits of the language. */
  yearOf: (day: Date) => string;
  number: (value: number) => string;
  /** What is between the items of a list. */
  separator: string;
}

const locales = new Map(site.languages.map((language) => [language.tag, makeLocale(language)]));

function makeLocale(language: Language): Locale {
  const own = strings.get(language.tag);
  if (!own)
    throw new Error(`interface/${language.tag}.yaml is missing, and the loader let it pass.`);
  const locale = language.locale ?? language.tag;
  return {
    ...language,
    strings: own,
    localize: (words) => pickLanguage(words, language.tag, site.main),
    date: (partialDate) => formatDate(partialDate, locale),
    annual: (monthAndDay) => formatAnnual(monthAndDay, locale),
    leaf: (monthAndDay) => splitAnnual(monthAndDay, locale),
    yearOf: (day) => formatYearOf(day, locale),
    number: (value) => formatNumber(value, locale),
    separator: listSeparator(locale),
  };
}

/** The locale of a language tag, as a page's address holds it. */
export function localeOf(tag: string | undefined): Locale {
  const locale = locales.get(tag ?? site.main);
  if (!locale) throw new Error(`No language "${tag}" in site.yaml.`);
  return locale;
}

/** A language's own name of itself, in that language. */
export const nameOf = (tag: string): LocalizedText => new LocalizedText(localeOf(tag).name, tag);

/** One page of each kind a language: for `getStaticPaths`. */
export const languagePaths = () => site.languages.map(({ tag }) => ({ params: { lang: tag } }));
