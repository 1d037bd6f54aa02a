import { describe, expect, it } from 'vitest';
import { collectNumerals, diffLists } from '../../src/kit/core/text/plain-characters.ts';

describe('collectNumerals', () => {
  it.each([
    ['no text', '', []],
    ['no digit', 'nobody, and no one', []],
    ['numbers in words', 'fourteen of fifty-two', []],
  ])('finds none in %s', (_, text, expected) => {
    expect(collectNumerals(text)).toEqual(expected);
  });

  it.each([
    ['a year before a number of three digits', 'In 2015 120 people', ['120', '2015']],
    ['a number of three digits before a year', '120 2015', ['120', '2015']],
    ['a year before one with a comma', 'In 2015, 120 people', ['120', '2015']],
    ['a year before the end of its sentence', 'Until 2010. 600 came.', ['2010', '600']],
    ['a year before a grouped number', 'In 2021 8,400 letters', ['2021', '8400']],
    ['years in a row', '2012, 2013, 2014', ['2012', '2013', '2014']],
    ['years side by side', '2012 2013 2014', ['2012', '2013', '2014']],
    ['numbers of three digits in a list', '120, 130, 140', ['120', '130', '140']],
    ['a group of four digits', '1,2345', ['1', '2345']],
    ['a first group of four digits', '1234,567', ['1234', '567']],
    ['a range', '1–14', ['1', '14']],
    ['a range of grouped numbers', '8,400–9,000', ['8400', '9000']],
    ['a day', '2021-11-14', ['11', '14', '2021']],
    ['a day with dots', '14.11.2021', ['11', '14', '2021']],
    ['a day with dots and two digits of the year', '14.11.21', ['11', '14', '21']],
    ['an edition with dots', '1.2.3', ['1', '2', '3']],
    ['digits in a word', 'B52s', ['52']],
    ['two spaces between groups', '8  400', ['400', '8']],
  ])('does not join %s', (_, text, expected) => {
    expect(collectNumerals(text)).toEqual([...expected].sort());
  });

  it.each([
    ['a comma', '8,400'],
    ['a dot', '8.400'],
    ['a space', '8 400'],
    ['a no-break space', '8\u00A0400'],
    ['a thin space', '8\u2009400'],
    ['a narrow no-break space', '8\u202F400'],
    ['a straight apostrophe', "8'400"],
    ['a curved apostrophe', '8’400'],
    ['nothing', '8400'],
    ['an Arabic mark and in Arabic digits', '٨٬٤٠٠'],
    ['an Arabic mark and in Persian digits', '۸٬۴۰۰'],
  ])('reads 8400 with %s between its groups', (_, text) => {
    expect(collectNumerals(`about ${text} letters`)).toEqual(['8400']);
  });

  it.each([
    ['1,020', ['1020']],
    ['12 345 678', ['12345678']],
    ['1,234,567', ['1234567']],
    ['1.000.000', ['1000000']],
    ['8,400.', ['8400']],
    ['(8,400)', ['8400']],
    ['100 000', ['100000']],
    ['007', ['007']],
    ['0.125', ['0125']],
    ['3.5', ['3.5']],
    ['3,5', ['3.5']],
    ['12,34', ['12.34']],
    ['٣٫٥', ['3.5']],
    ['1,234.5', ['1234.5']],
    ['1 234,5', ['1234.5']],
    ['3.5.', ['3.5']],
  ])('reads %s', (text, expected) => {
    expect(collectNumerals(text)).toEqual(expected);
  });

  it('sorts, and names each number once', () => {
    expect(collectNumerals('9 of 10, then 9 of 100, then 1,000 and 1000')).toEqual([
      '10',
      '100',
      '1000',
      '9',
    ]);
  });

  it.each([
    ['Viasna counted 1,525 on 21 May 2023.', 'Viasna en comptait 1\u202F525 le 21 mai 2023.'],
    ['3.5 million, or 12.25 %', '3,5 millions, soit 12,25 %'],
    ['on 9 August 2020, 8,400 people', '9 жніўня 2020 года 8\u00A0400 чалавек'],
  ])('agrees for "%s" and its translation', (text, translation) => {
    expect(collectNumerals(translation)).toEqual(collectNumerals(text));
  });

  it.each([
    ['one digit', '1,525 people', '1 526 personnes'],
    ['a zero more', '8,400', '84\u202F000'],
    ['digits in another order', '1,525', '1 552'],
    ['a number left out', '14 of 52', '14'],
    ['the parts of a decimal exchanged', '8.4 million', '4,8 millions'],
    ['the parts of two decimals exchanged', '1.5 and 2.3', '1,3 et 2,5'],
    ['a decimal turned into a range', '1.5 years', '1–5 ans'],
  ])('differs by %s', (_, text, translation) => {
    expect(collectNumerals(translation)).not.toEqual(collectNumerals(text));
  });
});

describe('diffLists', () => {
  it.each([
    ['two empty lists', [], [], [], []],
    ['the same items in another order', ['1', '2'], ['2', '1'], [], []],
    ['items of the first list', ['1', '2', '3'], ['2'], ['1', '3'], []],
    ['items of the second list', ['2'], ['1', '2', '3'], [], ['1', '3']],
    ['items of both', ['1', '2'], ['2', '3'], ['1'], ['3']],
    ['items that begin alike', ['12'], ['1', '2'], ['12'], ['1', '2']],
  ])('compares %s', (_, a, b, onlyA, onlyB) => {
    expect(diffLists(a, b)).toEqual({ onlyA, onlyB });
  });
});

it('sees a number that was changed into another one of the same text', () => {
  expect(diffLists(['21', '23', '21'], ['21', '23', '23'])).toEqual({
    onlyA: ['21'],
    onlyB: ['23'],
  });
});
