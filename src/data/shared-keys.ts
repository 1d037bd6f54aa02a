import { getCollection } from 'astro:content';
import { campaignFolder } from '../campaign/read/campaign-folder.ts';
import { findSearchTable, readLanguages } from '../campaign/read/read-languages.ts';
import { shareKeys, type SharedKeys } from '../lib/search/synonyms.ts';
import { makeWordRules, type WordRules } from '../lib/search/word-rules.ts';

const groups = (await getCollection('synonyms'))
  .sort((a, b) => (a.id < b.id ? -1 : 1))
  .map(({ data }) => data);

const { languages } = readLanguages(campaignFolder());

/** How the search of a language knows the forms of a word. */
export const wordRules = (language: string): WordRules =>
  makeWordRules(language, findSearchTable(languages, language));

/** By which key the search of a language asks for a word that has others of the same meaning. */
export const sharedKeys = (language: string): SharedKeys => shareKeys(groups, wordRules(language));
