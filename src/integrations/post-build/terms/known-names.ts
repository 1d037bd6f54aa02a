import type { Records } from '../../../campaign/read-campaign.ts';
import { entryPage } from '../../../lib/entry-page.ts';
import { wordsOf } from '../../../lib/search/synonyms.ts';
import type { KnownNames } from './make-terms.ts';

/** The names that a campaign's records know besides those in its texts, for one language. */
export const knownNames = ({ entries }: Records, language: string): KnownNames => ({
  synonyms: entries.synonyms.map(({ data }) => wordsOf(data, language)),
  ofPages: new Map(
    entries.initiatives.map(({ slug, data: { name, aliases } }) => [
      `${language}/${entryPage('initiatives', slug)}`,
      [
        // a name in another language is one to look for where it is a word of its own: Вясна
        ...(typeof name === 'string' ? [name] : Object.values(name).filter(isSingleWord)),
        ...aliases,
      ],
    ]),
  ),
});

const isSingleWord = (name: string): boolean => !/\s/.test(name);
