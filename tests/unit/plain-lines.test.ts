import { parseFragment } from 'parse5';
import { describe, expect, it } from 'vitest';
import { parsePage } from '../../src/integrations/post-build/built-page.ts';
import { copyWords } from '../../src/integrations/post-build/copy-words.ts';
import { printHeading, printLines } from '../../src/integrations/post-build/carry/print-lines.ts';
import { columns, widthOf, wrap } from '../../src/kit/core/text/wrap-lines.ts';

const print = (html: string): string => printLines(parseFragment(html)).join('\n');

describe('lines of plain text', () => {
  it.each([
    ['a word that is longer than a line has one of its own, whole', `a ${'b'.repeat(90)} c`, 3],
    ['nothing gives no line', ' \n ', 0],
    ['72 columns are one line', `${'a'.repeat(35)} ${'b'.repeat(36)}`, 1],
    ['73 columns are two lines', `${'a'.repeat(36)} ${'b'.repeat(36)}`, 2],
  ])('%s', (_, text, count) => {
    expect(wrap(text)).toHaveLength(count);
  });

  it('part no words that a page holds together, and count marks that combine as nothing', () => {
    const held = `${'a'.repeat(70)} 5\u00a0March`;
    expect(wrap(held)).toEqual(['a'.repeat(70), '5\u00a0March']);
    expect(widthOf('й\u0301e\u0301')).toBe(2);
    expect(printHeading('Салідарнасць', '=')).toEqual(['Салідарнасць', '='.repeat(12)]);
  });

  it.each([
    ['paragraphs are apart', '<p>a<p>b', 'a\n\nb'],
    ['a broken line is broken', '<p>a<br>b', 'a\nb'],
    ['words of inline elements are one text', '<p>a<b>b</b> <i>c</i>', 'ab c'],
    ['lists have signs and keep together', '<p>x</p><ul><li>a<li>b</ul>', 'x\n\n- a\n- b'],
    ['numbers count', '<ol><li>a<li>b</ol><p>c', '1. a\n2. b\n\nc'],
    ['lists in lists are further in', '<ul><li>a<ul><li>b</ul></ul>', '- a\n\n  - b'],
    ['a paragraph of an entry has its sign', '<ul><li><p>a</p><p>b</p></ul>', '- a\n\n  b'],
    ['code stays as it is', '<pre>a  b\n  c\n</pre>', '    a  b\n      c'],
    ['a quotation is marked in each line', '<blockquote><p>a<br>b</blockquote>', '> a\n> b'],
    ['headings have a line under them', '<h2>Mint</h2><p>a', 'Mint\n----\n\na'],
    ['terms keep their meaning', '<dl><dt>a<dd>b<dt>c<dd>d</dl>', 'a\n  b\nc\n  d'],
    ['rows have their cells in one line', '<table><tr><th>a<td>b<tr><td>c</table>', '- a · b\n- c'],
    ['a warning is marked in each line', '<div class="warning"><p>a<p>b</div>', '! a\n\n! b'],
    ['a line between parts', '<p>a<hr><p>b', 'a\n\n* * *\n\nb'],
  ])('%s', (_, html, text) => {
    expect(print(html)).toBe(text);
  });

  it('have no more than 72 columns, whatever is around the words', () => {
    const words = 'parsley sage rosemary and thyme '.repeat(20);
    for (const html of [
      `<ul><li>${words}<ol><li>${words}</ol></ul>`,
      `<div class="warning"><blockquote>${words}</blockquote></div>`,
      `<h2>${words}</h2><dl><dd>${words}</dl><table><tr><td>${words}<td>${words}</table>`,
    ])
      expect(Math.max(...print(html).split('\n').map(widthOf))).toBeLessThanOrEqual(columns);
  });
});

describe('a copy of the words of a page', () => {
  const copy = (main: string, rules = {}): string => {
    const page = parsePage('en/a.html', `<body><main>${main}</main></body>`);
    for (const element of page.elements)
      if (element.tagName === 'a')
        page.links.set(element, { kind: 'outside', address: 'https://good.example/' });
    const leadTo = (): undefined => undefined;
    return printLines(copyWords(page, { struckOut: '[{text}]', leadTo, ...rules })).join('\n');
  };
  it('marks what is struck out, and leaves out menus and what is written later', () => {
    expect(copy('<nav>x</nav><p>5 <del>March</del><span data-slot="first">y</span></p>')).toBe(
      '5 [March]',
    );
  });
  it('keeps the box of a notice only if it is asked to', () => {
    const notice = '<div data-notice="warning"><p>a</p></div>';
    expect([copy(notice), copy(notice, { notices: true })]).toEqual(['a', '! a']);
  });
  it('says an address behind a link if it is asked to', () => {
    const link = '<p><a href="x">Good</a>.</p>';
    expect([copy(link), copy(link, { behind: () => ' (good.example)' })]).toEqual([
      'Good.',
      'Good (good.example).',
    ]);
  });
});
