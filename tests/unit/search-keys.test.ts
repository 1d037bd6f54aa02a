import { describe, expect, test } from 'vitest';
import { keepSpaces, markFound, showSpaces } from '../../src/lib/search/excerpt.ts';
import { isWord, keyOf, listKeys } from '../../src/lib/search/keys.ts';
import { shareKeys } from '../../src/lib/search/synonyms.ts';
import {
  countSlips,
  findLetter,
  findNearWord,
  type WordIndex,
} from '../../src/search/near-word.ts';
import { rulesOf } from '../helpers/word-rules.ts';

describe('the key of a word', () => {
  test.each([
    ['en', 'letter Letters letter’s'],
    ['en', 'copy copies copied'],
    ['en', 'donate donates donated donating'],
    ['en', 'stop stops stopped stopping'],
    ['fr', 'député députés deputes'],
    ['fr', "adresse l’adresse l'adresses"],
    ['be', "сям’я сямя сям'ю сямʼя"],
    ['be', 'масты мост мастамі'],
    ['be', 'улётка ўлётка ўлёткай'],
    ['be', 'палітвязень палітвязьні палітвязням'],
    ['ru', 'заключённый заключенному заключённых'],
    ['ru', 'открытка открыток открытками'],
    ['fa', 'کتاب كتاب'],
    ['fa', '۱۲۳۴ 1234'],
  ])('in %s is one for %s', (language, words) => {
    const keys = words.split(' ').flatMap((word) => listKeys(word, rulesOf(language)));
    expect([...new Set(keys)]).toHaveLength(1);
  });

  test('has no marks on its letters, which Pagefind would keep a second form of', () => {
    expect(keyOf('йод', rulesOf('ru'))).toBe('иод');
    expect(keyOf('çà', rulesOf('fr'))).toBe('ca');
  });

  test('is none of short words and small numbers, but of acronyms', () => {
    expect(['to', '12', 'MP', 'КДБ', '2021', 'mint'].map(isWord)).toEqual([
      false,
      false,
      true,
      true,
      true,
      true,
    ]);
    expect(listKeys('to the MP on 12 May 1 234', rulesOf('en'))).toEqual([
      'the',
      'mp',
      'mai',
      '1234',
    ]);
  });

  test('is shared by words of one record, in any language, and stays with the first of two', () => {
    const record = (word: Record<string, string>, ...also: string[]) => ({
      word,
      also,
      alsoIn: { en: ['peppermint'] },
    });
    const groups = [record({ en: 'mint', fr: 'menthe' }, 'Мята'), record({ en: 'mint' }, 'sage')];
    expect(shareKeys(groups, rulesOf('en'))).toEqual({
      menth: 'mint',
      мята: 'mint',
      peppermint: 'mint',
      sag: 'mint',
    });
    expect(shareKeys(groups, rulesOf('fr'))).not.toHaveProperty('peppermint');
  });
});

describe('an excerpt', () => {
  const pieces = (text: string, ...asked: string[]) =>
    markFound(text, asked, (word) => keyOf(word, rulesOf('en'))).map(({ text: part, isFound }) =>
      isFound ? `[${part}]` : part,
    );

  test('marks words without their punctuation, in each of their forms', () => {
    expect(pieces('“Letters”, one letter; Lettuce.', 'letter').join('')).toBe(
      '“[Letters]”, one [letter]; Lettuce.',
    );
  });

  test('marks what a query is the beginning of, and nothing without one', () => {
    expect(pieces('Donations help.', 'don').join('')).toBe('[Donations] help.');
    expect(pieces('Donations help.').join('')).toBe('Donations help.');
  });

  test('has the spaces again that may not break a line', () => {
    const text = 'à midi\u00A0! 24\u202F300';
    expect(keepSpaces(text)).not.toMatch(/[\u00A0\u202F]/);
    expect(showSpaces(keepSpaces(text))).toBe(text);
  });
});

describe('a word that nobody has written', () => {
  test.each([
    ['mint', 'mint', 0],
    ['mint', 'mnt', 1],
    ['mint', 'miint', 1],
    ['mint', 'mist', 1],
    ['mint', 'mnit', 1],
    ['mint', '', 4],
    ['postcrads', 'postcards', 1],
    ['reference', 'difference', 3],
  ])('%s is from %s as many slips as it took', (one, other, slips) => {
    expect(countSlips(one, other)).toBe(slips);
    expect(countSlips(other, one)).toBe(slips);
  });

  const opened: string[] = [];
  const index: WordIndex = {
    words: ['Prisoner'],
    letters: [
      { text: '0–9', address: '0' },
      { text: 'P', address: 'p' },
      { text: 'R', address: 'r' },
    ],
    open: (address) => {
      opened.push(address);
      const words = { '0': ['1234'], p: ['parcel', 'pardon'], re: ['referendum', 'release'] };
      const parts = ['ra – rd', 're – ru'].map((text) => ({ text, address: text.slice(0, 2) }));
      return Promise.resolve(
        address === 'r'
          ? { words: [], parts }
          : { words: words[address as keyof typeof words] ?? [], parts: [] },
      );
    },
  };

  test('is like one of the list at hand, of the index, or of a page of its letter', async () => {
    expect(await findNearWord('prisonners', rulesOf('en'), index)).toBe('Prisoner');
    expect(await findNearWord('parcell', rulesOf('en'), index)).toBe('parcel');
    expect(await findNearWord('refrendum', rulesOf('en'), index)).toBe('referendum');
    expect(opened.slice(-2)).toEqual(['r', 're']);
  });

  test('is like none that is too far, too short, or of a letter that there is not', async () => {
    expect(await findNearWord('pumpkin', rulesOf('en'), index)).toBeUndefined();
    expect(await findNearWord('par', rulesOf('en'), index)).toBeUndefined();
    expect(await findNearWord('zebra', rulesOf('en'), index)).toBeUndefined();
  });

  test('is under its letter, and a number under that of numbers', () => {
    expect(findLetter('Ребра', index.letters)).toBeUndefined();
    expect(findLetter('rake', index.letters)?.address).toBe('r');
    expect(findLetter('۱۲۳۴', index.letters)?.address).toBe('0');
  });
});
