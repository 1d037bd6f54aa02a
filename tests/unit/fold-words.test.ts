import { describe, expect, test } from 'vitest';
import { foldWord, splitWords } from '../../src/lib/search/fold.ts';
import { commonPart, cutEnding, detachWord } from '../../src/lib/search/word-rules.ts';
import { rulesOf } from '../helpers/word-rules.ts';

describe('folding', () => {
  test.each([
    ['another letter is another word', 'бой', 'бои'],
    ['a word of other letters that look the same is another one', 'Тор', 'Top'],
  ])('%s', (_, one, other) => expect(foldWord(one)).not.toBe(foldWord(other)));

  test.each([
    ['case', 'Вясна', 'вЯСНА'],
    ['apostrophes of all kinds, and none', "сям'я", 'сям’я', 'самʼя'.replace('а', 'я'), 'сямя'],
    ['Ё and Е', 'ещё', 'еще'],
    ['the short U of Belarusian', 'ўлётка', 'улетка'],
    ['accents', 'élève', 'eleve'],
    ['a letter and its accent apart', 'e\u0301', 'é'],
    ['ligatures', 'œuvre', 'oeuvre'],
    ['letters of Arabic keyboards in Persian', 'كتابي', 'کتابی'],
    ['the non-joiner', 'می\u200Cخواهم', 'میخواهم'],
    ['digits of any script', '۱۲٣', '123'],
  ])('does not tell apart %s', (_, ...words) => expect(new Set(words.map(foldWord)).size).toBe(1));
});

describe('words of a text', () => {
  test.each([
    ['', []],
    ['— … !', []],
    ['1 140 and 4,499 and 15\u00A0000', ['1140', 'and', '4499', 'and', '15000']],
    ['in 2021 250 people', ['in', '2021', '250', 'people']],
    ['articles 19.11 and 361-2', ['articles', '19.11', 'and', '361-2']],
    ['сям’я l’UNESCO', ['сям’я', 'l’UNESCO']],
    ['می\u200Cخواهم', ['می\u200Cخواهم', 'می', 'خواهم']],
  ])('of %j are %j', (text, words) => expect(splitWords(text)).toEqual(words));
});

describe('endings', () => {
  test.each([
    ['of an unknown language stay', 'лістамі', 'xx', 'лістамі'],
    ['leave a stem', 'яму', 'be', 'яму'],
    ['of a longest kind go', 'лістамі', 'be', 'ліст'],
  ])('%s', (_, word, language, stem) => expect(cutEnding(word, rulesOf(language))).toBe(stem));

  test.each([
    ['be', ['бяляцкі', 'бяляцкага', 'бяляцкаму']],
    ['be', ['мост', 'масты', 'мастоў'].map(foldWord)],
    ['be', ['палітвязень', 'палітвязня', 'палітвязняў'].map(foldWord)],
    ['ru', ['листовок', 'листовки', 'листовка']],
  ])('in %s leave the same of %j', (language, words) =>
    expect(new Set(words.map((word) => commonPart(word, rulesOf(language)))).size).toBe(1),
  );

  test.each([
    ['Anna’s', 'en', 'Anna'],
    ['l’UNESCO', 'fr', 'UNESCO'],
    ['aujourd’hui', 'fr', 'aujourd’hui'],
    ['сям’я', 'be', 'сям’я'],
  ])('%s in %s is %s', (word, language, plain) =>
    expect(detachWord(word, rulesOf(language))).toBe(plain),
  );
});
