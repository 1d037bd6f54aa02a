import { getCollection, getEntry } from 'astro:content';
import type { Language } from '../campaign/schema/site.ts';
import type { InterfaceStrings } from '../campaign/schema/interface.ts';
import { formatAnnual, formatDate } from '../kit/text/dates.ts';
import { choose, formatNumber, type Phrase } from '../lib/words.ts';

const entry = await getEntry('site', 'site');
if (!entry) throw new Error('The campaign has no site.yaml, and the loader let it pass.');

export const site = entry.data;
const strings = new Map((await getCollection('interface')).map(({ id, data }) => [id, data]));

/** All that a page needs to speak one language of the campaign. */
export interface Tongue extends Language {
  strings: InterfaceStrings;
  /** A localized text of a record, in this language or with a mark that it is in the main one. */
  say: (words: string | Readonly<Record<string, string>>) => Phrase;
  date: (partialDate: string) => string;
  annual: (monthAndDay: string) => string;
  number: (value: number) => string;
}

const tongues = new Map(site.languages.map((language) => [language.tag, makeTongue(language)]));

function makeTongue(language: Language): Tongue {
  const own = strings.get(language.tag);
  if (!own)
    throw new Error(`interface/${language.tag}.yaml is missing, and the loader let it pass.`);
  const locale = language.locale ?? language.tag;
  return {
    ...language,
    strings: own,
    say: (words) => choose(words, language.tag, site.main),
    date: (partialDate) => formatDate(partialDate, locale),
    annual: (monthAndDay) => formatAnnual(monthAndDay, locale),
    number: (value) => formatNumber(value, locale),
  };
}

/** The tongue of a language tag, as a page's address holds it. */
export function tongueOf(tag: string | undefined): Tongue {
  const tongue = tongues.get(tag ?? site.main);
  if (!tongue) throw new Error(`No language "${tag}" in site.yaml.`);
  return tongue;
}

/** One page of each kind a language: for `getStaticPaths`. */
export const languagePaths = () => site.languages.map(({ tag }) => ({ params: { lang: tag } }));
