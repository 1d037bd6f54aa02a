import { getCollection } from 'astro:content';
import { shareKeys, type SharedKeys } from '../lib/search/synonyms.ts';

const groups = (await getCollection('synonyms'))
  .sort((a, b) => (a.id < b.id ? -1 : 1))
  .map(({ data }) => data);

/** By which key the search of a language asks for a word that has others of the same meaning. */
export const sharedKeys = (language: string): SharedKeys => shareKeys(groups, language);
