import { describe, expect, test } from 'vitest';
import { applyEdits, parsePage } from '../../src/integrations/post-build/built-page.ts';
import type { Dist } from '../../src/integrations/post-build/dist.ts';
import { readLanguages } from '../../src/campaign/read/read-languages.ts';
import { bindWords } from '../../src/integrations/post-build/steps/bind-words.ts';

const languages = [
  { tag: 'en', locale: 'en-GB' },
  { tag: 'be' },
  { tag: 'ru' },
  { tag: 'fr', locale: 'fr-FR' },
  { tag: 'de' },
  { tag: 'fa', locale: 'fa-u-ca-gregory-nu-latn' },
];

/** The words of a page after the step, a no-break space as ~. */
const bind = (html: string, path = 'en/home.html'): string => {
  const page = parsePage(path, html);
  bindWords({ pages: [page], site: { languages } } as unknown as Dist, readLanguages().languages);
  return applyEdits(page).replaceAll('\u00a0', '~');
};

describe('no line breaks', () => {
  test.each([
    ['inside a date', 'since 4 August 2011, and', 'since 4~August~2011, and'],
    ['inside a day of each year', '<p>On 4 August</p>', '<p>On 4~August</p>'],
    ['inside a month of a year', 'in March 2026', 'in March~2026'],
    ['inside a date that begins with its month', 'on March 5, 2026', 'on March~5,~2026'],
    ['inside a French date', 'le 1er août 2020', 'le 1er~août~2020'],
    ['inside a date that is bound already', 'le 4\u00a0août 2011', 'le 4~août~2011'],
    ['inside a Russian date', 'к 30 сентября 2025 года', 'к 30~сентября~2025 года'],
    ['inside a Belarusian date', 'да 5 сакавіка 2026 года', 'да 5~сакавіка~2026 года'],
    ['before the word for year', '5 сакавіка 2026 г.', '5~сакавіка~2026~г.'],
    ['inside a German date', 'am 4. August 2011', 'am 4.~August~2011'],
    ['before the dot between two facts', 'an hour · write', 'an hour~· write'],
    ['before the number of a source', 'It is. <sup data-cites>1</sup>', 'It is.~<sup data-cites>1'],
  ])('%s', (_, html, expected) => {
    expect(bind(html)).toContain(expected);
  });

  test.each([
    ['in a Russian title', 'ru', '<h2>Что о них и в чём</h2>', '<h2>Что о~них и~в~чём</h2>'],
    ['in a part of a title', 'be', '<h1><b>У Мінску</b></h1>', '<b>У~Мінску</b>'],
    ['before a quotation', 'be', '<h1>З «Вясны»</h1>', '<h1>З~«Вясны»</h1>'],
  ])('behind a word of one letter %s', (_, tag, html, expected) => {
    expect(bind(html, `${tag}/home.html`)).toContain(expected);
  });

  // "14 лістапада 2021 года" in one piece is wider than a phone of 320 px
  test.each([
    ['14 лістапада 2021 года', '14~лістапада 2021 года'],
    ['At dawn on 4 August 2027', 'At dawn on 4~August 2027'],
    ['On March 5, 2026', 'On March~5, 2026'],
    ['In March 2026', 'In March 2026'],
    ['5 сакавіка 2026 г.', '5~сакавіка 2026~г.'],
  ])('in a title within a day, but before its year: %s', (title, expected) => {
    expect(bind(`<h1>${title}</h1>`)).toContain(`<h1>${expected}</h1>`);
  });

  test.each([
    ['in other texts', 'ru', '<p>Что о них</p>', '<p>Что о них</p>'],
    ['in a language that does not ask for it', 'en', '<h1>Send a letter</h1>', 'Send a letter'],
    ['behind a letter of a longer word', 'ru', '<h1>Село Бо в дали</h1>', 'Село Бо в~дали'],
    ['at a dash', 'ru', '<h1>а — б</h1>', '<h1>а — б</h1>'],
  ])('but lines do behind a letter %s', (_, tag, html, expected) => {
    expect(bind(html, `${tag}/home.html`)).toContain(expected);
  });

  test.each([
    ['next to a number that is no day', '250 May 20', '250 May 20'],
    ['at a word that begins like a month', '5 Marching bands', '5 Marching bands'],
    ['at the verb', 'you may 4 times', 'you may 4 times'],
    ['in a command', '<code>date · 4 August 2026</code>', '4 August 2026'],
    ['in the head', '<title>4 August 2026</title>', '4 August 2026'],
    ['before a date', 'on 4 August', 'on 4~August'],
  ])('but lines do %s', (_, html, expected) => {
    expect(bind(html)).toContain(expected);
  });
});
