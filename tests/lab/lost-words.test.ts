import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findLostWords } from '../../scripts/lab/checks/lost-words.ts';
import { chooseLayouts } from '../../scripts/lab/layouts.ts';
import { page, plant } from '../helpers/plant.ts';

const words = Array.from(
  { length: 400 },
  (_, index) => `w${index} country inside keep never alone files prison mean`,
).join(' ');
const warning =
  'If you are inside the country never keep these files since possession alone can mean prison';
const read = (body: string) =>
  plant({ 'index.html': page('Start', body) }).pages.find(({ path }) => path === 'index.html')!;

describe('a program that shows a page', () => {
  test('without a warning is found out, though all its words are elsewhere', () => {
    const common = `${words} if you are the these since possession can`;
    expect(findLostWords(read(`<p>${common}</p><p>${warning}</p>`), `Start ${common}`)).toMatch(
      /^does not show ".*country never keep/,
    );
  });

  test('without many of its words is found out', () => {
    expect(
      findLostWords(read('<p>One two three four five six.</p>'), 'Start one two three four'),
    ).toBe('shows 5 of 7 words; lost are five, six');
  });

  test.each([
    ['whole', '<p>One two, three.</p>', 'START\n\none  two\nthree'],
    [
      'with numbers in between',
      '<ol><li>One two</li><li>Three four</li></ol>',
      'Start 1. one two 2. three four',
    ],
    [
      'without what is folded away',
      '<details><summary>More</summary><p>Hidden words of the table.</p></details>',
      'Start More',
    ],
    ['without the labels of a drawing', '<svg><text>1525 people</text></svg>', 'Start'],
    ['that has no words', '', 'Start'],
  ])('%s is not accused', (_name, body, shown) => {
    expect(findLostWords(read(body), shown)).toBeUndefined();
  });
});

test('pages that only lead on to another one are no layout', () => {
  const site = plant({
    'old.html': page('Old', '', '<meta http-equiv="refresh" content="0; url=index.html">'),
  });
  expect(chooseLayouts(site)).not.toContain('old.html');
  expect(chooseLayouts(site)).toContain(join('index.html'));
});
