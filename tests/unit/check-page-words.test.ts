import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openDictionary } from '../../src/campaign/spelling/check-spelling.ts';
import { splitWords } from '../../src/campaign/text/texts.ts';
import {
  findTypeFaults,
  placeholder,
} from '../../src/campaign/text/typography/find-type-faults.ts';
import {
  findDictionary,
  findTypeTable,
  readLanguages,
} from '../../src/campaign/read/read-languages.ts';
import { fill, languages, pickLanguage } from '../../src/check-page/words/languages.ts';
import { readEngineNames, readEngineWords } from '../../src/campaign/read/word-lists.ts';

/** All texts of one language, with what is filled in and names of files left out. */
const textsOf = (value: unknown): string[] =>
  typeof value === 'string'
    ? [value.replace(/\{\w+\}|verify\.mjs|check\.html|\(threshold\)/g, placeholder)]
    : Object.values(value as object).flatMap(textsOf);

/** Names of programs and formats; forms of words that the Belarusian dictionary lacks. */
const known = new Set(
  (
    'Chromium Firefox Node Safari HTML JavaScript MHTML CAR RW zip ' + 'правяраецца навейшай Байты'
  ).split(' '),
);

const { languages: rules } = readLanguages();

describe.each(Object.entries(languages))('the words of check.html in %s', (tag, words) => {
  const texts = textsOf(words);

  it('are set as the language asks', () => {
    const table = findTypeTable(rules, tag);
    if (!table) throw new Error(`no table for ${tag}`);
    expect(
      texts.flatMap((text) => findTypeFaults(text, table).map(({ rule }) => `${text}: ${rule}`)),
    ).toEqual([]);
    expect(findTypeFaults('x - y', table)).not.toEqual([]);
  });

  it('are in the dictionary, or among those of the engine or the campaign', async () => {
    const dictionary = await openDictionary(findDictionary(rules, tag));
    if (!dictionary) throw new Error(`no dictionary of ${tag}`);
    const own = new Set([
      ...readFileSync(`src/content/words/${tag}.txt`, 'utf8').split('\n'),
      ...readEngineWords(tag),
      ...readEngineNames(),
    ]);
    try {
      const unknown = texts
        .flatMap((text) => splitWords(text.replaceAll(placeholder, ' ')))
        .map(({ word }) => word)
        .filter((word) => !known.has(word) && !own.has(word) && !dictionary.testSpelling(word));
      expect([...new Set(unknown)]).toEqual([]);
      expect(dictionary.testSpelling('xqzw')).toBe(false);
    } finally {
      dictionary.dispose();
    }
  });
});

describe('the language of check.html', () => {
  it.each([
    ['English for a reader of none', ['de', 'pl-PL'], 'en'],
    ['the first that it has', ['de', 'be-BY', 'fr'], 'be'],
    ['a language, whatever its region', ['fr-CA'], 'fr'],
    ['no name of the language itself', ['constructor'], 'en'],
  ])('is %s', (_, tags, language) => {
    expect(pickLanguage(tags)).toBe(language);
  });

  it('fills in no value twice', () => {
    expect(fill('{a} of {b}', { a: '{b}', b: 2 })).toBe('{b} of 2');
  });
});
